"""Bank statements: read, matched with the cash book, booked as one change, agreed."""

from app.importers.bank.records import BankPlan, BankRow, FileAccount, Role, StatementOptions
from app.services.statements.booking import (
    agree_statement,
    carry_out,
    funds_of_import,
    list_statements,
    may_take_out,
    write_in_slices,
)
from app.services.statements.columns import (
    forget_columns,
    recall_columns,
    remember_columns,
    with_columns,
)
from app.services.statements.elsewhere import SAME
from app.services.statements.matching import Fate
from app.services.statements.paper import (
    NextStatement,
    agreed_until,
    lines_to_tick,
    look_for_lines,
    next_statement,
    open_statement_again,
    remove_statement,
    save_statement,
    statement_of,
)
from app.services.statements.plans import PreparedStatement, RowPlan, prepare, prepare_of_file
from app.services.statements.reading import read_statement
from app.services.statements.report import (
    StatementReport,
    problem_lines,
    report_of,
    save_statement_report,
    statement_lines,
)
from app.storage.statements import OpenLine, Statement

__all__ = [
    "SAME",
    "BankPlan",
    "BankRow",
    "Fate",
    "FileAccount",
    "NextStatement",
    "OpenLine",
    "PreparedStatement",
    "Role",
    "RowPlan",
    "Statement",
    "StatementOptions",
    "StatementReport",
    "agree_statement",
    "agreed_until",
    "carry_out",
    "forget_columns",
    "funds_of_import",
    "lines_to_tick",
    "list_statements",
    "look_for_lines",
    "may_take_out",
    "next_statement",
    "open_statement_again",
    "prepare",
    "prepare_of_file",
    "problem_lines",
    "read_statement",
    "recall_columns",
    "remember_columns",
    "remove_statement",
    "report_of",
    "save_statement",
    "save_statement_report",
    "statement_lines",
    "statement_of",
    "with_columns",
    "write_in_slices",
]

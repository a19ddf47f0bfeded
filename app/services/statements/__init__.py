"""Bank statements: read, matched with the cash book, booked as one change, agreed."""

from app.importers.bank.records import BankPlan, BankRow, FileAccount, Role, StatementOptions
from app.services.statements.booking import (
    agree_statement,
    carry_out,
    funds_of_import,
    list_statements,
    may_take_out,
)
from app.services.statements.columns import (
    forget_columns,
    recall_columns,
    remember_columns,
    with_columns,
)
from app.services.statements.matching import Fate
from app.services.statements.plans import PreparedStatement, RowPlan, prepare
from app.services.statements.reading import read_statement
from app.services.statements.report import (
    StatementReport,
    problem_lines,
    report_of,
    save_statement_report,
    statement_lines,
)

__all__ = [
    "BankPlan",
    "BankRow",
    "Fate",
    "FileAccount",
    "PreparedStatement",
    "Role",
    "RowPlan",
    "StatementOptions",
    "StatementReport",
    "agree_statement",
    "carry_out",
    "forget_columns",
    "funds_of_import",
    "list_statements",
    "may_take_out",
    "prepare",
    "problem_lines",
    "read_statement",
    "recall_columns",
    "remember_columns",
    "report_of",
    "save_statement_report",
    "statement_lines",
    "with_columns",
]

"""The open export of the cash book: accounts, every line, grants and their budgets."""

from collections.abc import Iterator

from app.storage.export_columns import Column, ExportFile, code, day, naming, text, whole, yes_no
from app.storage.register import Register


def _pence(name: str, meaning: str, sql: str = "") -> Column:
    return whole(name, meaning, sql, unit="pence")


_ACCOUNTS = ExportFile(
    name="accounts.csv",
    title="Bank accounts and cash tins, and what each held when the book began for it",
    columns=(
        text("account", "its name", "a.name"),
        code("kind", "bank or cash", "a.kind"),
        _pence(
            "opening_balance_pence",
            "what it held at the start of the day it was opened",
            "COALESCE((SELECT sum(amount_pence) FROM account_opening WHERE account_id = a.id), 0)",
        ),
        day("opened_on", "the day the book began for it", "a.opened_on"),
        whole("account_id", "identifier", "a.id"),
        day("closed_on", "the day it was closed; blank while in use", "a.closed_on"),
        text("bank_code", "how bank files name it", "a.bank_code"),
        text("notes", "notes", "a.notes"),
    ),
    source="FROM account a ORDER BY a.id",
    key=("account_id",),
)
_MONEY = ExportFile(
    name="money.csv",
    title="Every line of the cash book; a transfer has two or more, which come to nothing",
    columns=(
        whole("line_id", "identifier", "l.id"),
        naming("entry_id", "the entry it is a line of", "entry.id", "l.entry_id"),
        day("date", "the day", "e.entry_on"),
        text("account", "the account", "a.name"),
        text("fund", "the fund", "f.name"),
        code("fund_kind", "unrestricted, designated, restricted, endowment", "f.kind"),
        text("heading", "what for; blank where none is named", "h.name"),
        text("grant_ref", "the grant's reference; blank for none", "g.reference"),
        code("kind", "receipt, payment or transfer", "e.kind"),
        yes_no("is_asset", "1 when something that lasts was bought or sold", "l.is_asset"),
        _pence("amount_pence", "what came in above nothing, what went out below", "l.amount_pence"),
        text("payee", "who paid or was paid", "e.payee"),
        text("description", "what it was", "e.description"),
        yes_no("in_bin", "1 when in the bin: does not count", "(e.binned_at IS NOT NULL)"),
        naming("activity_id", "the activity", "activities.activity_id", "l.activity_id"),
        naming("agreement_id", "the agreement it was paid under", "agreement.id", "l.agreement_id"),
        naming("referral_id", "the referral it pays for", "referrals.referral_id", "l.referral_id"),
        naming("account_id", "the account", "accounts.account_id", "l.account_id"),
        naming("fund_id", "the fund", "fund.id", "l.fund_id"),
        naming("heading_id", "the heading", "heading.id", "l.heading_id"),
        naming("grant_id", "the grant", "grants.grant_id", "l.grant_id"),
        whole("position", "order in its entry, from 1", "l.position"),
        text("note", "note", "l.note"),
    ),
    source="""FROM entry_line l
    JOIN entry e ON e.id = l.entry_id
    JOIN account a ON a.id = l.account_id
    JOIN fund f ON f.id = l.fund_id
    LEFT JOIN heading h ON h.id = l.heading_id
    LEFT JOIN grant_award g ON g.id = l.grant_id
    ORDER BY l.id""",
    key=("line_id",),
)
_AWARDED = "CASE WHEN g.state IN ('awarded', 'closed') THEN g.decided_on END"
_GRANTS = ExportFile(
    name="grants.csv",
    title="Grants, from the idea to the last report",
    columns=(
        text("grant_ref", "the funder's reference", "g.reference"),
        text("funder", "who gives it", "g.funder"),
        text("fund", "the fund its money is in; blank before it is awarded", "f.name"),
        _pence("awarded_pence", "how much was awarded", "g.awarded_pence"),
        day("awarded_on", "the day it was awarded; blank where it was not", _AWARDED),
        day("starts_on", "the first day it may be spent on", "g.starts_on"),
        day("ends_on", "the last day", "g.ends_on"),
        day("report_due_on", "the day the report is due", "g.report_due_on"),
        whole("grant_id", "identifier", "g.id"),
        naming("fund_id", "the fund", "fund.id", "g.fund_id"),
        code("state", "planned, applied, awarded, refused, withdrawn, closed", "g.state"),
        text("programme", "the funder's programme", "g.programme"),
        text("title", "what it is called", "g.title"),
        text("purpose", "what it is for", "g.purpose"),
        text("conditions", "what was promised", "g.conditions"),
        day("applied_on", "the day it was applied for", "g.applied_on"),
        _pence("applied_pence", "how much was applied for", "g.applied_pence"),
        day("decided_on", "the day it was decided", "g.decided_on"),
        day("apply_again_on", "the day it may be applied for again", "g.apply_again_on"),
        yes_no("whole_pounds", "1 when the budget is in whole pounds", "g.whole_pounds"),
        whole("most_budget_rows", "how many rows the funder allows", "g.most_budget_rows"),
        yes_no("in_bin", "1 when in the bin: does not count", "(g.binned_at IS NOT NULL)"),
    ),
    source="FROM grant_award g LEFT JOIN fund f ON f.id = g.fund_id ORDER BY g.id",
    key=("grant_id",),
)
_BUDGET = ExportFile(
    name="budget.csv",
    title="Each grant's budget by heading",
    columns=(
        text("grant_ref", "the funder's reference", "g.reference"),
        text("heading", "what it may be spent on", "h.name"),
        _pence("budget_pence", "how much", "b.budget_pence"),
        whole("budget_id", "identifier", "b.id"),
        naming("grant_id", "the grant", "grants.grant_id", "b.grant_id"),
        naming("heading_id", "the heading", "heading.id", "b.heading_id"),
        whole("position", "order in its budget", "b.position"),
        text("note", "note", "b.note"),
    ),
    source="""FROM budget_row b
    JOIN grant_award g ON g.id = b.grant_id
    JOIN heading h ON h.id = b.heading_id
    ORDER BY b.grant_id, b.position, b.id""",
    key=("budget_id",),
)

MONEY_FILES = (_ACCOUNTS, _MONEY, _GRANTS, _BUDGET)
"""The cash book's files that other programs count on, with these names."""

MONEY_TABLES = frozenset({"account", "entry_line", "grant_award", "budget_row"})
"""The tables that are in them whole."""

RECEIPTS_FOLDER = "receipts"
RECEIPT_FILE = code(
    "file",
    "where its bytes are in this export",
    f"'{RECEIPTS_FOLDER}/' || id || CASE media_type WHEN 'image/jpeg' THEN '.jpg'"
    " WHEN 'image/png' THEN '.png' ELSE '.pdf' END",
)
"""Of each receipt: the file its picture or PDF is exported to."""


def receipt_files(register: Register) -> Iterator[tuple[int, str]]:
    """Yield each receipt's id and the file of the export that its bytes go into."""
    for row in register.stream(f"SELECT id, {RECEIPT_FILE.sql} FROM attachment ORDER BY id"):
        yield row[0], row[1]

"""OFX statements, 1 (SGML) and 2 (XML): ofxtools reads the file, and here its lines are taken."""

import datetime as dt
import html
import io
import logging
import re
from xml.etree.ElementTree import Element

from app.importers.bank.amounts import is_ours, read_amount, writes_commas
from app.importers.bank.layouts import METHODS, header_words
from app.importers.bank.lines import joined
from app.importers.bank.records import BankRow, FileAccount
from app.importers.bank.troubles import trouble
from app.importers.base import ImportProblem, Place, Skipped
from app.importers.cells import text_of
from app.importers.dates import as_date
from app.importers.refusals import refuse

_SIGNS = (b"OFXHEADER", b"<OFX>", b"<?OFX", b"<ofx>")
_LOOK = 4_096
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_STATEMENTS = ("STMTRS", "CCSTMTRS")
# What it reads is somebody's money: none of it goes into a log.
logging.getLogger("ofxtools").setLevel(logging.ERROR)


def is_ofx(head: bytes) -> bool:
    """Say whether a file begins as OFX does."""
    start = head[:_LOOK].replace(b"\x00", b"")
    return any(sign in start for sign in _SIGNS)


def read_ofx(name: str, content: bytes) -> tuple[str, tuple[FileAccount, ...]]:
    """Return the kind of file and its accounts; raises CannotRead with the one sentence to show."""
    if b"</OFX>" not in content.replace(b"\x00", b"").upper():
        raise refuse("statement_damaged", name)  # its end is missing, so lines may be
    root = _root(name, content)
    found = [node for tag in _STATEMENTS for node in root.iter(tag)]
    if not found:
        raise refuse("no_statement", name)
    for node in found:
        currency = _text(node, "CURDEF")
        if not is_ours(currency):
            raise refuse("other_currency", name, currency=currency)
    return "OFX", tuple(_account(node) for node in found)


def _root(name: str, content: bytes) -> Element:
    # Imported here: every other statement goes without it.
    from ofxtools.Parser import OFXTree

    try:
        return OFXTree().parse(io.BytesIO(_mended(content)))
    except (SyntaxError, ValueError, LookupError, AttributeError, AssertionError, TypeError) as bad:
        raise refuse("statement_damaged", name) from bad


def _mended(content: bytes) -> bytes:
    """Return the file from its header on, with line ends of one kind."""
    text = content.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf \t\r\n")
    start = text.find(b"<OFX>")
    if 0 <= start < _LOOK and b"OFXHEADER" not in text[:start]:
        # Some banks leave the header out, which is where the letters would be named.
        text = (
            b"OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
            + text[start:]
        )
    return text


def _text(node: Element, *tags: str) -> str:
    """Return the text of the first of some elements that has one."""
    for tag in tags:
        found = node.find(f".//{tag}")
        if found is not None and found.text:
            return text_of(html.unescape(found.text))
    return ""


def _account(node: Element) -> FileAccount:
    entries = list(node.iter("STMTTRN"))
    commas = writes_commas(_text(entry, "TRNAMT") for entry in entries)
    rows: list[BankRow] = []
    problems: list[ImportProblem] = []
    skipped: list[Skipped] = []
    for number, entry in enumerate(entries, 1):
        read = _row(entry, Place(sheet="OFX", row=number), commas=commas)
        for kind, kept in ((BankRow, rows), (ImportProblem, problems), (Skipped, skipped)):
            if isinstance(read, kind):
                kept.append(read)  # type: ignore[arg-type]
    closing, derived = _balances(node, rows, commas=commas, whole=not problems)
    return FileAccount(
        code=" ".join(filter(None, (_text(node, "BANKID"), _text(node, "ACCTID")))),
        lines=len(entries), rows=tuple(rows), closing_pence=closing,
        derived_opening_pence=derived, problems=tuple(problems), skipped=tuple(skipped),
    )  # fmt: skip


def _row(entry: Element, place: Place, *, commas: bool) -> BankRow | ImportProblem | Skipped:
    written, amount = _text(entry, "DTPOSTED", "DTUSER"), _text(entry, "TRNAMT")
    currency = _text(entry, "CURSYM") if entry.find("CURRENCY") is not None else ""
    if not is_ours(currency):
        return trouble(place, "currency_other", currency)
    day = read_day(written)
    if day is None:
        code = "date_not_in_calendar" if _DAY.match(written) else "date_unknown"
        where = Place(sheet=place.sheet, row=place.row, column="DTPOSTED")
        return trouble(where, code if written else "date_missing", written)
    pence = read_amount(amount, comma=commas)
    if pence is None:
        where = Place(sheet=place.sheet, row=place.row, column="TRNAMT")
        return trouble(where, "amount_unknown" if amount else "amount_missing", amount)
    if pence == 0:
        return Skipped(place=place, why="Nothing moved.", value=amount)
    name, memo, cheque = (_text(entry, tag) for tag in ("NAME", "MEMO", "CHECKNUM"))
    kind = _text(entry, "TRNTYPE")
    return BankRow(
        place=place, day=day, amount_pence=pence, text=joined((name, memo, cheque)) or kind,
        payee=name or memo or kind, reference=cheque,
        method=METHODS.get(header_words(kind), "not_recorded"), bank_id=_text(entry, "FITID"),
    )  # fmt: skip


def read_day(written: str) -> dt.date | None:
    """Return the day of an OFX time (20260901120000[0:GMT]), or None."""
    match = _DAY.match(written)
    return as_date(int(match[3]), int(match[2]), int(match[1])) if match else None


def _balances(
    node: Element, rows: list[BankRow], *, commas: bool, whole: bool
) -> tuple[int | None, int | None]:
    """Return the closing balance, and the opening one where it follows from it (pence)."""
    ledger = node.find(".//LEDGERBAL")
    closing = read_amount(_text(ledger, "BALAMT"), comma=commas) if ledger is not None else None
    if ledger is None or closing is None or not rows:
        return closing, None
    as_of, last = read_day(_text(ledger, "DTASOF")), read_day(_text(node, "DTEND"))
    last = max(filter(None, (last, *(row.day for row in rows))))
    # A balance of a later day has lines in it that this file does not hold.
    if not whole or (as_of is not None and as_of > last):
        return closing, None
    return closing, closing - sum(row.amount_pence for row in rows)

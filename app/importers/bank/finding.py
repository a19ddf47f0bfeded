"""Find the statement in a sheet: a bank's layout by its header, a headless one by its shape."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.importers.bank.amounts import read_amount
from app.importers.bank.guessing import guess
from app.importers.bank.layouts import LAYOUTS, Found, Layout, header_words
from app.importers.bank.records import Role
from app.importers.base import SET_ASIDE
from app.importers.cells import Row, is_blank, text_of
from app.importers.dates import read_date

HEAD_ROWS = 40
"""A header stands within the first so many rows."""
_HEADLESS = Layout(format="HSBC", columns={}, dates="likely")
_MOSTLY = 0.8


def find(rows: Sequence[Row], said: Mapping[str, str]) -> Found | None:
    """Return where a statement is in a sheet's rows; None when nothing looks like one.

    ``said`` is what somebody said of its columns: header as written -> role or "set aside".
    """
    for number, row in _heads(rows):
        words = [header_words(cell) for cell in row]
        fits = [layout for layout in LAYOUTS if layout.needs <= set(words)]
        if fits and not said:
            layout = max(fits, key=lambda one: len(one.needs))
            return _known(layout, number, row, words)
    return _headless(rows) or guess(rows[: HEAD_ROWS * 5], said)


def _heads(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(rows[:HEAD_ROWS]):
        if sum(not is_blank(cell) for cell in row) >= 3:
            yield number, row


def _known(layout: Layout, number: int, row: Row, words: Sequence[str]) -> Found:
    roles: dict[int, Role] = {}
    for index, word in enumerate(words):
        role = layout.columns.get(word)
        if role is not None and role not in roles.values():
            roles[index] = role
    headers = tuple(text_of(cell) for cell in row)
    return Found(layout=layout, header_row=number, headers=headers, roles=roles)


def _headless(rows: Sequence[Row]) -> Found | None:
    """Return rows of date, description and amount from the very first one, as HSBC gives them."""
    filled = [row for row in rows[:200] if any(not is_blank(cell) for cell in row)]
    like = [row for row in filled if _is_line(row)]
    if not filled or len(like) < _MOSTLY * len(filled) or not _is_line(filled[0]):
        return None
    roles = {0: Role.DATE, 1: Role.TEXT, 2: Role.AMOUNT}
    return Found(layout=_HEADLESS, header_row=-1, headers=("", "", ""), roles=roles)


def _is_line(row: Row) -> bool:
    cells = list(row)
    while len(cells) > 3 and is_blank(cells[-1]):
        cells.pop()
    if len(cells) != 3 or read_date(cells[0]) is None:
        return False
    return read_amount(cells[1]) is None and read_amount(cells[2]) is not None


def taken_as(found: Found, index: int) -> str:
    """Return what a column was taken for, or `SET_ASIDE`."""
    role = found.roles.get(index)
    return role.value if role else SET_ASIDE


_PAIR = re.compile(r"(?P<name>[^:]{2,40}?)\s*:\s*(?P<value>.*)")


def pairs_above(rows: Sequence[Row], header_row: int) -> dict[str, str]:
    """Return what stands above the table, each thing by its name in words: "account balance" -> "£5"."""
    found: dict[str, str] = {}
    for row in rows[: max(0, header_row)]:
        cells = [text_of(cell) for cell in row if not is_blank(cell)]
        if not cells:
            continue
        match = _PAIR.fullmatch(cells[0])
        name, value = (match["name"], match["value"]) if match else (cells[0], "")
        value = " ".join(filter(None, (value, *cells[1:2])))
        found.setdefault(header_words(name), value)
    return found

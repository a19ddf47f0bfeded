"""Santander's text download: a few lines about the account, then a block of lines for each entry."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.importers.bank.layouts import Found, Layout, header_words
from app.importers.bank.records import Role
from app.importers.cells import Row, text_of

_LINE = re.compile(r"\s*(?P<name>From|Account|Arranged overdraft|Date|Description|Amount|Balance)\s*:(?P<value>.*)", re.IGNORECASE)  # fmt: skip
_ROLES: Mapping[str, tuple[int, Role]] = {
    "date": (0, Role.DATE),
    "description": (1, Role.TEXT),
    "amount": (2, Role.AMOUNT),
    "balance": (3, Role.BALANCE),
}
FOUND = Found(
    layout=Layout(format="Santander", columns={}),
    header_row=0,
    headers=("Date", "Description", "Amount", "Balance"),
    roles=dict(_ROLES.values()),
)
"""What the rows made of the blocks hold."""


def is_blocks(lines: Sequence[str]) -> bool:
    """Say whether lines of text are such a download."""
    names = [header_words(match["name"]) for line in lines[:60] if (match := _LINE.match(line))]
    return {"account", "date", "amount"} <= set(names) and names[0] in {"from", "account"}


def account_of(lines: Sequence[str]) -> str:
    """Return the account's number as it is written there."""
    for line in lines[:20]:
        match = _LINE.match(line)
        if match and header_words(match["name"]) == "account":
            return text_of(match["value"])
    return ""


def rows_of(lines: Sequence[str]) -> list[Row]:
    """Return the blocks as rows, each at the number of its first line, so that problems find it."""
    rows: list[Row] = [list(FOUND.headers), *([] for _ in lines)]
    for start, block in _blocks(lines):
        rows[start] = block
    return rows


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, Row]]:
    block: Row = []
    start = 0
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        name = header_words(match["name"]) if match else ""
        if match is None or name not in _ROLES:
            continue
        if name == "date":
            if block:
                yield start, block
            block, start = ["", "", "", ""], number
        if block:
            block[_ROLES[name][0]] = text_of(match["value"])
    if block:
        yield start, block

"""Work out the columns of a statement nobody here has seen, by its headers and by what is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.importers.bank.amounts import other_currency, read_amount
from app.importers.bank.layouts import (
    HEADINGS,
    IN_WORDS,
    NAMED_ABOVE,
    OUT_WORDS,
    Found,
    Layout,
    header_words,
)
from app.importers.bank.records import Role
from app.importers.base import SET_ASIDE
from app.importers.cells import Cell, Row, column_letters, is_blank, text_of
from app.importers.dates import read_date

_HEAD_ROWS = 40
_SAMPLE = 200
_MOSTLY = 0.8


@dataclass(slots=True)
class _Columns:
    """The columns of a table while they are worked out."""

    headers: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    roles: dict[int, Role] = field(default_factory=dict)
    by: dict[int, str] = field(default_factory=dict)
    aside: set[int] = field(default_factory=set)

    def take(self, index: int, role: Role, by: str) -> None:
        """Note what a column is, unless it or the role is taken."""
        if index not in self.roles and index not in self.aside and not self.has(role):
            self.roles[index] = role
            self.by[index] = by

    def has(self, role: Role) -> bool:
        """Whether some column is that."""
        return role in self.roles.values()

    def free(self) -> list[int]:
        """Return the columns nothing is known of yet."""
        return [i for i in range(len(self.cells)) if i not in self.roles and i not in self.aside]


def guess(rows: Sequence[Row], said: Mapping[str, str]) -> Found | None:
    """Return where a statement is in rows of an unknown layout; None when nothing looks like one."""
    number = _header_row(rows, said)
    body = [row for row in rows[number + 1 :] if any(not is_blank(c) for c in row)][:_SAMPLE]
    header: Row = rows[number] if number >= 0 else []
    width = max((len(row) for row in (header, *body)), default=0)
    headers = tuple(text_of(header[i]) if i < len(header) else "" for i in range(width))
    cells = tuple(tuple(r[i] if i < len(r) else "" for r in body) for i in range(width))
    columns = _Columns(headers=headers, cells=cells)
    _by_say(columns, said)
    _by_header(columns)
    question = _by_contents(columns)
    if not columns.has(Role.DATE) or not (
        question or {Role.AMOUNT, Role.OUT, Role.IN} & set(columns.roles.values())
    ):
        return None
    above = header_words(" ".join(text_of(cell) for row in rows[: max(0, number)] for cell in row))
    name = next((name for name, words in NAMED_ABOVE if words.search(above)), "columns")
    return Found(
        layout=Layout(format=name, columns={}, dates="ask" if name == "columns" else "likely"), header_row=number, headers=headers,
        roles=columns.roles, guessed=True, by=columns.by, question=question,
    )  # fmt: skip


def _header_row(rows: Sequence[Row], said: Mapping[str, str]) -> int:
    """Return the row that names the most things a statement has; -1: none does."""
    best, most = -1, 0
    names = {header_words(name) for name in said}
    for number, row in enumerate(rows[:_HEAD_ROWS]):
        words = {header_words(cell) for cell in row if isinstance(cell, str)} - {""}
        known = len(words & names) + sum(bool(words & known) for known in HEADINGS.values())
        if known > most and not any(read_amount(cell) is not None for cell in row if cell != ""):
            best, most = number, known
    return best


def _by_say(columns: _Columns, said: Mapping[str, str]) -> None:
    wanted = {header_words(name): role for name, role in said.items()}
    for index, header in enumerate(columns.headers):
        role = wanted.get(header_words(header or f"column {column_letters(index)}"))
        if role == SET_ASIDE:
            columns.aside.add(index)
        elif role:
            columns.take(index, Role(role), "mapping")


def _by_header(columns: _Columns) -> None:
    words = [header_words(header) for header in columns.headers]
    for role, known in HEADINGS.items():
        for index, word in enumerate(words):
            if word in known and _suits(role, columns.cells[index]):
                columns.take(index, role, "header")


_AMOUNTS = frozenset({Role.AMOUNT, Role.OUT, Role.IN, Role.BALANCE, Role.FEE})


def _suits(role: Role, cells: Sequence[Cell]) -> bool:
    """Say whether what is in a column is of the kind its header promises."""
    filled = [cell for cell in cells if not is_blank(cell)]
    if role in _AMOUNTS:
        return not filled or _share_of_amounts(filled) >= 0.5
    if role is Role.DATE:
        return not filled or _share_of_dates(filled) >= 0.5
    return True


def _share_of_amounts(filled: Sequence[Cell]) -> float:
    found = sum(
        read_amount(cell) is not None
        or read_amount(cell, comma=True) is not None
        or (other_currency(cell) and any(c.isdigit() for c in str(cell)))
        for cell in filled
    )
    return found / len(filled) if filled else 0.0


def _share_of_dates(filled: Sequence[Cell]) -> float:
    return sum(read_date(cell) is not None for cell in filled) / len(filled) if filled else 0.0


def _by_contents(columns: _Columns) -> str:
    """Fill in date, amounts and text by what the columns hold; return what has to be asked."""
    for index in columns.free():
        filled = [cell for cell in columns.cells[index] if not is_blank(cell)]
        if filled and _share_of_dates(filled) >= _MOSTLY:
            columns.take(index, Role.DATE, "content")
    question = ""
    if not {Role.AMOUNT, Role.OUT, Role.IN} & set(columns.roles.values()):
        question = _amounts_by_contents(columns)
    if columns.has(Role.AMOUNT) and not columns.has(Role.DIRECTION):
        for index in columns.free():
            words = {header_words(c) for c in columns.cells[index]} - {""}
            if words and words <= IN_WORDS | OUT_WORDS:
                columns.take(index, Role.DIRECTION, "content")
    _unsigned_with_type(columns)
    if not columns.has(Role.TEXT) and not columns.has(Role.PAYEE):
        longest = max(columns.free(), key=lambda i: _length(columns.cells[i]), default=None)
        if longest is not None and _length(columns.cells[longest]):
            columns.take(longest, Role.TEXT, "content")
    return question


def _unsigned_with_type(columns: _Columns) -> None:
    """Take a type of only "Debit" and "Credit" for the direction."""
    for index, role in list(columns.roles.items()):
        words = {header_words(c) for c in columns.cells[index]} - {""}
        if (
            role is Role.TYPE and len(words) == 2 and words <= IN_WORDS | OUT_WORDS
            and not columns.has(Role.DIRECTION)
        ):  # fmt: skip
            columns.roles[index] = Role.DIRECTION


def _length(cells: Sequence[Cell]) -> int:
    return sum(len(text_of(cell)) for cell in cells if read_amount(cell) is None)


def _amounts_by_contents(columns: _Columns) -> str:
    """Take columns of numbers for amount, balance, in and out; return what has to be asked."""
    numbers = [
        i for i in columns.free()
        if (filled := [c for c in columns.cells[i] if not is_blank(c)])
        and _share_of_amounts(filled) >= _MOSTLY
    ]  # fmt: skip
    read = {i: [read_amount(c) for c in columns.cells[i]] for i in numbers}
    for amount in numbers:
        for balance in numbers:
            if amount != balance and _runs(read[amount], read[balance]):
                columns.take(amount, Role.AMOUNT, "content")
                columns.take(balance, Role.BALANCE, "content")
                return ""
    if len(numbers) == 1:
        columns.take(numbers[0], Role.AMOUNT, "content")
        return ""
    if len(numbers) < 2:
        return ""
    named = ", ".join(f"“{columns.headers[i] or column_letters(i)}”" for i in numbers[:6])
    return (
        f"Nothing tells which of the columns {named} is the money in, the money out or the "
        "balance. Say what each column is in a mapping file (--mapping)."
    )


def _runs(amounts: Sequence[int | None], balances: Sequence[int | None]) -> bool:
    """Say whether one column is the running balance of another, either way round."""
    pairs = [
        (a, b) for a, b in zip(amounts, balances, strict=True) if a is not None and b is not None
    ]
    if len(pairs) < 3 or len({b for _, b in pairs}) < 3:
        return False
    down = sum(before[1] + after[0] == after[1] for before, after in pairwise(pairs))
    up = sum(after[1] + before[0] == before[1] for before, after in pairwise(pairs))
    return max(down, up) >= _MOSTLY * (len(pairs) - 1)

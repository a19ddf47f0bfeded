"""Decide for each column of a table what it holds: by a person's say, its header, or its contents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.importers.base import SET_ASIDE, ColumnDecision
from app.importers.cells import Cell, Row, column_letters, is_blank, text_of
from app.importers.dates import SERIALS, read_date
from app.importers.fields import (
    COUNTED,
    NUMBERING,
    PERSON_NAMES,
    REFERRAL_DAYS,
    STAMPS,
    Field,
    field_of_header,
    header_key,
)
from app.importers.fields_by_content import field_of_content
from app.importers.tables import Table

SAMPLE_ROWS = 300
_SAMPLES_SHOWN = 5
_DATES = REFERRAL_DAYS | {Field.DATE, Field.BORN_ON, Field.JOINED_ON, Field.LEFT_ON}
Naming = Callable[[Cell], Field | None]
"""What a header names; lists of referrals have words of their own."""
_SEVERAL = frozenset({
    Field.ADDRESS, Field.NOTES, Field.HEALTH, Field.ACCESS_NEEDS, Field.PHONE_2, Field.REASONS,
    Field.NEEDS,
})  # fmt: skip
"""Fields that several columns may fill; their texts are joined."""
_BY_THE_FORM = PERSON_NAMES | {Field.EMAIL}
_OWN_WORDS = {"set_aside": Field.SET_ASIDE, "ignore": Field.SET_ASIDE, "": Field.SET_ASIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table by what they hold, and every decision with its reason."""

    by_field: Mapping[Field, tuple[int, ...]]
    decisions: tuple[ColumnDecision, ...]

    def one(self, field: Field) -> int:
        """Return the column of a field, or -1."""
        return self.by_field.get(field, (-1,))[0]

    def has(self, *fields: Field) -> bool:
        """Say whether any of the fields has a column."""
        return any(field in self.by_field for field in fields)


def decide(
    table: Table,
    answers: Mapping[str, str],
    *,
    wanted: frozenset[Field],
    naming: Naming = field_of_header,
) -> Columns:
    """Decide what each column holds; of ``wanted`` fields only, the others are set aside."""
    sample = [row for _, row in islice(table.body(), SAMPLE_ROWS)]
    dated = {date.index for date in table.dates}
    width = max([len(table.labels), *(len(row) for row in sample)], default=0)
    told = {header_key(header): name for header, name in answers.items()}
    by_field: dict[Field, list[int]] = {}
    decided: dict[int, tuple[Field, str]] = {}
    for index in range(width):
        if index not in dated:
            cells = [row[index] for row in sample if index < len(row)]
            decided[index] = _decide_one(table, index, cells, told, wanted, naming)
    _set_form_columns_aside(table, decided, sample)
    _settle_names(decided)
    if not any(field in PERSON_NAMES for field, _ in decided.values()):
        _guess_names(table, decided, sample)
    for index, (field, why) in decided.items():
        if field is Field.SET_ASIDE:
            continue
        if field in by_field and field not in _SEVERAL and not (
            field is Field.PHONE and Field.PHONE_2 in wanted
        ):  # fmt: skip
            decided[index] = (Field.SET_ASIDE, "another column holds it already")
            continue
        second_phone = field in by_field and field is Field.PHONE
        if second_phone:
            decided[index] = (Field.PHONE_2, why)
        by_field.setdefault(Field.PHONE_2 if second_phone else field, []).append(index)
    decisions = tuple(_said(table, index, decided.get(index), sample) for index in range(width)
                      if index in decided or index in dated)  # fmt: skip
    return Columns(
        by_field={field: tuple(found) for field, found in by_field.items()},
        decisions=tuple(d for d in decisions if d.header or d.samples),
    )


def _decide_one(
    table: Table, index: int, cells: Sequence[Cell], told: Mapping[str, str],
    wanted: frozenset[Field], naming: Naming,
) -> tuple[Field, str]:  # fmt: skip
    joined, plain = label(table.labels, index), label(table.plain_labels, index)
    for header in (joined, plain, column_letters(index)):
        name = told.get(header_key(header)) if header else None
        if name is not None:
            return _named(name), "mapping"
    field, by = _by_header(table, joined, plain, naming), "header"
    if field is None and not plain and not joined:
        field, by = field_of_content(cells), "content"
    if field is None:
        return Field.SET_ASIDE, _why_aside((plain, joined), cells)
    if field is Field.BORN_ON and _holds_years(cells):
        field = Field.BIRTH_YEAR
    if by == "header" and field in _DATES and not _holds_dates(cells):
        if field is Field.DATE and any(not is_blank(c) for c in cells):
            field = Field.ACTIVITY if header_key(plain) == "session" else Field.SET_ASIDE
        return (field, by) if field is Field.ACTIVITY else (Field.SET_ASIDE, "it holds no dates")
    if field not in wanted:
        return Field.SET_ASIDE, "not needed here"
    return field, by


def _by_header(table: Table, joined: str, plain: str, naming: Naming) -> Field | None:
    if table.is_grid:
        return naming(plain) or naming(joined)
    return naming(joined) or naming(plain)


def _named(name: str) -> Field:
    name = name.strip().casefold().replace("-", "_")
    if name in _OWN_WORDS:
        return _OWN_WORDS[name]
    return Field(name) if name in set(Field) else Field.SET_ASIDE


def _why_aside(headers: tuple[str, str], cells: Sequence[Cell]) -> str:
    keys = {header_key(header) for header in headers}
    if keys & COUNTED:
        return "Hallbook counts this itself"
    if keys & NUMBERING:
        return "numbering"
    return "empty" if all(map(is_blank, cells)) else "not known what it is"


def _holds_dates(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    fits = sum(read_date(cell) is not None or _is_serial(cell) for cell in filled)
    return not filled or fits * 4 >= len(filled)


def _holds_years(cells: Sequence[Cell]) -> bool:
    """Say whether all that is written are years, as under "Born"."""
    texts = [text_of(cell) for cell in cells if not is_blank(cell)]
    return bool(texts) and all(len(text) == 4 and text.isdecimal() for text in texts)


def _is_serial(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.isdecimal() and int(cell[:9]) in SERIALS
    return isinstance(cell, (int, float)) and int(cell) in SERIALS


def _set_form_columns_aside(
    table: Table, decided: dict[int, tuple[Field, str]], sample: Sequence[Row]
) -> None:
    """Set aside what a form tool adds of its own: blank names, "anonymous", when it was opened."""
    if not any(header_key(text) in STAMPS for text in (*table.labels, *table.plain_labels)):
        return
    asked = {field for field, by in decided.values() if by == "header"}
    for index, (field, by) in decided.items():
        texts = {text_of(row[index]).casefold() for row in sample if index < len(row)}
        if by == "header" and field in _BY_THE_FORM and not texts - {"", "anonymous"}:
            decided[index] = (Field.SET_ASIDE, "empty")
        elif field is Field.START_TIME and Field.DATE in asked:
            decided[index] = (Field.SET_ASIDE, "when the form was opened")


def _settle_names(decided: dict[int, tuple[Field, str]]) -> None:
    """Take a full name only where first and family name have no columns of their own."""
    found = {field: index for index, (field, _) in reversed(decided.items())}
    if Field.GIVEN_NAME in found and Field.FAMILY_NAME in found and Field.FULL_NAME in found:
        decided[found[Field.FULL_NAME]] = (
            Field.SET_ASIDE,
            "first and family name have their own columns",
        )
    if Field.FAMILY_NAME in found and Field.FULL_NAME in found and Field.GIVEN_NAME not in found:
        decided[found[Field.FULL_NAME]] = (Field.GIVEN_NAME, decided[found[Field.FULL_NAME]][1])
    if not found.keys() & PERSON_NAMES:
        by_content = [
            i for i, (f, why) in decided.items() if why == "content" and f in PERSON_NAMES
        ]
        if by_content:
            decided[by_content[0]] = (Field.FULL_NAME, "content")


def _guess_names(
    table: Table, decided: dict[int, tuple[Field, str]], sample: Sequence[Row]
) -> None:
    """Find the names where no header names them: before the dates, or by what they look like."""
    free = [i for i, (field, by) in decided.items() if field is Field.SET_ASIDE and by != "mapping"]
    first_date = min((d.index for d in table.dates), default=0)
    words = [i for i in free if i < first_date and _mostly(sample, i, _is_wordy)]
    if len(words) >= 2 and all(_mostly(sample, i, _is_one_word) for i in words[:2]):
        decided[words[0]] = (Field.GIVEN_NAME, "content")
        decided[words[1]] = (Field.FAMILY_NAME, "content")
    elif words:
        decided[words[0]] = (Field.FULL_NAME, "content")
    elif not table.is_grid:
        for i in free:
            cells = [row[i] for row in sample if i < len(row)]
            if field_of_content(cells) is Field.FULL_NAME:
                decided[i] = (Field.FULL_NAME, "content")
                return


def _mostly(sample: Sequence[Row], index: int, fits: Callable[[str], bool]) -> bool:
    texts = [text_of(row[index]) for row in sample if index < len(row) and not is_blank(row[index])]
    return bool(texts) and sum(map(fits, texts)) * 10 >= len(texts) * 6


def _is_wordy(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 2 and not any(c.isdecimal() for c in text)


def _is_one_word(text: str) -> bool:
    return len(text.split()) == 1


def _said(
    table: Table, index: int, decision: tuple[Field, str] | None, sample: Sequence[Row]
) -> ColumnDecision:
    texts = (text_of(row[index]) for row in sample if index < len(row) and not is_blank(row[index]))
    field, by = decision if decision else (None, "header")
    taken_as = (
        "session" if field is None else SET_ASIDE if field is Field.SET_ASIDE else field.value
    )
    return ColumnDecision(
        sheet=table.sheet.name,
        column=column_letters(index),
        header=_header_shown(table, index),
        taken_as=taken_as,
        by=by,
        samples=tuple(islice(dict.fromkeys(texts), _SAMPLES_SHOWN)),
    )


def _header_shown(table: Table, index: int) -> str:
    joined, plain = label(table.labels, index), label(table.plain_labels, index)
    date = next((d for d in table.dates if d.index == index), None)
    if date is not None and read_date(date.shown) is not None:
        return date.shown
    return (plain or joined) if table.is_grid and field_of_header(plain) else joined or plain


def label(labels: Sequence[str], index: int) -> str:
    """Return a column's label, "" where there is none."""
    return labels[index] if index < len(labels) else ""

"""Why a number is another today than it was when it was sent, row by row."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.ids import IssuedId, made_at
from app.domain.periods import Period, short_date
from app.figures.definition import Figure, Unit
from app.figures.evaluate import FigureRows, FigureValue, count
from app.figures.many_rows import keys_behind, rows_of_keys
from app.figures.outcomes import figures_of
from app.returns.language.wording import in_words, number_text
from app.services.returns import proof
from app.services.returns.proof import ProofRow, Record, RecordKind
from app.storage import issued, journal
from app.storage.issued import Issued, IssuedFigure
from app.storage.register import Register

_MOST_DAYS = 4
"""How many days a sentence names before it says "between"."""


class Change(StrEnum):
    """What became of a row since."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row that is there now and was not, or was and is not, or counts for another number."""

    change: Change
    key: str
    records: tuple[Record, ...]
    """What it opens; of a row that is gone what it opened, which may be in the bin."""
    cells: tuple[str, ...] = field(default=(), repr=False)
    """As in `FigureDifference.columns`; nothing of a row that is gone."""
    was: float | int | None = None
    now: float | int | None = None
    at: dt.datetime | None = None
    """When it was entered or last changed since, as far as the book knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDifference:
    """A figure as it was sent beside what it is now."""

    figure: str
    title: str
    unit: str
    sent: float | int | None
    now: float | int | None
    sent_text: str
    now_text: str
    printed_text: str
    """What stood on the paper, where the number was hidden there; else nothing."""
    columns: tuple[str, ...]
    rows: tuple[RowChange, ...] = field(repr=False)
    sentence: str
    """People: now 43, sent 41. Two people were added: both entered on Wed 4 Mar 2026."""
    definition_sentence: str
    """That what it means was changed since, or nothing."""
    sent_definition: str
    now_definition: str

    @property
    def differs(self) -> bool:
        """Whether the number or any of its rows is another now."""
        return self.sent != self.now or bool(self.rows)

    def of(self, change: Change) -> tuple[RowChange, ...]:
        """Return the rows of one kind of change."""
        return tuple(row for row in self.rows if row.change is change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An issued return beside the book as it is now."""

    issued: Issued
    figures: tuple[FigureDifference, ...]

    @property
    def differs(self) -> bool:
        """Whether any number or any row is another now."""
        return any(one.differs for one in self.figures)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is different, in plain sentences; one that says so where nothing is."""
        said = [one.sentence for one in self.figures if one.differs]
        said += [one.definition_sentence for one in self.figures if one.definition_sentence]
        return tuple(said) or ("Every number is what it was when it was sent, row by row.",)


def explain(register: Register, issued_id: IssuedId) -> Explanation | None:
    """Return how the book now differs from a return as it was sent, or None when there is none."""
    one = issued.get(register, issued_id)
    if one is None:
        return None
    then = issued.figures(register, issued_id)
    printed = (issued.filled_json(register, issued_id) or {}).get("figures", {})
    day = one.counted_at.date()
    period = one.settings.period or Period(first=day, last=day)
    with register.one_moment():
        scope = proof.scope_of(register, period, one.settings.activity_id)
        known = figures_of(register)
        here = tuple(figure.figure for figure in then if figure.figure in known)
        counted = count(register, scope, ids=here).values
        changed = journal.since(register, one.counted_at)
        keys = keys_behind(register, here, scope)
        new = {
            figure.figure: _new(figure.rows, keys[figure.figure])
            for figure in then
            if figure.figure in keys
        }
        looking = _Looking(
            register=register, since=one.counted_at, changed=changed, keys=keys,
            rows=rows_of_keys(register, new, scope),
        )  # fmt: skip
        figures = tuple(
            looking.beside(figure, known.get(figure.figure), counted.get(figure.figure))
            for figure in then
        )
    return Explanation(issued=one, figures=tuple(_with_print(f, printed) for f in figures))


def _new(
    then: Mapping[str, float | int | None], now: Mapping[str, float | int | None]
) -> tuple[str, ...]:
    """Return the keys that were not there, or added another number."""
    return tuple(key for key, adds in now.items() if key not in then or then[key] != adds)


def _with_print(one: FigureDifference, printed: Mapping[str, object]) -> FigureDifference:
    shown = printed.get(one.figure)
    if not isinstance(shown, dict) or not shown.get("hidden"):
        return one
    return replace(one, printed_text=str(shown.get("text", "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looking:
    """What all figures of one return are looked at with."""

    register: Register = field(repr=False)
    since: dt.datetime
    changed: Mapping[int, dt.datetime]
    keys: Mapping[str, Mapping[str, float | int | None]] = field(repr=False)
    """What tells the rows apart that are there now, and what each adds."""
    rows: Mapping[str, FigureRows] = field(repr=False)
    """Those of them that were not there, or added another number."""

    def beside(
        self, then: IssuedFigure, figure: Figure | None, now: FigureValue | None
    ) -> FigureDifference:
        """Return a figure as it was sent beside what it is now."""
        if figure is None or now is None:
            gone = f"{then.title}: sent {_said(then.value, then.unit)}. It is not counted any more."
            return _difference(then, None, (), (), gone)
        columns, rows = proof.shown((self.rows[figure.id],))
        changes = tuple(self._changes(then, figure, rows))
        return _difference(then, now, columns, changes, _sentence(then, now, figure, changes))

    def _changes(
        self, then: IssuedFigure, figure: Figure, rows: Sequence[ProofRow]
    ) -> Iterable[RowChange]:
        now = self.keys[figure.id]
        for row in rows:
            if row.key not in then.rows:
                yield self._row(Change.ADDED, row.key, row, now=now[row.key])
            else:
                was = then.rows[row.key]
                yield self._row(Change.CHANGED, row.key, row, was=was, now=now[row.key])
        for key, was in then.rows.items():
            if key not in now:
                records = _records_of_key(figure, key)
                gone = ProofRow(key=key, cells=(), records=records)
                yield self._row(Change.REMOVED, key, gone, was=was)

    def _row(
        self, change: Change, key: str, row: ProofRow, *, was: float | None = None,
        now: float | None = None,
    ) -> RowChange:  # fmt: skip
        ids = {int(part) for part in key.split("/") if part.isdigit()}
        ids |= {record.id for record in row.records}
        return RowChange(
            change=change, key=key, records=row.records, cells=row.cells, was=was, now=now,
            at=self._when(ids),
        )  # fmt: skip

    def _when(self, ids: set[int]) -> dt.datetime | None:
        """Return when any of the records was made or last changed since the return was counted."""
        moments = [self.changed[one] for one in ids if one in self.changed]
        made = (made_at(one) for one in ids if one > 0)
        moments += [one for one in made if self.since < one <= self.register.now()]
        return max(moments, default=None)


_KEY_RECORDS = {
    "person_id": RecordKind.PERSON,
    "session_id": RecordKind.SESSION,
    "referral_id": RecordKind.REFERRAL,
    "place_id": RecordKind.PLACE,
    "grant_id": RecordKind.GRANT,
    "log_id": RecordKind.HOURS,
    "gift_id": RecordKind.GIFT,
    "fund_id": RecordKind.FUND,
    "match_id": RecordKind.MATCH,
}


def _records_of_key(figure: Figure, key: str) -> tuple[Record, ...]:
    pairs = zip(figure.key, key.split("/"), strict=False)
    return tuple(
        Record(kind=_KEY_RECORDS[name], id=int(part))
        for name, part in pairs
        if name in _KEY_RECORDS and part.isdigit()
    )


def _difference(
    then: IssuedFigure, now: FigureValue | None, columns: tuple[str, ...],
    rows: tuple[RowChange, ...], sentence: str,
) -> FigureDifference:  # fmt: skip
    other = now is not None and (now.version, now.definition) != (then.version, then.definition)
    said = ""
    if other and now is not None:
        said = (
            f"What “{then.title}” means was changed since: the return was counted by version "
            f"{then.version}, the book counts by version {now.version} now, so the numbers may "
            "differ for that alone."
        )
    return FigureDifference(
        figure=then.figure, title=then.title, unit=then.unit, sent=then.value,
        now=now.value if now else None, sent_text=_said(then.value, then.unit),
        now_text=_said(now.value, then.unit) if now else "not counted any more",
        printed_text="", columns=columns, rows=rows, sentence=sentence, definition_sentence=said,
        sent_definition=then.definition, now_definition=now.definition if now else "",
    )  # fmt: skip


# --- in words -------------------------------------------------------------------------------------

_WORDS: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("person_id",): ("person", "people"),
    ("session_id", "person_id"): ("mark", "marks"),
    ("session_id",): ("session", "sessions"),
    ("referral_id",): ("referral", "referrals"),
    ("line_id",): ("line of the cash book", "lines of the cash book"),
    ("place_id",): ("place", "places"),
}
"""What the rows of a figure are called, by what tells them apart."""


def _said(value: float | None, unit: str) -> str:
    return "nothing" if value is None else number_text(value, Unit(unit))


def _sentence(
    then: IssuedFigure, now: FigureValue, figure: Figure, rows: Sequence[RowChange]
) -> str:
    sent, counted = _said(then.value, then.unit), _said(now.value, then.unit)
    same = then.value == now.value
    begins = (
        f"{then.title}: {counted} as sent" if same else f"{then.title}: now {counted}, sent {sent}"
    )
    if not rows:
        more = "" if same else " No row of it was changed: what it is worked out with was."
        return f"{begins}.{more}"
    names = _WORDS.get(figure.key, ("record", "records"))
    told = [
        _told([row for row in rows if row.change is change], names, one, several)
        for change, one, several in (
            (Change.ADDED, "was added", "were added"),
            (Change.REMOVED, "does not count any more", "do not count any more"),
            (Change.CHANGED, "counts for another number", "count for other numbers"),
        )
    ]
    return " ".join(
        [f"{begins}{', but not of the same rows' if same else ''}.", *filter(None, told)]
    )


def _told(rows: Sequence[RowChange], names: tuple[str, str], one: str, several: str) -> str:
    if not rows:
        return ""
    many = len(rows)
    said = f"{in_words(many).capitalize()} {names[many > 1]} {several if many > 1 else one}"
    return f"{said}: {_days(rows)}."


def _days(rows: Sequence[RowChange]) -> str:
    """Return on which days rows were entered or changed: "two records entered on Wed 4 Mar 2026"."""
    days = Counter(row.at.date() for row in rows if row.at)
    unknown = len(rows) - sum(days.values())
    parts: list[str] = []
    if len(days) > _MOST_DAYS:
        parts.append(
            f"{in_words(sum(days.values()))} records entered or changed between "
            f"{short_date(min(days))} and {short_date(max(days))}"
        )
    else:
        parts += [
            f"{in_words(number)} record{'' if number == 1 else 's'} entered or changed on {short_date(day)}"
            for day, number in sorted(days.items())
        ]
    if unknown:
        parts.append(f"{in_words(unknown)} by something else that was changed since")
    return ", ".join(parts)

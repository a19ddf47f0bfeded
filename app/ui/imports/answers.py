"""What has been answered so far in an import, and what the file was last read as."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.services import imports
from app.services.imports import (
    ColumnDecision,
    Known,
    Matching,
    OpenedFile,
    Options,
    Plan,
    Prepared,
    Question,
    SheetLook,
)
from app.services.imports.remembered import Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as it was read with the answers there were: nothing of it is written."""

    opened: OpenedFile
    kind: str
    options: Options = field(repr=False)
    plan: Plan = field(repr=False)
    matching: Matching = field(repr=False)
    looks: tuple[SheetLook, ...] = field(repr=False)
    digest: str
    known: Mapping[int, Known] = field(default_factory=dict, repr=False)
    remembered: Remembered | None = field(default=None, repr=False)

    def question(self, kind: str) -> Question | None:
        """Return the question of a kind that waits for its answer, or None."""
        waiting = imports.open_questions(self.plan)
        return next((q for q in waiting if q.kind == kind), None)

    def prepared(self) -> Prepared:
        """Return the import, ready to be carried out."""
        return Prepared(
            kind=self.kind,
            path=self.opened.path,
            plan=self.plan,
            matching=self.matching,
            options=self.options,
            digest=self.digest,
        )


@dataclass(slots=True, kw_only=True)
class Answers:
    """The draft of an import: every answer, kept when one goes back."""

    path: Path | None = None
    kind: str = ""
    """"people" or "attendance"; "": as the file looks."""
    options: Options
    confirmed: dict[str, str] = field(default_factory=dict)
    """Column -> what it was confirmed as."""
    joined: set[int] = field(default_factory=set)
    """Places in the reading's likely doubles that are the same person."""
    remember: bool = False
    use_remembered: bool = True

    def start(self, path: Path, kind: str = "") -> None:
        """Begin with another file: answers about the one before go."""
        self.path, self.kind = path, kind
        self.options = Options(today=self.options.today)
        self.confirmed.clear()
        self.joined.clear()
        self.remember, self.use_remembered = False, True

    def set_column(self, key: str, taken_as: str) -> None:
        """Say what a column is."""
        self.options = replace(self.options, columns={**self.options.columns, key: taken_as})

    def set_mark(self, written: str, meaning: str) -> None:
        """Say what a mark means."""
        self.options = replace(self.options, marks={**self.options.marks, written: meaning})

    def set_value(self, taken_as: str, written: str, code: str) -> None:
        """Say what an answer in a column means."""
        values = self.options.values
        meant = {**values.get(taken_as, {}), written: code}
        self.options = replace(self.options, values={**values, taken_as: meant})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """Columns with the same header, of however many sheets: one question for all of them."""

    key: str
    header: str
    taken_as: str
    by: str
    samples: tuple[str, ...] = field(repr=False)
    sheets: int


_SAMPLES = 3


def column_groups(columns: tuple[ColumnDecision, ...]) -> tuple[ColumnGroup, ...]:
    """Gather the columns to be confirmed by their header; dates across the top are none of them."""
    found: dict[str, list[ColumnDecision]] = {}
    for column in columns:
        if column.taken_as != "session":
            found.setdefault((column.header or column.column).casefold(), []).append(column)
    groups = []
    for same in found.values():
        first = next((c for c in same if c.taken_as != imports.SET_ASIDE), same[0])
        samples = tuple(dict.fromkeys(text for column in same for text in column.samples))
        groups.append(
            ColumnGroup(
                key=first.header or first.column,
                header=first.header or f"Column {first.column}",
                taken_as=first.taken_as,
                by=first.by,
                samples=samples[:_SAMPLES],
                sheets=len({column.sheet for column in same}),
            )
        )
    return tuple(groups)

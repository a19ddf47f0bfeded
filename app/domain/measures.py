"""Measures: what is asked, how answers become scores, and which way is better. No answers here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Entry(StrEnum):
    """How a measure's numbers come about."""

    ASKED = "asked"
    """Its questions come with it and may be printed."""
    LICENSED = "licensed"
    """Its questions belong to somebody else: boxes only, until the group records its licence."""
    SUPPLIED = "supplied"
    """Somebody with a licence asked; the group only keeps the numbers it was told."""
    GOALS = "goals"
    """Its questions are the person's own goals."""


class Scoring(StrEnum):
    """How a scale's answers become one score; where one it needs is missing there is none."""

    SINGLE = "single"
    SUM = "sum"
    MEAN = "mean"
    TABLE = "table"
    """The sum, looked up in the scale's table."""


class Better(StrEnum):
    """Which way a scale gets better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer in words and the number it stands for."""

    value: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. Its answers are choices, or whole numbers from ``low`` to ``high``.

    ``wording`` is blank where it may not be given away. Under ``age_from`` it is not asked.
    """

    code: str
    wording: str = ""
    low: int = 0
    high: int = 10
    low_anchor: str = ""
    high_anchor: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    """What is counted, where a number is written in rather than ringed: "minutes"."""
    age_from: int = 0
    decimals: bool = False
    """Whether parts of a whole may be entered: a score that was supplied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named range of scores, from ``low`` up to the next band's."""

    key: str
    label: str
    low: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One score of a measure; its id begins the names of its figures.

    ``meaningful_change`` is the least change that counts as better or worse; 0 is any change.
    ``weights`` multiplies an item's answer before summing; an item that is not named counts once.
    """

    id: str
    title: str
    items: tuple[str, ...]
    scoring: Scoring = Scoring.SINGLE
    better: Better = Better.HIGHER
    low: float = 0
    high: float = 10
    bands: tuple[Band, ...] = ()
    meaningful_change: float = 0
    table: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    """What has to be said wherever its numbers are shown."""

    def band_of(self, score: float) -> Band | None:
        """Return the band a score lies in, or None where there are none."""
        found = [band for band in self.bands if band.low <= score]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A questionnaire, with its scales, whom it is for, and who may print it."""

    id: str
    version: int
    title: str
    about: str
    source: str
    licence: str
    entry: Entry = Entry.ASKED
    intro: str = ""
    copyright: str = ""
    """The line that has to stand on every copy."""
    age_from: int = 0
    age_to: int | None = None
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    own: bool = False
    """Whether the group made it itself."""

    def item(self, code: str) -> Item | None:
        """Return the item of a code, or None."""
        return next((item for item in self.items if item.code == code), None)

    def scale(self, scale_id: str) -> Scale | None:
        """Return the scale of an id, or None."""
        return next((scale for scale in self.scales if scale.id == scale_id), None)

    def items_for(self, age: int | None) -> tuple[Item, ...]:
        """Return the questions for somebody of an age; all where the age is not known."""
        return tuple(i for i in self.items if age is None or age >= i.age_from)

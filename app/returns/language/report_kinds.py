"""Kinds of block of what a group tells about itself: thanks, money in words, comparisons, forms."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.returns.language.phrases import NOTHING, Phrase, Ref, Slot
from app.returns.language.spec import NO_BREAKDOWN, BreakdownId, FigureId, Spec


class Beside(StrEnum):
    """What stands beside a number: the days just before, the same days a year earlier, a target."""

    NOTHING = "nothing"
    BEFORE = "before"
    YEAR = "year"
    TARGETS = "targets"


class Order(StrEnum):
    """How the rows of a table stand: as their answers are listed, or the largest first."""

    LISTED = "listed"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThanksSpec(Spec):
    """Thanks to the funders of the period; ``text`` is the heading over them."""

    kind: ClassVar[str] = "thanks"
    text: Phrase = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MoneyWordsSpec(Spec):
    """What came in, from whom, and what it paid for, in sentences; ``text`` is the heading."""

    kind: ClassVar[str] = "money-words"
    text: Phrase = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CompareSpec(Spec):
    """Figures, or their parts by a breakdown, beside those of another time; ``text`` is the heading."""

    kind: ClassVar[str] = "compare"
    figures: tuple[FigureId, ...]
    by: BreakdownId = NO_BREAKDOWN
    head: str = ""
    titles: tuple[str, ...] = ()
    beside: Beside = Beside.BEFORE
    order: Order = Order.LISTED
    most: int = 0
    merge: bool = False
    """Whether parts too small to show, and those beyond ``most``, are added together."""
    text: Phrase = NOTHING

    def counted(self) -> tuple[Phrase, ...]:
        """Return the figures compared."""
        return (Phrase(pieces=tuple(Slot(ref=Ref(name=name)) for name in self.figures)),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ConsentFormSpec(Spec):
    """A consent form to fill in with a pen, for an adult or for somebody under 18."""

    kind: ClassVar[str] = "consent-form"
    takes: ClassVar[tuple[str, ...]] = ("large", "under_18")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PrivacyNoticeSpec(Spec):
    """What the group keeps about people, why, how long, and their rights."""

    kind: ClassVar[str] = "privacy-notice"


REPORT_KINDS: tuple[type[Spec], ...] = (
    ThanksSpec, MoneyWordsSpec, CompareSpec, ConsentFormSpec, PrivacyNoticeSpec,
)  # fmt: skip
REPORT_MODULES = {
    ThanksSpec.kind: "reports.thanks:thanks",
    MoneyWordsSpec.kind: "money.money_words:money_words",
    CompareSpec.kind: "reports.compare:compare",
    ConsentFormSpec.kind: "people.consent_form:consent_form",
    PrivacyNoticeSpec.kind: "people.privacy_notice:privacy_notice",
}
"""The module in this package that fills each kind, and its function."""

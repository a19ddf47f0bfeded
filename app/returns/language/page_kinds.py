"""Kinds of block that are filled from the book itself: registers, cards, letters, places, outcomes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.domain.places import AgreementKind
from app.domain.returns import Target
from app.domain.stories import StoryPurpose
from app.returns.language.group_sets import group_set
from app.returns.language.phrases import NOTHING, Phrase, Ref, Slot
from app.returns.language.spec import Spec


class PlacesOf(StrEnum):
    """What a table of funded places shows."""

    SUMMARY = "summary"
    SOURCE = "source"
    NEED = "need"
    UNITS = "units"
    AGES = "ages"
    PARENTS = "parents"


class MoneyOf(StrEnum):
    """What a table of the cash book shows."""

    ACCOUNTS = "accounts"
    FUNDS = "funds"
    HEADINGS = "headings"
    GRANTS = "grants"
    BUDGET = "budget"
    SHARED = "shared"
    BOOK = "book"
    CHANGES = "changes"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SheetsSpec(Spec):
    """The attendance sheets of the period's sessions."""

    kind: ClassVar[str] = "attendance-sheets"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TermSpec(Spec):
    """The register of a term to tick, people by dates."""

    kind: ClassVar[str] = "term-register"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HeldOnPersonSpec(Spec):
    """Everything held on one person."""

    kind: ClassVar[str] = "held-on-person"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class KeptForSpec(Spec):
    """How long what is held on a person is kept, by the group's own rules."""

    kind: ClassVar[str] = "kept-for"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class RecordSpec(Spec):
    """The attendance record of a period, people by dates with their marks."""

    kind: ClassVar[str] = "attendance-record"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CardsSpec(Spec):
    """A capacity card for each activity."""

    kind: ClassVar[str] = "capacity-cards"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class QuestionnaireSpec(Spec):
    """Questionnaires to fill in with a pen, a person on a page, under a code."""

    kind: ClassVar[str] = "questionnaire"
    takes: ClassVar[tuple[str, ...]] = ("measure", "large", "pile")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ReplySpec(Spec):
    """The letter to whoever sent a person."""

    kind: ClassVar[str] = "referral-reply"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AgreementSpec(Spec):
    """What the agreement that the return is about says; ``of`` are the kinds it may be."""

    kind: ClassVar[str] = "agreement"
    of: tuple[AgreementKind, ...] = tuple(AgreementKind)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PlacesSpec(Spec):
    """A table of the funded places under the agreement."""

    kind: ClassVar[str] = "places"
    of: PlacesOf


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ClaimSpec(Spec):
    """What is claimed for each place, by the sender's reference, never by name."""

    kind: ClassVar[str] = "claim"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OutcomesSpec(Spec):
    """What people reported on some scales, before and after, a scale in a row.

    With ``own`` those of the group's own measures too. ``text`` is a heading; with one, all is left
    out where there is nothing to say.
    """

    kind: ClassVar[str] = "outcomes"
    scales: tuple[str, ...]
    own: bool = False
    text: Phrase = NOTHING

    def counted(self) -> tuple[Phrase, ...]:
        """Return all that its table prints, as a sentence that nobody reads."""
        names = [f"{scale}_{kind}" for scale in self.scales for kind in _OUTCOME_KINDS]
        return (Phrase(pieces=tuple(Slot(ref=Ref(name=name)) for name in names)),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OutcomeBandsSpec(Spec):
    """How many people were in each band of a scale, before and after, a table for each."""

    kind: ClassVar[str] = "outcome-bands"
    scales: tuple[str, ...]

    def counted(self) -> tuple[Phrase, ...]:
        """Return all that its tables print, as a sentence that nobody reads."""
        refs = [Ref(name=f"{scale}_pairs") for scale in self.scales]
        refs += [
            Ref(name=f"{scale}_band_{when}", by="band", aspect="highest")
            for scale in self.scales
            for when in ("before", "after")
        ]
        return (Phrase(pieces=tuple(Slot(ref=ref) for ref in refs)),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ServicesSpec(Spec):
    """The activities as somebody who sends people sees them."""

    kind: ClassVar[str] = "services"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class QuotesSpec(Spec):
    """What people said in the period and agreed may be used so; ``text`` is the heading over it."""

    kind: ClassVar[str] = "quotes"
    purpose: StoryPurpose
    text: Phrase
    most: int = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AccountsSpec(Spec):
    """Receipts and payments accounts with the statement of assets and liabilities."""

    kind: ClassVar[str] = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MoneySpec(Spec):
    """A table of the cash book."""

    kind: ClassVar[str] = "money"
    of: MoneyOf


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MoneyBriefSpec(Spec):
    """The whole group's money in five lines, whichever activity the return is about."""

    kind: ClassVar[str] = "money-brief"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class GrantSpec(Spec):
    """What the grant that the return is about says."""

    kind: ClassVar[str] = "grant"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class EvidenceSpec(Spec):
    """The list of what a grant paid, and every receipt in order, numbered."""

    kind: ClassVar[str] = "evidence"


class Costed(StrEnum):
    """What the cost of something is reckoned by."""

    SESSION = "session"
    ATTENDANCE = "attendance"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BudgetSpec(Spec):
    """The grant's budget by heading beside what was spent, and the difference.

    Beyond ``most`` lines the smallest headings are one.
    """

    kind: ClassVar[str] = "budget"
    whole_pounds: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ReceiptsSpec(Spec):
    """What the grant paid, a payment a line, with the number of its receipt; no pictures.

    Only payments of ``from_pounds`` or more where a funder asks for those alone; ``together`` puts
    those to one payee under one heading in one line. Beyond ``most`` lines the smallest are one.
    """

    kind: ClassVar[str] = "receipts"
    from_pounds: int = 0
    together: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BuysSpec(Spec):
    """What a sum of money buys at what a session, an attendance and a person really cost.

    The sum is the one the return asks for, else the answer called ``sum``, else the planned grant's.
    """

    kind: ClassVar[str] = "buys"
    takes: ClassVar[tuple[str, ...]] = ("sum",)
    of: tuple[Costed, ...] = tuple(Costed)

    def counted(self) -> tuple[Phrase, ...]:
        """Return the costs it reckons with."""
        names = [f"cost_per_{one.value}_pence" for one in self.of]
        return (Phrase(pieces=tuple(Slot(ref=Ref(name=name)) for name in names)),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class GroupsSpec(Spec):
    """Whether three quarters of the people belong to each group that a funder lists."""

    kind: ClassVar[str] = "groups"
    of: str

    def counted(self) -> tuple[Phrase, ...]:
        """Return people in every way that the groups are told by."""
        cuts = group_set(self.of).cuts
        refs = [Ref(name="people"), *(Ref(name="people", by=by, aspect="highest") for by in cuts)]
        return (Phrase(pieces=tuple(Slot(ref=ref) for ref in refs)),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TargetsSpec(Spec):
    """What the grant promised beside what was reached; figures of its own choosing."""

    kind: ClassVar[str] = "targets"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PromisedSpec(TargetsSpec):
    """The targets of one grant, read from the book so that their figures are counted too."""

    targets: tuple[Target, ...] = ()

    def counted(self) -> tuple[Phrase, ...]:
        """Return the figures promised."""
        refs = [Ref(name=one.figure, by=one.breakdown, part=one.part) for one in self.targets]
        return (Phrase(pieces=tuple(Slot(ref=ref) for ref in refs)),)


_OUTCOME_KINDS = (
    "pairs", "before", "after", "change", "change_low", "change_high", "improved", "same", "worse",
)  # fmt: skip

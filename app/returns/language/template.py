"""A return's template: what it asks, says, counts and draws, as data, without any numbers yet.

Each kind of block is one class here; its fields are the keys of a `[[blocks]]` table in
resources/returns/<id>/template.toml. resources/returns/README.md shows all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, TypeAlias

from app.domain.disclosure import Disclosure
from app.returns.filled import ChartKind, Orientation, Paper
from app.returns.language.page_kinds import (
    AccountsSpec,
    AgreementSpec,
    BudgetSpec,
    BuysSpec,
    CardsSpec,
    ClaimSpec,
    EvidenceSpec,
    GrantSpec,
    GroupsSpec,
    HeldOnPersonSpec,
    KeptForSpec,
    MoneyBriefSpec,
    MoneySpec,
    OutcomeBandsSpec,
    OutcomesSpec,
    PlacesSpec,
    QuestionnaireSpec,
    QuotesSpec,
    ReceiptsSpec,
    RecordSpec,
    ReplySpec,
    ServicesSpec,
    SheetsSpec,
    TargetsSpec,
    TermSpec,
)
from app.returns.language.phrases import NOTHING, Phrase, Ref
from app.returns.language.questions import AnsweredSpec, QuestionSpec
from app.returns.language.report_kinds import REPORT_KINDS, Beside, Order
from app.returns.language.spec import NO_BREAKDOWN, NO_FIGURE, BreakdownId, FigureId, Spec


class Need(StrEnum):
    """What a return must, or may, be told before it can be filled."""

    PERIOD = "period"
    ACTIVITY = "activity"
    PERSON = "person"
    GRANT = "grant"
    SESSION = "session"
    ANSWERS = "answers"


class Purpose(StrEnum):
    """The groups in which returns are offered."""

    SHEETS = "On the night"
    TELLING = "Telling people"
    ASKING = "Asking for money"
    REPORTING = "Reporting to funders"
    REFERRALS = "Referrals"
    MONEY = "Money"
    RIGHTS = "People's own details"


class Listing(StrEnum):
    """What a list block lists."""

    CANCELLED = "cancelled"
    CANCELLED_REASONS = "cancelled-reasons"


# Blocks are neither compared nor shown, and what dataclass makes for that would cost every start
# of the command line some milliseconds: hence eq=False, repr=False below.


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HeadSpec(Spec):
    """The head of a report with the group's name and logo."""

    kind: ClassVar[str] = "head"
    kicker: Phrase = NOTHING
    title: Phrase
    subtitle: Phrase = NOTHING
    logo: bool = True
    cover: bool = False
    """Whether it is a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HeadingSpec(Spec):
    """A heading, best a plain sentence with its number in it."""

    kind: ClassVar[str] = "heading"
    text: Phrase
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TextSpec(Spec):
    """A paragraph."""

    kind: ClassVar[str] = "text"
    text: Phrase


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class NoteSpec(Spec):
    """Small, quiet text."""

    kind: ClassVar[str] = "note"
    text: Phrase


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BulletsSpec(Spec):
    """A list of points."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Labelled:
    """A value with its label; both may hold figures."""

    value: Phrase
    label: Phrase


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class NumbersSpec(Spec):
    """The strip of large numbers."""

    kind: ClassVar[str] = "numbers"
    items: tuple[Labelled, ...]
    beside: Beside = Beside.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class FactsSpec(Spec):
    """Labels and what belongs to them, in two columns: key facts, number boxes."""

    kind: ClassVar[str] = "facts"
    items: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ChartSpec(Spec):
    """A chart of one figure by a breakdown, or (``points``) of several figures side by side."""

    kind: ClassVar[str] = "chart"
    figure: FigureId = NO_FIGURE
    by: BreakdownId = NO_BREAKDOWN
    points: tuple[Labelled, ...] = ()
    draw: ChartKind = ChartKind.BARS
    summary: Phrase = NOTHING
    height_mm: float = 0.0
    order: Order = Order.LISTED
    most: int = 0
    merge: bool = False
    """Whether parts too small to show, and those beyond ``most``, are added together."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TableSpec(Spec):
    """Figures side by side, by a breakdown; the total is the figure of the whole, never a sum."""

    kind: ClassVar[str] = "table"
    id: str = ""
    figures: tuple[FigureId, ...]
    by: BreakdownId
    head: str = ""
    titles: tuple[str, ...] = ()
    caption: Phrase = NOTHING
    order: Order = Order.LISTED
    most: int = 0
    share: bool = False
    beside: Beside = Beside.NOTHING
    merge: bool = False
    """Whether parts too small to show, and those beyond ``most``, are added together."""
    total: bool = True
    total_label: str = ""
    how: bool = True
    note: Phrase = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ListSpec(Spec):
    """A list out of the book."""

    kind: ClassVar[str] = "list"
    of: Listing
    empty: Phrase = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SignSpec(Spec):
    """A declaration with lines to sign on."""

    kind: ClassVar[str] = "sign"
    text: Phrase = NOTHING
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HowSpec(Spec):
    """What each figure of the return means: "How we counted"."""

    kind: ClassVar[str] = "how"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ColumnsSpec(Spec):
    """Two sets of blocks side by side."""

    kind: ClassVar[str] = "columns"
    left: "tuple[AnySpec, ...]"
    right: "tuple[AnySpec, ...]"
    share: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TogetherSpec(Spec):
    """Blocks that stay on one page."""

    kind: ClassVar[str] = "together"
    blocks: "tuple[AnySpec, ...]"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PageSpec(Spec):
    """A new page."""

    kind: ClassVar[str] = "page"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SpaceSpec(Spec):
    """Some room, in millimetres."""

    kind: ClassVar[str] = "space"
    height_mm: float


AnySpec: TypeAlias = Spec
"""Any kind of block, nested ones too."""

KINDS: dict[str, type[Spec]] = {
    spec.kind: spec
    for spec in (
        HeadSpec, HeadingSpec, TextSpec, NoteSpec, BulletsSpec, NumbersSpec, FactsSpec, ChartSpec,
        TableSpec, ListSpec, QuestionSpec, SignSpec, HowSpec, ColumnsSpec, TogetherSpec, PageSpec,
        SpaceSpec, SheetsSpec, TermSpec, RecordSpec, HeldOnPersonSpec, KeptForSpec, CardsSpec,
        ReplySpec,
        QuestionnaireSpec,
        AgreementSpec, PlacesSpec, ClaimSpec, OutcomesSpec, OutcomeBandsSpec,
        ServicesSpec, QuotesSpec, AccountsSpec, MoneySpec, GrantSpec, EvidenceSpec,
        MoneyBriefSpec, BudgetSpec, ReceiptsSpec, BuysSpec, GroupsSpec, TargetsSpec,
    )
} | {spec.kind: spec for spec in REPORT_KINDS}  # fmt: skip
"""Every kind of block by the word that a template writes for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A return's template, checked."""

    id: str
    version: int
    title: str
    for_whom: str = field(metadata={"key": "for"})
    purpose: Purpose
    needs: tuple[Need, ...]
    may_have: tuple[Need, ...] = ()
    disclosure: Disclosure
    names_people: bool = False
    """Whether it prints names, so that it stays in the house and hides no numbers."""
    orientation: Orientation = Orientation.AUTO
    paper: Paper = Paper.A4
    subject: str = ""
    blocks: tuple[AnySpec, ...]

    def walk(self, wanted: Callable[[Spec], bool] = lambda _: True) -> Iterator[Spec]:
        """Yield every block in order, those inside others too; only the ``wanted`` ones."""
        yield from _walk(self.blocks, wanted)

    def questions(self) -> tuple[QuestionSpec, ...]:
        """Return the questions in order."""
        return tuple(spec for spec in self.walk() if isinstance(spec, QuestionSpec))

    def refs(self) -> Iterator[Ref]:
        """Yield everything that its sentences name."""
        for spec in self.walk():
            for phrase in phrases_of(spec):
                yield from phrase.refs()


def _walk(blocks: tuple[Spec, ...], wanted: Callable[[Spec], bool]) -> Iterator[Spec]:
    for spec in filter(wanted, blocks):
        yield spec
        if isinstance(spec, ColumnsSpec):
            yield from _walk((*spec.left, *spec.right), wanted)
        elif isinstance(spec, TogetherSpec):
            yield from _walk(spec.blocks, wanted)
        elif isinstance(spec, AnsweredSpec):
            yield from _walk(spec.parts, wanted)


def changed(blocks: tuple[Spec, ...], change: Callable[[Spec], Spec]) -> tuple[Spec, ...]:
    """Return blocks with each changed, those inside others too."""
    return tuple(_changed(spec, change) for spec in blocks)


def _changed(spec: Spec, change: Callable[[Spec], Spec]) -> Spec:
    if isinstance(spec, TogetherSpec):
        return replace(spec, blocks=changed(spec.blocks, change))
    if isinstance(spec, ColumnsSpec):
        return replace(spec, left=changed(spec.left, change), right=changed(spec.right, change))
    return change(spec)


def phrases_of(spec: Spec) -> Iterator[Phrase]:
    """Yield every sentence of a block, not those of blocks inside it."""
    yield from spec.counted()
    for name in _phrase_fields(type(spec)):
        value = getattr(spec, name)
        if isinstance(value, Phrase):
            yield value
        else:
            for item in value:
                yield from (item,) if isinstance(item, Phrase) else (item.value, item.label)


def _phrase_fields(kind: type[Spec]) -> tuple[str, ...]:
    wanted = {Phrase, tuple[Phrase, ...], tuple[Labelled, ...]}
    return tuple(f.name for f in kind.__dataclass_fields__.values() if f.type in wanted)

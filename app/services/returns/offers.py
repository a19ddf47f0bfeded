"""What can be put into an answer: every figure, its parts, tables, charts and quotes, with their numbers."""

from dataclasses import dataclass, field

from app.domain.errors import AppError
from app.domain.ids import ActivityId, DraftId, StoryId
from app.domain.periods import Period
from app.domain.stories import PURPOSES
from app.figures.breakdowns import breakdown
from app.figures.definition import Unit
from app.figures.evaluate import Scope, count
from app.figures.evaluate import Source as Reader
from app.figures.outcomes import figures_of
from app.returns.language.answers import story_use
from app.returns.language.wording import number_text
from app.services.returns.proof import scope_of
from app.services.returns.templates import template_of
from app.storage import drafts, stories
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOffer:
    """A figure that an answer may name."""

    id: str
    title: str
    definition: str
    cuts: tuple[tuple[str, str], ...]
    """What it may be broken down by, as (id, title)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A figure or a part of one as it was counted, nothing hidden: for our own eyes."""

    key: str
    """The figure's id, or the part's key."""
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteOffer:
    """A story or quote, and what stands against using it here."""

    id: StoryId
    text: str = field(repr=False)
    by: str = field(repr=False)
    why_not: str = ""


def figures(source: Reader) -> tuple[FigureOffer, ...]:
    """Return every figure an answer may name, in the order of the catalogue, own measures last."""
    return tuple(
        FigureOffer(
            id=one.id, title=one.title, definition=one.definition,
            cuts=tuple((cut, breakdown(cut).title) for cut in one.breakdowns),
        )
        for one in figures_of(source).values()
    )  # fmt: skip


def worths(
    source: Reader, period: Period, activity_id: ActivityId | None, ids: tuple[str, ...]
) -> tuple[Worth, ...]:
    """Return what some figures are worth; a snapshot may be read on the worker."""
    counted = count(source, _scope(source, period, activity_id), ids=ids).values
    return tuple(
        Worth(key=name, label=one.title, text=number_text(one.value, Unit(one.unit)))
        for name, one in counted.items()
        if name in ids
    )


def parts(
    source: Reader, period: Period, activity_id: ActivityId | None, figure: str, by: str
) -> tuple[Worth, ...]:
    """Return the parts of a figure with what they are worth."""
    scope = _scope(source, period, activity_id)
    cut = count(source, scope, ids=(figure,), parts=((figure, by),)).parts[figure, by]
    unit = Unit(cut.figure.unit)
    return tuple(
        Worth(key=one.key, label=one.label, text=number_text(one.value, unit)) for one in cut.parts
    )


def _scope(source: Reader, period: Period, activity_id: ActivityId | None) -> Scope:
    return scope_of(source, period, activity_id)


def quotes(register: Register, draft_id: DraftId) -> tuple[QuoteOffer, ...]:
    """Return every quote and story, those that may be used here first; the others say why not."""
    draft = drafts.get(register, draft_id)
    if draft is None:
        return ()
    try:
        purpose = story_use(template_of(register, draft.template_id))
    except AppError:  # the form is not there any more: nobody knows what it would be used for
        return ()
    use = PURPOSES[purpose].lower()
    usable = {one.id for one in stories.usable_for(register, purpose)}
    found: list[QuoteOffer] = []
    for one in stories.listed(register):
        asked = any(kept.purpose is purpose for kept in one.uses)
        said = "no longer agreed, or said no," if asked else "was not asked whether they agree"
        why = "" if one.id in usable else f"Whoever said it {said} to its use for: {use}."
        found.append(QuoteOffer(id=one.id, text=one.wording, by=one.credited_as, why_not=why))
    return tuple(sorted(found, key=lambda one: bool(one.why_not)))

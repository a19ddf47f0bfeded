"""The long work of a workspace, for the worker: fill the draft, look behind a number, count what is offered."""

from dataclasses import dataclass, field

from app.domain.ids import ActivityId
from app.domain.periods import Period
from app.services import returns
from app.services.registers import Taker
from app.services.returns import FilledReturn, ReturnOptions, offers, proof
from app.services.returns.offers import Worth
from app.services.returns.proof import Proof, RecordKind
from app.services.returns.shown import Source
from app.ui.jobs import JobContext
from app.ui.returns.making import Made, page_sizes

_STEPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCount:
    """Of what figures are counted: a period and an activity."""

    period: Period
    activity_id: ActivityId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A number as it is printed, and what stands behind it."""

    printed: str = field(repr=False)
    proof: Proof = field(repr=False)


def fill(
    context: JobContext, take: Taker, template_id: str, options: ReturnOptions
) -> FilledReturn:
    """Fill a draft from a snapshot."""
    context.progress(0, _STEPS)
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        context.progress(1, _STEPS)
        return returns.prepare(snapshot, template_id, options)


def print_filled(context: JobContext, filled: FilledReturn) -> Made:
    """Make the pages of what is filled already."""
    context.progress(1, _STEPS)
    pdf = returns.render_pdf(filled).pdf
    context.check()
    return Made(title=filled.title, filled=filled, pdf=pdf, sizes=page_sizes(pdf))


def look_behind(
    context: JobContext, take: Taker, filled: FilledReturn, source: Source, printed: str
) -> Behind:
    """Return what stands behind a number of a filled return."""
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        return Behind(printed=printed, proof=proof.behind_printed(snapshot, filled, source))


def count_offers(
    context: JobContext, take: Taker, about: ToCount, ids: tuple[str, ...]
) -> tuple[Worth, ...]:
    """Return what figures are worth."""
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        return offers.worths(snapshot, about.period, about.activity_id, ids)


def count_parts(
    context: JobContext, take: Taker, about: ToCount, figure: str, by: str
) -> tuple[Worth, ...]:
    """Return the parts of a figure."""
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        return offers.parts(snapshot, about.period, about.activity_id, figure, by)


OPENED = {
    RecordKind.PERSON: "Person",
    RecordKind.SESSION: "Session",
    RecordKind.REFERRAL: "Referral",
    RecordKind.ENTRY: "Entry",
    RecordKind.PLACE: "Funded place",
    RecordKind.GRANT: "Grant",
    RecordKind.HOURS: "Hours",
    RecordKind.GIFT: "Gift",
    RecordKind.FUND: "Fund",
    RecordKind.MATCH: "Match funding",
}
"""What a row may open, as it is called."""

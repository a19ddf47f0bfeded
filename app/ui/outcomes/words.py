"""What is said of measures: scales, scores, answers, states."""

import re

from app.domain.measures import Better, Entry, Item, Measure, Scale
from app.domain.outcomes import STATES, Response, ResponseState, Stage
from app.services.outcome_results import ScaleResult
from app.services.outcomes import MeasureHere

STAGE_WORDS = {Stage.START: "First time", Stage.FOLLOW_UP: "Follow-up"}
STATE_CHIPS = {
    ResponseState.ANSWERED: ("good", "circle-check"),
    ResponseState.DECLINED: ("plain", "ban"),
    ResponseState.NOT_ASKED: ("plain", "circle"),
}
ENTRIES = {
    Entry.ASKED: "Its questions come with it.",
    Entry.LICENSED: "Its questions belong to their owners: answers can be entered, the paper is printed "
    "once your licence and your own copy of the questions are recorded.",
    Entry.SUPPLIED: "Somebody with a licence asks it; you keep the numbers you are told.",
    Entry.GOALS: "Its questions are each person’s own goals.",
}
_MINUS = "−"
_TAG = re.compile(r"\s*\[(?:S\d+|BG)\]")


def mean(value: float | None) -> str:
    """Return a mean with one place: 6.1."""
    return "–" if value is None else f"{value:.1f}".replace("-", _MINUS)


def score(value: float) -> str:
    """Return a score without needless places: 7, 19.25."""
    return f"{round(value, 2):g}".replace("-", _MINUS)


def signed(value: float | None) -> str:
    """Return a change with its sign: +1.2, −0.4, 0.0."""
    if value is None:
        return "–"
    text = mean(value)
    return f"+{text}" if value > 0 and text != "0.0" else text.replace(f"{_MINUS}0.0", "0.0")


def interval(result: ScaleResult) -> str:
    """Return a change with its 95% interval: +1.2 (+0.4 to +1.9)."""
    if result.low is None or result.high is None:
        return signed(result.change)
    return f"{signed(result.change)} ({signed(result.low)} to {signed(result.high)})"


def ends(item: Item) -> str:
    """Return how an item is answered: its choices, or its ends in words."""
    if item.choices:
        return " · ".join(f"{choice.value} {choice.text}" for choice in item.choices)
    low, high = (
        f"{number} {words}".strip()
        for number, words in ((item.low, item.low_anchor), (item.high, item.high_anchor))
    )
    return f"{low} – {high}" + (f", {item.unit}" if item.unit else "")


def question(item: Item, place: int) -> str:
    """Return an item's wording, or its number where it may not be given away."""
    return f"{place}. {item.wording}" if item.wording else f"Question {place}"


def better(scale: Scale) -> str:
    """Return which way is better."""
    return "Higher is better" if scale.better is Better.HIGHER else "Lower is better"


def came_to(response: Response, measure: Measure | None) -> str:
    """Return what answers came to: their scores, or what became of the questionnaire."""
    if response.state is not ResponseState.ANSWERED:
        return STATES[response.state]
    if measure is None or not response.scores:
        return "Answers kept, too few for a score"
    parts = [
        f"{scale.title}: {score(response.scores[scale.id])}"
        for scale in measure.scales
        if scale.id in response.scores
    ]
    return " · ".join(parts)


def bare(text: str) -> str:
    """Return a text without its tags for builders: "[S106]"."""
    return _TAG.sub("", text)


def licence_words(here: MeasureHere) -> str:
    """Return how it stands with the licence, or ""."""
    if here.measure.entry is not Entry.LICENSED:
        return ""
    use = here.use
    if not use.licence_holder:
        return "No licence recorded"
    words = f"{use.licence_holder}, {use.licence_reference}"
    return words if use.is_licensed else f"{words}; no copy of the questions yet"

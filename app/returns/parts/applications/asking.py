"""Print a question with its answer, count the answer as the form does, and warn of its limits."""

import re
from collections.abc import Sequence

from app.domain import words
from app.domain.money import read_pounds
from app.domain.problems import Problem
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Block,
    Cell,
    Chart,
    Column,
    Fact,
    KeepTogether,
    KeyFacts,
    Note,
    Paragraph,
    Quote,
    Source,
    Table,
    Text,
    Tick,
    plain,
    text,
)
from app.returns.language.questions import AnsweredSpec, Box, StorySpec
from app.returns.language.schemes import whole_pounds
from app.returns.parts.applications.asked import UNANSWERED, asked, counted, kept

_LONG = 100
"""Words from which an answer may go over a page."""
_NUMBER = re.compile(r"[-−]?£?\s?\d[\d,]*(\.\d+)?\s?%?")
_TICK_MM = 14


def question(filling: Filling, spec: AnsweredSpec) -> Sequence[Block]:
    """Return a question with its answer, or its draft, and how much of its limit is used."""
    if spec.optional and not spec.typed:
        kept(filling, spec, "")
        return ()
    if spec.box is Box.COSTS:
        from app.returns.parts.applications.costs import costs  # only applications ask for them

        return costs(filling, spec)
    if spec.choices:
        return _choices(filling, spec)
    if spec.box is Box.NUMBER:
        return _number(filling, spec)
    return _in_words(filling, spec)


# --- words --------------------------------------------------------------------------------------


def _in_words(filling: Filling, spec: AnsweredSpec) -> Sequence[Block]:
    from app.returns.parts.blocks import blocks  # an answer is made of ordinary blocks

    parts = blocks(filling, spec.parts)
    given = printed_words(parts)
    number = counted(spec, given)
    _warn_of_limits(filling, spec, given, number)
    kept(filling, spec, given)
    built = [*asked(filling, spec), *(parts or (Paragraph(runs=text(UNANSWERED)),))]
    if spec.words_to or spec.letters_to:
        built.append(Note(runs=text(_used(spec, given, number))))
    long = number >= _LONG or any(isinstance(part, Table | Chart) for part in parts)
    return tuple(built) if long else (KeepTogether(blocks=tuple(built)),)


def printed_words(parts: Sequence[Block]) -> str:
    """Return the words of an answer as they are printed; tables and charts have none to count."""
    found = []
    for part in parts:
        if isinstance(part, Paragraph):
            found.append(plain(part.runs).strip())
        elif isinstance(part, Quote):
            found.append(f"“{part.text}” {part.by}".strip())
    return "\n\n".join(found)


def _used(spec: AnsweredSpec, given: str, number: int) -> str:
    if spec.words_to:
        return f"{number:,} of {spec.words_to:,} words"
    return f"{words.letter_count(given):,} of {spec.letters_to:,} letters"


def _warn_of_limits(filling: Filling, spec: AnsweredSpec, given: str, number: int) -> None:
    named, letters = filling.words(spec.text), words.letter_count(given)
    if not spec.typed:
        filling.warn(f"“{named}” is not answered yet.")
    if not given:
        return
    if spec.words_to and number > spec.words_to:
        over = number - spec.words_to
        many = "one word" if over == 1 else f"{over:,} words"
        filling.warn(f"“{named}” is {many} over its limit of {spec.words_to:,}.")
    elif spec.typed and number < spec.words_from:
        filling.warn(f"“{named}” has {number:,} words and asks for {spec.words_from:,} or more.")
    if spec.letters_to and letters > spec.letters_to:
        over = letters - spec.letters_to
        many = "one letter" if over == 1 else f"{over:,} letters"
        filling.warn(f"“{named}” is {many} over its limit of {spec.letters_to:,}.")


# --- one number ---------------------------------------------------------------------------------


def _number(filling: Filling, spec: AnsweredSpec) -> Sequence[Block]:
    from app.returns.parts.blocks import blocks  # as above

    parts = blocks(filling, spec.parts)
    runs = next((part.runs for part in parts if isinstance(part, Paragraph)), ())
    named, given = filling.words(spec.text), printed_words(parts).rstrip(".")
    if spec.whole_pounds:
        given = whole_pounds(given)
    if not spec.typed and not given:
        filling.warn(f"“{named}” is not answered yet.")
    elif not _NUMBER.fullmatch(given):
        filling.warn(f"“{named}” takes a single number, and “{given}” is none.")
    else:
        _warn_of_sums(filling, spec, named, given)
    kept(filling, spec, given)
    said = (f"{int(given):,}" if given.isdecimal() else given) or UNANSWERED.rstrip(".").lower()
    built: list[Block] = [KeyFacts(facts=(Fact(label=named, text=said, source=_source(runs)),))]
    if spec.prompt.pieces and not spec.typed:
        built.append(Note(runs=filling.text(spec.prompt)))
    return (KeepTogether(blocks=tuple(built)),)


def _source(runs: Text) -> Source | None:
    return next((run.source for run in runs if run.source), None)


def _warn_of_sums(filling: Filling, spec: AnsweredSpec, named: str, given: str) -> None:
    """Warn where a sum is below the one it may not be below."""
    other = filling.answers.get(spec.at_least)
    least = other.get("total_pence") if isinstance(other, dict) else None
    pence = read_pounds(given)
    if isinstance(least, int) and not isinstance(pence, Problem) and pence < least:
        filling.warn(f"“{named}” is less than the costs listed: it includes them.")


# --- choices ------------------------------------------------------------------------------------


def _choices(filling: Filling, spec: AnsweredSpec) -> Sequence[Block]:
    """Return the choices with the ones ticked that were answered, a line each."""
    named = filling.words(spec.text)
    ticked = {choice: _said(choice, spec.typed) for choice in spec.choices}
    _warn_of_choices(filling, spec, named, ticked)
    chosen = [said for said in ticked.values() if said]
    kept(filling, spec, "; ".join(chosen), chosen=len(chosen))
    table = Table(
        id=spec.id,
        columns=(Column(title="Ticked", width_mm=_TICK_MM), Column(title="Choice")),
        rows=tuple(
            (Cell(tick=Tick.TICKED if said else Tick.EMPTY), Cell(text=said or choice))
            for choice, said in ticked.items()
        ),
        summary=named,
        header_column=1,
    )
    return (KeepTogether(blocks=(*asked(filling, spec), table)),)


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\n;]", typed) if line.strip()]


def _said(choice: str, typed: str) -> str:
    """Return a choice as it was ticked ("Other: travellers"), or "" where it was not."""
    for line in _lines(typed):
        first, _, more = line.partition(":")
        if line.casefold() == choice.casefold():
            return choice
        if first.strip().casefold() == choice.casefold():
            return f"{choice}: {more.strip()}"
    return ""


def _warn_of_choices(
    filling: Filling, spec: AnsweredSpec, named: str, ticked: dict[str, str]
) -> None:
    lines = _lines(spec.typed)
    if not lines:
        filling.warn(f"“{named}” is not answered yet.")
    known = {said.casefold() for said in spec.choices}
    for line in lines:
        if not {line.casefold(), line.partition(":")[0].strip().casefold()} & known:
            filling.warn(f"“{line}” is none of the choices of “{named}”.")
    if not spec.several and sum(map(bool, ticked.values())) > 1:
        filling.warn(f"“{named}” takes one choice, and several are ticked.")


# --- stories that an answer names ---------------------------------------------------------------


def story(filling: Filling, spec: StorySpec) -> Sequence[Block]:
    """Return a story or quote where its person agreed to this use; else nothing, and a warning."""
    from app.domain.ids import StoryId
    from app.domain.stories import PURPOSES
    from app.storage import stories

    told = stories.get(filling.register, StoryId(spec.story))
    if told is None or told.binned:
        filling.warn(f"There is no quote {spec.story} in this book, so an answer is without it.")
        return ()
    usable = {one.id for one in stories.usable_for(filling.register, spec.purpose)}
    if told.id not in usable:
        use = PURPOSES[spec.purpose].lower()
        filling.warn(
            f"Quote {spec.story} is left out: nobody agreed that it may be used for {use}. Ask "
            "whoever said it, and note it."
        )
        return ()
    return (Quote(text=told.wording, by=told.credited_as),)

"""What somebody types in an answer, in parts: words, places for numbers, tables, charts, quotes."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from app.figures.breakdowns import breakdown
from app.figures.known import know, known_figures, of_register
from app.returns.language.answers import embedded_in, wrong_place
from app.returns.language.phrases import FACTS, Ref, Slot, Words, phrase_as_typed, read_typed
from app.returns.language.questions import QuestionSpec
from app.returns.parts.applications.costs import Cost, read_costs
from app.services.returns.templates import template_of
from app.storage.register import Register

__all__ = [
    "BLOCKS", "Asked", "Cost", "PieceKind", "TypedPiece", "asked", "facts_offered", "pieces",
    "place_of", "read_costs",
]  # fmt: skip


class PieceKind(StrEnum):
    """What a part of an answer is."""

    WORDS = "words"
    NUMBER = "number"
    FACT = "fact"
    ANSWER = "answer"
    TABLE = "table"
    CHART = "chart"
    QUOTE = "quote"


BLOCKS = frozenset({PieceKind.TABLE, PieceKind.CHART, PieceKind.QUOTE})
"""What stands on a line of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPiece:
    """A part of an answer; the sources of all its parts, one after the other, are the answer."""

    kind: PieceKind
    source: str = field(repr=False)
    name: str = ""
    """What it is called where it is not words: "Different people: 65 and over"."""
    of: str = ""
    """The question that is repeated, or the number of the quote."""


_PLACE = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_FACTS = {
    "group": "Our name",
    "tagline": "What we do",
    "contact": "Our contact",
    "period": "The period",
    "first": "Its first day",
    "last": "Its last day",
    "activity": "The activity",
    "counted": "The day it was counted",
    "volunteer_rate": "What an hour of a volunteer is worth",
    "sum": "The sum asked for",
    "legal_form": "What kind of group we are",
    "charity_number": "Our charity number",
    "company_number": "Our company number",
    "year_end": "The end of our year",
    "small_numbers": "How small numbers are hidden",
}
"""What is offered besides figures, and how it is called."""


def pieces(text: str) -> tuple[TypedPiece, ...]:
    """Return the parts of a typed text; what is no place stays words. Never raises."""
    found: list[TypedPiece] = []
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        block = _block(bare)
        if block is None:
            found += _inside(line)
            continue
        found.append(block)
        if line != bare:
            found.append(TypedPiece(kind=PieceKind.WORDS, source=line[len(bare) :]))
    return tuple(found)


def _block(line: str) -> TypedPiece | None:
    embed = embedded_in(line)
    if embed is None:
        return None
    kind, of = embed
    source = line
    if kind == "quote":
        return TypedPiece(kind=PieceKind.QUOTE, source=source, name=f"Quote {of}", of=of)
    names, by = of.replace(" ", "").split("/", 1)
    titles = ", ".join(known_figures()[one].title for one in names.split(","))
    said = f"{kind.capitalize()}: {titles} by {breakdown(by).title.lower()}"
    return TypedPiece(kind=PieceKind(kind), source=source, name=said)


def _inside(line: str) -> list[TypedPiece]:
    found: list[TypedPiece] = []
    at = 0
    for match in _PLACE.finditer(line):
        place = place_of(match[0])
        if place is None:
            continue
        if match.start() > at:
            found.append(TypedPiece(kind=PieceKind.WORDS, source=line[at : match.start()]))
        found.append(place)
        at = match.end()
    if at < len(line):
        found.append(TypedPiece(kind=PieceKind.WORDS, source=line[at:]))
    return found


def place_of(source: str) -> TypedPiece | None:
    """Return the place that a text in braces is, or None where it names nothing known."""
    if not (source.startswith("{") and source.endswith("}")) or source in {"{{", "}}"}:
        return None
    phrase, strays = read_typed(source, wrong_place)
    first = phrase.pieces[0] if len(phrase.pieces) == 1 and not strays else None
    if not isinstance(first, Slot):
        return None
    kind = PieceKind.NUMBER
    if first.ref.is_answer:
        kind = PieceKind.ANSWER
    elif first.ref.name in FACTS:
        kind = PieceKind.FACT
    of = first.ref.part if first.ref.is_answer else ""
    return TypedPiece(kind=kind, source=source, name=_name(first.ref), of=of)


def _name(ref: Ref) -> str:
    if ref.is_answer:
        return "The answer to another question"
    if ref.name in FACTS:
        return _FACTS.get(ref.name, ref.name)
    title = known_figures()[ref.name].title
    if ref.aspect == "base":
        return f"{title}: how many it is of"
    if not ref.by:
        return title
    cut = breakdown(ref.by)
    said = (
        f"{title}, {cut.title.lower()}: {_part(ref)}"
        if ref.part
        else f"{title}, {cut.title.lower()}"
    )
    return f"{said}, as a share" if ref.aspect == "share" else said


def _part(ref: Ref) -> str:
    bands = breakdown(ref.by).bands
    labels = {band.key: band.label for band in bands.bands} if bands else {}
    return labels.get(ref.part, ref.part.replace("_", " "))


def facts_offered() -> tuple[tuple[str, str], ...]:
    """Return what a sentence may name besides figures, as (what is typed, its name)."""
    return tuple((f"{{{key}}}", name) for key, name in _FACTS.items())


# --- the questions of a form ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the form puts it."""

    id: str
    text: str
    prompt: str
    box: str
    """words, number, costs or choices."""
    choices: tuple[str, ...]
    several: bool
    words_from: int
    words_to: int
    letters_to: int
    rows_to: int
    strict: bool
    whole_pounds: bool
    optional: bool
    suggestion: str
    """What is printed until somebody answers, as it would be typed; nothing for most."""


def asked(register: Register, template_id: str) -> dict[str, Asked]:
    """Return the questions of a form by their codes, in order; raises as `template_of` does."""
    template = template_of(register, template_id)
    with of_register(register):
        return {one.id: _asked(one) for one in template.questions()}


def know_measures(register: Register) -> None:
    """Know the group's own measures where this thread reads what is typed, from now on."""
    know(register)


def _asked(spec: QuestionSpec) -> Asked:
    return Asked(
        id=spec.id, text=_words(spec.text.pieces), prompt=_words(spec.prompt.pieces),
        box="choices" if spec.choices else spec.box.value, choices=spec.choices,
        several=spec.several, words_from=spec.words_from, words_to=spec.words_to,
        letters_to=spec.letters_to, rows_to=spec.rows_to, strict=spec.strict,
        whole_pounds=spec.whole_pounds, optional=spec.optional,
        suggestion=phrase_as_typed(spec.draft),
    )  # fmt: skip


def _words(said: tuple[Words | Slot, ...]) -> str:
    return "".join(
        one.text if isinstance(one, Words) else _name(one.ref).lower() for one in said
    ).strip()

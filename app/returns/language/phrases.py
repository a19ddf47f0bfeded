"""Sentences that hold figures: "{people} different people came to {sessions_held} sessions".

The small language of a template's texts:

- ``{people}`` prints a figure; ``{group}``, ``{period}`` and the like print a fact.
- ``{people:person|people}`` prints the word that fits the number: one, then any other.
- ``{people:nobody|one person|# people}`` has a wording for none as well; ``#`` is the number.
- ``{people/sex[female]}`` or ``{people/age:nlcf[65+]}`` prints one part of a breakdown,
  ``{people/sex[female].share}`` its share of the whole.
- ``{attendances/month.highest}``, ``.lowest``, ``.average``, ``.highest_label`` and
  ``.lowest_label`` speak of all parts; ``{still_coming_12_weeks.base}`` prints what a share is of.
- ``{answer:why}`` repeats what was answered to the question called why.
- ``**words**`` are bold; ``{{`` and ``}}`` print a brace.

A template's text is read strictly (`parse`), an answer that somebody typed kindly (`read_typed`): what
is no place stands there as it was typed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from app.returns.filled import Run, Source, Text

FACTS = frozenset(
    {
        "group",
        "tagline",
        "contact",
        "period",
        "first",
        "last",
        "activity",
        "only",
        "counted",
        "volunteer_rate",
        "sum",
        "legal_form",
        "charity_number",
        "company_number",
        "year_end",
        "small_numbers",
    }
)
"""What a sentence may name besides figures."""

ANSWER = "answer"
"""What a place begins with that repeats another answer."""

PART_ASPECTS = frozenset({"share"})
ALL_ASPECTS = frozenset({"highest", "lowest", "average", "highest_label", "lowest_label"})
FIGURE_ASPECTS = frozenset({"base"})

_PIECES = re.compile(r"\{\{|\}\}|\*\*|\{([^{}]*)\}|[{}]")
_REF = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*)"
    r"(?:/(?P<by>[a-z][a-z0-9_]*(?::[a-z0-9_]+(?=[\[.]))?)(?:\[(?P<part>[^\]]+)\])?)?"
    r"(?:\.(?P<aspect>[a-z_]+))?"
)
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_QUESTION = re.compile(r"[A-Za-z0-9_-]+")
_NEW_SENTENCE = re.compile(r"(?:^|[.!?]\s+)$")


class PhraseFaulty(ValueError):  # noqa: N818 - said as a person would
    """A sentence of a template cannot be read; the text says what stands wrongly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """What a place in a sentence stands for: a fact, a figure, or something of its breakdown."""

    name: str
    by: str = ""
    part: str = ""
    aspect: str = ""

    @property
    def is_fact(self) -> bool:
        """Whether this is a fact or an answer, not a figure."""
        return self.name in FACTS or self.is_answer

    @property
    def is_answer(self) -> bool:
        """Whether this repeats an answer: ``part`` is then the id of its question."""
        return self.name == ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words as they stand."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place to fill, with the wordings that fit its number."""

    ref: Ref
    forms: tuple[str, ...] = ()
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A sentence with places to fill."""

    pieces: tuple[Words | Slot, ...]

    def refs(self) -> Iterator[Ref]:
        """Yield what its places stand for."""
        for piece in self.pieces:
            if isinstance(piece, Slot):
                yield piece.ref


NOTHING = Phrase(pieces=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A value as it is printed: its number (None: there is none, or it is hidden) and its words.

    ``said`` is how a sentence says what ``text`` says in a table, where the two differ.
    """

    text: str
    said: str = ""
    number: float | None = None
    hidden: bool = False
    source: Source | None = None


def parse(text: str) -> Phrase:
    """Return the phrase that a template's text says; raises PhraseFaulty."""
    pieces: list[Words | Slot] = []
    bold, at = False, 0
    for match in _PIECES.finditer(text):
        _add_words(pieces, text[at : match.start()], bold=bold)
        at = match.end()
        found = match[0]
        if found == "**":
            bold = not bold
        elif found in {"{{", "}}"}:
            _add_words(pieces, found[0], bold=bold)
        elif match[1] is None:
            raise PhraseFaulty(f"a brace stands alone near “{text[max(0, at - 20) : at]}”")
        else:
            pieces.append(_slot(match[1], bold=bold))
    _add_words(pieces, text[at:], bold=bold)
    if bold:
        raise PhraseFaulty("bold words are begun with ** and not ended")
    return Phrase(pieces=tuple(pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A place in a typed text that is none, and why: it stands as it was typed."""

    typed: str
    why: str


def read_typed(text: str, wrong: Callable[[Ref], str]) -> tuple[Phrase, tuple[Stray, ...]]:
    """Return the phrase in a text that somebody typed, and what in it is no place.

    ``wrong`` says what is wrong with a place that reads well but names nothing known, or "". Never
    raises: what is not understood stands as it was typed, and so do stars without a partner.
    """
    pieces: list[Words | Slot] = []
    strays: list[Stray] = []
    weights = _weights(text)
    bold, at = False, 0
    for match in _PIECES.finditer(text):
        _add_words(pieces, text[at : match.start()], bold=bold)
        at = match.end()
        found = match[0]
        if found == "**" and match.start() in weights:
            bold = not bold
        elif found in {"{{", "}}"}:
            _add_words(pieces, found[0], bold=bold)
        elif found == "**":
            _add_words(pieces, found, bold=bold)
        else:
            made = _typed_slot(found, wrong, bold=bold)
            if isinstance(made, Stray):
                strays.append(made)
                _add_words(pieces, found, bold=bold)
            else:
                pieces.append(made)
    _add_words(pieces, text[at:], bold=bold)
    return Phrase(pieces=tuple(pieces)), tuple(strays)


def _typed_slot(found: str, wrong: Callable[[Ref], str], *, bold: bool) -> Slot | Stray:
    if len(found) == 1:
        return Stray(typed=found, why="a brace that stands alone")
    try:
        slot = _slot(found[1:-1], bold=bold)
    except PhraseFaulty as error:
        return Stray(typed=found, why=str(error))
    why = wrong(slot.ref)
    return Stray(typed=found, why=why) if why else slot


def _weights(text: str) -> frozenset[int]:
    """Return where stars begin or end bold words: in pairs, close to the words inside."""
    found: list[int] = []
    opened: int | None = None
    for match in re.finditer(r"(?<!\*)\*\*(?!\*)", text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        if opened is None and after.strip():
            opened = match.start()
        elif opened is not None and before.strip():
            found += [opened, match.start()]
            opened = None
    return frozenset(found)


def place_as_typed(slot: Slot) -> str:
    """Return a place as it stands in a text: "{people:one person|# people}"."""
    ref = slot.ref
    if ref.is_answer:
        return f"{{{ANSWER}:{ref.part}}}"
    cut = f"/{ref.by}" if ref.by else ""
    part = f"[{ref.part}]" if ref.part else ""
    aspect = f".{ref.aspect}" if ref.aspect else ""
    forms = f":{'|'.join(slot.forms)}" if slot.forms else ""
    return f"{{{ref.name}{cut}{part}{aspect}{forms}}}"


def phrase_as_typed(phrase: Phrase) -> str:
    """Return a phrase so that, typed as an answer, it says the same."""
    return "".join(
        place_as_typed(piece)
        if isinstance(piece, Slot)
        else f"**{as_typed(piece.text)}**"
        if piece.bold
        else as_typed(piece.text)
        for piece in phrase.pieces
    )


def as_typed(text: str) -> str:
    """Return a text so that, typed as an answer, it prints as it stands: its braces doubled."""
    return text.replace("{", "{{").replace("}", "}}")


def _add_words(pieces: list[Words | Slot], text: str, *, bold: bool) -> None:
    if text:
        pieces.append(Words(text=text, bold=bold))


def _slot(inside: str, *, bold: bool) -> Slot:
    first, colon, question = inside.partition(":")
    if first == ANSWER and colon:
        if not _QUESTION.fullmatch(question):
            raise PhraseFaulty(f"“{{{inside}}}” names no question")
        return Slot(ref=Ref(name=ANSWER, part=question), bold=bold)
    match = _REF.match(inside)
    rest = inside[match.end() :] if match else ""
    if match is None or rest[:1] not in {"", ":"}:
        raise PhraseFaulty(f"“{{{inside}}}” names nothing that can be printed")
    forms = tuple(rest[1:].split("|")) if rest else ()
    if rest and len(forms) not in {2, 3}:
        raise PhraseFaulty(f"“{{{inside}}}” needs two wordings (one|many) or three (none|one|many)")
    ref = Ref(**{key: value or "" for key, value in match.groupdict().items()})
    _check_aspect(ref, inside)
    if forms and ref.is_fact:
        raise PhraseFaulty(f"“{{{inside}}}” is not a number, so it has one wording only")
    return Slot(ref=ref, forms=forms, bold=bold)


def _check_aspect(ref: Ref, inside: str) -> None:
    allowed = PART_ASPECTS if ref.part else ALL_ASPECTS if ref.by else FIGURE_ASPECTS
    if ref.by and not ref.part and not ref.aspect:
        raise PhraseFaulty(f"“{{{inside}}}” must name one part, as in {{people/sex[female]}}")
    if ref.aspect and (ref.aspect not in allowed or ref.is_fact):
        raise PhraseFaulty(f"“.{ref.aspect}” is not something that can be said of “{ref.name}”")


def paragraphs(phrase: Phrase) -> tuple[Phrase, ...]:
    """Return a phrase cut where its words have an empty line; blank paragraphs are left out."""
    found: list[list[Words | Slot]] = [[]]
    for piece in phrase.pieces:
        if isinstance(piece, Slot):
            found[-1].append(piece)
            continue
        first, *others = _EMPTY_LINE.split(piece.text)
        _add_words(found[-1], first, bold=piece.bold)
        for words in others:
            found.append([])
            _add_words(found[-1], words, bold=piece.bold)
    return tuple(Phrase(pieces=tuple(pieces)) for pieces in found if not _is_blank(pieces))


def _is_blank(pieces: list[Words | Slot]) -> bool:
    return all(isinstance(piece, Words) and not piece.text.strip() for piece in pieces)


def fill(phrase: Phrase, printed: Callable[[Ref], Printed], *, sentence: bool = True) -> Text:
    """Return words with their places filled, each figure's run with its source.

    A ``sentence`` begins with a capital also where it begins with a place.
    """
    runs: list[Run] = []
    before = ""
    for piece in phrase.pieces:
        made = (
            _words(piece)
            if isinstance(piece, Words)
            else _filled(piece, _value(printed, piece, sentence=sentence))
        )
        if sentence and isinstance(piece, Slot) and made and _NEW_SENTENCE.search(before):
            made[0] = replace(made[0], text=made[0].text[:1].upper() + made[0].text[1:])
        runs += made
        before = (before + "".join(run.text for run in made))[-4:]
    return tuple(runs)


def _value(printed: Callable[[Ref], Printed], slot: Slot, *, sentence: bool) -> Printed:
    value = printed(slot.ref)
    return replace(value, text=value.said) if sentence and value.said else value


def _words(piece: Words) -> list[Run]:
    return [Run(text=piece.text, bold=piece.bold)]


def _filled(slot: Slot, value: Printed) -> list[Run]:
    """Return a slot's runs; a wording may have bold words of its own."""
    parts = _form(slot.forms, value).split("**")
    return [
        Run(text=words, bold=slot.bold or place % 2 == 1, source=value.source)
        for place, words in enumerate(parts)
        if words
    ]


def _form(forms: tuple[str, ...], value: Printed) -> str:
    if not forms:
        return value.text
    none, one, many = forms if len(forms) == 3 else ("", *forms)
    if not value.hidden and not value.number and len(forms) == 3:
        return none.replace("#", value.text)
    single = not value.hidden and value.number == 1
    return (one if single else many).replace("#", value.text)

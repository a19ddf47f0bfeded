"""How a draft stands: each question and each part from the book, and what to see to before it goes.

Everything is read from one filled return, so that what the left pane says is what is printed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.periods import short_date
from app.returns.filled import (
    BigNumbers,
    Block,
    Bullets,
    Chart,
    FilledReturn,
    Heading,
    KeepTogether,
    KeyFacts,
    Paragraph,
    Quote,
    Table,
    TwoColumns,
    plain,
)
from app.services.returns.drafts import WholeDraft


class Standing(StrEnum):
    """How one part of a return stands."""

    EMPTY = "empty"
    OPTIONAL = "optional"
    """Empty, and left out of the form as long as it is: nothing is missing."""
    BEGUN = "begun"
    DONE = "done"
    OVER = "over"
    """More words or letters than fit."""
    TOO_SHORT = "too_short"
    MISSING_RECEIPTS = "missing_receipts"
    AUTOMATIC = "automatic"
    """From the book: nobody writes it."""


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.EMPTY: "not answered yet",
    Standing.OPTIONAL: "may stay empty",
    Standing.BEGUN: "begun",
    Standing.DONE: "done",
    Standing.OVER: "over its limit",
    Standing.TOO_SHORT: "too short",
    Standing.MISSING_RECEIPTS: "receipts missing",
    Standing.AUTOMATIC: "from the book",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One line of the left pane: a question, or a part that comes from the book."""

    question: str
    """The question's code; nothing for a part from the book."""
    title: str
    box: str
    """words, number, costs or choices; nothing for a part from the book."""
    standing: Standing
    is_draft: bool
    """Whether what is printed is our own suggestion, with numbers in it, that nobody confirmed."""
    words: int
    """Words used, as the form counts them."""
    words_plain: int
    words_strict: int
    words_from: int | None
    words_to: int | None
    letters: int
    letters_to: int | None
    text: str
    """212 of 300 words, not answered yet, from the book."""
    warnings: tuple[str, ...]
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    """What is printed of it: `shown` makes it fit for a screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something to see to before the return is sent."""

    text: str
    question: str = ""
    """The question it is about, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftState:
    """A draft as it stands."""

    parts: tuple[PartState, ...]
    cautions: tuple[Caution, ...]
    """Before you send."""
    answered: int
    questions: int
    text: str
    """4 of 7 answered, 2 warnings."""
    filled: FilledReturn = field(repr=False)


def look(whole: WholeDraft, filled: FilledReturn, *, today: dt.date) -> DraftState:
    """Return how a draft stands by the return it fills: nothing is counted a second time."""
    cautions = tuple(_cautions(whole, filled, today))
    parts = tuple(_parts(whole, filled, cautions))
    asked = [one for one in parts if one.question and one.standing is not Standing.OPTIONAL]
    answered = sum(part.standing is not Standing.EMPTY for part in asked)
    said = [f"{answered} of {len(asked)} answered"] if asked else []
    if cautions:
        said.append(f"{len(cautions)} warning{'' if len(cautions) == 1 else 's'}")
    return DraftState(
        parts=parts, cautions=cautions, answered=answered, questions=len(asked),
        text=", ".join(said), filled=filled,
    )  # fmt: skip


def _cautions(whole: WholeDraft, filled: FilledReturn, today: dt.date) -> Iterator[Caution]:
    due = whole.draft.due_on
    if due is not None and due < today:
        yield Caution(text=f"This return was due on {short_date(due)}.")
    asked = {
        str(one["question"]): name
        for name, one in filled.answers.items()
        if isinstance(one, dict) and "question" in one
    }
    for sentence in filled.warnings:
        named = (name for wording, name in asked.items() if f"“{wording}”" in sentence)
        yield Caution(text=sentence, question=next(named, ""))
    typed = {name: one for name, one in whole.answers.items() if one.text.strip()}
    for name in typed.keys() - filled.answers.keys():
        told = typed[name].wording or name
        yield Caution(text=f"“{told}” is not in this form any more; what was written is kept.")


def _parts(
    whole: WholeDraft, filled: FilledReturn, cautions: tuple[Caution, ...]
) -> Iterator[PartState]:
    waiting = [
        name for name, one in filled.answers.items() if isinstance(one, dict) and "question" in one
    ]
    for title, inside in _sections(filled.blocks):
        name = next((one for one in waiting if _wording(filled, one) == title), None)
        if name is not None:
            waiting.remove(name)
            yield replace(_question(whole, filled, name, cautions), blocks=inside)
        elif any(isinstance(block, _FROM_THE_BOOK) for block in inside):
            # Questions whose heading is a label of its own (number boxes) are within a section.
            here = [one for one in waiting if _is_fact(inside, _wording(filled, one))]
            if not here or len(inside) > len(here):
                yield _automatic(title or "At a glance", inside, cautions)
            for one in here:
                waiting.remove(one)
                yield _question(whole, filled, one, cautions)
    for name in waiting:
        yield _question(whole, filled, name, cautions)


def _wording(filled: FilledReturn, name: str) -> str:
    one = filled.answers[name]
    return str(one["question"]) if isinstance(one, dict) else ""


def _is_fact(inside: Iterable[Block], wording: str) -> bool:
    return any(
        isinstance(block, KeyFacts) and any(fact.label == wording for fact in block.facts)
        for block in inside
    )


_FROM_THE_BOOK = (Table, Chart, BigNumbers, KeyFacts, Bullets, Quote)


def _sections(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield the blocks under each heading, with its words; what stands before the first has none."""
    title, inside = "", list[Block]()
    for block in _flat(blocks):
        if isinstance(block, Heading) and block.level <= 2:
            yield title, tuple(inside)
            title, inside = block.text, []
        elif isinstance(block, (*_FROM_THE_BOOK, Paragraph)):
            inside.append(block)
    yield title, tuple(inside)


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, KeepTogether):
            yield from _flat(block.blocks)
        elif isinstance(block, TwoColumns):
            yield from _flat(block.left)
            yield from _flat(block.right)
        else:
            yield block


def _automatic(title: str, inside: tuple[Block, ...], cautions: tuple[Caution, ...]) -> PartState:
    missing = tuple(
        one.text for one in cautions if "receipt" in one.text.lower() and _shows_receipts(inside)
    )
    standing = Standing.MISSING_RECEIPTS if missing else Standing.AUTOMATIC
    return PartState(
        question="", title=title, box="", standing=standing, is_draft=False, words=0,
        words_plain=0, words_strict=0, words_from=None, words_to=None, letters=0, letters_to=None,
        text=STANDING_WORDS[standing], warnings=missing, blocks=inside,
    )  # fmt: skip


def _shows_receipts(inside: tuple[Block, ...]) -> bool:
    """Say whether a part lists payments: receipts belong to it."""
    for block in inside:
        if isinstance(block, Table):
            heads = " ".join(column.title for column in block.columns)
            if "receipt" in f"{block.id} {block.caption} {heads}".lower():
                return True
        elif isinstance(block, Paragraph) and "receipt" in plain(block.runs).lower():
            return True
    return False


def _question(
    whole: WholeDraft, filled: FilledReturn, name: str, cautions: tuple[Caution, ...]
) -> PartState:
    kept = filled.answers[name]
    one: Mapping[str, object] = kept if isinstance(kept, dict) else {}
    typed = whole.answers.get(name)
    has_text = bool(typed and typed.text.strip())
    used = _number(one, "words_counted") or 0
    state = PartState(
        question=name,
        title=str(one.get("question", name)),
        box=str(one.get("box", "words")),
        standing=_standing(one, has_text, used, done=bool(typed and typed.is_done)),
        is_draft=not has_text and bool(one.get("answer")),
        words=used,
        words_plain=_number(one, "words") or 0,
        words_strict=_number(one, "words_strict") or 0,
        words_from=_number(one, "words_from"),
        words_to=_number(one, "words_to"),
        letters=_number(one, "letters") or 0,
        letters_to=_number(one, "letters_to"),
        text="",
        warnings=tuple(caution.text for caution in cautions if caution.question == name),
    )
    return _with_text(state)


def _number(one: Mapping[str, object], name: str) -> int | None:
    value = one.get(name)
    return value if isinstance(value, int) else None


def _standing(one: Mapping[str, object], has_text: bool, used: int, *, done: bool) -> Standing:
    most, least, letters = (_number(one, n) for n in ("words_to", "words_from", "letters_to"))
    if (most and used > most) or (letters and (_number(one, "letters") or 0) > letters):
        return Standing.OVER
    if not has_text:
        return Standing.OPTIONAL if one.get("is_optional") else Standing.EMPTY
    if least and used < least:
        return Standing.TOO_SHORT
    return Standing.DONE if done else Standing.BEGUN


def _with_text(state: PartState) -> PartState:
    counted = ""
    if state.words_to:
        counted = f"{state.words:,} of {state.words_to:,} words"
    elif state.letters_to:
        counted = f"{state.letters:,} of {state.letters_to:,} letters"
    elif state.words and state.box == "words":
        counted = f"{state.words:,} word{'' if state.words == 1 else 's'}"
    said = "" if state.standing is Standing.BEGUN and counted else STANDING_WORDS[state.standing]
    if state.standing in {Standing.EMPTY, Standing.OPTIONAL}:
        counted = ""
        said = "our suggestion, not read yet" if state.is_draft else said
    return replace(state, text=", ".join(part for part in (counted, said) if part))

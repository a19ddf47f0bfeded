"""Check the questions of a template: keys that do not fit each other, texts that go in a circle."""

from collections.abc import Collection, Iterator, Sequence

from app.returns.language.questions import Box, QuestionSpec
from app.returns.language.schemes import schemes


def faults_of(question: QuestionSpec, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a question that do not hold, each with what is wrong."""
    if question.words_to and question.words_from > question.words_to:
        yield "words_to", f": “{question.id}” asks for more words than it allows"
    in_words = question.box is Box.WORDS and not question.choices
    for key in ("words_from", "words_to", "letters_to"):
        if getattr(question, key) and not in_words:
            yield key, " is for an answer in words, not for a number, costs or choices"
    yield from _of_choices(question)
    if question.whole_pounds and in_words:
        yield "whole_pounds", " is for a number or costs"
    yield from _of_costs(question)
    if question.at_least and (question.at_least not in known or question.box is not Box.NUMBER):
        yield "at_least", " names a question of costs, from a question that takes a number"


def _of_choices(question: QuestionSpec) -> Iterator[tuple[str, str]]:
    if question.choices and question.box is not Box.WORDS:
        yield "box", " and choices do not go together: take one of them"
    if question.several and not question.choices:
        yield "several", " is for choices, and there are none"
    if len(set(question.choices)) < len(question.choices):
        yield "choices", " has a choice twice"


def _of_costs(question: QuestionSpec) -> Iterator[tuple[str, str]]:
    for key in ("rows_to", "letters_each", "scheme"):
        if getattr(question, key) and question.box is not Box.COSTS:
            yield key, " is for costs"
    if question.scheme and question.scheme not in schemes():
        among = ", ".join(sorted(schemes()))
        yield "scheme", f": there is no scheme “{question.scheme}”. There are: {among}"


def circle_of(questions: Sequence[QuestionSpec]) -> tuple[str, ...]:
    """Return the ids of questions whose drafts repeat each other in a circle, or nothing."""
    repeats = {
        one.id: tuple(ref.part for ref in one.draft.refs() if ref.is_answer) for one in questions
    }
    for start in repeats:
        seen = [start]
        found = _back_to(start, seen, repeats)
        if found:
            return found
    return ()


def _back_to(
    start: str, seen: Sequence[str], repeats: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    for name in repeats.get(seen[-1], ()):
        if name == start:
            return (*seen, name)
        if name not in seen:
            found = _back_to(start, (*seen, name), repeats)
            if found:
                return found
    return ()

"""What every question prints and keeps, whatever its answer is made of."""

from app.domain import words
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Heading, Note
from app.returns.language.questions import AnsweredSpec

UNANSWERED = "Not answered yet."


def kept(filling: Filling, spec: AnsweredSpec, given: str, **more: str | int | bool | None) -> None:
    """Keep an answer as it is printed, with its counts, for files and the window."""
    letters, number = words.letter_count(given), counted(spec, given)
    over = 0 < spec.words_to < number or 0 < spec.letters_to < letters
    filling.answers[spec.id] = {
        "question": filling.words(spec.text),
        "answer": given,
        "box": "choices" if spec.choices else spec.box.value,
        "is_draft": not spec.typed,
        "is_optional": spec.optional,
        "words": words.plain_count(given),
        "words_strict": words.strict_count(given),
        "letters": letters,
        "words_counted": number,
        "is_over": over,
        "words_from": spec.words_from or None,
        "words_to": spec.words_to or None,
        "letters_to": spec.letters_to or None,
        **more,
    }


def counted(spec: AnsweredSpec, given: str) -> int:
    """Return how many words of its limit an answer uses, by the question's own rule."""
    return words.safe_count(given) if spec.strict else words.plain_count(given)


def asked(filling: Filling, spec: AnsweredSpec) -> list[Block]:
    """Return the head of a question: its text, and its prompt until it is answered."""
    built: list[Block] = [Heading(text=filling.words(spec.text), level=2)]
    if spec.prompt.pieces and not spec.typed:
        built.append(Note(runs=filling.text(spec.prompt)))
    return built

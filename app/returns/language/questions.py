"""Questions of a form: what they ask, what they take, and what was answered."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.domain.stories import StoryPurpose
from app.returns.language.phrases import NOTHING, Phrase
from app.returns.language.spec import Spec


class Box(StrEnum):
    """What a question takes: words, one number, or costs, a row each."""

    WORDS = "words"
    NUMBER = "number"
    COSTS = "costs"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class QuestionSpec(Spec):
    """A question of the form, its prompt, and the limits of its answer (0: none).

    ``strict`` counts words by the larger of both ways of counting, so that no form finds more;
    without it words are what has space around it. ``choices`` are to be ticked, one or ``several``.
    ``rows_to`` limits the rows of costs, ``letters_each`` the letters of one; ``scheme`` names the
    limits in resources/schemes.toml that its sum must keep. ``at_least`` names the question whose
    sum this number may not be below. An ``optional`` one is left out until it is answered.
    """

    kind: ClassVar[str] = "question"
    id: str
    text: Phrase
    prompt: Phrase = NOTHING
    box: Box = Box.WORDS
    choices: tuple[str, ...] = ()
    several: bool = False
    words_from: int = 0
    words_to: int = 0
    letters_to: int = 0
    strict: bool = True
    whole_pounds: bool = False
    rows_to: int = 0
    letters_each: int = 0
    scheme: str = ""
    at_least: str = ""
    optional: bool = False
    draft: Phrase = NOTHING
    """What is printed, with our numbers in it, until somebody has written an answer."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AnsweredSpec(QuestionSpec):
    """A question with its answer (or its draft) in parts: paragraphs, tables, charts, quotes."""

    typed: str = ""
    parts: tuple[Spec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class StorySpec(Spec):
    """A story or quote that an answer names by its number, and the use it must be agreed to."""

    kind: ClassVar[str] = "story"
    story: int
    purpose: StoryPurpose

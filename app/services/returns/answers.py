"""Answers that were given before, the bank of answers, and quotes that may be used."""

from dataclasses import dataclass, replace

from app.domain.errors import AppError
from app.domain.ids import DraftId, StandingAnswerId
from app.domain.names import NAME_LIMIT, clean, clean_lines
from app.domain.problems import Problem
from app.domain.returns import StandingAnswer, validate_answer
from app.domain.stories import Story
from app.returns.language.answers import story_use
from app.services.result import Done, Refused
from app.services.returns import drafts as writing
from app.services.returns.drafts import TOPICS
from app.services.returns.templates import template_of
from app.storage import drafts, stories
from app.storage.drafts import EarlierAnswer
from app.storage.register import Register

__all__ = [
    "EarlierAnswer",
    "LikeAnswer",
    "StandingAnswer",
    "bank",
    "keep",
    "keep_from_draft",
    "last_times",
    "like",
    "quotes_for",
    "remove",
    "use",
]

_LIKE = 62
"""From this likeness (0 to 100) on, two questions ask about the same."""
_MOST = 8
"""How many earlier answers are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeAnswer:
    """An earlier answer to another question that asks about the same, and how like it is (0 to 100)."""

    answer: EarlierAnswer
    likeness: int


def last_times(
    register: Register, draft_id: DraftId, question: str, *, most: int = _MOST
) -> tuple[EarlierAnswer, ...]:
    """Return what was answered to the same question of the same form, the newest first, each once."""
    draft = drafts.get(register, draft_id)
    if draft is None:
        return ()
    found: dict[str, EarlierAnswer] = {}
    for one in drafts.earlier(register, draft_id):
        if (one.template_id, one.question) == (draft.template_id, question):
            found.setdefault(one.text, one)
    return tuple(found.values())[:most]


def like(
    register: Register, draft_id: DraftId, question: str, wording: str, *, most: int = _MOST
) -> tuple[LikeAnswer, ...]:
    """Return answers to other questions that ask about the same, the likest first, each once."""
    from rapidfuzz import fuzz  # only somebody who looks for an answer needs it

    draft = drafts.get(register, draft_id)
    own = draft.template_id if draft else ""
    found: dict[str, LikeAnswer] = {}
    for one in drafts.earlier(register, draft_id):
        if (one.template_id, one.question) == (own, question) or not one.wording:
            continue
        likeness = round(fuzz.token_set_ratio(wording.casefold(), one.wording.casefold()))
        if likeness >= _LIKE and one.text not in found:
            found[one.text] = LikeAnswer(answer=one, likeness=likeness)
    return tuple(sorted(found.values(), key=lambda one: -one.likeness)[:most])


# --- the bank -------------------------------------------------------------------------------------


def bank(register: Register) -> tuple[StandingAnswer, ...]:
    """Return the answers kept to be used again, by name."""
    return drafts.bank(register)


def keep(
    register: Register, name: str, text: str, answer_id: StandingAnswerId | None = None
) -> Done | Refused:
    """Add an answer to the bank, or (with an id) change one."""
    name, text = clean(name), clean_lines(text)
    problems = [replace(one, field="text") for one in validate_answer(text)]
    if not name:
        problems.append(Problem(code="answer_name_needed", field="name"))
    if len(name) > NAME_LIMIT:
        limit = {"limit": f"{NAME_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="name", values=limit))
    if not text:
        problems.append(Problem(code="answer_needed", field="text"))
    there = drafts.bank(register)
    if answer_id is not None and answer_id not in {one.id for one in there}:
        problems.append(Problem(code="answer_gone"))
    if any(one.name.casefold() == name.casefold() and one.id != answer_id for one in there):
        problems.append(Problem(code="answer_name_taken", field="name", values={"value": name}))
    if problems:
        return Refused(problems=tuple(problems))
    said = f"{'change' if answer_id else 'keep'} the answer {name}"
    with register.transaction("answer.keep", text=said, topics=TOPICS, subject_id=answer_id):
        kept = drafts.keep_standing(register, name, text, answer_id)
    return Done(changes=TOPICS, text=said, ids=(kept,))


def keep_from_draft(
    register: Register, draft_id: DraftId, question: str, name: str
) -> Done | Refused:
    """Add an answer of a draft to the bank under a name."""
    whole = writing.get(register, draft_id)
    if whole is None:
        return Refused(problems=(Problem(code="draft_gone"),))
    there = whole.answers.get(question)
    return keep(register, name, there.text if there else "")


def remove(register: Register, answer_id: StandingAnswerId) -> Done | Refused:
    """Take an answer out of the bank; where it was used it stays."""
    named = {one.id: one.name for one in drafts.bank(register)}
    if answer_id not in named:
        return Refused(problems=(Problem(code="answer_gone"),))
    text = f"take the answer {named[answer_id]} away"
    with register.transaction("answer.remove", text=text, topics=TOPICS, subject_id=answer_id):
        drafts.remove_standing(register, answer_id)
    return Done(changes=TOPICS, text=text, ids=(answer_id,))


def use(
    register: Register, draft_id: DraftId, question: str, text: str, *, wording: str = ""
) -> Done | Refused:
    """Put an earlier answer into a draft: after what stands there, or in an empty place."""
    whole = writing.get(register, draft_id)
    if whole is None:
        return Refused(problems=(Problem(code="draft_gone"),))
    there = whole.answers.get(question)
    before = there.text.rstrip() if there else ""
    joined = f"{before}\n\n{text.strip()}" if before else text
    done = writing.answer(register, draft_id, question, joined, wording=wording)
    # A step of its own: typing before it is taken back apart from it.
    return replace(done, merges="", text="use an answer") if isinstance(done, Done) else done


# --- quotes ---------------------------------------------------------------------------------------


def quotes_for(register: Register, draft_id: DraftId) -> tuple[Story, ...]:
    """Return the quotes and stories whose person agreed to this very use, the newest first.

    An answer holds one as a line of its own, {quote:ID}, with the story's id.
    """
    draft = drafts.get(register, draft_id)
    if draft is None:
        return ()
    try:
        purpose = story_use(template_of(register, draft.template_id))
    except AppError:  # the form is not there any more, so for what they would be used is not known
        return ()
    return stories.usable_for(register, purpose)

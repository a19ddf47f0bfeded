"""Change a form of the group's own part by part: its questions, their limits, their order, its words."""

import copy as copying
import re
import tomllib
from collections.abc import Callable
from typing import Any

from app.domain.names import TEXT_LIMIT, clean, clean_lines, plain
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.services.returns.own_forms import (
    TEXT_KEYS,
    Place,
    QuestionDraft,
    fault_of,
    faulty,
    gone,
    kept,
    parts_of,
    title_problems,
    written,
)
from app.storage import own_templates
from app.storage.register import Register

_MOST_WORDS = 100_000
"""The largest limit of words or letters."""


def change_head(register: Register, form_id: str, *, title: str, for_whom: str) -> Done | Refused:
    """Change what a form is called and for whom it is."""
    named, whom = clean(title), clean(for_whom)
    problems = title_problems(register, named, but=form_id)
    if problems:
        return Refused(problems=problems)

    def change(data: dict[str, Any]) -> None:
        data |= {"title": named, "for": whom or "Our own"}

    return _changed(register, form_id, change)


def change_question(
    register: Register, form_id: str, place: Place, question: QuestionDraft
) -> Done | Refused:
    """Change a question: its words, its prompt, its limits."""
    problems = _question_problems(question)
    if problems:
        return Refused(problems=problems)

    def change(data: dict[str, Any]) -> None:
        beside, number = _siblings(data, place)
        if beside[number].get("kind") != "question":
            raise LookupError
        beside[number] = _question_block(beside[number], question)

    return _changed(register, form_id, change)


def add_question(
    register: Register, form_id: str, question: QuestionDraft, *, after: Place | None = None
) -> Done | Refused:
    """Add a question after a part, or at the end."""
    problems = _question_problems(question)
    if problems:
        return Refused(problems=problems)

    def change(data: dict[str, Any]) -> None:
        taken = {part.question_id for part in parts_of(data.get("blocks"), ())}
        block = {"kind": "question", "id": _free_question(question.text, taken)}
        _insert(data, after, _question_block(block, question))

    return _changed(register, form_id, change)


def add_text(
    register: Register, form_id: str, kind: str, text: str, *, after: Place | None = None
) -> Done | Refused:
    """Add a heading, a paragraph (text) or a note after a part, or at the end."""
    typed = clean_lines(text)
    if kind not in {"heading", "text", "note"}:
        return Refused(problems=(Problem(code="template_part_gone"),))
    problems = _text_problems(typed)
    if problems:
        return Refused(problems=problems)
    return _changed(
        register, form_id, lambda data: _insert(data, after, {"kind": kind, "text": typed})
    )


def change_text(register: Register, form_id: str, place: Place, text: str) -> Done | Refused:
    """Change the words of a part; sentences may hold figures as in any form."""
    typed = clean_lines(text)
    problems = _text_problems(typed)
    if problems:
        return Refused(problems=problems)

    def change(data: dict[str, Any]) -> None:
        beside, number = _siblings(data, place)
        key = next((k for k in TEXT_KEYS if isinstance(beside[number].get(k), str)), "")
        if not key:
            raise LookupError
        beside[number][key] = typed

    return _changed(register, form_id, change)


def move(register: Register, form_id: str, place: Place, by: int) -> Done | Refused:
    """Move a part up (below nothing) or down among those beside it."""

    def change(data: dict[str, Any]) -> None:
        beside, number = _siblings(data, place)
        to = number + by
        if not 0 <= to < len(beside):
            raise LookupError
        beside.insert(to, beside.pop(number))

    return _changed(register, form_id, change)


def remove_part(register: Register, form_id: str, place: Place) -> Done | Refused:
    """Take a part out of a form; what was written for a question is kept in its drafts."""

    def change(data: dict[str, Any]) -> None:
        beside, number = _siblings(data, place)
        beside.pop(number)

    return _changed(register, form_id, change)


def set_text(register: Register, form_id: str, text: str) -> Done | Refused:
    """Put another text in the place of a form's whole file; what is wrong is said with line and key."""
    if own_templates.text_of(register, form_id) is None:
        return gone(form_id)
    fault = fault_of(register, form_id, text)
    if fault:
        return faulty(fault)
    return kept(register, form_id, text, "change a form", "template.change")


def _question_problems(question: QuestionDraft) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    if not clean(question.text):
        problems.append(Problem(code="question_needed", field="text"))
    limit = {"limit": f"{TEXT_LIMIT:,}"}
    problems += [
        Problem(code="text_too_long", field=name, values=limit)
        for name in ("text", "prompt")
        if len(getattr(question, name)) > TEXT_LIMIT
    ]
    for name in ("words_from", "words_to", "letters_to"):
        value = getattr(question, name)
        if value is not None and not 1 <= value <= _MOST_WORDS:
            most = {"limit": f"{_MOST_WORDS:,}"}
            problems.append(Problem(code="limit_range", field=name, values=most))
    if question.words_from and question.words_to and question.words_from > question.words_to:
        problems.append(Problem(code="limits_crossed", field="words_to"))
    return tuple(problems)


def _text_problems(text: str) -> tuple[Problem, ...]:
    if not text:
        return (Problem(code="words_needed", field="text"),)
    limit = {"limit": f"{TEXT_LIMIT:,}"}
    long = len(text) > TEXT_LIMIT
    return (Problem(code="text_too_long", field="text", values=limit),) if long else ()


def _question_block(block: dict[str, Any], question: QuestionDraft) -> dict[str, Any]:
    """Return a question's table with what was typed in it; what was taken away has no key."""
    kept = {k: v for k, v in block.items() if k not in _QUESTION_KEYS}
    if block.get("box") not in {None, "number"}:
        kept["box"] = block["box"]  # a table of costs stays one
    elif question.number:
        kept["box"] = "number"
    kept["text"] = clean(question.text)
    optional = {
        "prompt": clean_lines(question.prompt), "words_from": question.words_from,
        "words_to": question.words_to, "letters_to": question.letters_to,
        "choices": [clean(one) for one in question.choices if clean(one)],
        "several": question.several,
    }  # fmt: skip
    kept |= {name: value for name, value in optional.items() if value}
    return kept if question.strict else {**kept, "strict": False}


_QUESTION_KEYS = frozenset(
    {
        "text",
        "prompt",
        "words_from",
        "words_to",
        "letters_to",
        "strict",
        "box",
        "choices",
        "several",
    }
)


def _free_question(text: str, taken: set[str]) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", plain(text)).strip("_").split("_")[:5]
    stem = "_".join(words) or "question"
    stem = stem if stem[0].isalpha() else f"question_{stem}"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found


def _siblings(data: dict[str, Any], place: Place) -> tuple[list[dict[str, Any]], int]:
    """Return the list a part stands in and its number there; raises LookupError."""
    beside: Any = data["blocks"]
    for step in place[:-1]:
        beside = beside[step]
    number = place[-1] if place else None
    if not isinstance(number, int) or not isinstance(beside, list) or not 0 <= number < len(beside):
        raise LookupError
    return beside, number


def _insert(data: dict[str, Any], after: Place | None, block: dict[str, Any]) -> None:
    if after is None:
        data.setdefault("blocks", []).append(block)
        return
    beside, number = _siblings(data, after)
    beside.insert(number + 1, block)


def _changed(
    register: Register, form_id: str, change: Callable[[dict[str, Any]], None]
) -> Done | Refused:
    text = own_templates.text_of(register, form_id)
    if text is None:
        return gone(form_id)
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return faulty(fault_of(register, form_id, text))
    data = copying.deepcopy(before)
    try:
        change(data)
    except (LookupError, TypeError):
        return Refused(problems=(Problem(code="template_part_gone"),))
    if data == before:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    if own_templates.was_issued(register, form_id, data.get("version", 1)):
        data["version"] = data.get("version", 1) + 1
    fresh = written(data)
    fault = fault_of(register, form_id, fresh)
    if fault:
        return faulty(fault)
    title = str(data.get("title", form_id))
    return kept(register, form_id, fresh, f"change the form {title}", "template.change")

"""Forms of the group's own: copied from another, changed part by part, saved to and read from files."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.domain.changes import Topic
from app.domain.errors import AppError, TemplateFaulty
from app.domain.names import NAME_LIMIT, clean, plain
from app.domain.problems import Problem
from app.domain.toml_text import read_toml
from app.figures.known import of_register
from app.returns.language.reading import parse_template
from app.services.result import Done, Refused
from app.services.returns.templates import _files, _known, text_of
from app.storage import own_templates
from app.storage.register import Register

_TOPICS = frozenset({Topic.RETURNS})

Place = tuple[int | str, ...]
"""Where a part stands: (2,) is the third block, (3, "left", 0) the first of the left column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """A question as its editor knows it; no limit is None."""

    text: str
    prompt: str = ""
    words_from: int | None = None
    words_to: int | None = None
    letters_to: int | None = None
    strict: bool = True
    """Words are counted by the stricter of both ways, so that no form finds more."""
    number: bool = False
    """A single number is the answer."""
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """One part of a form: a question, or a block with or without words of its own."""

    place: Place
    kind: str
    """The block's kind, as files write it: question, heading, text, table …"""
    text: str = field(repr=False)
    """Its words: the question, the heading, the paragraph, the caption."""
    text_key: str
    """The key that holds its words ("text", "caption", "title"), nothing where it has none."""
    question_id: str = ""
    question: QuestionDraft | None = None
    first: bool
    last: bool
    """Whether it can move no further up, or down, among those beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """A form of the group's own, as its editor shows it."""

    id: str
    title: str
    for_whom: str
    version: int
    parts: tuple[FormPart, ...]
    text: str = field(repr=False)
    """The whole file."""
    fault: str
    """What is wrong with it, with line and key, where this program cannot use it; else nothing."""


def list_forms(register: Register) -> tuple[OwnForm, ...]:
    """Return the forms of the group's own, by title."""
    found = [_form(register, name, text) for name, text in own_templates.texts(register).items()]
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


def get(register: Register, form_id: str) -> OwnForm | None:
    """Return one form of the group's own, or None."""
    text = own_templates.text_of(register, form_id)
    return None if text is None else _form(register, form_id, text)


def id_of(register: Register, row_id: int) -> str | None:
    """Return the id of a form by the row that `Done.ids` names."""
    return own_templates.id_of_row(register, row_id)


def _form(register: Register, form_id: str, text: str) -> OwnForm:
    fault = fault_of(register, form_id, text)
    try:
        data = read_toml(text)
    except tomllib.TOMLDecodeError:
        data = {}
    return OwnForm(
        id=form_id,
        title=str(data.get("title", form_id)),
        for_whom=str(data.get("for", "")),
        version=data.get("version", 1) if isinstance(data.get("version"), int) else 1,
        parts=tuple(parts_of(data.get("blocks", []), ())),
        text=text,
        fault=fault,
    )


def fault_of(register: Register, form_id: str, text: str) -> str:
    """Return what is wrong with a form's text, with line and key, or nothing."""
    try:
        with of_register(register):
            template = parse_template(text, _known(), name=form_id)
    except TemplateFaulty as error:
        return str(error)
    if template.id != form_id:
        return f"The template {form_id} calls itself {template.id}. Both are the same word."
    return ""


TEXT_KEYS = ("text", "title", "caption", "summary", "empty")


def parts_of(blocks: Any, above: Place) -> Iterator[FormPart]:
    """Yield every part of a form's blocks in order, those inside others too."""
    if not isinstance(blocks, list):
        return
    for number, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        place, kind = (*above, number), str(block.get("kind", ""))
        key = next((k for k in TEXT_KEYS if isinstance(block.get(k), str)), "")
        question = _question(block) if kind == "question" else None
        yield FormPart(
            place=place, kind=kind, text=str(block.get(key, "")), text_key=key,
            question_id=str(block.get("id", "")) if question else "", question=question,
            first=number == 0, last=number == len(blocks) - 1,
        )  # fmt: skip
        for inner in ("left", "right", "blocks"):
            yield from parts_of(block.get(inner), (*place, inner))


def _question(block: dict[str, Any]) -> QuestionDraft:
    choices = block.get("choices", ())
    return QuestionDraft(
        text=str(block.get("text", "")),
        prompt=str(block.get("prompt", "")),
        words_from=block.get("words_from") or None,
        words_to=block.get("words_to") or None,
        letters_to=block.get("letters_to") or None,
        strict=bool(block.get("strict", True)),
        number=block.get("box") == "number",
        choices=tuple(str(one) for one in choices),
        several=bool(block.get("several", False)),
    )


# --- making one -----------------------------------------------------------------------------------


def copy(register: Register, template_id: str, title: str) -> Done | Refused:
    """Copy a form under another name, to be changed; `id_of` gives its id."""
    named = clean(title)
    problems = title_problems(register, named, but="")
    if problems:
        return Refused(problems=problems)
    try:
        data = tomllib.loads(text_of(register, template_id))
    except AppError as error:
        return faulty(str(error))
    form_id = free_id(register, named)
    data |= {"id": form_id, "title": named, "version": 1}
    return kept(register, form_id, written(data), f"copy the form {named}", "template.copy")


def title_problems(register: Register, title: str, *, but: str) -> tuple[Problem, ...]:
    """Return what stands against a form's title; ``but`` is the form that has it already."""
    if not title:
        return (Problem(code="template_title_needed", field="title"),)
    if len(title) > NAME_LIMIT:
        limit = {"limit": f"{NAME_LIMIT:,}"}
        return (Problem(code="text_too_long", field="title", values=limit),)
    for one in list_forms(register):
        if one.id != but and one.title.casefold() == title.casefold():
            return (Problem(code="template_taken", field="title", values={"value": title}),)
    return ()


def free_id(register: Register, title: str) -> str:
    """Return an id of a title that no form has."""
    taken = {*_files(), *own_templates.texts(register)}
    stem = re.sub(r"[^a-z0-9]+", "-", plain(title)).strip("-")[:40].strip("-") or "form"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found


def remove(register: Register, form_id: str) -> Done | Refused:
    """Take a form of the group's own away; drafts on it keep what was written."""
    there = get(register, form_id)
    if there is None:
        return gone(form_id)
    text = f"take away the form {there.title}"
    with register.transaction("template.remove", text=text, topics=_TOPICS):
        own_templates.remove(register, form_id)
    return Done(changes=_TOPICS, text=text)


def kept(register: Register, form_id: str, text: str, said: str, use_case: str) -> Done | Refused:
    """Keep a form's text under its id, unless something is wrong with it."""
    fault = fault_of(register, form_id, text)
    if fault:
        return faulty(fault)
    with register.transaction(use_case, text=said, topics=_TOPICS):
        row_id = own_templates.keep(register, form_id, text)
    return Done(changes=_TOPICS, text=said, ids=(row_id,))


def written(data: dict[str, Any]) -> str:
    """Return the text of a form's file."""
    import tomli_w  # only somebody who changes a form needs it

    return tomli_w.dumps(data, multiline_strings=False)


def gone(form_id: str) -> Refused:
    """Return a refusal for a form that is not among the group's own."""
    code = "template_not_own" if form_id in _files() else "template_gone"
    return Refused(problems=(Problem(code=code, values={"value": form_id}),))


def faulty(text: str) -> Refused:
    """Return a refusal that says what is wrong with a form."""
    return Refused(problems=(Problem(code="template_faulty", values={"value": text.rstrip(".")}),))

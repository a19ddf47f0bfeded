"""In which forms a return leaves the house: on paper, to edit, to paste, to reckon with, to publish."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from app.returns.language.spec import Spec
from app.returns.language.template import ColumnsSpec, Template, TogetherSpec


class Form(StrEnum):
    """A form, by the ending of its files."""

    PDF = ".pdf"
    WORD = ".docx"
    TEXT = ".txt"
    SHEET = ".xlsx"
    PAGE = ".html"


ONLY_PAPER = frozenset(
    {
        "attendance-sheets", "term-register", "attendance-record", "capacity-cards", "questionnaire",
        "referral-reply",
    }
)  # fmt: skip
"""Kinds of block that are made for paper: written on by hand, pinned up, or put on record as sent."""


def forms_of(template: Template) -> tuple[Form, ...]:
    """Return the forms a return is offered in."""
    paper = any(spec.kind in ONLY_PAPER for spec in _all(template.blocks))
    return (Form.PDF,) if paper else tuple(Form)


def _all(specs: Iterable[Spec]) -> Iterator[Spec]:
    for spec in specs:
        yield spec
        if isinstance(spec, TogetherSpec):
            yield from _all(spec.blocks)
        elif isinstance(spec, ColumnsSpec):
            yield from _all((*spec.left, *spec.right))

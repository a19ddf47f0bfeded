"""Save a return in the form its file's ending names, whole or not at all, over no other file."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import DiskFull, ReadOnly, Refused
from app.returns.clothes.forms import Form, forms_of
from app.returns.feet import PROGRAM, made_with
from app.returns.filled import FilledReturn
from app.returns.language.template import Template

__all__ = [
    "FORM_WORDS", "Form", "Saved", "check_out", "check_place", "form_for", "forms_of", "put_file",
    "save_file", "write", "written_beside",
]  # fmt: skip

FORM_WORDS: Mapping[Form, str] = {
    Form.PDF: "PDF",
    Form.WORD: "Word document",
    Form.TEXT: "plain text",
    Form.SHEET: "spreadsheet",
    Form.PAGE: "web page",
}
"""What each form is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was written: its form, and how many pages it has, None where it has none."""

    form: Form
    pages: int | None = None


def form_for(template: Template, out: Path) -> Form:
    """Return the form that a file's ending names; raises Refused where the return has no such form."""
    form = _form(out)
    if form not in forms_of(template):
        raise Refused(
            f"{template.title} is made for paper, so it comes as PDF only. Name a file that ends in "
            f".pdf instead of {out.name}."
        )
    return form


def write(filled: FilledReturn, out: Path, *, pdf: bytes | None = None) -> Saved:
    """Save a filled return as its file's ending says: .pdf, .docx, .txt, .xlsx or .html.

    ``pdf`` are its pages where they were made already. An older file of ours of that name is
    replaced, any other file is not (Refused). Raises ReadOnly and DiskFull with what to do.
    """
    form = _form(out)
    check_out(out, form)
    if form is not Form.PDF:
        save_file(_MAKERS[form](filled), out, form)
        return Saved(form=form)
    if pdf is not None:
        save_file(pdf, out, form)
        return Saved(form=form)
    from app.returns import pdf as printer

    rendered = printer.render(filled)
    save_file(rendered.pdf, out, form)
    return Saved(form=form, pages=rendered.pages)


def _form(out: Path) -> Form:
    ending = out.suffix.lower()
    if ending not in set(Form):
        endings = ", ".join(form.value for form in Form)
        raise Refused(
            f"{out.name} does not say what to make. Name a file that ends in one of: {endings}."
        )
    return Form(ending)


# Each writer is loaded by its first use: most returns are printed and no more.


def _word(filled: FilledReturn) -> bytes:
    from app.returns.clothes.docx import docx

    return docx(filled)


def _text(filled: FilledReturn) -> bytes:
    from app.returns.clothes.plain import plain_text

    return plain_text(filled).encode("utf-8")


def _sheet(filled: FilledReturn) -> bytes:
    from app.returns.clothes.xlsx import xlsx

    return xlsx(filled)


def _page(filled: FilledReturn) -> bytes:
    from app.returns.clothes.html import html

    return html(filled).encode("utf-8")


_MAKERS: Mapping[Form, Callable[[FilledReturn], bytes]] = {
    Form.WORD: _word,
    Form.TEXT: _text,
    Form.SHEET: _sheet,
    Form.PAGE: _page,
}


# --- files -------------------------------------------------------------------------------------


def save_file(data: bytes, out: Path, form: Form) -> None:
    """Write a file of a form, whole or not at all, over none but an older one of ours."""
    check_out(out, form)
    put_file(data, out)


def put_file(data: bytes, out: Path) -> None:
    """Write a file beside its place, then put it there; an unfinished one is taken away.

    Raises ReadOnly and DiskFull. What is in the way was checked before.
    """
    with _beside(out) as unfinished:
        unfinished.write_bytes(data)


@contextlib.contextmanager
def written_beside(out: Path, form: Form) -> Iterator[Path]:
    """Give the place where a file of a form is written until it is whole; see `save_file`."""
    if out.suffix.lower() != form:
        raise Refused(
            f"This is saved as a {FORM_WORDS[form]}. Name a file that ends in {form} instead of {out.name}."
        )
    check_out(out, form)
    with _beside(out) as unfinished:
        yield unfinished
        if form in {Form.WORD, Form.SHEET}:
            from app.returns.clothes.packed import stamp

            stamp(unfinished)


@contextlib.contextmanager
def _beside(out: Path) -> Iterator[Path]:
    unfinished = out.with_name(f"{out.name}.part")
    try:
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(out)
    except BaseException as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _cannot_write(out, error) from error
        raise


def check_out(out: Path, form: Form) -> None:
    """Refuse a place where no file of a form can be put: no folder, a folder, another's file."""
    check_place(out, lambda old: _is_ours(old, form), taken=_taken(out, form))


def check_place(out: Path, is_ours: Callable[[bytes], bool], *, taken: str = "") -> None:
    """Refuse a place where no file of ours can be put; ``is_ours`` judges what is there already."""
    if not out.parent.is_dir():
        raise ReadOnly(f"There is no folder {out.parent}. Make it first, or choose another one.")
    if out.is_dir():
        raise Refused(f"{out.name} is a folder. Choose another name for the file.")
    with contextlib.suppress(OSError):  # what cannot be read is told when it cannot be written
        old = out.read_bytes()
        if old and not is_ours(old):
            raise Refused(taken or _TAKEN.format(name=out.name))


def _is_ours(old: bytes, form: Form) -> bool:
    if form is Form.PDF:
        return old.startswith(b"%PDF-")
    if form is Form.TEXT:
        return old.rstrip().endswith(made_with().encode())
    if form is Form.PAGE:
        return f'<meta name="generator" content="{PROGRAM}">'.encode() in old
    from app.returns.clothes.packed import is_ours

    return is_ours(old)


def _taken(out: Path, form: Form) -> str:
    if form is Form.PDF:
        return (
            f"There is already a file called {out.name}, and it is not a PDF. Nothing was "
            "written. Choose another name."
        )
    return _TAKEN.format(name=out.name)


_TAKEN = (
    "There is already a file called {name}, and it was made or changed in another program. "
    "Nothing was written, so that nobody's work is lost. Choose another name."
)


def _cannot_write(out: Path, error: OSError) -> DiskFull | ReadOnly:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(
            f"There is no room left for {out.name} in {out.parent}. The book was not touched. "
            "Make room or choose another disk, then print again."
        )
    return ReadOnly(
        f"{out.name} could not be written in {out.parent}. Close it if it is open in another "
        "program, or choose a folder of your own."
    )

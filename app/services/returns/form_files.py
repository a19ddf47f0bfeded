"""Save a form of the group's own as a file, and read one that another group made."""

import re
import tomllib
from pathlib import Path

from app.domain.errors import FileUnreadable
from app.domain.errors import Refused as CannotBe
from app.domain.toml_text import read_toml
from app.services.result import Done, Refused
from app.services.returns.own_forms import (
    fault_of,
    faulty,
    free_id,
    kept,
    title_problems,
    written,
)
from app.services.returns.saving import check_place, put_file
from app.services.returns.templates import _files, text_of
from app.storage import own_templates
from app.storage.register import Register

_MOST_BYTES = 1_000_000
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


def save_to(register: Register, form_id: str, out: Path) -> None:
    """Save a form as a TOML file that another group can read.

    Raises NotFound for one that is not there, and ReadOnly, DiskFull and Refused as saving does.
    """
    if out.suffix.lower() != ".toml":
        raise CannotBe(
            f"A form is saved as a file that ends in .toml. Name one instead of {out.name}."
        )
    text = text_of(register, form_id)
    check_place(out, lambda old: b"[[blocks]]" in old)
    put_file(text.encode("utf-8"), out)


def read_from(register: Register, file: Path) -> Done | Refused:
    """Add a form from a file; refused with line and key when it does not hold.

    One whose id is taken gets another, so that nothing is written over. Raises FileUnreadable.
    """
    try:
        if file.stat().st_size > _MOST_BYTES:
            return faulty(f"{file.name} is far larger than any form. Choose the form's own file.")
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise FileUnreadable(
            f"{file.name} could not be read. Check the name and the folder."
        ) from error
    except UnicodeDecodeError:
        return faulty(f"{file.name} is not a text file in UTF-8, so it is no form.")
    try:
        data = read_toml(text)
    except tomllib.TOMLDecodeError:
        return faulty(fault_of(register, file.name, text))
    own_id = str(data.get("id", ""))
    fault = fault_of(register, own_id, text)
    if fault:
        return faulty(fault.replace(f"The template {own_id}", f"The form in {file.name}", 1))
    title = str(data["title"])
    problems = title_problems(register, title, but="")
    if problems:
        return Refused(problems=problems)
    taken = {*_files(), *own_templates.texts(register)}
    if own_id in taken or not _ID.fullmatch(own_id):
        own_id = free_id(register, title)
        text = written({**data, "id": own_id})
    return kept(register, own_id, text, f"add the form {title}", "template.read")

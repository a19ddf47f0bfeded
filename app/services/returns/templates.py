"""The returns there are, those of the group's own too; fill one from a moment of the book."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from app import resources
from app.domain.errors import AppError, NotFound
from app.figures.bands import band_sets
from app.figures.known import known_figures, of_register, own_ids
from app.returns.fill import fill
from app.returns.filled import FilledReturn
from app.returns.language.reading import Known, parse_template, read_template
from app.returns.language.template import Template
from app.returns.options import ReturnOptions
from app.storage import own_templates
from app.storage.moment import one_moment
from app.storage.register import Register
from app.storage.snapshot import Snapshot

_FILE = "template.toml"
_KEPT = 64
"""Templates kept as they were read: the same words say the same again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInfo:
    """A return that can be made: its name, for whom it is, what it must and may be told."""

    id: str
    title: str
    for_whom: str
    purpose: str
    needs: tuple[str, ...]
    may_have: tuple[str, ...]
    disclosure: str
    names_people: bool
    questions: tuple[str, ...]
    own: bool = False
    """Whether the group made it itself."""

    def as_json(self) -> dict[str, Any]:
        """Return it as `hallbook returns` lists it."""
        return {
            "id": self.id,
            "title": self.title,
            "for": self.for_whom,
            "needs": list(self.needs),
            "may_have": list(self.may_have),
            "purpose": self.purpose,
            "disclosure": self.disclosure,
            "questions": list(self.questions),
            **({"own": True} if self.own else {}),
        }


def list_templates(register: Register | None = None) -> tuple[TemplateInfo, ...]:
    """Return every return there is, the group's own too, by purpose and title.

    Raises TemplateFaulty for a faulty one that came with the program; one of the group's own that
    does not hold any more is left out.
    """
    infos = list(_shipped())
    if register is not None:
        with of_register(register):
            infos += [_info(one, own=True) for one in _own(register)]
    return tuple(sorted(infos, key=lambda info: (info.purpose, info.title)))


@cache
def _shipped() -> tuple[TemplateInfo, ...]:
    """Return those that came with the program; read once, as nothing changes them meanwhile."""
    return tuple(_info(_read(path)) for path in _files().values())


@lru_cache(maxsize=_KEPT)
def _read(path: Path) -> Template:
    return read_template(path, _known())


def parsed(text: str, name: str) -> Template:
    """Return the template that a text of the group's own says; raises TemplateFaulty."""
    return _parsed(text, name, own_ids())


@lru_cache(maxsize=_KEPT)
def _parsed(text: str, name: str, _own: tuple[str, ...]) -> Template:
    return parse_template(text, _known(), name=name)


def _own(register: Register) -> list[Template]:
    found: list[Template] = []
    for template_id, text in own_templates.texts(register).items():
        try:
            found.append(parsed(text, template_id))
        except AppError:  # it names a figure that this program does not have; the editor says so
            continue
    return found


def prepare(source: Register | Snapshot, template_id: str, options: ReturnOptions) -> FilledReturn:
    """Fill a return from one moment of a register or a snapshot of it.

    Raises NotFound for an unknown return, activity or session, Refused when something it needs is
    missing, TemplateFaulty when its template does not hold.
    """
    return fill(template_of(source, template_id), source, options)


def template_of(source: Register | Snapshot, template_id: str) -> Template:
    """Return a template by its id, the group's own too.

    Raises NotFound for one that is not there, TemplateFaulty for one that does not hold.
    """
    files = _files()
    if template_id in files:
        return _read(files[template_id])
    text = text_of(source, template_id)
    with one_moment(source) as register, of_register(register):
        return parsed(text, template_id)


def text_of(source: Register | Snapshot, template_id: str) -> str:
    """Return the text of a template's file, of the group's own too; raises NotFound."""
    files = _files()
    if template_id in files:
        return files[template_id].read_text("utf-8")
    with one_moment(source) as register:
        own = own_templates.texts(register)
    if template_id not in own:
        names = ", ".join((*files, *own))
        raise NotFound(f"There is no return called {template_id}. The returns are: {names}.")
    return own[template_id]


def offered_references(register: Register, template_id: str) -> tuple[tuple[str, str], ...]:
    """Return the agreements or grants a return can be about: its reference, and words to show."""
    from app.returns.offered import offered  # only where one has to be chosen

    return offered(template_of(register, template_id), register)


def _files() -> dict[str, Path]:
    folder = resources.folder("returns")
    return {
        path.name: path / _FILE for path in sorted(folder.iterdir()) if (path / _FILE).is_file()
    }


def _known() -> Known:
    return _known_with(own_ids())


@lru_cache(maxsize=4)
def _known_with(_own: tuple[str, ...]) -> Known:
    return Known(
        figures={figure.id: frozenset(figure.breakdowns) for figure in known_figures().values()},
        bands=frozenset(band_sets()),
    )


def _info(template: Template, *, own: bool = False) -> TemplateInfo:
    return TemplateInfo(
        id=template.id,
        title=template.title,
        for_whom=template.for_whom,
        purpose=template.purpose.value,
        needs=tuple(need.value for need in template.needs),
        may_have=tuple(need.value for need in template.may_have),
        disclosure=template.disclosure.value,
        names_people=template.names_people,
        questions=tuple(question.id for question in template.questions()),
        own=own,
    )

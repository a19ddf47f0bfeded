"""Read a return's template from its TOML file, and say with file, line and key what is wrong in it."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, get_args, get_origin

from app.domain import toml_places
from app.domain.errors import TemplateFaulty
from app.domain.toml_text import TomlFault, read_toml
from app.returns.language import phrases
from app.returns.language.beside_checks import fault_of_template, faults_of_block
from app.returns.language.group_sets import group_sets
from app.returns.language.named_parts import wrong_part
from app.returns.language.nearest import figures_meant
from app.returns.language.page_kinds import GroupsSpec, OutcomeBandsSpec, OutcomesSpec
from app.returns.language.phrases import Phrase, PhraseFaulty, Ref
from app.returns.language.question_checks import circle_of, faults_of
from app.returns.language.report_kinds import CompareSpec
from app.returns.language.spec import BreakdownId, FigureId, Spec
from app.returns.language.template import KINDS, ChartSpec, TableSpec, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a template may name: figures with their breakdowns, and sets of age bands."""

    figures: Mapping[str, frozenset[str]]
    bands: frozenset[str]

    def cuts(self, figure: str, by: str) -> bool:
        """Say whether a figure can be broken down so: "sex", "age", "age:nlcf"."""
        first, _, bands = by.partition(":")
        return first in self.figures[figure] and (
            not bands or (first == "age" and bands in self.bands)
        )


def read_template(path: Path, known: Known) -> Template:
    """Return the template in a file; raises TemplateFaulty with file, line and key."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise TemplateFaulty(
            f"The template {path.parent.name}/{path.name} could not be read. Check that the file "
            "is there and that you may open it."
        ) from error
    except UnicodeDecodeError as error:
        raise TemplateFaulty(
            f"The template {path.parent.name}/{path.name} is not written in UTF-8. Save it as "
            "UTF-8 text."
        ) from error
    return parse_template(text, known, name=f"{path.parent.name}/{path.name}")


def parse_template(text: str, known: Known, *, name: str) -> Template:
    """Return the template that a TOML text says; ``name`` is how messages call the file."""
    try:
        data = read_toml(text)
    except TomlFault as error:
        where = f", line {error.line}" if error.line else ""
        raise TemplateFaulty(
            f"The template {name}{where}, cannot be read as TOML: {error.named}."
        ) from error
    reader = _Reader(name=name, text=text, data=data, known=known)
    template: Template = reader.record(Template, data, ())
    reader.check_template(template)
    return template


class _Reader:
    """Turns tables into records, remembering where in the file it is."""

    def __init__(self, *, name: str, text: str, data: Mapping[str, Any], known: Known) -> None:
        self._name = name
        self._text = text
        self._data = data
        self._known = known

    def fail(self, path: toml_places.Path, what: str) -> NoReturn:
        line = toml_places.line_of(toml_places.places(self._text), path)
        where = f", line {line}" if line else ""
        key = _shown(path)
        raise TemplateFaulty(f"The template {self._name}{where}: {key}{what}.")

    # --- reading -----------------------------------------------------------------------------

    def record(self, kind: Any, data: object, path: toml_places.Path) -> Any:
        """Return a record of a class from a table; its keys are the class's fields."""
        if not isinstance(data, dict):
            self.fail(path, " is a table of its own")
        names = {f.metadata.get("key", f.name): f for f in fields(kind)}
        extra = "kind" if issubclass(kind, Spec) else ""
        for key in data:
            if key not in names and key != extra:
                known = ", ".join(sorted(names))
                self.fail((*path, key), f" is not known here. There are: {known}")
        values = {}
        for key, one in names.items():
            if key in data:
                values[one.name] = self.value(one.type, data[key], (*path, key))
            elif one.default is MISSING and one.default_factory is MISSING:
                self.fail((*path, key), " is missing")
        return kind(**values)

    def value(self, kind: Any, data: Any, path: toml_places.Path) -> Any:
        """Return one value as its field wants it."""
        readers = {Phrase: self.phrase, FigureId: self.figure, Spec: self.block}
        if kind in readers:
            return readers[kind](data, path)
        if get_origin(kind) is tuple:
            return self.several(get_args(kind)[0], data, path)
        if isinstance(kind, str):  # the blocks inside a block
            return self.several(Spec, data, path)
        return self.plain_value(kind, data, path)

    def plain_value(self, kind: Any, data: Any, path: toml_places.Path) -> Any:
        if is_dataclass(kind):
            return self.record(kind, data, path)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self.choice(kind, data, path)
        # A breakdown is checked with its figure.
        return self.scalar(str if kind is BreakdownId else kind, data, path)

    def several(self, kind: Any, data: object, path: toml_places.Path) -> tuple[Any, ...]:
        if not isinstance(data, list):
            self.fail(path, " is a list, in square brackets")
        return tuple(self.value(kind, item, (*path, place)) for place, item in enumerate(data))

    def block(self, data: object, path: toml_places.Path) -> Spec:
        if not isinstance(data, dict):
            self.fail(path, " is a table of its own")
        word = data.get("kind")
        if word is None:
            self.fail((*path, "kind"), " is missing")
        if not isinstance(word, str) or word not in KINDS:
            known = ", ".join(sorted(KINDS))
            self.fail((*path, "kind"), f" “{word}” is not known. There are: {known}")
        spec: Spec = self.record(KINDS[word], data, path)
        self.check_block(spec, path)
        return spec

    def phrase(self, data: object, path: toml_places.Path) -> Phrase:
        text = self.scalar(str, data, path)
        try:
            phrase = phrases.parse(text)
        except PhraseFaulty as error:
            self.fail(path, f": {error}")
        for ref in phrase.refs():
            self.check_ref(ref, path)
        return phrase

    def figure(self, data: object, path: toml_places.Path) -> FigureId:
        name = self.scalar(str, data, path)
        if name not in self._known.figures:
            meant = figures_meant(name, self._known.figures)
            self.fail(path, f": there is no figure “{name}”. {meant}")
        return FigureId(name)

    def choice(self, kind: type[StrEnum], data: object, path: toml_places.Path) -> StrEnum:
        try:
            return kind(self.scalar(str, data, path))
        except ValueError:
            known = ", ".join(kind)
            self.fail(path, f" “{data}” is not known. There are: {known}")

    def scalar(self, kind: Any, data: Any, path: toml_places.Path) -> Any:
        if kind is float and type(data) is int:
            return float(data)
        if type(data) is not kind:
            self.fail(path, f" is {_KIND_WORDS[kind]}")
        if kind is int and data < 0:
            self.fail(path, " is a whole number from 0")
        return data

    # --- checking ----------------------------------------------------------------------------

    def check_ref(self, ref: Ref, path: toml_places.Path) -> None:
        """Refuse a sentence that names an unknown fact, figure or breakdown."""
        if ref.is_fact:
            return
        if ref.name not in self._known.figures:
            meant = figures_meant(ref.name, {*phrases.FACTS, *self._known.figures})
            self.fail(path, f": there is no figure or fact “{ref.name}”. {meant}")
        if ref.by:
            self.check_breakdown(ref.name, ref.by, path)
            why = wrong_part(ref)
            if why:
                self.fail(path, f": {why}")

    def check_breakdown(self, figure: str, by: str, path: toml_places.Path) -> None:
        if not self._known.cuts(figure, by):
            known = ", ".join(sorted(self._known.figures[figure])) or "nothing"
            sets = ", ".join(f"age:{name}" for name in sorted(self._known.bands))
            self.fail(
                path,
                f": {figure} cannot be broken down by “{by}”. It can by: {known} (ages in other "
                f"bands: {sets})",
            )

    def check_block(self, spec: Spec, path: toml_places.Path) -> None:
        """Refuse a block whose parts do not fit together."""
        if isinstance(spec, TableSpec | CompareSpec) and spec.by:
            for figure in spec.figures:
                self.check_breakdown(figure, spec.by, (*path, "by"))
        elif isinstance(spec, OutcomesSpec | OutcomeBandsSpec):
            self.check_outcomes(spec, path)
        elif isinstance(spec, GroupsSpec) and spec.of not in group_sets():
            known = ", ".join(sorted(group_sets()))
            self.fail((*path, "of"), f": there is no set of groups “{spec.of}”. There are: {known}")
        elif isinstance(spec, ChartSpec):
            self.check_chart(spec, path)
        for key, why in faults_of_block(spec):
            self.fail((*path, key), why)

    def check_chart(self, spec: ChartSpec, path: toml_places.Path) -> None:
        """Refuse a chart that draws nothing, or two things at once."""
        if bool(spec.points) == bool(spec.figure):
            self.fail(path, " needs either a figure with “by”, or points")
        if spec.figure and not spec.by:
            self.fail((*path, "by"), " is missing")
        if spec.figure:
            self.check_breakdown(spec.figure, spec.by, (*path, "by"))

    def check_outcomes(self, spec: OutcomesSpec | OutcomeBandsSpec, path: toml_places.Path) -> None:
        """Refuse a scale that is not there, or has no bands where they are wanted."""
        for place, scale in enumerate(spec.scales):
            wanted = "band_before" if isinstance(spec, OutcomeBandsSpec) else "pairs"
            self.figure(f"{scale}_{wanted}", (*path, "scales", place))

    def check_template(self, template: Template) -> None:
        """Refuse what only shows in the whole: two questions of one name, no blocks."""
        if not template.blocks:
            self.fail(("blocks",), " is empty: a return says something")
        seen: set[str] = set()
        for place, question in enumerate(template.questions()):
            if question.id in seen:
                self.fail(("blocks", place), f": the question “{question.id}” is there twice")
            seen.add(question.id)
        self.check_questions(template, seen)
        beside = fault_of_template(template)
        if beside:
            word, why = beside
            said = (path for path, table in _tables(self._data) if table.get("beside") == word)
            self.fail((*next(said, ("blocks",)), "beside"), why)

    def check_questions(self, template: Template, known: set[str]) -> None:
        """Refuse a question whose keys do not fit each other, and places that name no question."""
        for question in template.questions():
            for key, why in faults_of(question, known):
                self.fail(self.place_of(question.id, key), why)
        for ref in template.refs():
            if ref.is_answer and ref.part not in known:
                among = ", ".join(sorted(known)) or "none"
                why = f": there is no question “{ref.part}” to repeat. There are: {among}"
                self.fail(self.place_of_text(f"{{answer:{ref.part}}}"), why)
        circle = circle_of(template.questions())
        if circle:
            why = f" goes round in a circle: {' repeats '.join(circle)}"
            self.fail(self.place_of(circle[0], "draft"), why)

    def place_of(self, question: str, key: str) -> toml_places.Path:
        """Return where a key of a question stands in the file."""
        for path, table in _tables(self._data):
            if path and table.get("id") == question:
                return (*path, key)
        return ("blocks",)

    def place_of_text(self, text: str) -> toml_places.Path:
        """Return where a text of the file stands that holds some words."""

        def key_of(table: Mapping[str, Any]) -> str:
            there = (k for k, value in table.items() if isinstance(value, str) and text in value)
            return next(there, "")

        for path, table in _tables(self._data):
            if key_of(table):
                return (*path, key_of(table))
        return ("blocks",)


def _tables(
    data: object, path: toml_places.Path = ()
) -> Iterator[tuple[toml_places.Path, Mapping[str, Any]]]:
    """Yield every table with where it stands, those inside others after the one they are in."""
    if isinstance(data, dict):
        yield path, data
        for key, value in data.items():
            yield from _tables(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _tables(value, (*path, place))


_KIND_WORDS: Mapping[Any, str] = {
    str: "a text, in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


def _shown(path: toml_places.Path) -> str:
    """Return a path as people write it, counting from 1: block 3, “figure”."""
    parts: list[str] = []
    for part in path:
        if isinstance(part, int):
            parts.append(f"{parts.pop().strip('“”').rstrip('s')} {part + 1}")
        else:
            parts.append(f"“{part}”")
    return ", ".join(parts)

"""Check the tables of a template, and what it puts beside its numbers: another time's, or targets."""

from collections.abc import Iterable, Iterator

from app.returns.language.report_kinds import Beside, CompareSpec
from app.returns.language.spec import Spec
from app.returns.language.template import Need, NumbersSpec, TableSpec, Template

_TIMES = frozenset({"month", "quarter"})
"""Breakdowns whose parts another time does not have."""
_MOST_IN_TABLE = 3
_MOST_COMPARED = 2
_EARLIER = frozenset({Beside.BEFORE, Beside.YEAR})


def faults_of_block(spec: Spec) -> Iterator[tuple[str, str]]:
    """Yield the keys of a block that do not hold, each with what is wrong."""
    if isinstance(spec, CompareSpec | TableSpec):
        if not spec.figures:
            yield "figures", " needs at least one figure"
        if spec.titles and len(spec.titles) != len(spec.figures):
            yield "titles", " has one title for each figure"
    if isinstance(spec, CompareSpec):
        yield from _of_compare(spec)
    elif isinstance(spec, NumbersSpec) and spec.beside is not Beside.NOTHING:
        refs = (ref for item in spec.items for ref in item.value.refs())
        if all(ref.is_fact for ref in refs):
            yield "beside", " has nothing to stand beside: none of the values is a figure"
    elif isinstance(spec, TableSpec) and spec.beside is not Beside.NOTHING:
        yield from _of_parts(spec.by, spec.beside)
        if len(spec.figures) > _MOST_IN_TABLE:
            yield "figures", " has too many for something beside each: three have room"


def _of_compare(spec: CompareSpec) -> Iterator[tuple[str, str]]:
    if spec.beside not in _EARLIER:
        yield "beside", " is before or year here; for targets there is the block targets"
    yield from _of_parts(spec.by, spec.beside)
    if spec.by and len(spec.figures) > _MOST_COMPARED:
        yield "figures", " has too many with “by”: two have room"
    if not spec.by and (spec.merge or spec.most):
        yield "by", " is missing: without it there are no parts to merge or to leave out"


def _of_parts(by: str, beside: Beside) -> Iterator[tuple[str, str]]:
    if by in _TIMES and beside in _EARLIER:
        yield "by", f": another time has no {by} of this one. Choose another breakdown"


def fault_of_template(template: Template) -> tuple[Beside, str] | None:
    """Return what only shows in the whole: the word that does not fit, and why."""
    found = tuple(_besides(template.walk()))
    if {Beside.BEFORE, Beside.YEAR} <= set(found):
        why = " is before in one block and year in another: a return stands beside one other time"
        return Beside.YEAR, why
    asked = {*template.needs, *template.may_have}
    if Beside.TARGETS in found and Need.GRANT not in asked:
        return Beside.TARGETS, ": targets are a grant’s. Put grant among “needs” or “may_have”"
    if set(found) & _EARLIER and Need.PERIOD not in asked:
        word = next(one for one in found if one in _EARLIER)
        return word, ": a period is needed to stand beside. Put period among “needs”"
    return None


def _besides(specs: Iterable[Spec]) -> Iterator[Beside]:
    for spec in specs:
        if isinstance(spec, CompareSpec | NumbersSpec | TableSpec):
            yield spec.beside

"""What a grant promised beside what was reached: agreed outcome, target, result."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.grants import Grant
from app.domain.returns import Target
from app.figures.known import known_figures
from app.returns.counting.filling import Filling
from app.returns.counting.how import short_period
from app.returns.filled import Align, Block, Cell, Column, Note, Row, Table, table_json, text
from app.returns.language.answers import wrong_place
from app.returns.language.page_kinds import PromisedSpec, TargetsSpec
from app.returns.language.phrases import Printed, Ref
from app.returns.language.spec import Spec
from app.returns.language.template import Template, changed
from app.returns.language.wording import number_text
from app.storage import drafts
from app.storage.register import Register

NO_TARGETS = "No targets are written down for this grant."


def with_targets(template: Template, register: Register, grant: Grant | None) -> Template:
    """Return a template whose targets are those of the grant, so that they are counted too."""
    if not any(isinstance(spec, TargetsSpec) for spec in template.walk()):
        return template
    targets = drafts.targets(register, grant.id) if grant is not None else ()
    known = tuple(one for one in targets if not _wrong(one))

    def promised(spec: Spec) -> Spec:
        if not isinstance(spec, TargetsSpec):
            return spec
        return PromisedSpec(when=spec.when, unless=spec.unless, shown=spec.shown, targets=known)

    return replace(template, blocks=changed(template.blocks, promised))


def _ref(target: Target) -> Ref:
    return Ref(name=target.figure, by=target.breakdown, part=target.part)


def _wrong(target: Target) -> str:
    return wrong_place(_ref(target))


def targets(filling: Filling, spec: PromisedSpec) -> Sequence[Block]:
    """Return a table of targets and results, or the sentence that none is written down."""
    _warn_of_unknown(filling)
    if not spec.targets:
        return (Note(runs=text(NO_TARGETS)),)
    table = Table(
        id="targets",
        columns=(
            Column(title="What was agreed", weight=3.0),
            Column(title="Target", align=Align.RIGHT),
            Column(title="Result", align=Align.RIGHT),
            Column(title="Reached", weight=1.2),
        ),
        rows=tuple(_row(filling, one) for one in spec.targets),
        summary="What the grant promised, and what was reached",
        notes=(text(f"How we counted: {short_period(filling.period)}."),),
    )
    filling.tables.append(table_json(table))
    return (table,)


def _warn_of_unknown(filling: Filling) -> None:
    if filling.grant is None:
        return
    for one in drafts.targets(filling.register, filling.grant.id):
        if _wrong(one):
            named = one.label or one.figure
            filling.warn(f"The target “{named}” is left out: {_wrong(one)}.")


def _row(filling: Filling, target: Target) -> Row:
    figure = known_figures()[target.figure]
    result = filling.printed(_ref(target))
    label = target.label or _title(filling, target)
    return (
        Cell(text=label),
        Cell(text=number_text(target.target, figure.unit)),
        Cell(text=result.text, muted=result.hidden, source=result.source),
        Cell(text=_reached(target, result)),
    )


def _title(filling: Filling, target: Target) -> str:
    title = known_figures()[target.figure].title
    if not target.part:
        return title
    parts = filling.numbers.broken_down(target.figure, target.breakdown).parts
    label = next((one.label for one in parts if target.part in {one.key, one.label}), target.part)
    return f"{title}: {label}"


def _reached(target: Target, result: Printed) -> str:
    """Say what came of a target, from the number that is printed."""
    if result.number is None:
        return "Too few to say" if result.hidden else "Not known yet"
    if result.number >= target.target:
        return "Yes"
    return f"Not yet: {number_text(result.number / target.target, 'share')} of it"

"""Put the scales of the group's own measures into the blocks that ask for them."""

from dataclasses import replace

from app.figures.measures import measures
from app.returns.language.page_kinds import OutcomesSpec
from app.returns.language.spec import Spec
from app.returns.language.template import Template, changed
from app.storage.register import Register


def with_own_scales(template: Template, register: Register) -> Template:
    """Return a template whose tables of outcomes have the group's own scales, so that all are counted."""
    wanted = any(isinstance(spec, OutcomesSpec) and spec.own for spec in template.walk())
    found = measures(register).values() if wanted else ()
    own = tuple(scale.id for one in found if one.own for scale in one.scales)
    if not own:
        return template

    def with_own(spec: Spec) -> Spec:
        if not isinstance(spec, OutcomesSpec) or not spec.own:
            return spec
        return replace(spec, scales=tuple(dict.fromkeys((*spec.scales, *own))))

    return replace(template, blocks=changed(template.blocks, with_own))

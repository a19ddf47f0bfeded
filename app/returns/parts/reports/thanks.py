"""Thanks to those who gave money in the period, by name."""

from collections.abc import Sequence

from app.domain.grants import HELD, Grant
from app.domain.periods import Period
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Bullets, Heading, KeepTogether, text
from app.returns.language.report_kinds import ThanksSpec
from app.storage import grants


def thanks(filling: Filling, spec: ThanksSpec) -> Sequence[Block]:
    """Return the funders whose grants ran in the period, with their programmes; or nothing."""
    found: dict[str, dict[str, None]] = {}
    for one in grants.listed(filling.register):
        if one.state in HELD and _ran(one, filling.period) and _fits(filling, one):
            found.setdefault(one.funder, {}).setdefault(one.programme or one.title)
    if not found:
        return ()
    lines = tuple(text(_line(funder, tuple(for_what))) for funder, for_what in found.items())
    heading = filling.words(spec.text)
    head = (Heading(text=heading),) if heading else ()
    return (KeepTogether(blocks=(*head, Bullets(items=lines))),)


def _ran(one: Grant, period: Period) -> bool:
    """Say whether a grant ran in the period; one without days, whether it was decided by its end."""
    first, last = one.starts_on or one.decided_on, one.ends_on
    return (first is None or first <= period.last) and (last is None or last >= period.first)


def _fits(filling: Filling, one: Grant) -> bool:
    wanted = filling.options.activity_id
    return wanted is None or not one.activities or wanted in one.activities


def _line(funder: str, for_what: Sequence[str]) -> str:
    said = "; ".join(one for one in for_what if one)
    return f"{funder} ({said})" if said else funder

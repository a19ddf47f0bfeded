"""Figures of a period as plain values: each number, its parts, the rows behind it."""

from collections.abc import Sequence
from typing import Any

from app.domain.ages import BandSet
from app.domain.errors import NotFound
from app.domain.ids import ActivityId, GrantId
from app.domain.periods import Period
from app.figures.bands import band_sets, first_set, sets_of
from app.figures.breakdowns import Breakdown, breakdowns, find_breakdown
from app.figures.definition import Unit
from app.figures.evaluate import BrokenDown, FigureValue, Scope, Source, count, rows_behind
from app.figures.outcomes import every_figure, figures_of, is_read, listed
from app.figures.wellby import DEFINITION, KINDS, OFF, TITLES, wellby
from app.storage import settings

Json = dict[str, Any]


def figures(
    source: Source,
    period: Period,
    *,
    only: Sequence[str] | None = None,
    by: str | None = None,
    activity_id: ActivityId | None = None,
    grant_id: GrantId | None = None,
    bands: str | None = None,
) -> Json:
    """Return the figures of a period, all or `only` some, and with `by` their parts.

    Raises NotFound naming what there is for an unknown figure, breakdown or set of age bands, and
    for a figure named in `only` that cannot be broken down so.
    """
    valued = _valued(source, period, activity_id, only)
    only = None if only is None else [name for name in only if name.strip() not in KINDS]
    names = _known(source, only)
    cut, own = _breakdown(by, source) if by else (None, None)
    pairs = _pairs(source, names, cut, named=only is not None) if cut else ()
    scope = _scope(source, period, activity_id, own.id if own else bands, grant_id)
    counted = count(source, scope, ids=names, parts=pairs)
    chosen = dict(pairs)
    document: dict[str, Json] = {}
    for name in names:
        document[name] = _figure(counted.values[name])
        if name in chosen:
            document[name] |= _parts(counted.parts[name, chosen[name]])
    document |= valued
    return {
        "period": _period(period),
        **({"by": f"{cut.id}:{own.id}" if own else cut.id} if cut else {}),
        "figures": document,
    }


def definitions_are_read() -> bool:
    """Return whether a figure can be counted without reading all definitions first."""
    return is_read()


def read_definitions() -> None:
    """Read the definitions of all figures, once: for whoever cannot wait for it later."""
    every_figure()


def _valued(
    source: Source, period: Period, activity_id: ActivityId | None, only: Sequence[str] | None
) -> dict[str, Json]:
    """Return the WELLBY values: where they are named, and unasked only where they are switched on."""
    asked = {name.strip() for name in only or ()}
    ours = settings.read_in(source)
    names = [name for name in KINDS if (ours.wellby if only is None else name in asked)]
    if not names:
        return {}
    found = wellby(source, ours, _scope(source, period, activity_id, None))
    note = found.note if found else OFF
    return {
        name: {
            "value": found.pence.get(name) if found else None,
            "unit": Unit.PENCE.value,
            "n": found.pairs if found else 0,
            "title": TITLES[name],
            "definition": DEFINITION,
            "version": 1,
            **({"note": note} if note else {}),
        }
        for name in names
    }


def rows(
    source: Source,
    figure_id: str,
    period: Period,
    *,
    activity_id: ActivityId | None = None,
    grant_id: GrantId | None = None,
) -> Json:
    """Return the very rows that a figure is counted from; raises NotFound for an unknown one."""
    (name,) = _known(source, (figure_id,))
    scope = _scope(source, period, activity_id, None, grant_id)
    counted = count(source, scope, ids=(name,)).values[name]
    behind = rows_behind(source, name, scope)
    return {
        "period": _period(period),
        "figure": name,
        **_figure(counted),
        "columns": list(behind.columns),
        "rows": behind.as_dicts(),
    }


def _known(source: Source, only: Sequence[str] | None) -> tuple[str, ...]:
    if only is None:
        return listed(source)
    known = figures_of(source)
    names = tuple(dict.fromkeys(name.strip() for name in only if name.strip()))
    for name in names:
        if name not in known:
            raise NotFound(
                f"There is no figure called {name}. The figures are: {', '.join(listed(source))}."
            )
    return names


def _breakdown(typed: str, source: Source) -> tuple[Breakdown, BandSet | None]:
    """Return the breakdown somebody named, and the group's own set of age bands if it names one."""
    sets_here = sets_of(settings.read_in(source))
    first, _, name = typed.strip().lower().partition(":")
    own = sets_here[name] if name in sets_here and name not in band_sets() else None
    cut = find_breakdown(first if own else typed)
    if own is not None and (cut is None or cut.names != "age"):
        cut = None
    if cut is None:
        sets = ", ".join(f"age:{name}" for name in sets_here)
        raise NotFound(
            f"Figures cannot be broken down by {typed}. They can by: {', '.join(breakdowns())}; "
            f"by age in other bands: {sets}."
        )
    return cut, own


_OF_REFERRALS = {"reason": "referral_reason"}
"""A session has a reason why it was cancelled, a referral why it was made: both are "reason"."""


def _pairs(
    source: Source, names: Sequence[str], cut: Breakdown, *, named: bool
) -> tuple[tuple[str, str], ...]:
    """Return the figures that can be broken down so; one asked for by name must be."""
    known = figures_of(source)
    base = cut.id.partition(":")[0]
    found: list[tuple[str, str]] = []
    for name in names:
        allowed = known[name].breakdowns
        if base in allowed:
            found.append((name, cut.id))
        elif _OF_REFERRALS.get(base) in allowed:
            found.append((name, _OF_REFERRALS[base]))
        elif named:
            raise NotFound(
                f"{name} cannot be broken down by {base}. It can by: {', '.join(allowed)}."
            )
    return tuple(found)


def _scope(
    source: Source,
    period: Period,
    activity_id: ActivityId | None,
    bands: str | None,
    grant_id: GrantId | None = None,
) -> Scope:
    ours = settings.read_in(source)
    sets = sets_of(ours)
    if bands and bands not in sets:
        raise NotFound(
            f"There is no set of age bands called {bands}. The sets are: {', '.join(sets)}."
        )
    chosen = sets[bands] if bands else first_set(ours)
    return Scope(period=period, activity_id=activity_id, grant_id=grant_id, bands=chosen)


def _period(period: Period) -> Json:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _figure(taken: FigureValue) -> Json:
    return {
        "value": taken.value,
        "unit": taken.unit.value,
        "n": taken.n,
        "title": taken.title,
        "definition": taken.definition,
        "version": taken.version,
        **({"note": taken.note} if taken.note else {}),
    }


def _parts(cut: BrokenDown) -> Json:
    return {
        "parts": [
            {"key": part.key, "label": part.label, "value": part.value, "n": part.n}
            for part in cut.parts
        ],
        "overlapping": cut.overlapping,
        "total": cut.total,
    }

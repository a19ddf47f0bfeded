"""How figures are broken down into parts, and what the parts are called."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.domain import equality
from app.domain.activities import CANCEL_REASONS
from app.domain.ages import BandSet
from app.domain.periods import MONTHS, WEEKDAYS, Period, month_of, quarter_of
from app.domain.referrals import NEEDS, REASONS, SOURCE_TYPES
from app.figures.bands import band_set, band_sets
from app.figures.definition import DefinitionFault

GUESTS = "guests"
"""The part of what stands under no person's name."""
NOT_KNOWN = "not_known"
"""The part of an age of which too little is known to put it in one band."""
NOWHERE = "no_activity"
"""The part of what belongs to no activity."""

_FIXED: Mapping[str, Mapping[str, str]] = {
    "sex": equality.SEX,
    "gender_same": equality.GENDER_SAME,
    "ethnicity_group": equality.ETHNIC_GROUPS,
    "ethnicity": equality.ETHNICITY,
    "disability": equality.DISABILITY,
    "carer": equality.CARER,
    "orientation": equality.ORIENTATION,
    "religion": equality.RELIGION,
    "weekday": {str(number): name for number, name in enumerate(WEEKDAYS)},
    "cancel_reason": CANCEL_REASONS,
    "source_type": SOURCE_TYPES,
    "referral_reason": REASONS,
    "need": NEEDS,
}
_OPEN = {"activity", "open", "cancel_reason", "source_type", "referral_reason", "need"}
_NAMES = _FIXED.keys() | _OPEN | {"age", "month", "quarter", "band"}
_AFTER_AGES = {
    NOT_KNOWN: "Age not known",
    equality.PREFER_NOT: "Prefer not to say",
    equality.NOT_ASKED: "Not asked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """A way to cut a figure into parts.

    ``about`` is "event" (a day, an activity), "person", or "row" (what the figure's own row says). A demographic one always prints
    *prefer not to say* and *not asked*. ``everywhere`` is False where only some figures have the
    column it reads. ``within`` is the coarser breakdown in whose parts these lie: the one to merge
    to when too much would be hidden, and a tie between the two where both are printed. ``bands`` is
    the set of age bands, or None for the one of the scope. ``listed`` names the view that lists a
    row's several parts, found by the column ``by``: the parts then overlap.
    """

    id: str
    title: str
    about: str
    part: str
    names: str
    demographic: bool = False
    everywhere: bool = True
    within: str = ""
    listed: str = ""
    by: str = ""
    bands: BandSet | None = None

    @property
    def closed(self) -> bool:
        """Whether every part is printed, those with nothing in them too."""
        return self.names not in _OPEN


@cache
def breakdowns() -> Mapping[str, Breakdown]:
    """Return every breakdown by its id, in the order of the file; checked on the first call."""
    with (Path(__file__).parent / "breakdowns.toml").open("rb") as file:
        return read_breakdowns(tomllib.load(file))


def read_breakdowns(tables: Mapping[str, Any]) -> Mapping[str, Breakdown]:
    """Return the breakdowns of a file's tables; raises DefinitionFault naming the wrong one."""
    found = {name: _read(name, values) for name, values in tables.items()}
    for cut in found.values():
        if cut.within and cut.within not in found:
            raise DefinitionFault(f"breakdowns.toml, {cut.id}: there is no {cut.within!r}.")
    return found


def _read(name: str, values: Mapping[str, Any]) -> Breakdown:
    try:
        breakdown = Breakdown(id=name, **values)
    except TypeError as error:
        raise DefinitionFault(f"breakdowns.toml, {name}: {error}") from error
    if breakdown.about not in {"event", "person", "row"} or breakdown.names not in _NAMES:
        raise DefinitionFault(f"breakdowns.toml, {name}: about or names is not one we know.")
    return breakdown


def breakdown(name: str) -> Breakdown:
    """Return a breakdown by its id; "age:nlcf" is by age in the bands of that set.

    Raises KeyError when there is none.
    """
    first, _, set_name = name.partition(":")
    found = breakdowns()[first]
    if not set_name:
        return found
    if found.names != "age":
        raise KeyError(name)
    return replace(found, id=name, bands=band_set(set_name))


_ALSO = {
    "age_band": "age",
    "age_bands": "age",
    "ethnic_group": "ethnicity_group",
    "ethnicity_5": "ethnicity_group",
    "ethnicity_group_5": "ethnicity_group",
    "ethnicity_19": "ethnicity",
    "referral_source_type": "source_type",
    "referral_source": "source_type",
    "organisation": "source_organisation",
    "reason_for_the_referral": "referral_reason",
    "needs": "need",
    "district": "postcode_district",
    "postcode": "postcode_district",
    "day_of_the_week": "weekday",
}


def find_breakdown(typed: str) -> Breakdown | None:
    """Return the breakdown somebody typed ("age band", "Age-Band:nlcf"), or None."""
    first, _, set_name = typed.strip().lower().partition(":")
    name = re.sub(r"[^a-z0-9]+", "_", first).strip("_")
    name = _ALSO.get(name, name)
    set_name = re.sub(r"[^a-z0-9]+", "_", set_name).strip("_")
    if name not in breakdowns() or (set_name and set_name not in band_sets()):
        return None
    return breakdown(f"{name}:{set_name}" if set_name else name)


def whole_of(cut_id: str, key: str) -> tuple[str, str] | None:
    """Return the coarser breakdown and the part of it in which a part lies, or None.

    White Irish lies in White, January 2026 in the first quarter. Of ages there is none.
    """
    cut = breakdown(cut_id)
    if cut.names == "ethnicity":
        return cut.within, equality.ethnic_group(key)
    if cut.names == "month":
        return cut.within, f"{key[:4]}-Q{(int(key[5:]) + 2) // 3}"
    return None


def part_names(
    cut: Breakdown, labels: Mapping[str, str], found: Iterable[str], period: Period, bands: BandSet
) -> tuple[tuple[str, str], ...]:
    """Return the parts to print as (key, label), in order: a closed set's all, else those found.

    ``labels`` are the words of parts that only the register knows: activities, areas; by band
    those of the figure, in their order.
    """
    there = set(found)
    names = labels if cut.names == "band" else _names(cut, period, cut.bands or bands)
    names = names or dict(sorted(labels.items(), key=lambda item: (item[1].casefold(), item[0])))
    known = [(key, names[key]) for key in names if cut.closed or key in there]
    known = [(key, label) for key, label in known if key not in ELSEWHERE]
    rest = sorted(there - names.keys() - ELSEWHERE.keys(), key=str.casefold)
    last = [(key, ELSEWHERE[key]) for key in ELSEWHERE if key in there]
    return (*known, *((key, key) for key in rest), *last)


def known_parts(cut_id: str) -> Mapping[str, str] | None:
    """Return every part a breakdown can have, by key with its words; None where only the book says.

    Months and ages in the group's own bands are not known before a return is asked for.
    """
    cut = breakdown(cut_id)
    if cut.names in _FIXED:
        return {**_FIXED[cut.names], **ELSEWHERE}
    if cut.names == "age" and cut.bands is not None:
        return {band.key: band.label for band in cut.bands.bands} | _AFTER_AGES | ELSEWHERE
    return None


ELSEWHERE = {
    "": "Not recorded",
    "no_grant": "No grant",
    NOWHERE: "Outside any activity",
    GUESTS: "Guests (not named)",
}
"""Parts that any breakdown may have at its foot: what is in none of its own."""


def _names(cut: Breakdown, period: Period, bands: BandSet) -> Mapping[str, str]:
    if cut.names == "age":
        return {band.key: band.label for band in bands.bands} | _AFTER_AGES
    if cut.names == "month":
        whole = [month_of(part.first) for part in period.months()]
        return {m.first.isoformat()[:7]: _month(m) for m in whole}
    if cut.names == "quarter":
        whole = [quarter_of(part.first) for part in period.quarters()]
        return {f"{q.first.year}-Q{(q.last.month) // 3}": _quarter(q) for q in whole}
    return _FIXED.get(cut.names, {})


def _month(month: Period) -> str:
    return f"{MONTHS[month.first.month - 1]} {month.first.year}"


def _quarter(quarter: Period) -> str:
    first, last = MONTHS[quarter.first.month - 1], MONTHS[quarter.last.month - 1]
    return f"{first} to {last} {quarter.first.year}"

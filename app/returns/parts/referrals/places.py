"""Funded places under one agreement: granted, used, left, expired, by who sent people and why.

Every number of these tables is hidden together with the others, as they share their totals.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.disclosure import Cell as Count
from app.domain.disclosure import Disclosure, Hidden, Shown, Sum, protect
from app.domain.places import Agreement, CountedBy, age_problem, age_unsure
from app.domain.referrals import NEEDS, SOURCE_TYPES
from app.returns.counting.filling import Filling
from app.returns.counting.how import short_period
from app.returns.filled import Align, Block, Cell, Column, Note, Row, Table, Text, bold, text
from app.returns.language.page_kinds import PlacesOf, PlacesSpec
from app.storage import contacts, people
from app.storage.place_counts import PlaceStanding, standings
from app.storage.register import Register

_OTHERS = "others"
_NO_REFERRAL = "No referral written down"
_AGES = {"within": "Within the agreement’s ages", "unsure": "Age not known well enough",
         "outside": "Outside the agreement’s ages"}  # fmt: skip
_PARENTS = {"before": "Agreed before the place began", "later": "Agreed later",
            "none": "No agreement written down"}  # fmt: skip
_Key = tuple[str, str, str]
"""Which cut, which part of it, which number."""
_NUMBERS = ("people", "granted", "used", "left", "expired", "missed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places that a return is about, counted and hidden."""

    agreement: Agreement | None
    found: tuple[PlaceStanding, ...] = field(repr=False)
    cuts: Mapping[str, Mapping[str, tuple[PlaceStanding, ...]]] = field(repr=False)
    printed: Mapping[Hashable, Shown | Hidden] = field(repr=False)

    @property
    def units(self) -> str:
        """What they are counted in."""
        weeks = self.agreement is not None and self.agreement.counted_by is CountedBy.WEEKS
        return "weeks" if weeks else "sessions"

    def cell(self, cut: str, part: str, number: str, *, strong: bool = False) -> Cell:
        """Return one number as it is printed."""
        state = self.printed[cut, part, number]
        if isinstance(state, Hidden):
            return Cell(text=state.text, muted=True)
        return Cell(text=f"{state.value:,.0f}", bold=strong)


def places_block(filling: Filling, spec: PlacesSpec) -> Sequence[Block]:
    """Return one table about the places."""
    counted = filling.kept.get(spec.kind)
    if not isinstance(counted, Places):
        counted = filling.kept[spec.kind] = _count(filling)
    if not counted.found:
        if spec.of is not PlacesOf.SUMMARY:
            return ()  # that there is none is said once, by the summary
        return (Note(runs=text("No funded place ran under this agreement in the period.")),)
    table = _TABLES[spec.of](filling, counted)
    filling.tables.append(
        {
            "id": table.id,
            "columns": [column.title for column in table.columns],
            "rows": [[cell.text for cell in row] for row in table.rows],
        }
    )
    return (table,)


def _count(filling: Filling) -> Places:
    agreement, register = filling.agreement, filling.register
    found = standings(
        register,
        filling.period.last,
        agreement_id=agreement.id if agreement else None,
        begun=True,
    )
    found = tuple(
        one for one in found if one.last_on is None or one.last_on >= filling.period.first
    )
    cuts = {
        "": {"": found},
        "source": _merged(
            _cut(found, lambda one: (one.source_type,), SOURCE_TYPES), filling.numbers.mode
        ),
        "need": _cut(found, lambda one: one.needs or ("",), {**NEEDS, "": _NO_REFERRAL}),
        "units": _cut(found, lambda one: (_band(one),), dict.fromkeys(_BANDS)),
        "ages": _cut(found, lambda one: (_age(register, agreement, one),), _AGES),
        "parents": _cut(found, lambda one: (_parent(register, one),), _PARENTS),
    }
    mode = filling.numbers.mode
    return Places(agreement=agreement, found=found, cuts=cuts, printed=_printed(cuts, mode))


def _cut(
    found: Iterable[PlaceStanding],
    parts: Callable[[PlaceStanding], tuple[str, ...]],
    order: Mapping[str, object],
) -> dict[str, tuple[PlaceStanding, ...]]:
    """Return places by part, in the order in which the parts are listed."""
    cut: dict[str, list[PlaceStanding]] = {key: [] for key in order}
    for one in found:
        for part in parts(one):
            cut.setdefault(part, []).append(one)
    return {part: tuple(inside) for part, inside in cut.items() if inside}


def _merged(
    cut: dict[str, tuple[PlaceStanding, ...]], mode: Disclosure
) -> dict[str, tuple[PlaceStanding, ...]]:
    """Return parts with those of few people added together, and one more where these stay few."""

    def few(inside: Sequence[PlaceStanding]) -> bool:
        return mode.hides(_number(inside, "people"))

    rest: list[str] = [part for part, inside in cut.items() if few(inside)]
    together = [one for part in rest for one in cut[part]]
    others = sorted(set(cut) - set(rest), key=lambda part: _number(cut[part], "people"))
    while rest and others and (few(together) or len(rest) == 1):
        rest.append(others.pop(0))
        together += cut[rest[-1]]
    if len(rest) < 2:
        return cut
    kept = {part: inside for part, inside in cut.items() if part not in rest}
    return {**kept, _OTHERS: tuple(together)}


def _printed(
    cuts: Mapping[str, Mapping[str, tuple[PlaceStanding, ...]]], mode: Disclosure
) -> Mapping[Hashable, Shown | Hidden]:
    """Return every number as it may be printed; the parts of each cut add up to the whole."""
    counts = {
        (cut, part, number): _number(inside, number)
        for cut, parts in cuts.items()
        for part, inside in parts.items()
        # Only tables that print units give them away.
        for number in (_NUMBERS if cut in {"", "source"} else ("people",))
    }
    people = {(cut, part): counts[cut, part, "people"] for cut in cuts for part in cuts[cut]}
    sums = [*_sums_of_cuts(cuts, counts), *_sums_of_units(counts)]
    first = protect(_cells(counts, people), sums, mode)
    # Places of one size say how many people have them: one row, one answer.
    people |= {row: 1 for row in people if isinstance(first[*row, "people"], Hidden)}
    return protect(_cells(counts, people), sums, mode)


def _cells(counts: Mapping[_Key, int], people: Mapping[tuple[str, str], int]) -> list[Count]:
    return [Count(key=key, value=value, people=people[key[:2]]) for key, value in counts.items()]


def _sums_of_cuts(
    cuts: Mapping[str, Mapping[str, object]], counts: Mapping[_Key, int]
) -> Iterator[Sum]:
    for cut, parts in cuts.items():
        for number in _NUMBERS if cut == "source" else ("people",):
            keys = tuple((cut, part, number) for part in parts)
            whole = ("", "", number)
            if cut and keys:
                # A person can have two places, and a referral several needs. Where nobody has,
                # a reader will take it that they add up.
                exceeds = sum(counts[key] for key in keys) != counts[whole]
                yield Sum(total=whole, parts=keys, overlapping=exceeds)


def _sums_of_units(counts: Mapping[_Key, int]) -> Iterator[Sum]:
    for cut, part, number in counts:
        if number == "granted":
            pieces = tuple((cut, part, piece) for piece in ("used", "left", "expired"))
            yield Sum(total=(cut, part, number), parts=pieces)


def _number(inside: Sequence[PlaceStanding], number: str) -> int:
    if number == "people":
        return len({one.person_id for one in inside})
    take: Mapping[str, Callable[[PlaceStanding], int]] = {
        "granted": lambda one: one.count.granted,
        "used": lambda one: one.count.used,
        "left": lambda one: one.count.left,
        "expired": lambda one: one.count.expired,
        "missed": lambda one: one.count.no_shows,
    }
    return sum(take[number](one) for one in inside)


_BANDS = ("None yet", "Up to a quarter", "Up to a half", "Up to three quarters",
          "More, not all", "All of them")  # fmt: skip


def _band(one: PlaceStanding) -> str:
    used, granted = one.count.used, one.count.granted
    if not used:
        return _BANDS[0]
    if used >= granted:
        return _BANDS[5]
    return _BANDS[1 + min(3, (4 * used - 1) // granted)]


def _age(register: Register, agreement: Agreement | None, one: PlaceStanding) -> str:
    person = people.get(register, one.person_id)
    if agreement is None or person is None:
        return "unsure"
    if age_problem(agreement, person, one.from_on):
        return "outside"
    return "unsure" if age_unsure(agreement, person, one.from_on) else "within"


def _parent(register: Register, one: PlaceStanding) -> str:
    agreed = [
        guardian.activity_consent_on
        for guardian in contacts.guardians(register, one.person_id)
        if guardian.activity_consent_on is not None
    ]
    if not agreed:
        return "none"
    return "before" if min(agreed) <= one.from_on else "later"


# --- tables -------------------------------------------------------------------------------------


def _right(title: str) -> Column:
    return Column(title=title, align=Align.RIGHT)


def _summary(filling: Filling, places: Places) -> Table:
    units = places.units
    titles = ("People", f"{units.capitalize()} granted", "Used", "Left", "Expired", "Missed")
    return Table(
        id="places",
        columns=tuple(_right(title) for title in titles),
        rows=(tuple(places.cell("", "", number, strong=True) for number in _NUMBERS),),
        header_column=None,
        summary="Funded places granted, used, left, expired and missed",
        notes=(_how(filling, units),),
    )


def _how(filling: Filling, units: str) -> Text:
    said = (
        f"{short_period(filling.period)}. Places that had begun by the last day and not ended before "
        f"the first. {units.capitalize()} used are counted from the register, since each place "
        "began; expired are those unused when a place’s last day had passed; missed are sessions "
        "without an apology."
    )
    if filling.numbers.mode is not Disclosure.INTERNAL:
        said += " Small numbers are hidden, and what they could be worked out from."
    return text(bold("How we counted: "), said)


def _sources(_: Filling, places: Places) -> Table:
    numbers = ("people", "granted", "used", "expired", "missed")
    titles = ("People", "Granted", "Used", "Expired", "Missed")
    rows = [
        (
            Cell(text=_sender(part, alone=len(places.cuts["source"]) == 1)),
            *(places.cell("source", part, number) for number in numbers),
        )
        for part in places.cuts["source"]
    ]  # fmt: skip
    total: Row = (
        Cell(text="All", bold=True),
        *(places.cell("", "", number, strong=True) for number in numbers),
    )
    return Table(
        id="places-by-source",
        columns=(Column(title="Sent by", weight=3.0), *(_right(title) for title in titles)),
        rows=tuple(rows),
        total=total,
        summary="Funded places by who sent people",
    )


def _sender(part: str, *, alone: bool) -> str:
    if part == _OTHERS:
        return "All senders together" if alone else "Other senders"
    return _NO_REFERRAL if part == "not_recorded" else SOURCE_TYPES.get(part, part)


def _people_table(
    places: Places, cut: str, *, head: str, labels: Mapping[str, str], note: str = ""
) -> Table:
    rows = tuple(
        (Cell(text=labels.get(part, part)), places.cell(cut, part, "people"))
        for part in places.cuts[cut]
    )
    return Table(
        id=f"places-by-{cut}",
        columns=(Column(title=head, weight=3.0), _right("People")),
        rows=rows,
        total=(Cell(text="All", bold=True), places.cell("", "", "people", strong=True)),
        summary=f"People with funded places: {head.lower()}",
        notes=(text(note),) if note else (),
    )


def _needs(_: Filling, places: Places) -> Table:
    note = "A referral can name several needs, so that lines can come to more than all."
    labels = {**NEEDS, "": _NO_REFERRAL}
    return _people_table(places, "need", head="Why they were sent", labels=labels, note=note)


def _units(_: Filling, places: Places) -> Table:
    agreed = places.agreement
    of = f" of {agreed.units_each}" if agreed and agreed.units_each else ""
    return _people_table(places, "units", head=f"{places.units.capitalize()} used{of}", labels={})


def _ages(_: Filling, places: Places) -> Table:
    return _people_table(places, "ages", head="Age when the place began", labels=_AGES)


def _parents(_: Filling, places: Places) -> Table:
    head = "Parent or carer agreed to the activity"
    return _people_table(places, "parents", head=head, labels=_PARENTS)


_TABLES: Mapping[PlacesOf, Callable[[Filling, Places], Table]] = {
    PlacesOf.SUMMARY: _summary,
    PlacesOf.SOURCE: _sources,
    PlacesOf.NEED: _needs,
    PlacesOf.UNITS: _units,
    PlacesOf.AGES: _ages,
    PlacesOf.PARENTS: _parents,
}

"""Add small parts of a breakdown together, so that fewer numbers have to be hidden.

Ages join their neighbours; places and other open lists join one line, "Other areas". Merge first,
then hide. Source: figures.md, Disclosure modes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.disclosure import Disclosure, merge_neighbours
from app.figures.breakdowns import GUESTS, NOWHERE
from app.figures.definition import Unit
from app.figures.evaluate import BrokenDown, Part

OTHERS = "others"
"""The key of the line of small parts."""

_MANY = {"source_type": "senders", "source_organisation": "organisations", "need": "needs"}
"""What several parts of a breakdown are called where its title with an s does not say it."""
_SENT = ("referrals_received", "referrals_started")
LAST = (OTHERS, NOWHERE, "not_known", "prefer_not", "not_asked", "", GUESTS)
"""Parts that stay at the foot of a table, in this order, and are added to no others."""

_Pair = tuple[str, str]


def merged(
    parts: Mapping[_Pair, BrokenDown], cuts: Mapping[str, int], mode: Disclosure
) -> Mapping[_Pair, BrokenDown]:
    """Return broken-down figures with the small parts of some breakdowns added together.

    ``cuts`` are the breakdowns, each with how many lines it may have (0: any number). How few
    people there are in each part decides, and every figure of a breakdown is added up alike. Rates
    and parts that overlap cannot be added up: their breakdown stays as it is.
    """
    found = dict(parts)
    for by, most in cuts.items():
        mine = {pair: cut for pair, cut in parts.items() if pair[1] == by}
        if all(_adds_up(cut) for cut in mine.values()):
            groups = _groups(_of_people(mine.values()), most, mode)
            found |= {pair: _together(cut, groups) for pair, cut in mine.items()}
    return found


def in_lines_of(now: BrokenDown, other: BrokenDown) -> BrokenDown:
    """Return a figure of another time in the lines of this one: what is one line here is one there.

    What was there only then has a line of its own, or is among the small parts where those are one.
    """
    left = {part.key: part for part in other.parts}
    bands = tuple(left)
    lines: list[Part] = []
    for line in now.parts:
        keys = (line.key,) if line.key in left else bands_in(line.key, bands)
        inside = [left.pop(key) for key in keys if key in left]
        if inside:
            lines.append(_sum_of(line, inside) if len(inside) > 1 else inside[0])
    small = [part for part in left.values() if part.key not in LAST]
    others = [line for line in now.parts if line.key == OTHERS and small]
    lines += [_sum_of(line, small) for line in others]
    lines += [part for part in left.values() if not others or part.key in LAST]
    return replace(other, parts=tuple(lines))


def _sum_of(line: Part, inside: Sequence[Part]) -> Part:
    return replace(
        line, value=sum(part.value or 0 for part in inside), n=sum(part.n for part in inside)
    )


def bands_in(joined: str, whole: Sequence[str]) -> tuple[str, ...]:
    """Return the bands of which a line was added together; a band's own key may end in a plus."""
    found: list[str] = []
    rest = joined
    while rest:
        key = next((k for k in sorted(whole, key=len, reverse=True) if _begins(rest, k)), None)
        if key is None:
            return ()
        found.append(key)
        rest = rest[len(key) + 1 :]
    return tuple(found)


def _begins(rest: str, key: str) -> bool:
    return rest == key or rest.startswith(f"{key}+")


def _of_people(cuts: Iterable[BrokenDown]) -> BrokenDown:
    """Return the figure that says how few people a part has.

    Of referrals the fewer of those received and those who came, as a line prints both.
    """
    cuts = tuple(cuts)
    sent = [cut for cut in cuts if cut.figure.id in _SENT]
    if len(sent) < 2:
        return min(cuts, key=lambda cut: cut.figure.unit is not Unit.PEOPLE)  # the first that is
    first, other = sent
    came = {part.key: part.value or 0 for part in other.parts}
    parts = tuple(
        replace(part, value=min(part.value or 0, came.get(part.key, 0)) or part.value)
        for part in first.parts
    )
    return replace(first, parts=parts)


def _adds_up(cut: BrokenDown) -> bool:
    return not cut.overlapping and not cut.figure.is_rate


def _groups(cut: BrokenDown, most: int, mode: Disclosure) -> list[tuple[str, ...]]:
    """Return the keys that become one line each, in their order."""
    own = [part for part in cut.parts if part.key not in LAST]
    if _is_age(cut):
        runs = merge_neighbours([int(part.value or 0) for part in own], mode)
        groups = [tuple(own[place].key for place in run) for run in runs]
    else:
        groups = _with_others(own, most, mode)
    return [*groups, *((part.key,) for part in cut.parts if part.key in LAST)]


def _with_others(own: Sequence[Part], most: int, mode: Disclosure) -> list[tuple[str, ...]]:
    """Put what is small, and what is beyond the lines there may be, into one line."""
    ordered = sorted(own, key=lambda part: -(part.value or 0))
    small = [part for part in ordered if mode.hides(part.value or 0)]
    rest = [part for part in ordered if part not in small]
    beyond = rest[most:] if most else []
    rest, small = rest[: len(rest) - len(beyond)], [*small, *beyond]
    while small and rest and mode.hides(sum(part.value or 0 for part in small)):
        small.append(rest.pop())
    if len(small) < 2:
        return [(part.key,) for part in own]
    keys = {part.key for part in small}
    kept = [(part.key,) for part in own if part.key not in keys]
    return [*kept, tuple(part.key for part in own if part.key in keys)]


def _is_age(cut: BrokenDown) -> bool:
    return cut.breakdown.names == "age"


def _together(cut: BrokenDown, groups: Sequence[tuple[str, ...]]) -> BrokenDown:
    by_key = {part.key: part for part in cut.parts}
    groups = _with_unknown(cut, groups)
    lines = []
    for keys in groups:
        inside = [by_key[key] for key in keys if key in by_key]
        if len(inside) == 1 and len(keys) == 1:
            lines.append(inside[0])
        elif inside:
            lines.append(_line(cut, keys, inside))
    known = {key for keys in groups for key in keys}
    lines += [part for part in cut.parts if part.key not in known]
    return replace(cut, parts=tuple(lines))


def _with_unknown(cut: BrokenDown, groups: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put parts that only this figure has, and the one that decided has not, with the small ones."""
    known = {key for keys in groups for key in keys}
    own = tuple(part.key for part in cut.parts if part.key not in known and part.key not in LAST)
    small = [keys for keys in groups if len(keys) > 1]
    if _is_age(cut) or not own or not small:
        return list(groups)
    return [(*keys, *own) if keys is small[0] else keys for keys in groups]


def _line(cut: BrokenDown, keys: tuple[str, ...], inside: Sequence[Part]) -> Part:
    is_age = _is_age(cut)
    rest = any(part.key not in (*keys, *LAST) for part in cut.parts)
    many = _MANY.get(cut.breakdown.id, f"{cut.breakdown.title.lower()}s")
    other = f"{'Other' if rest else 'All'} {many}"
    return Part(
        key="+".join(keys) if is_age else OTHERS,
        label=_ages(inside) if is_age else other,
        value=sum(part.value or 0 for part in inside),
        n=sum(part.n for part in inside),
    )


def _ages(inside: Sequence[Part]) -> str:
    """Return the words of bands added together: "0 to 17", "26 and over"."""
    first, last = inside[0].label, inside[-1].label
    low = first.split()[0] if first[0].isdigit() else "0"
    if last.endswith("over"):
        return f"{low} and over" if low != "0" else "All ages"
    return f"{low} to {last.split()[-1]}"

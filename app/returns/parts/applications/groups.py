"""The 75% tests: whether three quarters of the people belong to a group that a funder lists.

Source: National Lottery Awards for All [S1]; Sport England Movement Fund [S11][S13]. The answer
follows from the numbers that may be printed and from nothing else: hidden parts, and people who
were not asked, may be in the group or not. It is yes or no where that makes no difference, and
"cannot say" where it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.disclosure import NOT_SHOWN, ROUNDS_TO, Disclosure
from app.domain.equality import NOT_ASKED, PREFER_NOT
from app.figures.breakdowns import NOT_KNOWN
from app.figures.definition import Unit
from app.returns.counting.filling import Filling
from app.returns.counting.how import short_period
from app.returns.filled import Align, Block, Cell, Column, Note, Row, Table, table_json, text
from app.returns.language.group_sets import Answered, Group, GroupSet, group_set
from app.returns.language.page_kinds import GroupsSpec
from app.returns.language.phrases import Printed
from app.returns.language.wording import number_text

YES, NO, UNKNOWN = "Yes", "No", "Cannot say"
NOT_KEPT = "Not recorded"
_UNSAID = frozenset({NOT_ASKED, PREFER_NOT, NOT_KNOWN, ""})


@dataclass(frozen=True, slots=True)
class _Told:
    """How many people may be in a group: at least, at most; and what may be printed of it."""

    least: float
    most: float
    people: str = ""
    share: str = ""
    unsaid: str = ""


def groups(filling: Filling, spec: GroupsSpec) -> Sequence[Block]:
    """Return a table of the groups with yes, no or cannot say, n, and how many were not asked."""
    listed = group_set(spec.of)
    whole = filling.numbers.total("people")
    if not whole.hidden and not whole.number:
        return (
            Note(runs=text("Nobody came in this period, so there is nobody to count by group.")),
        )
    met: dict[str, str] = {}
    rows: list[Row] = []
    for group in listed.groups:
        if group.under and met.get(group.under) != YES:
            continue
        told = _told(filling, group)
        met[group.name] = _answer(told, listed.per_cent, whole.number, _blur(filling))
        rows.append(_row(group, told, met[group.name]))
    table = _table(filling, listed, rows)
    filling.tables.append({**table_json(table), "met": dict(met)})
    return (table,)


def _row(group: Group, told: _Told | None, answer: str) -> Row:
    name = f"– {group.name}" if group.under else group.name
    if told is None:
        return (Cell(text=name), Cell(), Cell(), Cell(), Cell(text=NOT_KEPT, muted=True))
    said = (told.people, told.share, told.unsaid)
    return (
        Cell(text=name),
        *(Cell(text=one, muted=True) for one in said),
        Cell(text=answer, bold=answer == YES),
    )


def _table(filling: Filling, listed: GroupSet, rows: list[Row]) -> Table:
    whole = filling.numbers.total("people")
    return Table(
        id="groups",
        columns=(
            Column(title="Group", weight=3.2),
            Column(title="People", align=Align.RIGHT),
            Column(title="Of those who said", align=Align.RIGHT),
            Column(title="Did not say", align=Align.RIGHT),
            Column(title=f"{listed.per_cent}% or more?", weight=1.2),
        ),
        rows=tuple(rows),
        summary=f"Whether {listed.per_cent}% of people belong to each group",
        notes=(text(_how(filling, listed, whole.said or whole.text)),),
    )


def _how(filling: Filling, listed: GroupSet, whole: str) -> str:
    notes = " ".join(group.note for group in listed.groups if group.note and not group.under)
    return (
        f"How we counted: {short_period(filling.period)}. Different people who came ({whole}). Yes "
        f"where {listed.per_cent}% of all of them are in the group, even if nobody who did not say "
        "were; no where fewer are, even if all of those were. Cannot say is in between. A group "
        f"that is not recorded is one we do not ask about. {notes}"
    ).strip()


def _blur(filling: Filling) -> int:
    """Return by how much a number may be off where numbers are rounded."""
    return ROUNDS_TO // 2 if filling.numbers.mode is Disclosure.NHS else 0


def _answer(told: _Told | None, per_cent: int, whole: float | None, blur: int) -> str:
    if told is None:
        return NOT_KEPT
    if not whole:
        return UNKNOWN
    if told.least >= (whole + blur) * per_cent / 100:
        return YES
    return NO if told.most < (whole - blur) * per_cent / 100 else UNKNOWN


def _told(filling: Filling, group: Group) -> _Told | None:
    if not group.any_of and not group.all_of:
        return None
    each = [_of_one(filling, one) for one in (*group.any_of, *group.all_of)]
    if len(each) == 1:
        return each[0]
    whole = (filling.numbers.total("people").number or 0) + _blur(filling)
    if group.any_of:  # each person may be in several of them
        return _Told(max(one.least for one in each), min(whole, sum(one.most for one in each)))
    least = sum(one.least for one in each) - whole * (len(each) - 1)
    return _Told(max(0, least), min(one.most for one in each))


def _of_one(filling: Filling, wanted: Answered) -> _Told:
    """Return how many gave some answers to one question, from the numbers that may be printed."""
    numbers = filling.numbers
    parts = numbers.broken_down("people", wanted.by).parts
    shown = {part.key: numbers.part("people", wanted.by, part) for part in parts}
    inside = [one for key, one in shown.items() if key in wanted.parts]
    unsaid = [one for key, one in shown.items() if key in _UNSAID]
    blur = _blur(filling)
    outside = [
        max(0, (one.number or 0) - blur)
        for key, one in shown.items()
        if key not in wanted.parts and key not in _UNSAID
    ]
    whole = numbers.total("people").number or 0
    counted = sum(one.number or 0 for one in inside)
    least = sum(max(0, (one.number or 0) - blur) for one in inside)
    told = _Told(least, max(least, whole + blur - sum(outside)))
    few_inside = any(one.hidden for one in inside)
    few_unsaid = any(one.hidden for one in unsaid)
    many_unsaid = sum(one.number or 0 for one in unsaid)
    said = whole - many_unsaid
    may = not few_inside and not few_unsaid and said > 0 and numbers.mode.may_show_rate(int(said))
    return _Told(
        told.least, told.most,
        people=_many(inside, exact=not blur),
        share=number_text(min(1.0, counted / said), Unit.SHARE) if may else "",
        unsaid=_many(unsaid, exact=not blur),
    )  # fmt: skip


def _many(parts: Sequence[Printed], *, exact: bool) -> str:
    """Return how many there are in some parts together, or what of it is true where some are hidden."""
    shown = sum(one.number or 0 for one in parts)
    hidden = [one for one in parts if one.hidden]
    said = number_text(shown, Unit.PEOPLE)
    if not hidden:
        return said if exact or sum(bool(one.number) for one in parts) < 2 else f"about {said}"
    if len(hidden) == 1 and not shown:
        return hidden[0].text
    # Two that are each fewer than 5 are not fewer than 5 together.
    return f"{said} or more" if shown and exact else NOT_SHOWN

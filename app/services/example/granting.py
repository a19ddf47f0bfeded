"""Pretend grants: rolling ones that overlap, one whose report is due, some asked for in vain."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.services.example.prices import SESSION_PENCE, book
from app.services.example.programme import Plan
from app.services.example.size import Size
from app.services.example.world import World

REPORT_AFTER = 52
"""Days from a grant's end to its report."""
_FIRST_FUND = 2
"""Free money and what is set aside come before the grants."""
_ROUND, _LEAST = 5_000, 30_000
_OVER = 1.6
_SMALL = (
    (-330, -40, 0.14, None),
    (-215, 150, 0.14, None),
    (-120, 245, 0.3, 0),
    (-350, -70, 0.3, 2),
)
"""Days from the book's end, share of the cost, place of the activity it is for."""
_EVERY = {Size.BUSY: 150, Size.UMBRELLA: 460}
_LASTS = (364, 300, 455, 364, 546)
_SHARE = {Size.BUSY: 0.17, Size.UMBRELLA: 0.4}


@dataclass(slots=True, kw_only=True)
class Grant:
    """A pretend grant; days are ordinals, money is pence."""

    index: int
    group: int
    reference: str
    funder: str
    programme: str
    title: str
    state: str
    first: int
    last: int
    pence: int
    rows: int | None
    budget: dict[str, int]
    activities: tuple[int, ...] = ()
    tight: bool = False
    """Whether its small headings are overspent, as happens."""
    fund: int = 0
    """The place of its fund in the list of funds."""
    held: int = 0
    """What its fund holds so far."""
    spent: dict[str, int] = field(default_factory=dict)

    @property
    def awarded(self) -> bool:
        """Whether there is money."""
        return self.state in {"awarded", "closed"}

    def pays(self, day: int, heading: str, activity: int | None, pence: int) -> bool:
        """Say whether it can pay for something."""
        if not self.first <= day <= self.last or self.held < pence:
            return False
        if self.activities and activity not in self.activities:
            return False
        budget = self.budget.get(heading, 0)
        most = budget * _OVER if self.tight and heading == "Refreshments" else budget
        return self.spent.get(heading, 0) + pence <= most

    def instalments(self) -> Iterator[tuple[int, int]]:
        """Yield day and pence: larger grants come in two halves."""
        if self.pence < 200_000:
            yield self.first + 6, self.pence
        else:
            half = self.pence // 2
            yield self.first + 6, half
            yield (self.first + self.last) // 2, self.pence - half


def grants(world: World, chance: random.Random) -> list[Grant]:
    """Return every grant of a book, group by group."""
    made: list[Grant] = []
    groups: dict[int, list[Plan]] = {}
    for plan in world.plans:
        groups.setdefault(plan.group, []).append(plan)
    for group, plans in sorted(groups.items()):
        for first, last, share, wanted in _times(world, group):
            made.append(_grant(world, len(made), group, plans, (first, last, share, wanted)))
        made += _asked_for(world, len(made), group, chance)
    for place, grant in enumerate(grant for grant in made if grant.awarded):
        grant.fund = _FIRST_FUND + place
    return made


def _times(world: World, group: int) -> Iterator[tuple[int, int, float, int | None]]:
    """Yield first day, last day, share of what is done, and the activity if it is for one."""
    today, start = world.ending.toordinal(), world.first.toordinal()
    if world.size is Size.SMALL:
        for first, last, share, wanted in _SMALL:
            yield today + first, today + last, share, wanted
        return
    every, share = _EVERY[world.size], _SHARE[world.size]
    for turn, first in enumerate(range(start + 12 + group * 9, today - 20, every)):
        lasts = _LASTS[(turn + group) % len(_LASTS)]
        yield first, first + lasts, share, turn if turn % 3 == 2 else None
    if group % 4 == 0:  # a report is due just after the book ends
        yield today - 330, today - REPORT_AFTER + 12, share, None


def _grant(
    world: World,
    index: int,
    group: int,
    plans: list[Plan],
    time: tuple[int, int, float, int | None],
) -> Grant:
    first, last, share, wanted = time
    chosen = () if wanted is None else (plans[wanted % len(plans)],)
    met = _met(world, chosen or plans, first, last)
    pence = max(_LEAST, round(met * SESSION_PENCE * share / _ROUND) * _ROUND)
    closed = last + REPORT_AFTER < world.ending.toordinal()
    made = _asked(index, group, chosen, pence)
    made.state = "closed" if closed else "awarded"
    made.first, made.last = first, last
    made.tight = index % 4 == 1
    made.budget = _budget(pence, tight=made.tight)
    return made


def _met(world: World, plans: list[Plan] | tuple[Plan, ...], first: int, last: int) -> int:
    """Return how often some activities meet in a stretch of days, as far as is known or likely."""
    today = world.ending.toordinal()
    known = sum(
        first <= meeting.day.toordinal() <= min(last, today)
        for plan in plans
        for meeting in world.meetings[plan.index]
    )
    days = min(last, today) - first + 1
    return round(known * (last - first + 1) / max(30, days))


def _asked(index: int, group: int, chosen: tuple[Plan, ...], pence: int) -> Grant:
    funder = book()["funder"][index % len(book()["funder"])]
    whole = book()["titles"]["whole"]
    title = whole[index % len(whole)]
    if chosen:
        title = book()["titles"]["part"].format(activity=chosen[0].draft.name)
    return Grant(
        index=index, group=group, reference=f"{funder['code']}-{1041 + index * 17}",
        funder=funder["name"], programme=funder["programme"], title=title, state="applied",
        first=0, last=0, pence=pence, rows=funder.get("rows"), budget={},
        activities=tuple(plan.index for plan in chosen),
    )  # fmt: skip


def _budget(pence: int, *, tight: bool) -> dict[str, int]:
    """Return what may be spent under each heading, in whole pounds that add up to it all."""
    shares = dict(book()["budget"]["tight" if tight else "ordinary"])
    made = {name: pence * share // 10_000 * 100 for name, share in shares.items()}
    made[list(made)[-1]] += pence - sum(made.values())
    return made


def _asked_for(world: World, index: int, group: int, chance: random.Random) -> Iterator[Grant]:
    """Yield what was refused, is waited for, or only planned."""
    today = world.ending.toordinal()
    states = {Size.SMALL: ("refused", "applied", "planned"), Size.UMBRELLA: ("refused",)}
    for at, state in enumerate(states.get(world.size, ("refused",) * 4 + ("applied", "planned"))):
        one = _asked(index + at, group, (), _LEAST * chance.randrange(2, 12))
        one.state = state
        one.first = today + 40 if state != "refused" else today - 150 - 300 * at
        one.last = one.first + 364
        one.budget = _budget(one.pence, tight=False)
        yield one

"""Opening and closing balances out of running ones, whichever way round the file goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.money import pounds
from app.importers.bank.records import Step
from app.importers.bank.troubles import trouble
from app.importers.base import ImportProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """What running balances say (pence); None where there are none."""

    opening_pence: int | None = None
    closing_pence: int | None = None
    newest_first: bool = False
    breaks: tuple[ImportProblem, ...] = ()


def settle(steps: Sequence[Step]) -> Balances:
    """Return opening and closing by the running balances, and the rows at which they break."""
    newest_first = _newest_first(steps)
    ordered = list(reversed(steps)) if newest_first else list(steps)
    if not any(step.balance_pence is not None for step in ordered):
        return Balances(newest_first=newest_first)
    return Balances(
        opening_pence=_opening(ordered),
        closing_pence=_closing(ordered),
        newest_first=newest_first,
        breaks=_breaks(ordered, newest_first=newest_first),
    )


def _newest_first(steps: Sequence[Step]) -> bool:
    """Say which way a file goes: by its days, or where those are all the same, by its balances."""
    if steps and steps[0].day != steps[-1].day:
        return steps[0].day > steps[-1].day
    down = sum(_follows(b, a) for a, b in pairwise(steps))
    up = sum(_follows(a, b) for a, b in pairwise(steps))
    return down > up


def _follows(before: Step, after: Step) -> bool:
    if before.balance_pence is None or after.balance_pence is None:
        return False
    return before.balance_pence + after.amount_pence == after.balance_pence


def _opening(ordered: Sequence[Step]) -> int | None:
    moved = 0
    for step in ordered:
        moved += step.amount_pence
        if step.balance_pence is not None:
            return step.balance_pence - moved
    return None


def _closing(ordered: Sequence[Step]) -> int | None:
    moved = 0
    for step in reversed(ordered):
        if step.balance_pence is not None:
            return step.balance_pence + moved
        moved += step.amount_pence
    return None


def _breaks(ordered: Sequence[Step], *, newest_first: bool) -> tuple[ImportProblem, ...]:
    found: list[ImportProblem] = []
    balance: int | None = None
    gap = False
    for number, step in enumerate(ordered):
        # A row that could not be read stands before this one in the file: after it, in time, when
        # the file goes backwards.
        before = ordered[number - 1] if number else None
        gap = gap or (before is not None and before.after_gap if newest_first else step.after_gap)
        expected = None if balance is None else balance + step.amount_pence
        if step.balance_pence is None:
            balance = expected
            continue
        if expected is not None and expected != step.balance_pence and not gap:
            off = pounds(abs(step.balance_pence - expected))
            found.append(trouble(step.place, "balance_breaks", off))
        balance, gap = step.balance_pence, False
    return tuple(found)

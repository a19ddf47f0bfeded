"""Settle day and month for a whole file from its evidence, and years where dates carry none."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.importers.base import Choice, DateOrder, Question
from app.importers.dates import WrittenDate, as_date, full_year, parts

_LEAP = 2024
"""A leap year, so that 29 February without a year is a day."""
_NOT_LEAP = 2023
_MOSTLY = 0.9
"""Of the dates that only one order can read, how many must agree when some do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRun:
    """Dates that belong together, in the order of the file."""

    dates: Sequence[WrittenDate]
    in_order: bool
    """Sessions across the top or down a list come in order; dates of birth do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledOrder:
    """The order of a file and why; None: nothing settles it (or there is nothing to settle)."""

    order: DateOrder | None
    because: str = ""
    example: str = ""
    """A date that could be read both ways, or only day first where `against` is given."""
    against: str = ""
    """A date that can only be read month first, where others can only be day first."""


def settle_order(runs: Sequence[DateRun], *, today: dt.date) -> SettledOrder:
    """Settle the one order of day, month and year of a file from its evidence."""
    numeric = [w for run in runs for w in run.dates if w.numbers]
    if not numeric:
        return SettledOrder(order=None)
    if _year_comes_first(numeric, today):
        return SettledOrder(order=DateOrder.YMD, because="the year comes first")
    for found in (_only_one_reading(numeric), _by_weekday(numeric, today), _by_run(runs, today)):
        if found is not None:
            return found
    for_dmy, for_mdy = _each_way(numeric)
    if for_dmy and for_mdy:
        return SettledOrder(order=None, example=_text(for_dmy[0]), against=_text(for_mdy[0]))
    doubtful = next((w for w in numeric if w.numbers[0] != w.numbers[1]), None)
    if doubtful is None:
        return SettledOrder(order=DateOrder.DMY, because="day and month are the same in all dates")
    return SettledOrder(order=None, example=_text(doubtful))


def _text(written: WrittenDate) -> str:
    return "/".join(f"{n:02}" for n in _shown(written))


def _shown(written: WrittenDate) -> tuple[int, ...]:
    return (*written.numbers, written.year) if written.year else written.numbers


def _year_comes_first(numeric: list[WrittenDate], today: dt.date) -> bool:
    three = [w.numbers for w in numeric if len(w.numbers) == 3]
    if not three or len(three) < len(numeric):
        return False
    latest = (today.year + 1) % 100
    if not all(1 <= m <= 12 and 1 <= d <= 31 for _, m, d in three):
        return False
    if any(y > 31 for y, _, _ in three):
        return True
    firsts, thirds = {n[0] for n in three}, {n[2] for n in three}
    return len(firsts) < len(thirds) and all(y <= latest for y in firsts)


def _possible(written: WrittenDate, order: DateOrder) -> bool:
    found = parts(written, order)
    if found is None:
        return False
    day, month, year = found
    return as_date(day, month, full_year(year, 2099) if year else _LEAP) is not None


def _only_one_reading(numeric: list[WrittenDate]) -> SettledOrder | None:
    dmy, mdy = _each_way(numeric)
    return _majority(len(dmy), len(mdy), "dates such as 17/9 can only be read one way")


def _each_way(numeric: list[WrittenDate]) -> tuple[list[WrittenDate], list[WrittenDate]]:
    """Return the dates, once each, that can only be day first, and those only month first."""
    dmy: list[WrittenDate] = []
    mdy: list[WrittenDate] = []
    for written in dict.fromkeys(numeric):
        as_dmy, as_mdy = _possible(written, DateOrder.DMY), _possible(written, DateOrder.MDY)
        if as_dmy != as_mdy:
            (dmy if as_dmy else mdy).append(written)
    return dmy, mdy


def _by_weekday(numeric: list[WrittenDate], today: dt.date) -> SettledOrder | None:
    dmy = mdy = 0
    for written in set(numeric):
        if written.weekday < 0:
            continue
        fits = [
            (day := _day(written, order, today)) is not None and day.weekday() == written.weekday
            for order in (DateOrder.DMY, DateOrder.MDY)
        ]
        dmy += fits[0] and not fits[1]
        mdy += fits[1] and not fits[0]
    return _majority(dmy, mdy, "the weekdays written with them agree")


def _majority(dmy: int, mdy: int, because: str) -> SettledOrder | None:
    if dmy + mdy == 0:
        return None
    order = DateOrder.DMY if dmy >= mdy else DateOrder.MDY
    if max(dmy, mdy) < _MOSTLY * (dmy + mdy):
        return None
    return SettledOrder(order=order, because=because)


def _day(written: WrittenDate, order: DateOrder, today: dt.date) -> dt.date | None:
    found = parts(written, order)
    if found is None or not found[2]:
        return None
    return as_date(found[0], found[1], full_year(found[2], today.year + 5))


def _by_run(runs: Sequence[DateRun], today: dt.date) -> SettledOrder | None:
    """Settle by how dates follow each other: in order, a week apart, not in the future."""
    ordered = [run.dates for run in runs if run.in_order and any(w.numbers for w in run.dates)]
    steps = {order: sum(_steps_back(run, order) for run in ordered) for order in _TWO}
    if ordered and min(steps.values()) * 4 < max(steps.values()):
        order = min(steps, key=lambda o: steps[o])
        return SettledOrder(order=order, because="only so do they follow one another in time")
    regular = [order for order in _TWO if ordered and all(_same_weekday(r, order) for r in ordered)]
    if len(regular) == 1:
        return SettledOrder(order=regular[0], because="only so are they whole weeks apart")
    every = [run.dates for run in runs]
    past = [
        order
        for order in _TWO
        if not any((d := _day(w, order, today)) and d > today for run in every for w in run)
    ]
    if len(past) == 1:
        return SettledOrder(order=past[0], because="only so are none of them in the future")
    return None


_TWO = (DateOrder.DMY, DateOrder.MDY)


def _steps_back(run: Sequence[WrittenDate], order: DateOrder) -> int:
    """Count the steps against the direction that most steps of a run take."""
    keys: list[tuple[int, int, int]] = []
    for written in run:
        found = parts(written, order)
        if found is not None:
            day, month, year = found
            keys.append((full_year(year, 2099) if year else 0, month, day))
    up = sum(a < b for a, b in pairwise(keys))
    down = sum(a > b for a, b in pairwise(keys))
    turns = 0 if any(key[0] for key in keys) else 1
    return max(0, min(up, down) - turns)


def _same_weekday(run: Sequence[WrittenDate], order: DateOrder) -> bool:
    dated = [replace(w, year=_NOT_LEAP) if len(w.numbers) == 2 and not w.year else w for w in run]
    days = {d for w in dated if (d := _day(w, order, dt.date(2094, 1, 1))) is not None}
    return len(days) >= 3 and len({d.weekday() for d in days}) == 1


def order_question(settled: SettledOrder) -> Question:
    """Return the question which order a file's dates have."""
    doubt = (
        f"The dates in this file disagree: {settled.example} can only be written day first, and "
        f"{settled.against} only month first. Correct those that are wrong, or choose one order: "
        "dates that it cannot read are named and left out."
        if settled.against
        else f"Nothing in this file tells whether {settled.example} is written day first or month "
        "first."
    )
    return Question(
        kind="dates",
        text=(
            f"{doubt} Say --dates dmy (day first, as in Britain) or --dates mdy (month first, as in America)."
        ),
        choices=(
            Choice(value="dmy", words="Day first, as in Britain"),
            Choice(value="mdy", words="Month first, as in America"),
        ),
    )


# --- years ------------------------------------------------------------------------------------

_SPLIT_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s*[-/–—]\s*(20\d\d|\d\d)(?!\d)")
_ONE_YEAR = re.compile(r"(?<!\d)(20\d\d|19[5-9]\d)(?!\d)")
_SECOND_HALF = ("spring", "summer", "easter")


def year_from_texts(texts: Iterable[str], first_month: int, last_month: int) -> int | None:
    """Return the year of a table's first date from its titles, sheet name or file name.

    "Autumn 2024" is 2024. "2023-24" is the first year from August on and the second before April;
    between, it is the first for a table that runs on to next March, and the second in a spring or
    summer term; else it stays open.
    """
    for text in texts:
        match = _SPLIT_YEAR.search(text)
        if match:
            first = int(match[1])
            second = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
            if second == first + 1:
                return _of_split(first, text, first_month, last_month)
        years = set(_ONE_YEAR.findall(text))
        if len(years) == 1:
            return int(years.pop())
    return None


def _of_split(first: int, text: str, first_month: int, last_month: int) -> int | None:
    if first_month >= 8:
        return first
    if first_month <= 3 or any(term in text.casefold() for term in _SECOND_HALF):
        return first + 1
    return first if last_month < first_month else None


def years_for(
    days: Sequence[tuple[int, int, int, int]], start: int | None, *, latest: int
) -> list[int] | None:
    """Return the year of each (day, month, year or 0, weekday or -1), in the file's order.

    A written year holds until the months go back by a quarter or more: then the next year begins
    (the last, in a file that runs backwards). Without a written year the first has ``start``.
    None: there is no year to begin with.
    """
    if not days:
        return []
    years = [full_year(d[2], latest) if d[2] else 0 for d in days]
    anchor = next((i for i, year in enumerate(years) if year), None)
    if anchor is None:
        if start is None:
            return None
        years[0], anchor = start, 0
    backwards = _runs_backwards(days)
    for i in range(anchor + 1, len(days)):
        if not years[i]:
            years[i] = years[i - 1] + _turn(days[i - 1][1], days[i][1], backwards=backwards)
    for i in range(anchor - 1, -1, -1):
        years[i] = years[i + 1] - _turn(days[i][1], days[i + 1][1], backwards=backwards)
    return years


def _turn(before: int, after: int, *, backwards: bool) -> int:
    """Return the step of the year between two months that follow each other in a file."""
    if backwards:
        return -1 if after - before >= 3 else 0
    return 1 if before - after >= 3 else 0


def _runs_backwards(days: Sequence[tuple[int, int, int, int]]) -> bool:
    pairs = [((a[1], a[0]), (b[1], b[0])) for a, b in pairwise(days)]
    return sum(a > b for a, b in pairs) > sum(a < b for a, b in pairs)


def year_question(first: str) -> Question:
    """Return the question in which year a file's first date lies."""
    return Question(
        kind="year",
        text=(
            f"The dates in this file have no year, and no title names one. Say the year of the "
            f"first date ({first}) with --year, for example --year 2024."
        ),
    )

"""Counts the outcome figures again from responses.csv alone: plain Python, nothing of the program.

Directions, meaningful changes, bands and the ends of Student's t are written down here once more,
from the publications and printed tables, so that a wrong one in the program is found.
"""

import csv
import datetime as dt
import math
from pathlib import Path

LOWER_IS_BETTER = {"ons4_anxious", "ucla3", "gp_visits", "ae_visits", "pain"}
LEAST_CHANGE = {"swemwbs": 1.0}
BANDS = {
    "ons4_satisfied": {"low": (0, 4), "medium": (5, 6), "high": (7, 8), "very_high": (9, 10)},
    "ons4_anxious": {"very_low": (0, 1), "low": (2, 3), "medium": (4, 5), "high": (6, 10)},
    "activity_minutes": {"inactive": (0, 29), "fairly": (30, 149), "active": (150, 99999)},
}


def t_beyond(t, freedom):
    """Return the chance that Student's t lies within -t and t (Abramowitz and Stegun 26.7.3-4)."""
    angle = math.atan2(t, math.sqrt(freedom))
    cos, sin = math.cos(angle), math.sin(angle)
    if freedom % 2:
        term, total = cos, cos if freedom > 1 else 0.0
        for k in range(3, freedom - 1, 2):
            term *= cos * cos * (k - 1) / k
            total += term
        return 2 / math.pi * (angle + sin * total)
    term, total = 1.0, 1.0
    for k in range(2, freedom - 1, 2):
        term *= cos * cos * (k - 1) / k
        total += term
    return sin * total


def t_quantile(freedom):
    low, high = 1.0, 13.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_beyond(middle, freedom) < 0.95 else (low, middle)
    return low


def scores(folder, counts_as):
    """Return by scale and person the scores that count, as (day, response, score)."""
    found = {}
    with (Path(folder) / "responses.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            person = counts_as[int(row["person_id"])]
            if row["in_bin"] == "1" or row["score"] == "" or person is None:
                continue
            day = dt.date.fromisoformat(row["answered_on"])
            answer = (day, int(row["response_id"]), float(row["score"]))
            found.setdefault(row["measure"], {}).setdefault(person, set()).add(answer)
    return found


def pairs(people, first, last):
    found = []
    for answers in people.values():
        # Of two on a day the one that was entered first: the last to be put in here.
        days = {day: score for day, _, score in sorted(answers, reverse=True)}
        inside = [day for day in days if first <= day <= last]
        if inside and (max(inside) - min(days)).days >= 28:
            found.append((days[min(days)], days[max(inside)]))
    return found


def figures(folder, counts_as, first, last):
    """Return every outcome figure of the scales with scores, by id."""
    found = {}
    for scale, people in scores(folder, counts_as).items():
        found |= _figures(scale, pairs(people, first, last))
    return found


def _figures(scale, matched):
    number = len(matched)
    changes = [round(after - before, 6) for before, after in matched]
    sign = -1 if scale in LOWER_IS_BETTER else 1
    least = LEAST_CHANGE.get(scale, 0)
    moved = [0 if change == 0 or abs(change) < least else sign * change for change in changes]
    mean = sum(changes) / number if number else None
    reach = None
    if number > 1:
        spread = math.sqrt(sum((change - mean) ** 2 for change in changes) / (number - 1))
        reach = t_quantile(number - 1) * spread / math.sqrt(number)
    return {
        f"{scale}_pairs": number,
        f"{scale}_before": sum(a for a, _ in matched) / number if number else None,
        f"{scale}_after": sum(b for _, b in matched) / number if number else None,
        f"{scale}_change": mean,
        f"{scale}_change_low": None if reach is None else mean - reach,
        f"{scale}_change_high": None if reach is None else mean + reach,
        f"{scale}_improved": sum(1 for one in moved if one > 0),
        f"{scale}_same": sum(1 for one in moved if one == 0),
        f"{scale}_worse": sum(1 for one in moved if one < 0),
    }


def bands(folder, counts_as, scale, first, last):
    """Return how many pairs lie in each band before and after."""
    matched = pairs(scores(folder, counts_as).get(scale, {}), first, last)
    return tuple(
        {
            band: sum(1 for pair in matched if low <= pair[place] <= high)
            for band, (low, high) in BANDS[scale].items()
        }
        for place in (0, 1)
    )

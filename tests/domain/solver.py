"""What a reader of a page can work out: every way to fill in its hidden numbers, tried in turn.

Shares nothing with the rule it judges but the printed page: numbers shown, words in the others'
places, and the sums between them.
"""

from dataclasses import dataclass, field
from functools import cached_property

MOST = 160
"""No number in the tests is near it."""


@dataclass
class Page:
    """Least and most of each number as a reader sees it, and the sums."""

    ranges: dict
    sums: list  # (total, parts, overlapping)
    ways: list = field(default_factory=list)
    """Ways to fill in the whole page that were found so far: each tells of every number at once."""

    @cached_property
    def _tied(self):
        tied = {key: set() for key in self.ranges}
        for number, (total, parts, _) in enumerate(self.sums):
            for key in (total, *parts):
                tied[key].add(number)
        return tied

    def tighten(self, ranges, moved=None):
        """Narrow ranges by the sums until nothing moves; None when they cannot hold."""
        waiting = set(range(len(self.sums))) if moved is None else set(self._tied[moved])
        while waiting:
            total, parts, overlapping = self.sums[waiting.pop()]
            low = sum(ranges[p][0] for p in parts)
            high = sum(ranges[p][1] for p in parts)
            least, most = ranges[total]
            bounds = []
            for p in parts:
                a, b = ranges[p]
                upper = most if overlapping else most - (low - a)
                bounds.append((p, least - (high - b), upper))
            if overlapping and len(parts) > 1:
                low = max(ranges[p][0] for p in parts)
            bounds.append((total, low, high))
            for key, a, b in bounds:
                low, high = ranges[key]
                new = (max(low, a), min(high, b))
                if new[0] > new[1]:
                    return None
                if new != (low, high):
                    ranges[key] = new
                    waiting |= self._tied[key]
        return ranges

    def _filled(self, ranges):
        """Return one way to fill in ranges that are tight, or None."""
        open_keys = [key for key, (a, b) in ranges.items() if a < b]
        if not open_keys:
            assert all(self._holds(one, ranges) for one in self.sums)
            return {key: low for key, (low, _) in ranges.items()}
        key = min(open_keys, key=lambda k: ranges[k][1] - ranges[k][0])
        low, high = ranges[key]
        return next(filter(None, (self._with(ranges, key, v) for v in range(low, high + 1))), None)

    def _with(self, ranges, key, value):
        """Return one way to fill in ranges with a number fixed, or None."""
        tight = self.tighten({**ranges, key: (value, value)}, key)
        return tight and self._filled(tight)

    @staticmethod
    def _holds(one, ranges):
        total, parts, overlapping = one
        values = [ranges[p][0] for p in parts]
        whole = ranges[total][0]
        if overlapping:
            return max(values, default=0) <= whole <= sum(values)
        return whole == sum(values)

    def values_of(self, key, enough=2):
        """Return up to ``enough`` values that a number could have."""
        found = {way[key] for way in self.ways}
        tight = self.tighten(dict(self.ranges)) if len(found) < enough else None
        low, high = tight[key] if tight else (0, -1)
        for value in range(low, min(high, MOST) + 1):
            if len(found) >= enough:
                break
            if value not in found and (way := self._with(tight, key, value)):
                self.ways.append(way)
                found.add(value)
        return sorted(found)[:enough]


def reader_sees(printed, mode, sums):
    """Return the page of a reader who knows the rule: what each printed word can stand for."""
    limit = mode.hidden_up_to
    ranges = {}
    for key, shown in printed.items():
        if hasattr(shown, "value"):
            value = int(shown.value)
            if mode.value == "nhs" and value:
                ranges[key] = (max(limit + 1, value - 2), value + 2)
            else:
                ranges[key] = (value, value)
        elif shown.text == "not shown":
            ranges[key] = (0, MOST)
        else:
            ranges[key] = (1, limit)
    return Page(ranges, sums)

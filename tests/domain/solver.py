"""What a reader of a page can work out: every way to fill in its hidden numbers, tried in turn.

Shares nothing with the rule it judges but the printed page: numbers shown, words in the others'
places, and the sums between them.
"""

from dataclasses import dataclass

MOST = 160
"""No number in the tests is near it."""


@dataclass
class Page:
    """Least and most of each number as a reader sees it, and the sums."""

    ranges: dict
    sums: list  # (total, parts, overlapping)

    def tighten(self, ranges):
        """Narrow ranges by the sums until nothing moves; None when they cannot hold."""
        moved = True
        while moved:
            moved = False
            for total, parts, overlapping in self.sums:
                low = sum(ranges[p][0] for p in parts)
                high = sum(ranges[p][1] for p in parts)
                least = max([ranges[p][0] for p in parts], default=0) if overlapping else low
                bounds = {total: (least, high)}
                if not overlapping or len(parts) == 1:
                    bounds[total] = (low, high)
                for p in parts:
                    rest_low, rest_high = low - ranges[p][0], high - ranges[p][1]
                    upper = ranges[total][1] if overlapping else ranges[total][1] - rest_low
                    bounds[p] = (ranges[total][0] - rest_high, upper)
                for key, (a, b) in bounds.items():
                    new = (max(ranges[key][0], a), min(ranges[key][1], b))
                    if new[0] > new[1]:
                        return None
                    if new != ranges[key]:
                        ranges[key], moved = new, True
                        break
                if moved:
                    break
        return ranges

    def can_hold(self, fixed):
        """Say whether the page can be filled in with some numbers fixed."""
        ranges = dict(self.ranges)
        for key, value in fixed.items():
            if not ranges[key][0] <= value <= ranges[key][1]:
                return False
            ranges[key] = (value, value)
        ranges = self.tighten(ranges)
        if ranges is None:
            return False
        open_keys = [key for key, (a, b) in ranges.items() if a < b]
        if not open_keys:
            return all(self._holds(one, ranges) for one in self.sums)
        key = min(open_keys, key=lambda k: ranges[k][1] - ranges[k][0])
        low, high = ranges[key]
        settled = {k: a for k, (a, b) in ranges.items() if a == b}
        return any(self.can_hold({**settled, key: v}) for v in range(low, high + 1))

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
        low, high = self.ranges[key]
        found = []
        for value in range(low, min(high, MOST) + 1):
            if self.can_hold({key: value}):
                found.append(value)
                if len(found) == enough:
                    break
        return found


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

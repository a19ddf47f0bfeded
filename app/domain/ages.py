"""Sets of age bands: a name and the lowest age of each band."""

from dataclasses import dataclass

OLDEST = 999
"""Above every age; the end of a band that has no upper end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Ages from ``low`` up to, not including, ``after``; ``key`` is for files, ``label`` for people."""

    low: int
    after: int
    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandSet:
    """A set of age bands; ages below the first bound make a band of their own."""

    id: str
    title: str
    bounds: tuple[int, ...]
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse bounds that are not rising whole ages."""
        rising = all(a < b for a, b in zip(self.bounds, self.bounds[1:], strict=False))
        if not self.bounds or self.bounds[0] < 0 or self.bounds[-1] >= OLDEST or not rising:
            raise ValueError("age bands need lowest ages that rise from 0 or above")

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands in order, from age 0 to no upper end."""
        lows = self.bounds if self.bounds[0] == 0 else (0, *self.bounds)
        return tuple(
            _band(low, after, named=low in self.bounds)
            for low, after in zip(lows, (*lows[1:], OLDEST), strict=True)
        )


def _band(low: int, after: int, *, named: bool) -> Band:
    if after == OLDEST:
        text = f"{low} and over" if low else "All ages"
        return Band(low=low, after=after, key=f"{low}+", label=text)
    last = after - 1
    key, text = (str(low), str(low)) if last == low else (f"{low}-{last}", f"{low} to {last}")
    return Band(low=low, after=after, key=key, label=text if named else f"Under {after}")

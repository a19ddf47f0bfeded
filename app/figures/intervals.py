"""The 95% interval of a mean, by Student's t.

The quantile is found by mpmath, a well-kept library of pure Python: SciPy would do it too and is
a hundred times its size. The standard library has only the normal distribution. Those of few
hundred people were found once and are read from resources/student_t.txt.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from app import resources

SURE = 0.95


def mean_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the lower and upper end for the mean of values, or None of fewer than two."""
    if len(values) < 2:
        return None
    import statistics  # not in most returns

    mean = statistics.fmean(values)
    # Exact fractions inside, so that values that are all alike have a spread of nothing.
    error = statistics.stdev(values) / float(len(values)) ** 0.5
    reach = t_quantile(len(values) - 1) * error
    return mean - reach, mean + reach


def t_quantile(freedom: int) -> float:
    """Return t such that Student's t with so many degrees of freedom lies within -t and t in 95%."""
    kept = _kept()
    return kept[freedom - 1] if 1 <= freedom <= len(kept) else worked_out(freedom)


@cache
def _kept() -> tuple[float, ...]:
    lines = resources.path("student_t.txt").read_text("utf-8").splitlines()
    return tuple(float(line) for line in lines if not line.startswith("#"))


@lru_cache(maxsize=2048)
def worked_out(freedom: int) -> float:
    """Return the quantile that `t_quantile` keeps or gives, as exactly as a float has it.

    Solves 1 - I(freedom / (freedom + t^2); freedom / 2, 1 / 2) = 0.95, I the regularised
    incomplete beta function.
    """
    # Imported here: a fifth of a second that only outcome figures wait for.
    import mpmath  # type: ignore[import-untyped]  # it comes without types

    half = mpmath.mpf(1) / 2

    def beyond(t: Any) -> Any:
        x = freedom / (freedom + t * t)
        return mpmath.betainc(freedom * half, half, 0, x, regularized=True) - (1 - SURE)

    # Below 1.95 there is nothing, above 13 neither: t is 12.7 with one degree and 1.96 with many.
    return float(mpmath.findroot(beyond, (1.9, 13.0), solver="anderson", tol=1e-20))

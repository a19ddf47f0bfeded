"""Shares of people where some are few: said as a bound, so that "92% of 25" names no two."""

import math
import re

from app.domain.disclosure import NOT_SHOWN, ROUNDS_TO, Disclosure, Hidden, Shown

_BOUND = re.compile(r"at (least|most) \d+%")


def share_as_hidden(
    mode: Disclosure, base: Shown | Hidden, inside: Shown | Hidden, rest: Shown | Hidden
) -> Hidden | None:
    """Return what stands in a share's place where it would give a small number away, else None.

    ``inside`` are those it is about, ``rest`` the others of its base. Where just one of the two is
    small, the bound says no more than that: it is the same however many they are.
    """
    if not any(isinstance(one, Hidden) for one in (base, inside, rest)):
        return None
    few_inside, few_rest = _is_small(inside, mode), _is_small(rest, mode)
    if isinstance(base, Shown) and few_inside is not few_rest:
        most = _most(mode, base.value)
        return Hidden(text=f"at least {100 - most}%" if few_rest else f"at most {most}%")
    return Hidden(text=NOT_SHOWN, perhaps_none=True)


def is_bound(text: str) -> bool:
    """Say whether a text begins with what stands in a share's place that is not given closer."""
    return _BOUND.match(text) is not None


def _is_small(one: Shown | Hidden, mode: Disclosure) -> bool:
    return isinstance(one, Hidden) and one.text == mode.small


def _most(mode: Disclosure, base: float) -> int:
    """Return the per cent of a base, as printed, that a small number is at most."""
    least = base - ROUNDS_TO // 2 if mode is Disclosure.NHS else base
    return min(100, math.ceil(mode.hidden_up_to * 100 / max(1, least)))

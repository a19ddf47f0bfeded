"""How much room an activity has, and how long people wait for it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.domain.activities import Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How an activity stands on a day for somebody who would refer people to it."""

    activity: Activity
    on_it: int
    """Participants on its register."""
    waiting: int
    waits: tuple[int, ...] = ()
    """Days that each place took which somebody waited for and got in the last 12 months, rising."""
    longest_wait: int | None = None
    """Days the one who waits longest has waited so far."""
    full: int = 0
    """Referrals not accepted in the last 12 months because it was full."""

    @property
    def room(self) -> int | None:
        """Places less people on the register, None where there is no limit."""
        limit = self.activity.capacity
        return None if limit is None else max(0, limit - self.on_it)

    @property
    def can_take(self) -> int | None:
        """What was said by hand, else the room there is; None where there is no limit."""
        return self.room if self.activity.can_take is None else self.activity.can_take

    @property
    def can_take_on(self) -> dt.date | None:
        """The day on which it was said by hand, None when it is reckoned from the register."""
        return self.activity.can_take_on if self.activity.can_take is not None else None

    @property
    def typical_wait(self) -> int | None:
        """Days people usually wait: the median, None when nobody got a place by waiting."""
        return typical_days(self.waits)


def typical_days(waits: Sequence[int]) -> int | None:
    """Return the median of waits in whole days, a half rounded up; None without any."""
    return int(median(waits) + 0.5) if waits else None

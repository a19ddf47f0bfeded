"""The reply clock of a referral: due on day 10, the line on day 14, stopped by the first answer."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

DUE_DAYS = 10
"""Days after the received date on which the reply is due."""
LINE_DAYS = 14
"""Days after the received date that are the line: platforms decline for a group after it."""


class Reply(StrEnum):
    """How the reply to a referrer stands."""

    NOT_YET_DUE = "not_yet_due"
    DUE = "due"
    PAST_THE_LINE = "past_the_line"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The reply clock of one referral on a day: due on day 10, the line on day 14."""

    reply: Reply
    due_on: dt.date
    line_on: dt.date
    days_left: int
    """Days from the day that was asked about until the reply is due; below 0 when it is late."""
    days_to_line: int
    """Days until the line; below 0 when it is past."""
    answered_on: dt.date | None = None
    days_taken: int | None = None
    """Days from the received date to the answer."""

    @property
    def words(self) -> str:
        """What a card says: "3 days left", "due today", "past the 14-day line"."""
        if self.reply is Reply.ANSWERED:
            return _taken_words(self.days_taken)
        if self.reply is Reply.PAST_THE_LINE:
            return f"past the {LINE_DAYS}-day line"
        if self.days_left == 0:
            return "due today"
        if self.reply is Reply.DUE:
            if self.days_to_line == 0:
                return f"the {LINE_DAYS}-day line is today"
            return f"overdue, {_days(self.days_to_line)} to the line"
        return f"{_days(self.days_left)} left"


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def _taken_words(days: int | None) -> str:
    if not days:
        return "answered the same day" if days == 0 else "no reply needed"
    return f"answered in {_days(days)}"


def clock_on(
    received_on: dt.date, day: dt.date, *, answered_on: dt.date | None = None, ended: bool = False
) -> Clock:
    """Return how the reply stands on a day; it stops at the answer, or when nobody waits for one."""
    due_on = received_on + dt.timedelta(days=DUE_DAYS)
    line_on = received_on + dt.timedelta(days=LINE_DAYS)
    if answered_on is not None or ended:
        reply = Reply.ANSWERED
    elif day > line_on:
        reply = Reply.PAST_THE_LINE
    else:
        reply = Reply.DUE if day >= due_on else Reply.NOT_YET_DUE
    return Clock(
        reply=reply,
        due_on=due_on,
        line_on=line_on,
        days_left=(due_on - day).days,
        days_to_line=(line_on - day).days,
        answered_on=answered_on,
        days_taken=(answered_on - received_on).days if answered_on else None,
    )

"""What is said of referrals: columns, states, the reply clock, steps; always a word and a shape."""

import datetime as dt

from PySide6.QtCore import QCoreApplication

from app.domain.periods import short_date
from app.domain.referrals import (
    CHANNELS,
    SOURCE_TYPES,
    STATE_WORDS,
    STEP_REASONS,
    State,
    Step,
)
from app.domain.reply_clock import Clock, Reply
from app.services.referrals import ReferralRow

LANES = {
    "answer": ("To answer", "inbox"),
    "waiting": ("Waiting", "clock"),
    "accepted": ("Accepted", "circle-check"),
    "here": ("Here", "users"),
    "ended": ("Ended lately", "circle"),
}
"""The columns of the board: their words and shapes."""
LANES_EMPTY = {
    "answer": "Nobody waits for an answer.",
    "waiting": "Nobody is on the waiting list.",
    "accepted": "Nobody who was accepted is still to come.",
    "here": "Nobody who was referred is coming now.",
    "ended": "None ended in the last eight weeks.",
}
STATE_LOOKS = {
    State.RECEIVED: ("due", "inbox"),
    State.CONTACTED: ("due", "phone"),
    State.ACCEPTED: ("good", "circle-check"),
    State.WAITING: ("due", "clock"),
    State.STARTED: ("good", "user-check"),
    State.ATTENDING: ("good", "users"),
    State.COMPLETED: ("good", "check"),
    State.LEFT_EARLY: ("plain", "user-minus"),
    State.MOVED_ON: ("good", "hand-helping"),
    State.NOT_ACCEPTED: ("plain", "ban"),
    State.PERSON_DECLINED: ("plain", "x"),
    State.NO_CONTACT: ("plain", "phone"),
}
"""The tone and the shape of each state."""
STEP_BUTTONS = {
    Step.ACCEPTED: ("Offer a place…", "circle-check"),
    Step.WAITING: ("Waiting list…", "clock"),
    Step.NOT_ACCEPTED: ("Do not accept…", "ban"),
    Step.TRIED: ("Tried to reach them…", "phone"),
    Step.CONTACTED: ("Spoke with them…", "phone"),
    Step.PERSON_DECLINED: ("They said no…", "x"),
    Step.NO_CONTACT: ("No contact…", "phone"),
    Step.COMPLETED: ("Completed…", "check"),
    Step.LEFT_EARLY: ("Left early…", "user-minus"),
    Step.MOVED_ON: ("Now a volunteer…", "hand-helping"),
    Step.REOPENED: ("Open again…", "undo-2"),
}
"""What the button of each step says, and its shape."""
STEP_KEYS = {
    "a": (Step.ACCEPTED, ""),
    "w": (Step.WAITING, ""),
    "f": (Step.NOT_ACCEPTED, "full"),
    "t": (Step.TRIED, ""),
    "s": (Step.CONTACTED, ""),
    "n": (Step.PERSON_DECLINED, ""),
}
"""The letters that take a step on the board, and the reason they bring along."""
KEYS = (
    "Enter opens · A offer a place · W waiting list · F we are full · T tried to reach them · "
    "S spoke with them · N they said no"
)
_CLOCKS = {
    Reply.NOT_YET_DUE: ("plain", "clock"),
    Reply.DUE: ("due", "triangle-alert"),
    Reply.PAST_THE_LINE: ("overdue", "clock"),
    Reply.ANSWERED: ("good", "check"),
}


def tr(text: str) -> str:
    """Translate a text of no particular page."""
    return QCoreApplication.translate("referrals", text)


def clock_look(clock: Clock) -> tuple[str, str]:
    """Return the tone and the shape of a reply clock."""
    return _CLOCKS[clock.reply]


def clock_words(clock: Clock) -> str:
    """Return what a reply clock says, with a capital: "3 days left", "Past the 14-day line"."""
    words = clock.words
    return words[:1].upper() + words[1:]


def sent_by(row: ReferralRow) -> str:
    """Return who sent somebody: the organisation, or else what kind of sender it was."""
    if row.referrer:
        return row.referrer
    if row.source_type == "not_recorded":
        return tr("Sender not recorded")
    return SOURCE_TYPES[row.source_type]


def sent_words(row: ReferralRow, worker: str = "") -> str:
    """Return who sent somebody, as a part of a sentence; nobody is said to be sent by themselves."""
    if row.referrer:
        return tr("sent by {sender}{worker}").format(sender=row.referrer, worker=worker)
    kind = sent_by(row)
    kind = kind if kind[:2].isupper() else kind[:1].lower() + kind[1:]
    alone = row.source_type in {"self", "not_recorded"}
    return kind if alone else tr("sent by {sender}{worker}").format(sender=kind, worker=worker)


def reason_words(step: str, reason: str) -> str:
    """Return the reason of a step in words, or ""."""
    return STEP_REASONS.get(Step(step), {}).get(reason, "") if reason else ""


def state_words(row: ReferralRow) -> str:
    """Return how a referral stands, with its reason: "Not accepted: we are full"."""
    said = STATE_WORDS[row.state]
    why = reason_words(row.state.value, row.reason) if row.reason else ""
    return f"{said}: {why[:1].lower()}{why[1:]}" if why else said


def card_chip(row: ReferralRow) -> tuple[str, str, str]:
    """Return what a card says of the referral now: (words, tone, icon)."""
    if row.state in {State.RECEIVED, State.CONTACTED}:
        return (_card_clock(row.clock), *clock_look(row.clock))
    if row.state in {State.STARTED, State.ATTENDING}:
        return (came_words(row.came_times), *STATE_LOOKS[row.state])
    if row.state is State.WAITING:
        return (tr("Since {day}").format(day=brief(row.state_on)), *STATE_LOOKS[row.state])
    if row.state is State.ACCEPTED:
        return (tr("Not yet come"), "due", "circle")
    why = reason_words(row.state.value, row.reason)
    said = why if row.state is State.NOT_ACCEPTED and why else STATE_WORDS[row.state]
    return (said, *STATE_LOOKS[row.state])


def _card_clock(clock: Clock) -> str:
    """Return the reply clock in the room of a card."""
    if clock.days_left < 0 < clock.days_to_line:
        left = clock.days_to_line
        return tr("Overdue, line in {days}").format(days=f"{left} day{'' if left == 1 else 's'}")
    return clock_words(clock)


def came_words(times: int) -> str:
    """Return how often somebody came: "Came once", "Came 12 times"."""
    if times == 1:
        return tr("Came once")
    return tr("Came {count} times").format(count=f"{times:,}")


def brief(day: dt.date) -> str:
    """Return a day for a card: 3 Nov 2026."""
    return short_date(day).partition(" ")[2]


def tries_words(tries: int) -> str:
    """Return how often somebody was tried in vain: "tried twice"."""
    return {0: "", 1: tr("tried once"), 2: tr("tried twice")}.get(
        tries, tr("tried {count} times").format(count=tries)
    )


def came_how(row: ReferralRow) -> str:
    """Return how a referral came, for the middle of a sentence: "by phone", or ""."""
    if row.channel == "not_recorded":
        return ""
    how = CHANNELS[row.channel].partition(" (")[0]
    return how[:1].lower() + how[1:]


def whole_card(row: ReferralRow) -> str:
    """Return everything a card says, for a screen reader."""
    chip = card_chip(row)[0]
    parts = (row.full_name, sent_by(row), row.activity, tries_words(row.tries),
             tr("received {day}").format(day=short_date(row.received_on)), chip)  # fmt: skip
    return ", ".join(part for part in parts if part)


def suggested_words(row: ReferralRow) -> str:
    """Return a referral as the search at the top offers it."""
    return tr("Referral: {name} · {sender} · {day} · {state}").format(
        name=row.full_name,
        sender=sent_by(row),
        day=brief(row.received_on),
        state=STATE_WORDS[row.state].lower(),
    )

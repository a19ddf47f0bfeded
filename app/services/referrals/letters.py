"""Letters to a referrer, noted as sent: so that it can be said who knows what."""

import datetime as dt

from app.domain.changes import Topic
from app.domain.ids import ReferralId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT, clean, clean_lines
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.referrals import LETTER_KINDS, SENT_BY, Referral
from app.services.referrals.recording import name_of
from app.services.result import Done, Refused
from app.storage import referrals
from app.storage.register import Register

_TOPICS = frozenset({Topic.REFERRALS})


def note_sent(
    register: Register,
    referral_id: ReferralId,
    kind: str,
    sent_on: dt.date,
    *,
    sent_to: str = "",
    channel: str = "paper",
    told: str = "",
    today: dt.date,
) -> Done | Refused:
    """Note a letter as sent: when, to whom, how, and what it told. The id is the letter's."""
    referral = referrals.get(register, referral_id)
    if referral is None or referral.binned:
        return Refused(problems=(Problem(code="referral_gone"),))
    sent_to, told = clean(sent_to), clean_lines(told)
    problems = _problems(referral, kind, channel, sent_on, today)
    problems += [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, typed, limit in (("sent_to", sent_to, NAME_LIMIT), ("told", told, TEXT_LIMIT))
        if len(typed) > limit
    ]
    if problems:
        return Refused(problems=tuple(problems))
    text = f"note {LETTER_KINDS[kind].lower()} sent for {name_of(register, referral)}"
    subjects = (referral_id, referral.person_id)
    with register.transaction("referral.letter", text=text, topics=_TOPICS, subject_ids=subjects):
        letter_id = referrals.add_letter(
            register,
            referral_id,
            kind=kind,
            sent_on=sent_on,
            sent_to=sent_to,
            channel=channel,
            told=told,
        )
    return Done(changes=_TOPICS, text=text, ids=(letter_id,))


def _problems(
    referral: Referral, kind: str, channel: str, sent_on: dt.date, today: dt.date
) -> list[Problem]:
    problems: list[Problem] = []
    if kind not in LETTER_KINDS:
        problems.append(Problem(code="answer_unknown", field="kind"))
    if channel not in SENT_BY:
        problems.append(Problem(code="answer_unknown", field="channel"))
    if sent_on > today:
        values = {"value": short_date(sent_on)}
        problems.append(Problem(code="letter_future", field="sent_on", values=values))
    elif sent_on < referral.received_on:
        values = {"value": short_date(sent_on), "received": short_date(referral.received_on)}
        problems.append(Problem(code="step_before_received", field="sent_on", values=values))
    return problems


def remove_letter(register: Register, letter_id: int) -> Done | Refused:
    """Take a letter out that was not sent after all."""
    letter = referrals.letter(register, letter_id)
    referral = referrals.get(register, letter.referral_id) if letter else None
    if letter is None or referral is None:
        return Refused(problems=(Problem(code="letter_gone"),))
    text = f"take out {LETTER_KINDS[letter.kind].lower()} for {name_of(register, referral)}"
    subjects = (referral.id, referral.person_id)
    with register.transaction(
        "referral.letter_remove", text=text, topics=_TOPICS, subject_ids=subjects
    ):
        referrals.remove_letter(register, letter_id)
    return Done(changes=_TOPICS, text=text, ids=(referral.id,))

"""Taking a register: marks, walk-ins, volunteers' hours, the printed order."""

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.activities import Session, validate_session_day
from app.domain.attendance import (
    Mark,
    MarkChange,
    RegisterLine,
    RegisterTotals,
    Role,
    may_mark,
    totals,
)
from app.domain.changes import Topic
from app.domain.ids import PersonId, SessionId
from app.domain.names import clean, in_two
from app.domain.people import PersonDraft, validate_person
from app.domain.periods import short_date
from app.domain.phones import parted
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import activities, attendance, people
from app.storage.attendance import Past, Sitting
from app.storage.register import Register
from app.storage.sheets import LeaderNote, leader_notes

__all__ = [
    "LeaderNote",
    "OpenRegister",
    "Past",
    "Sitting",
    "add_walk_in",
    "history_of",
    "keep_printed_order",
    "leader_note",
    "log_hours",
    "logged_minutes",
    "open_register_of",
    "set_mark",
]

_TOPICS = frozenset({Topic.ATTENDANCE})
_WALK_IN_TOPICS = frozenset({Topic.ATTENDANCE, Topic.PEOPLE})

_MARK_WORDS = {
    Mark.PRESENT: "present",
    Mark.LATE: "late",
    Mark.ABSENT: "absent",
    Mark.APOLOGY: "apologies",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRegister:
    """The register of one session as it is taken and printed: one order for both."""

    session: Session
    lines: tuple[RegisterLine, ...]
    totals: RegisterTotals


def open_register_of(register: Register, session_id: SessionId) -> OpenRegister | None:
    """Return the register of a session, or None when there is no such session."""
    session = activities.session(register, session_id)
    if session is None:
        return None
    lines = attendance.lines(register, session)
    return OpenRegister(session=session, lines=lines, totals=totals(lines, session.guests))


def set_mark(register: Register, change: MarkChange, *, today: dt.date) -> Done | Refused:
    """Enter, change or take away one mark; it is saved at once. The same again changes nothing."""
    session = activities.session(register, change.session_id)
    person = people.get(register, change.person_id)
    if session is None or person is None:
        code = "session_gone" if session is None else "person_gone"
        return Refused(problems=(Problem(code=code, field="mark"),))
    if person.merged_into is not None:
        # A record that was joined while it stood on the screen: the mark is the person's.
        return set_mark(register, replace(change, person_id=person.merged_into), today=today)
    if person.binned:
        return Refused(problems=(Problem(code="person_in_bin", field="mark"),))
    problems = _may(session, change.mark, today) if change.mark else ()
    if problems:
        return Refused(problems=problems)
    name = person.known_as or person.given_name or person.family_name
    text = f"mark {name} {_word(change)}" if change.mark else f"take away the mark of {name}"
    as_it_is = attendance.marks_of(register, session.id, change.person_id)
    wanted = () if change.mark is None else ((change.person_id, change.mark, change.role),)
    if as_it_is == wanted:
        return Done(changes=frozenset(), text=text, ids=(session.id, change.person_id))
    with register.transaction("mark.set", text=text, topics=_TOPICS, subject_id=session.id):
        attendance.write_mark(register, change)
        if change.mark is not None:
            attendance.enrol(register, change.person_id, session, change.role)
    return Done(changes=_TOPICS, text=text, ids=(session.id, change.person_id))


def _may(session: Session, mark: Mark, today: dt.date) -> tuple[Problem, ...]:
    return may_mark(
        state=session.state,
        session_on=session.session_on,
        mark=mark,
        today=today,
    )


def _word(change: MarkChange) -> str:
    if change.mark is Mark.PRESENT and change.role is not Role.PARTICIPANT:
        return f"here as {change.role.value}"
    return _MARK_WORDS[change.mark] if change.mark else ""


def add_walk_in(
    register: Register, session_id: SessionId, typed: str, *, today: dt.date
) -> Done | Refused:
    """Add a newcomer by name only, put them on the register and mark them present, in one step.

    The last word is taken as the family name when there are two words or more, unless a comma
    says which is which. A telephone number written behind the name is kept as one.
    """
    session = activities.session(register, session_id)
    if session is None:
        return Refused(problems=(Problem(code="session_gone", field="name"),))
    name, phone = parted(clean(typed))
    given, family = in_two(name)
    draft = PersonDraft(
        given_name=given, family_name=family, phone=phone, joined_on=session.session_on
    )
    problems = (*validate_person(draft, today=today), *_may(session, Mark.PRESENT, today))
    if problems:
        return Refused(problems=problems)
    text = f"add {draft.given_name} and mark present"
    with register.transaction(
        "mark.walk_in", text=text, topics=_WALK_IN_TOPICS, subject_id=session.id
    ):
        person_id = people.add(register, draft)
        attendance.enrol(register, person_id, session, Role.PARTICIPANT)
        attendance.write_mark(
            register,
            MarkChange(session_id=session.id, person_id=person_id, mark=Mark.PRESENT),
        )
    return Done(changes=_WALK_IN_TOPICS, text=text, ids=(session.id, person_id))


def log_hours(
    register: Register,
    person_id: PersonId,
    day: dt.date,
    minutes: int,
    what: str = "",
    *,
    today: dt.date,
) -> Done | Refused:
    """Log hours somebody gave outside a session."""
    problems = list(validate_session_day(day, today=today))
    if not problems and day > today:
        values = {"value": short_date(day)}
        problems.append(Problem(code="hours_future", field="logged_on", values=values))
    if not 1 <= minutes <= 24 * 60:
        problems.append(Problem(code="hours_range", field="minutes"))
    person = people.get(register, person_id)
    if person is None or person.binned:
        problems.append(Problem(code="person_gone" if person is None else "person_in_bin"))
    if problems:
        return Refused(problems=tuple(problems))
    topics = frozenset({Topic.VOLUNTEERS})
    with register.transaction("hours.log", text="log hours", topics=topics, subject_id=person_id):
        log_id = attendance.add_hours(register, person_id, day, minutes, clean(what))
    return Done(changes=topics, text="log hours", ids=(log_id,))


def keep_printed_order(register: Register, session_id: SessionId) -> Done | Refused:
    """Freeze the order of a register as it is printed, so that it is entered in the same rows.

    Printed again in the same order, it is the same sheet.
    """
    opened = open_register_of(register, session_id)
    if opened is None:
        return Refused(problems=(Problem(code="session_gone"),))
    order = tuple(line.person_id for line in opened.lines)
    text = f"print sheet {opened.session.code}"
    latest = attendance.latest_sheet(register, session_id)
    if latest is not None and attendance.sheet_order(register, latest) == order:
        return Done(changes=frozenset(), text=text, ids=(latest,))
    topics = frozenset({Topic.SESSIONS})
    with register.transaction("sheet.print", text=text, topics=topics, subject_id=session_id):
        sheet_id = attendance.keep_sheet(register, opened.session, order)
    return Done(changes=topics, text=text, ids=(sheet_id,))


def logged_minutes(register: Register, day: dt.date) -> int:
    """Return the minutes that were logged for anybody on a day, outside sessions."""
    return attendance.logged_minutes(register, day)


def history_of(register: Register, person_id: PersonId, *, limit: int = 60) -> tuple[Past, ...]:
    """Return the sessions a person was marked at, newest first."""
    return attendance.history_of(register, person_id, limit)


def leader_note(register: Register, person_id: PersonId) -> LeaderNote:
    """Return what whoever leads must know of a person: access needs, and whom to ring."""
    return leader_notes(register, (person_id,))[person_id]

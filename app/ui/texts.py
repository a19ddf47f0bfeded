"""Words that depend on numbers and days, put together in one place."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.activities import CANCEL_REASONS, Session, SessionState, minutes_between
from app.domain.attendance import HERE, Mark, RegisterLine, RegisterTotals, Role
from app.domain.periods import MONTHS, WEEKDAYS, clock_range, short_date

if TYPE_CHECKING:  # large, and wanted only beside what likely doubles there are
    from app.services.people import Likely

KEYS_HELP = """Everywhere
Tab, Shift+Tab\tto the next thing, and back
Enter or Space\tpress the button in hand
Escape\tclose what is open, or go back
Alt or F10\tthe menus

Take register
letters\tfind a name
12 Enter, 12a Enter\tthe person in row 12 is here, sent apologies
Space or Enter\tthe one found is here
Down, Up\tgo along the rows
Space, A, L, V\there, apologies, late, volunteer; again takes it away
Enter\there, and on to the next row
?\tthe access note of the person in hand
Ctrl+Enter\tdone, and the next sheet of the pile
Ctrl+F\tback to finding a name
Alt+Left, Alt+Right\tthe session before, the one after

Term grid
Arrows\tfrom box to box
Space, A, L, V\there, apologies, late, volunteer; again takes it away
Shift+Space\tabsent
Enter\tthe register of that date

Entering questionnaires
7 Enter\tthat answer, and on to the next question
d Enter, Enter\tdeclined; left blank
Down, Up\tfrom question to question
Ctrl+Enter\tkeep the sheet, and the next one

Sessions
Enter\ttake the register of the session in hand
Arrows, PageUp, PageDown\tin the month: days, weeks, months

Referrals
Arrows\tfrom card to card, from column to column
Enter\topen the referral in hand
A, W, F\toffer a place, waiting list, we are full
T, S, N\ttried to reach them, spoke with them, they said no
Ctrl+Shift+R\trecord a referral, from anywhere

Money
letters\tfind in the book: who, what for, reference or amount
Enter\topen the line, grant, claim, statement or rule in hand
Delete\tput the line in the bin, or take it out again
Alt+P, Ctrl+I\ta payment or receipt, the bank’s statement
Space\tin a statement: not the same line, or the same after all; from paper: tick it off
Left, Right\tamong the names of the parts: the next part
Alt+Up, Alt+Down\tin Headings: move the one in hand

Returns
Enter\topen the report, draft, return or form in hand
Left, Right\tamong the names of the parts: the next part
PageUp, PageDown, +, −\tin the pages: from page to page, larger, smaller
Ctrl+S\tsave the pages that are shown
Alt+Up, Alt+Down\tin a form of our own: move the part in hand
Alt+Left\ton a record behind a number: back to the return; on a register Alt+Shift+Left

People
letters\tfind somebody
Down\tinto the list
Enter\topen the person in hand
Space\ttick them, to change many together
Ctrl+A\ttick everybody shown"""

NOT_SEEN_AFTER = 3
"""Sessions in a row after which somebody is said to have not been seen."""

_MARKS = {Mark.LATE: "Late", Mark.ABSENT: "Absent", Mark.APOLOGY: "Apologies"}
_ROLES = {Role.VOLUNTEER: "Volunteer", Role.CARER: "Carer", Role.LEADER: "Leader"}


def tr(text: str) -> str:
    """Translate a text of no particular page."""
    return QCoreApplication.translate("texts", text)


def counted(number: int, one: str, many: str) -> str:
    """Return "1 person", "84 people", "1,204 people"."""
    return f"{number:,} {one if number == 1 else many}"


def hours(minutes: int) -> str:
    """Return a length of time as people say it: 4 h 30, 1 h, 45 min."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02}" if rest else f"{whole} h"


def decimal_hours(minutes: int) -> str:
    """Return hours for a chip: 1.5 h."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".") + " h"


def day_and_month(day: dt.date) -> str:
    """Return a day of this week or year without its year: Tue 3 Nov."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def session_title(session: Session) -> str:
    """Return the heading of a session's page."""
    return f"{session.activity_name} — {short_date(session.session_on)}"


def time_and_place(session: Session) -> str:
    """Return when and where: 7.00–8.30 pm, Methodist hall."""
    times = clock_range(session.start_time, session.end_time)
    return ", ".join(part for part in (times, session.place) if part)


def moved_words(session: Session) -> str:
    """Return from which day a session was moved, or ""."""
    if session.moved_from_on is None:
        return ""
    return tr("moved from {day}").format(day=day_and_month(session.moved_from_on))


def session_state(session: Session, today: dt.date) -> tuple[str, str, str]:
    """Return a session's state as (words, tone, icon)."""
    if session.state is SessionState.CANCELLED:
        why = CANCEL_REASONS.get(session.cancelled_reason, "")
        words = f"Cancelled: {why.lower()}" if why else "Cancelled"
        return (words, "plain", "calendar-x")
    if session.state is SessionState.HELD:
        here = session.people_here + (session.guests or 0)
        return (f"{here} here", "good", "check")
    if session.session_on > today:
        return ("Planned", "plain", "calendar")
    if session.session_on == today:
        return ("Today", "due", "clock")
    return ("Not entered", "due", "circle")


def mark_words(line: RegisterLine, session: Session) -> str:
    """Return what stands in the Mark column."""
    parts = []
    if line.mark in HERE and line.role in _ROLES:
        minutes = minutes_between(session.start_time, session.end_time)
        timed = line.role is Role.VOLUNTEER and minutes  # a leader's hours are not reported
        parts.append(
            _ROLES[line.role] + (f" {decimal_hours(minutes)}" if timed and minutes else "")
        )
    if line.mark in _MARKS:
        parts.append(_MARKS[line.mark] if not parts else _MARKS[line.mark].lower())
    return " · ".join(parts)


def role_word(role: str) -> str:
    """Return in which part somebody is on a register: Volunteer; "" for those who just come."""
    return _ROLES.get(Role(role), "") if role else ""


def past_mark(mark: Mark, role: Role) -> str:
    """Return a mark of the past in words: Here, Late, Volunteer."""
    if mark in HERE and role in _ROLES:
        return _ROLES[role]
    return _MARKS.get(mark, "Here")


def to_know(line: RegisterLine) -> str:
    """Return what the person with the register should know."""
    parts = [line.what_helps] if line.what_helps else []
    if line.has_note:
        parts.append(tr("see access note"))
    if line.is_new:
        parts.append(tr("New"))
    elif line.not_seen_for >= NOT_SEEN_AFTER:
        parts.append(tr("Not seen for {count} sessions").format(count=line.not_seen_for))
    return " · ".join(parts)


def total_words(totals: RegisterTotals) -> tuple[str, str]:
    """Return the two lines under the running total."""
    first = tr("here, of {count} on the list").format(count=totals.listed)
    parts = []
    if totals.volunteers:
        parts.append(counted(totals.volunteers, "volunteer", "volunteers"))
    if totals.guests:
        parts.append(counted(totals.guests, "guest", "guests"))
    if totals.apologies:
        parts.append(counted(totals.apologies, "apology", "apologies"))
    if totals.absent:
        parts.append(f"{totals.absent} absent")
    parts.append(f"{totals.not_recorded} not recorded")
    return first, " · ".join(parts)


def described(likely: "Likely") -> str:
    """Return who somebody is, for telling them from another: name, area, last seen."""
    row = likely.row
    known = f"({row.known_as})" if row.known_as and row.known_as not in likely.name else ""
    parts = [" ".join(part for part in (likely.name, known) if part)]
    parts += [part for part in (row.own_script_name, row.area) if part]
    if likely.last_seen:
        times = counted(likely.times, "time", "times")
        parts.append(f"came {times}, last on {short_date(likely.last_seen)}")
    else:
        parts.append("has not come yet")
    return " · ".join(parts)

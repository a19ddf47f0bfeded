"""One change to many people, as one step that says how many and who."""

import datetime as dt
from collections.abc import Callable, Sequence

from app.domain.changes import Topic
from app.domain.consents import ConsentDraft, validate_consent
from app.domain.ids import ActivityId, PersonId
from app.domain.names import NAME_LIMIT, clean, clean_lines
from app.domain.people import PersonRole
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.people.leaving import LEAVING_TOPICS
from app.services.result import Done, Refused
from app.storage import activities, belonging, consents, many, people_list
from app.storage.many import Ids
from app.storage.people import PersonRow
from app.storage.register import Register

_PEOPLE = frozenset({Topic.PEOPLE})
_ON_TOPICS = frozenset({Topic.PEOPLE, Topic.ACTIVITIES, Topic.ATTENDANCE})
_BIN_TOPICS = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
_NAMED = 2


def who_words(rows: Sequence[PersonRow]) -> str:
    """Return who many people are: Maryam, Zoë and 10 others; up to three are all named."""
    called = [row.known_as or row.given_name or row.family_name for row in rows]
    if len(called) <= _NAMED + 1:
        return " and ".join(part for part in (", ".join(called[:-1]), called[-1]) if part)
    return f"{', '.join(called[:_NAMED])} and {len(called) - _NAMED:,} others"


def set_area(register: Register, ids: Sequence[PersonId], area: str) -> Done | Refused:
    """Give many people an area or ward."""
    area = clean(area)
    if len(area) > NAME_LIMIT:
        values = {"limit": str(NAME_LIMIT)}
        return Refused(problems=(Problem(code="text_too_long", field="area", values=values),))
    rows = tuple(row for row in _rows(register, ids) if row.area != area)

    def write(ids: Ids) -> None:
        many.set_area(register, ids, area)

    text = "change the area of {who}" if area else "take away the area of {who}"
    return _carry_out(register, rows, "person.area", text, _PEOPLE, write)


def put_on_activity(
    register: Register,
    ids: Sequence[PersonId],
    activity_id: ActivityId,
    day: dt.date,
    role: PersonRole = PersonRole.PARTICIPANT,
) -> Done | Refused:
    """Put many people on an activity's register from a day on; who is on it already stays."""
    activity = activities.get(register, activity_id)
    if activity is None or activity.binned:
        return Refused(problems=(Problem(code="activity_gone"),))
    on_it = set(belonging.on_activity(register, activity_id, day))
    rows = tuple(row for row in _rows(register, ids) if row.id not in on_it and row.left_on is None)

    def write(ids: Ids) -> None:
        many.put_on(register, ids, activity_id, role.value, day)

    return _carry_out(
        register, rows, "person.put_on", f"put {{who}} on {activity.name}", _ON_TOPICS, write
    )


def take_off_activity(
    register: Register, ids: Sequence[PersonId], activity_id: ActivityId, last: dt.date
) -> Done | Refused:
    """Take many people off an activity's register after a last day."""
    activity = activities.get(register, activity_id)
    if activity is None:
        return Refused(problems=(Problem(code="activity_gone"),))
    on_it = set(belonging.to_take_off(register, activity_id, last))
    rows = tuple(row for row in _rows(register, ids) if row.id in on_it)

    def write(ids: Ids) -> None:
        many.take_off(register, ids, activity_id, last)

    return _carry_out(
        register, rows, "person.take_off", f"take {{who}} off {activity.name}", _ON_TOPICS, write
    )


def many_left(
    register: Register, ids: Sequence[PersonId], day: dt.date | None, reason: str, *, today: dt.date
) -> Done | Refused:
    """Say that many people left on one day; they come off every register that day."""
    if day is None:
        return Refused(problems=(Problem(code="left_needed", field="left_on"),))
    if not today.year - 100 <= day.year <= today.year + 1:
        values = {"value": short_date(day)}
        return Refused(problems=(Problem(code="day_out_of_reach", field="left_on", values=values),))
    rows = tuple(row for row in _rows(register, ids) if row.left_on is None)
    late = next((row for row in rows if row.joined_on and row.joined_on > day), None)
    if late is not None and late.joined_on is not None:
        values = {"left": short_date(day), "joined": short_date(late.joined_on)}
        problem = Problem(code="joined_after_left", field="left_on", values=values)
        return Refused(problems=(problem,))
    why = clean_lines(reason)

    def write(ids: Ids) -> None:
        many.leave(register, ids, day, why)

    return _carry_out(register, rows, "person.leave", "{who} left", LEAVING_TOPICS, write)


def agree(
    register: Register, ids: Sequence[PersonId], draft: ConsentDraft, *, today: dt.date
) -> Done | Refused:
    """Note one answer for many people: consent given on paper on a day."""
    problems = validate_consent(draft, today=today)
    if problems:
        return Refused(problems=problems)

    def write(ids: Ids) -> None:
        consents.add_many(register, ids, draft)

    text = "note consent of {who}" if draft.given else "note that {who} said no"
    return _carry_out(register, _rows(register, ids), "consent.add", text, _PEOPLE, write)


def bin_many(register: Register, ids: Sequence[PersonId]) -> Done | Refused:
    """Put many people in the bin."""
    rows = tuple(row for row in _rows(register, ids) if not row.binned)
    at = register.stamp()

    def write(ids: Ids) -> None:
        many.set_binned(register, ids, at)

    return _carry_out(register, rows, "person.bin", "put {who} in the bin", _BIN_TOPICS, write)


def unbin_many(register: Register, ids: Sequence[PersonId]) -> Done | Refused:
    """Take many people out of the bin."""
    rows = tuple(row for row in _rows(register, ids) if row.binned)

    def write(ids: Ids) -> None:
        many.set_binned(register, ids, None)

    return _carry_out(
        register, rows, "person.unbin", "take {who} out of the bin", _BIN_TOPICS, write
    )


def _rows(register: Register, ids: Sequence[PersonId]) -> tuple[PersonRow, ...]:
    return people_list.by_ids(register, tuple(dict.fromkeys(ids)))


def _carry_out(
    register: Register,
    rows: tuple[PersonRow, ...],
    use_case: str,
    text: str,
    topics: frozenset[Topic],
    write: Callable[[Ids], object],
) -> Done | Refused:
    if not rows:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    ids = tuple(row.id for row in rows)
    # The names may have braces of their own, so they go in last.
    said = text.replace("{who}", who_words(rows))
    with register.transaction(use_case, text=said, topics=topics, subject_ids=ids):
        write(ids)
    return Done(changes=topics, text=said, ids=ids)

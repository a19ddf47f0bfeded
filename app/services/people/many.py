"""One change to many people, as one step that says how many and who."""

import datetime as dt
from collections.abc import Callable, Generator, Iterator, Sequence

from app.domain.changes import Topic
from app.domain.consents import ConsentDraft, validate_consent
from app.domain.ids import ActivityId, PersonId
from app.domain.names import NAME_LIMIT, clean, clean_lines
from app.domain.people import PersonRole
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.people.leaving import LEAVING_TOPICS
from app.services.result import Changing, Done, Refused, Sliced, Written
from app.storage import activities, belonging, consents, many, people_list
from app.storage.many import Ids, Those
from app.storage.people import PersonRow
from app.storage.register import Register

_PEOPLE = frozenset({Topic.PEOPLE})
_ON_TOPICS = frozenset({Topic.PEOPLE, Topic.ACTIVITIES, Topic.ATTENDANCE})
_BIN_TOPICS = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
_NAMED = 2
_AT_ONCE = 100
"""People changed between two turns of the window: some 5 ms."""
_READ_AT_ONCE = 5_000
_Chosen = tuple[PersonId, ...]


def who_words(rows: Sequence[PersonRow], number: int) -> str:
    """Return who many people are: Maryam, Zoë and 10 others; up to three are all named.

    ``rows`` are the first of them, ``number`` is how many they are.
    """
    called = [row.known_as or row.given_name or row.family_name for row in rows]
    if number <= _NAMED + 1:
        return " and ".join(part for part in (", ".join(called[:-1]), called[-1]) if part)
    return f"{', '.join(called[:_NAMED])} and {number - _NAMED:,} others"


def still_there(register: Register, ids: Sequence[PersonId]) -> _Chosen:
    """Return those of some people whose records are still in the book, in their order."""
    return many.among(register, ids, Those.ALL)


@Sliced
def set_area(register: Register, ids: Sequence[PersonId], area: str) -> Changing:
    """Give many people an area or ward."""
    area = clean(area)
    if len(area) > NAME_LIMIT:
        values = {"limit": str(NAME_LIMIT)}
        return Refused(problems=(Problem(code="text_too_long", field="area", values=values),))
    chosen = yield from _those(register, ids, Those.IN_ANOTHER_AREA, area=area)

    def write(ids: Ids) -> None:
        many.set_area(register, ids, area)

    text = "change the area of {who}" if area else "take away the area of {who}"
    return (yield from _carry_out(register, chosen, "person.area", text, _PEOPLE, write))


@Sliced
def put_on_activity(
    register: Register,
    ids: Sequence[PersonId],
    activity_id: ActivityId,
    day: dt.date,
    role: PersonRole = PersonRole.PARTICIPANT,
) -> Changing:
    """Put many people on an activity's register from a day on; who is on it already stays."""
    activity = activities.get(register, activity_id)
    if activity is None or activity.binned:
        return Refused(problems=(Problem(code="activity_gone"),))
    here = yield from _those(register, ids, Those.NOT_LEFT)
    on_it = set(belonging.on_activity(register, activity_id, day))
    chosen = tuple(one for one in here if one not in on_it)

    def write(ids: Ids) -> None:
        many.put_on(register, ids, activity_id, role.value, day)

    return (
        yield from _carry_out(
            register, chosen, "person.put_on", f"put {{who}} on {activity.name}", _ON_TOPICS, write
        )
    )


@Sliced
def take_off_activity(
    register: Register, ids: Sequence[PersonId], activity_id: ActivityId, last: dt.date
) -> Changing:
    """Take many people off an activity's register after a last day."""
    activity = activities.get(register, activity_id)
    if activity is None:
        return Refused(problems=(Problem(code="activity_gone"),))
    everybody = yield from _those(register, ids)
    on_it = set(belonging.to_take_off(register, activity_id, last))
    chosen = tuple(one for one in everybody if one in on_it)

    def write(ids: Ids) -> None:
        many.take_off(register, ids, activity_id, last)

    return (
        yield from _carry_out(
            register,
            chosen,
            "person.take_off",
            f"take {{who}} off {activity.name}",
            _ON_TOPICS,
            write,
        )
    )


@Sliced
def many_left(
    register: Register, ids: Sequence[PersonId], day: dt.date | None, reason: str, *, today: dt.date
) -> Changing:
    """Say that many people left on one day; they come off every register that day."""
    if day is None:
        return Refused(problems=(Problem(code="left_needed", field="left_on"),))
    if not today.year - 100 <= day.year <= today.year + 1:
        values = {"value": short_date(day)}
        return Refused(problems=(Problem(code="day_out_of_reach", field="left_on", values=values),))
    late = yield from _those(register, ids, Those.JOINED_LATER, day=day.isoformat())
    joined = next((row.joined_on for row in people_list.by_ids(register, late[:1])), None)
    if joined is not None:
        values = {"left": short_date(day), "joined": short_date(joined)}
        problem = Problem(code="joined_after_left", field="left_on", values=values)
        return Refused(problems=(problem,))
    chosen = yield from _those(register, ids, Those.NOT_LEFT)
    why = clean_lines(reason)

    def write(ids: Ids) -> None:
        many.leave(register, ids, day, why)

    return (
        yield from _carry_out(register, chosen, "person.leave", "{who} left", LEAVING_TOPICS, write)
    )


@Sliced
def agree(
    register: Register, ids: Sequence[PersonId], draft: ConsentDraft, *, today: dt.date
) -> Changing:
    """Note one answer for many people: consent given on paper on a day."""
    problems = validate_consent(draft, today=today)
    if problems:
        return Refused(problems=problems)
    chosen = yield from _those(register, ids)

    def write(ids: Ids) -> None:
        consents.add_many(register, ids, draft)

    text = "note consent of {who}" if draft.given else "note that {who} said no"
    return (yield from _carry_out(register, chosen, "consent.add", text, _PEOPLE, write))


@Sliced
def bin_many(register: Register, ids: Sequence[PersonId]) -> Changing:
    """Put many people in the bin."""
    chosen = yield from _those(register, ids, Those.NOT_IN_THE_BIN)
    at = register.stamp()

    def write(ids: Ids) -> None:
        many.set_binned(register, ids, at)

    return (
        yield from _carry_out(
            register, chosen, "person.bin", "put {who} in the bin", _BIN_TOPICS, write
        )
    )


@Sliced
def unbin_many(register: Register, ids: Sequence[PersonId]) -> Changing:
    """Take many people out of the bin."""
    chosen = yield from _those(register, ids, Those.IN_THE_BIN)

    def write(ids: Ids) -> None:
        many.set_binned(register, ids, None)

    return (
        yield from _carry_out(
            register, chosen, "person.unbin", "take {who} out of the bin", _BIN_TOPICS, write
        )
    )


def _those(
    register: Register, ids: Sequence[PersonId], those: Those = Those.ALL, **values: str
) -> Generator[Written, None, _Chosen]:
    """Read who is to be changed; of very many some at a time, and again if a change came between."""
    ids, seen = tuple(dict.fromkeys(ids)), many.changes(register)
    chosen = many.among(register, ids[:_READ_AT_ONCE], those, **values)
    for first in range(_READ_AT_ONCE, len(ids), _READ_AT_ONCE):
        yield Written(done=0, total=len(ids))
        chosen += many.among(register, ids[first : first + _READ_AT_ONCE], those, **values)
    return chosen if many.changes(register) == seen else many.among(register, ids, those, **values)


def _carry_out(
    register: Register,
    chosen: _Chosen,
    use_case: str,
    text: str,
    topics: frozenset[Topic],
    write: Callable[[Ids], object],
) -> Changing:
    if not chosen:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    named = people_list.by_ids(register, chosen[: _NAMED + 1])
    # The names may have braces of their own, so they go in last.
    said = text.replace("{who}", who_words(named, len(chosen)))
    yield Written(done=0, total=len(chosen))
    pieces = _some_at_a_time(chosen, write)
    for done in register.write_in_slices(
        use_case, pieces, text=said, topics=topics, subject_ids=chosen
    ):
        yield Written(done=done, total=len(chosen))
    return Done(changes=topics, text=said, ids=chosen)


def _some_at_a_time(chosen: _Chosen, write: Callable[[Ids], object]) -> Iterator[int]:
    for first in range(0, len(chosen), _AT_ONCE):
        some = chosen[first : first + _AT_ONCE]
        write(some)
        yield first + len(some)

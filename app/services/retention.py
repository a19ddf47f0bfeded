"""How long things are kept: the rules, what is due by them, and what is done then."""

import datetime as dt
from collections.abc import Generator, Iterable
from dataclasses import replace

from app.domain.changes import ALL_TOPICS, Topic
from app.domain.ids import EntryId
from app.domain.people import ADULT
from app.domain.periods import group_year_of, short_date
from app.domain.problems import Problem
from app.domain.retention import (
    Due,
    DueKind,
    KeepAction,
    OwnRule,
    Retention,
    Rule,
    rules_of,
    validate_rule,
)
from app.domain.rights import months_after
from app.domain.settings import year_end
from app.returns.parts.people.kept_for import retention as suggested
from app.services import anonymising
from app.services.anonymising import Because
from app.services.result import Changing, Done, Refused, Sliced
from app.storage import money, people, settings
from app.storage import retention as storage
from app.storage.register import Register
from app.storage.retention import Pictured, Signs

__all__ = [
    "Due",
    "DueKind",
    "Rule",
    "back_to_suggested",
    "carry_out",
    "due",
    "look",
    "name_of",
    "rules",
    "save_rule",
]  # fmt: skip

_TOPICS = frozenset({Topic.RIGHTS, Topic.SETTINGS})


def rules(register: Register) -> tuple[Rule, ...]:
    """Return how long each kind is kept in this group, beside what the program suggests."""
    return rules_of(suggested(), storage.own_rules(register))


def save_rule(register: Register, rule: OwnRule) -> Done | Refused:
    """Keep the group's own time and reason for a kind."""
    rule = replace(rule, reason=rule.reason.strip())
    problems = list(validate_rule(rule))
    found = next((one for one in rules(register) if one.suggested.id == rule.kind), None)
    if found is None:
        problems.append(Problem(code="retention_unknown"))
    if problems or found is None:
        return Refused(problems=tuple(problems))
    as_suggested = (rule.months or 0, rule.reason) == (found.suggested.months, found.suggested.reason)  # fmt: skip
    if as_suggested:
        return back_to_suggested(register, rule.kind)
    text = f"change how long is kept: {found.suggested.title.lower()}"
    with register.transaction("retention.save", text=text, topics=_TOPICS):
        storage.write_rule(register, rule)
    return Done(changes=_TOPICS, text=text)


def back_to_suggested(register: Register, kind: str) -> Done | Refused:
    """Take the group's own rule for a kind away: the program's counts again."""
    if kind not in {one.id for one in suggested()}:
        return Refused(problems=(Problem(code="retention_unknown"),))
    text = "keep things as long as the program suggests"
    with register.transaction("retention.suggested", text=text, topics=_TOPICS):
        storage.remove_rule(register, kind)
    return Done(changes=_TOPICS, text=text)


def due(register: Register, today: dt.date) -> tuple[Due, ...]:
    """Return everything whose time is over, the longest over first; nothing is changed."""
    looking = look(register, today)
    while True:
        try:
            next(looking)
        except StopIteration as end:
            return tuple(end.value)


def look(register: Register, today: dt.date) -> Generator[tuple[int, int], None, tuple[Due, ...]]:
    """Return what `due` returns, with a pause wherever it yields: nothing may hold the window up."""
    kept = {one.kept.id: one.kept for one in rules(register)}
    shortest = min((kept[kind].months for kind in _OF_PEOPLE if kept[kind].months), default=0)
    found: list[Due] = []
    if shortest:
        reading = storage.signs(register, today, months_after(today, -shortest))
        people: tuple[Signs, ...] = ()
        while True:
            try:
                next(reading)
            except StopIteration as end:
                people = end.value
                break
            yield 0, 1
        for start in range(0, len(people), _AT_ONCE):
            yield 0, 1
            part = people[start : start + _AT_ONCE]
            found += [one for signs in part for one in _of_person(signs, kept, today)]
    yield 0, 1
    month, day = year_end(settings.read(register).year_end) or (3, 31)
    found += [
        one for entry in storage.pictured(register) for one in _of_entry(entry, kept, month, day)
    ]
    yield 0, 1
    over = (one for one in found if one.due_on <= today)
    return tuple(sorted(over, key=lambda one: (one.due_on, one.person_id or 0, one.row or 0)))


_AT_ONCE = 50
"""People looked at between two moments at which somebody else may go first."""
_OF_PEOPLE = (DueKind.PEOPLE, DueKind.REFERRALS, DueKind.VOLUNTEERS, DueKind.PARENTS)


def _of_person(signs: Signs, kept: dict[str, Retention], today: dt.date) -> Iterable[Due]:
    if signs.asks or signs.serves:  # what somebody asked is answered first, nothing wiped meanwhile
        return
    last = dt.date.fromisoformat(signs.last)
    never_came = signs.sent and not signs.came and not signs.helped
    kind = DueKind.REFERRALS if never_came else DueKind.PEOPLE
    if signs.waits and never_came:
        return
    wanted = [(kind, last)]
    if signs.helped:  # whichever is the longest: the rest of what is kept would name them still
        wanted.append((DueKind.VOLUNTEERS, dt.date.fromisoformat(signs.helped)))
    if signs.parents and not never_came:
        wanted.append((DueKind.PARENTS, min(last, _grown_up_on(signs) or last)))
    if all(kept[each].months for each, _ in wanted):
        ends = [(months_after(since, kept[each].months), each, since) for each, since in wanted]
        on, each, since = max(ends)
        # A parent's agreement may be why it waits; what is done is done with the person.
        action = kept[kind].action if each is DueKind.PARENTS else kept[each].action
        yield Due(kind=kind if each is DueKind.PARENTS else each, person_id=signs.person_id,
                  since=since, due_on=on, action=_done_with(action), reason=kept[each].reason)  # fmt: skip
        if on <= today:
            return
    yield from _of_parents(signs, kept)


def _done_with(action: KeepAction) -> KeepAction:
    """A record of a person is never deleted: it is made nameless, so that figures stay."""
    return KeepAction.ANONYMISE if action is KeepAction.DELETE else action


def _of_parents(signs: Signs, kept: dict[str, Retention]) -> Iterable[Due]:
    """Give what is kept of parents where the agreement stopped with the eighteenth birthday."""
    rule = kept[DueKind.PARENTS]
    grown = _grown_up_on(signs)
    if signs.parents and grown is not None and rule.months and not signs.asks:
        yield Due(
            kind=DueKind.PARENTS,
            person_id=signs.person_id,
            since=grown,
            due_on=months_after(grown, rule.months),
            action=rule.action,
            reason=rule.reason,
        )


def _grown_up_on(signs: Signs) -> dt.date | None:
    if signs.born_on:
        return months_after(dt.date.fromisoformat(signs.born_on), 12 * ADULT)
    return dt.date(signs.birth_year + ADULT, 12, 31) if signs.birth_year else None


def _of_entry(entry: Pictured, kept: dict[str, Retention], month: int, day: int) -> Iterable[Due]:
    """Give the pictures of a receipt: after the accounts' years, and a Lottery grant's."""
    wanted = [(DueKind.ACCOUNTS, group_year_of(entry.entry_on, month, day).last)]
    if entry.lottery and entry.grant_ends is None:
        return  # the years run from the end of a grant, and that is not known yet
    if entry.grant_ends is not None:
        wanted.append((DueKind.LOTTERY, entry.grant_ends))
    if not all(kept[kind].months for kind, _ in wanted):
        return
    on, kind, since = max(
        (months_after(since, kept[kind].months), kind, since) for kind, since in wanted
    )
    yield Due(kind=kind, row=entry.entry_id, since=since, due_on=on, action=KeepAction.DELETE,
              reason=kept[kind].reason)  # fmt: skip


def name_of(register: Register, one: Due) -> str:
    """Return who or what is due: a name, or a payment with its day."""
    if one.person_id is not None:
        person = people.get(register, one.person_id)
        return person.list_name if person else ""
    entry = money.get(register, EntryId(one.row)) if one.row is not None else None
    return f"{entry.payee or 'Entry'}, {short_date(entry.entry_on)}" if entry else ""


@Sliced
def carry_out(register: Register, one: Due) -> Changing:
    """Do what is due with one record; it cannot be taken back, so ask first and copy the book."""
    if one.kind is DueKind.PARENTS and one.person_id is not None:
        text = "delete the details of parents"
        with register.transaction(
            "retention.parents", text=text, subject_id=one.person_id, bulk=True
        ):
            storage.forget_parents(register, one.person_id)
        return Done(changes=ALL_TOPICS, text=text, ids=(one.person_id,))
    if one.person_id is not None:
        work = anonymising.anonymise.in_slices(register, one.person_id, Because.RETENTION)
        return (yield from work)
    if one.row is None:
        return Refused(problems=(Problem(code="item_gone"),))
    text = "delete pictures of a receipt"
    with register.transaction("retention.pictures", text=text, subject_id=one.row, bulk=True):
        gone = storage.forget_pictures(register, one.row)
    if not gone:
        return Refused(problems=(Problem(code="item_gone"),))
    return Done(changes=ALL_TOPICS, text=text, ids=(one.row,))

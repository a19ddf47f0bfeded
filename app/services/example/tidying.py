"""Part: what a real book has too: somebody twice, somebody by mistake, a sheet not yet typed in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.activities import SessionState, session_code
from app.domain.people import PersonDraft
from app.services.example import names
from app.services.example.meetings import Meeting
from app.services.example.members import Member
from app.services.example.names import FEMALE, MALE
from app.services.example.size import Size
from app.services.example.world import World

_DOUBLES = {Size.SMALL: 2, Size.BUSY: 40, Size.UMBRELLA: 500}
_MISTAKES = {Size.SMALL: 2, Size.BUSY: 14, Size.UMBRELLA: 120}
_WRONG_SESSIONS = {Size.SMALL: 1, Size.BUSY: 6, Size.UMBRELLA: 40}


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """A second record of somebody, joined to the first since."""

    kept: int
    draft: PersonDraft
    until: int
    """The last day on which they were written down under it."""
    joined_at: dt.datetime


def doubles(world: World) -> tuple[Double, ...]:
    """Return records of people who were written down as new although they were not.

    Some walked in and gave a short name before the form was found; it was put right later.
    """
    chance = world.chance("doubles")
    today = world.ending.toordinal()
    fitting = [
        spell
        for spell in world.spells
        if spell.role == "participant"
        and spell.stay
        and spell.first > world.first.toordinal() + 14
        and spell.first + 45 < min(spell.last, today)
        and " " not in world.members[spell.person].name.given
        and world.members[spell.person].name.family
        and not world.members[spell.person].known_as
    ]
    chosen = chance.sample(fitting, min(_DOUBLES[world.size], len(fitting)))
    found: dict[int, Double] = {}
    for spell in sorted(chosen, key=lambda spell: spell.person):
        name = world.members[spell.person].name
        short = chance.random()
        draft = PersonDraft(
            given_name=name.given,
            family_name=name.family if short < 0.5 else f"{name.family[0]}",
            notes="Walked in" if short < 0.7 else "",
        )
        until = spell.first + 8 + chance.randrange(20)
        at = dt.datetime.combine(
            dt.date.fromordinal(min(today, until + 9)), dt.time(19, chance.randrange(60)), dt.UTC
        )
        found[spell.person] = Double(kept=spell.person, draft=draft, until=until, joined_at=at)
    return tuple(found.values())


def mistakes(world: World) -> tuple[tuple[PersonDraft, str], ...]:
    """Return people who were added by mistake and put in the bin, with the instant."""
    chance = world.chance("mistakes")
    made: list[tuple[PersonDraft, str]] = []
    for place in range(_MISTAKES[world.size]):
        name = names.draw(chance, "english", FEMALE if chance.random() < 0.5 else MALE, 50)
        draft = PersonDraft(given_name=name.given, family_name=name.family)
        if place == 0:
            draft = PersonDraft(given_name="Test", family_name="Testing", notes="Trying it out")
        made.append((draft, _sometime(world, chance.randrange(300))))
    return tuple(made)


def wrong_sessions(world: World, first_index: int) -> tuple[tuple[Meeting, str], ...]:
    """Return sessions that were put in on the wrong day and then in the bin, with the instant."""
    chance = world.chance("wrong sessions")
    made: list[tuple[Meeting, str]] = []
    for place in range(_WRONG_SESSIONS[world.size]):
        held = [
            meeting
            for meeting in world.meetings[chance.randrange(len(world.plans))]
            if meeting.state is SessionState.HELD
        ]
        if not held:
            continue
        right = chance.choice(held)
        wrong = replace(
            right,
            index=first_index + place,
            day=right.day - dt.timedelta(days=1),
            remark="Wrong day",
            moved_from=None,
            guests=None,
            place="",
        )
        made.append((wrong, _sometime(world, (world.ending - right.day).days)))
    return tuple(made)


def _sometime(world: World, days_ago: int) -> str:
    at = dt.datetime.combine(world.ending, dt.time(18, 30), dt.UTC) - dt.timedelta(days=days_ago)
    return max(at, dt.datetime(1950, 1, 1, tzinfo=dt.UTC)).isoformat(timespec="seconds")


def unentered(world: World) -> Meeting | None:
    """Return the session whose sheet was printed and not typed in, if there is one."""
    past = [
        meeting
        for meeting in world.meetings[0]
        if meeting.state is SessionState.PLANNED and meeting.day < world.ending
    ]
    return past[-1] if past else None


def sheet_code(world: World, meeting: Meeting) -> str:
    """Return the code that the printed sheet bears."""
    return session_code(world.plans[meeting.activity].code, meeting.day)


def on_sheet(world: World, meeting: Meeting, gone: Sequence[int]) -> list[Member]:
    """Return whom a sheet lists, in no order."""
    day = meeting.day.toordinal()
    away = set(gone)
    people = {
        spell.person
        for spell in world.spells
        if spell.activity == meeting.activity
        and spell.first <= day <= spell.last
        and spell.role != "leader"
        and (spell.stay or spell.role != "participant")
    }
    return [world.members[person] for person in sorted(people - away)]

"""Part: what a real book has too: somebody twice, somebody by mistake, a session on the wrong day."""

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.activities import SessionState
from app.domain.people import PersonDraft
from app.services.example import names
from app.services.example.meetings import Meeting
from app.services.example.members import Spell
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
    joined_at: str
    """The instant of the joining."""


def doubles(world: World) -> tuple[Double, ...]:
    """Return records of people who were written down as new although they were not.

    They walked in and gave a short name before the form was found; it was put right later.
    """
    chance = world.chance("doubles")
    today = world.ending.toordinal()
    fitting = [
        spell
        for spell in world.spells
        if spell.role == "participant"
        and spell.stay
        and spell.first + 45 < min(spell.last, today)
        and " " not in world.members[spell.person].name.given
        and world.members[spell.person].name.family
        and not world.members[spell.person].known_as
    ]
    newcomers = [spell for spell in fitting if spell.first > world.first.toordinal() + 14]
    wanted = _DOUBLES[world.size]
    fitting = newcomers if len(newcomers) > 2 * wanted else fitting
    found: dict[int, Double] = {}
    for spell in chance.sample(fitting, len(fitting)):
        first = _first_meeting(world, spell)
        if len(found) == wanted:
            break
        if first is None or spell.person in found:
            continue
        name = world.members[spell.person].name
        draft = PersonDraft(
            given_name=name.given,
            family_name=name.family if chance.random() < 0.5 else name.family[0],
            notes="Walked in" if chance.random() < 0.7 else "",
        )
        until = first + chance.randrange(20)
        day = dt.date.fromordinal(min(today, until + 9))
        at = dt.datetime.combine(day, dt.time(19, chance.randrange(60)), dt.UTC)
        found[spell.person] = Double(
            kept=spell.person, draft=draft, until=until, joined_at=at.isoformat(timespec="seconds")
        )
    return tuple(found[person] for person in sorted(found))


def _first_meeting(world: World, spell: Spell) -> int | None:
    """Return the first day on which somebody came, if any lies in the spell."""
    days = (
        meeting.day.toordinal()
        for meeting in world.meetings[spell.activity]
        if meeting.state is SessionState.HELD
    )
    return next((day for day in days if spell.first <= day <= spell.last), None)


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

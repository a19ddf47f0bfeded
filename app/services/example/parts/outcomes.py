"""Part: what is asked, what people answered, their goals, and what they let us tell of them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from app.domain.outcomes import goal_code
from app.services.example.asking import ASKED, Sheet, sheets
from app.services.example.size import Size
from app.services.example.telling import phrases
from app.services.example.world import World
from app.services.example.writing import Writer

_GOALS = {Size.SMALL: 6, Size.BUSY: 60, Size.UMBRELLA: 400}
_STORIES = {Size.SMALL: 9, Size.BUSY: 60, Size.UMBRELLA: 420}
_USES = (("funders", 0.85), ("impact_report", 0.8), ("website", 0.5), ("press", 0.3),
         ("training", 0.6))  # fmt: skip
_WITHDRAWN = 0.06

Row = tuple[Any, ...]


def write(writer: Writer) -> None:
    """Write the measures in use, goals, answers with their scores, and stories with their uses."""
    world = writer.world
    writer.fill("measure_use", "measure asked follow_up_days", ((name, 1, 84) for name in ASKED))
    goals = tuple(_goals(world))
    first_goal = world.first_id("goal")
    writer.rows(
        "goal",
        "person_id wording set_on",
        ((writer.person(person), words, _text(day)) for person, words, day in goals),
    )
    of_person: dict[int, tuple[str, ...]] = {}
    for place, (person, _, _) in enumerate(goals):
        of_person[person] = (*of_person.get(person, ()), goal_code(first_goal + place))
    made = tuple(sheets(world, of_person))
    _write_sheets(writer, made)
    _write_stories(writer)
    writer.counts["responses"] = sum(1 for one in made if not one.binned)


def _write_sheets(writer: Writer, made: tuple[Sheet, ...]) -> None:
    world = writer.world
    at = dt.datetime.combine(world.ending, dt.time(18, 40), dt.UTC).isoformat(timespec="seconds")
    first = world.first_id("response")
    writer.rows(
        "response",
        "person_id measure measure_version answered_on state method binned_at",
        (
            (
                writer.person(one.person), one.measure, 1, _text(one.day), one.state, one.method,
                at if one.binned else None,
            )
            for one in made
        ),
    )  # fmt: skip
    writer.fill(
        "response_item",
        "response_id item state value",
        ((first + n, *answer) for n, one in enumerate(made) for answer in one.answers),
    )
    writer.fill(
        "response_score",
        "response_id scale score",
        ((first + n, *score) for n, one in enumerate(made) for score in one.scores),
    )


def _goals(world: World) -> Iterator[tuple[int, str, int]]:
    """Yield goals: (person, words, day); one or two each."""
    chance = world.chance("goals")
    grown = sorted(
        {
            spell.person
            for spell in world.spells
            if spell.role == "participant" and world.members[spell.person].age(spell.first) > 18
        }
    )
    chosen = chance.sample(grown, min(len(grown), _GOALS[world.size]))
    words = phrases()["goal"]
    for person in sorted(chosen):
        day = world.members[person].joined
        for wording in chance.sample(words, chance.choice((1, 1, 2))):
            yield person, wording, day


def _write_stories(writer: Writer) -> None:
    world = writer.world
    stories = tuple(_stories(world))
    first = world.first_id("story")
    columns = "person_id activity_id kind told_on wording credited_as"
    writer.rows(
        "story",
        columns,
        (
            (writer.person(person), writer.activity(activity), kind, _text(day), words, credit)
            for person, activity, kind, day, words, credit in stories
        ),
    )
    writer.rows(
        "story_use",
        "story_id purpose given asked_on method withdrawn_on",
        _uses(world, tuple(day for _, _, _, day, _, _ in stories), first),
    )


def _stories(world: World) -> Iterator[tuple[int | None, int, str, int, str, str]]:
    """Yield what was told: (person or None, activity, kind, day, words, how credited)."""
    chance = world.chance("stories")
    words = phrases()
    today = world.ending.toordinal()
    spells = [
        s for s in world.spells
        if s.role == "participant" and s.stay and s.last > today - 700 and s.last > s.first + 60
        and world.members[s.person].age(s.first) > 18
    ]  # fmt: skip
    for number in range(min(len(spells), _STORIES[world.size])):
        spell = chance.choice(spells)
        kind = "story" if number % 4 == 3 else "quote"
        day = chance.randrange(max(spell.first + 30, today - 700), min(spell.last, today) + 1)
        said = chance.choice(words["told"] if kind == "story" else words["quote"])
        age = int(world.members[spell.person].age(day))
        credit = chance.choice((f"a regular, {age}", "a member", "somebody who comes", ""))
        person = spell.person if chance.random() < 0.9 else None
        yield person, spell.activity, kind, day, said, credit


def _uses(world: World, days: tuple[int, ...], first: int) -> Iterator[Row]:
    chance = world.chance("story uses")
    today = world.ending.toordinal()
    for number, day in enumerate(days):
        if chance.random() < 0.12:
            continue  # written down, and nobody asked yet
        for purpose, share in _USES:
            given = chance.random() < share
            back = given and chance.random() < _WITHDRAWN and day < today - 20
            withdrawn = _text(min(today, day + chance.randrange(5, 200))) if back else None
            method = chance.choice(("paper", "paper", "verbal"))
            yield (first + number, purpose, int(given), _text(day), method, withdrawn)


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()

"""Part: who refers people, whom they referred, what was done about it, and who waits because of it."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.people import PersonDraft
from app.services.example import names, places
from app.services.example.members import YEAR
from app.services.example.parts import belonging
from app.services.example.referrers import Organisation
from app.services.example.referring import Referral, Referring, Stranger
from app.services.example.telling import phone_of
from app.services.example.writing import Writer
from app.storage.people import columns_of

_REFERRAL = (
    "person_id activity_id source_type referrer_id worker_id channel reference received_on"
    " what_helps report_back who_pays binned_at"
)
_MISTAKES = {"small": 1, "busy": 12, "umbrella": 90}
"""Referrals that were put in twice and then in the bin."""

Row = tuple[Any, ...]


def write(writer: Writer) -> None:
    """Write the referrer book, the referrals with their steps, and the waiting list they made."""
    world = writer.world
    referring = Referring(world)
    made = referring.draw()
    first_stranger = _write_strangers(writer, referring.strangers)
    _write_referrers(writer, referring.referrers.organisations)
    people = tuple(_records(writer, made, first_stranger))
    binned = world.chance("binned referrals").sample(range(len(made)), _MISTAKES[world.size])
    at = dt.datetime.combine(world.ending, dt.time(18, 30), dt.UTC).isoformat(timespec="seconds")

    def rows() -> Iterator[Row]:
        for one, person in zip(made, people, strict=True):
            yield _row(writer, one, person, None)
        for place in binned:
            yield _row(writer, made[place], people[place], at)

    first = world.first_id("referral")
    with writer.indexes_made_after("referral"):
        writer.rows("referral", _REFERRAL, rows())
    writer.fill("referral_reason", "referral_id reason", _listed(made, first, "reasons"))
    writer.fill("referral_need", "referral_id need", _listed(made, first, "needs"))
    writer.rows(
        "referral_step",
        "referral_id step step_on reason",
        (
            (first + place, step, _text(day), reason)
            for place, one in enumerate(made)
            for step, day, reason in one.steps
        ),
    )
    columns = "person_id activity_id from_on to_on outcome referral_id"
    writer.rows("waiting_place", columns, _waiting(writer, made, people, first))
    writer.counts["referrals"] = len(made)
    writer.referrals = tuple(made)


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _row(writer: Writer, one: Referral, person: int, binned_at: str | None) -> Row:
    world = writer.world
    organisation, worker = one.organisation, one.worker
    return (
        person,
        writer.activity(one.activity),
        one.source_type,
        world.first_id("referrer") + organisation.index if organisation else None,
        world.first_id("referrer_worker") + worker.index if worker else None,
        one.channel,
        one.reference,
        _text(one.received),
        one.what_helps,
        one.report_back,
        one.who_pays,
        binned_at,
    )


def _listed(made: Sequence[Referral], first: int, what: str) -> Iterator[Row]:
    for place, one in enumerate(made):
        for value in getattr(one, what):
            yield (first + place, value)


def _records(writer: Writer, made: Sequence[Referral], first_stranger: int) -> Iterator[int]:
    """Yield the record each referral stands under: some under a second one, joined since."""
    doubles = writer.world.marks.doubles
    for one in made:
        if one.member is None:
            yield first_stranger + (one.stranger or 0)
            continue
        second, until = doubles.get(one.member, (one.member, 0))
        yield writer.person(second if one.received <= until else one.member)


def _write_referrers(writer: Writer, organisations: Sequence[Organisation]) -> None:
    first = writer.world.first_id("referrer")
    ending = writer.world.ending
    writer.rows(
        "referrer",
        "name source_type phone",
        ((one.name, one.source_type, one.phone) for one in organisations),
    )
    writer.rows(
        "referrer_worker",
        "referrer_id name job phone left_on",
        (
            (
                first + one.index,
                worker.name,
                worker.job,
                worker.phone,
                (ending - dt.timedelta(days=worker.left)).isoformat() if worker.left else None,
            )
            for one in organisations
            for worker in one.workers
        ),
    )
    writer.counts["referrers"] = len(organisations)


def _write_strangers(writer: Writer, strangers: Sequence[Stranger]) -> int:
    """Write people who never came, as far as the referral told of them; return the first's id."""
    chance = writer.world.chance("strangers")
    drafts = (_stranger(one, chance) for one in strangers)
    columns = " ".join(columns_of(PersonDraft()))
    first = writer.next_id("person")
    writer.rows("person", columns, (tuple(columns_of(draft).values()) for draft in drafts))
    writer.counts["people"] += len(strangers)
    return first


def _stranger(one: Stranger, chance: random.Random) -> PersonDraft:
    age = int((dt.date(2020, 1, 1).toordinal() - one.born) / YEAR)
    community = places.places()[one.town].people.pick(chance)
    name = names.draw(chance, community, one.sex, max(age, 5))
    home = places.draw(chance, one.town)
    known = chance.random()
    return PersonDraft(
        given_name=name.given,
        family_name=name.family if known < 0.75 else "",
        birth_year=dt.date.fromordinal(one.born).year if known < 0.5 else None,
        phone=phone_of(chance) if chance.random() < 0.8 else "",
        postcode=home.postcode if known < 0.6 else "",
        area=home.area if known < 0.7 else "",
    )


def _waiting(
    writer: Writer, made: Sequence[Referral], people: Sequence[int], first: int
) -> Iterator[Row]:
    """Yield places on the waiting list that a referral's steps tell of."""
    listed = {(person, activity) for person, activity, *_ in belonging.waiting(writer.world)}
    for place, (one, person) in enumerate(zip(made, people, strict=True)):
        done = [step for step, _, _ in one.steps]
        who = (-person if one.member is None else one.member, one.activity)
        if "waiting" not in done or who in listed:
            continue
        at = done.index("waiting")
        after = next((step for step in one.steps[at + 1 :] if step[0] != "tried"), None)
        outcome = "" if after is None else "place" if after[0] == "accepted" else "gave_up"
        listed.add(who)
        yield (
            person,
            writer.activity(one.activity),
            _text(one.steps[at][1]),
            _text(after[1]) if after else None,
            outcome,
            first + place,
        )

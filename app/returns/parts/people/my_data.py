"""Everything held on one person, for whoever asks "What do you hold on me?"."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.anonymising import words_to_find
from app.domain.errors import NotFound
from app.domain.people import Person
from app.domain.periods import long_date
from app.domain.retention import ACTION_WORDS, Retention
from app.figures.measures import measures
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Block,
    Bullets,
    Column,
    Fact,
    Heading,
    KeyFacts,
    Paragraph,
    ReportHead,
    Table,
    row,
    text,
)
from app.returns.language.spec import Spec
from app.returns.parts.people.kept_for import kept_here
from app.storage import anonymising, held_on_person, people
from app.storage.held_on_person import Section
from app.storage.mentions import counted, mentions

_DETAILS = ("What", "What we hold")
_MEASURE = "Questionnaire"
_KEPT = ("people", "referrals_not_taken_up", "parental_consent", "volunteers", "accounts",
         "lottery_accounts", "registers", "safeguarding")  # fmt: skip
"""The kinds that may hold something of anybody; the rest is about who was checked or had an accident."""


def held_on(filling: Filling, _: Spec) -> Sequence[Block]:
    """Return the head with the person's name and every section that holds anything."""
    person_id = filling.options.person_id
    person = people.get(filling.register, person_id) if person_id is not None else None
    if person is None or person_id is None:
        raise NotFound("That person is not in this book. Look for them again.")
    sections = held_on_person.held(filling.register, person_id)
    return (
        ReportHead(
            kicker="What we hold about you",
            title=filling.settings.group_name or "Our group",
            subtitle=f"Made on {long_date(filling.counted_at.date())}",
        ),
        Paragraph(runs=text(f"For {person.full_name}.")),
        *(block for section in sections for block in _blocks(_worded(filling, section))),
        *_elsewhere(filling, person),
    )


def kept_for(filling: Filling, _: Spec) -> Sequence[Block]:
    """Return how long each kind of record is kept in this group, and why."""
    items = [
        text(f"{one.title}: {one.how_long}, {one.reason}{_then(one)}.")
        for one in kept_here(filling.register)
        if one.id in _KEPT
    ]
    return (Bullets(items=tuple(items)),)


def _then(one: Retention) -> str:
    return f". Then {ACTION_WORDS[one.action]}" if one.months else ""


def _elsewhere(filling: Filling, person: Person) -> Sequence[Block]:
    """Say where the name stands in other texts: those are about others too, so a person looks."""
    if person.nameless:
        return ()
    known = anonymising.standing(filling.register, person.id)
    names = words_to_find(person.given_name, person.family_name, person.known_as)
    found = counted(mentions(filling.register, names, known.records if known else ()))
    if not found:
        return ()
    said = ", ".join(f"{where} ({rows})" for where, rows in found)
    filling.warn(
        f"The name also stands in {said}. Look at those texts yourself, and add what is about this "
        "person before you give the pages away: others may be named there too."
    )
    return (
        Heading(text="Where else your name stands"),
        Paragraph(
            runs=text(
                f"Somebody may mean you in text about other things: {said}. What is about you there "
                "is given to you with these pages."
            )
        ),
    )


def _worded(filling: Filling, section: Section) -> Section:
    """Return a section with the questionnaires' codes as the titles that people know."""
    if _MEASURE not in section.heads:
        return section
    place, titles = section.heads.index(_MEASURE), _titles(filling)
    rows = tuple(
        tuple(titles.get(cell, cell) if at == place else cell for at, cell in enumerate(line))
        for line in section.rows
    )
    return replace(section, rows=rows)


def _titles(filling: Filling) -> dict[str, str]:
    return {each.id: each.title for each in measures(filling.register).values()}


def _blocks(section: Section) -> tuple[Block, ...]:
    heading = Heading(text=section.title)
    if section.heads == _DETAILS:
        facts = tuple(Fact(label=label, text=said) for label, said in section.rows)
        return heading, KeyFacts(facts=facts)
    used = [place for place in range(len(section.heads)) if any(r[place] for r in section.rows)]
    return heading, Table(
        columns=tuple(Column(title=section.heads[place]) for place in used),
        rows=tuple(row(*(line[place] for place in used)) for line in section.rows),
    )

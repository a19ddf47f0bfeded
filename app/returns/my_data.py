"""Everything held on one person, for whoever asks "What do you hold on me?"."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import NotFound
from app.domain.periods import long_date
from app.figures.measures import measures
from app.returns.filled import (
    Block,
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
from app.returns.filling import Filling
from app.returns.spec import Spec
from app.storage import held_on_person, people
from app.storage.held_on_person import Section

_DETAILS = ("What", "What we hold")
_MEASURE = "Questionnaire"


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

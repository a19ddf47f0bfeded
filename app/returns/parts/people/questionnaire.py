"""Questionnaires on paper: a page or two a person, under a code instead of the name."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import NotFound, Refused
from app.domain.ids import PersonId
from app.domain.measures import Entry, Item, Measure
from app.domain.outcomes import MeasureUse, may_be_printed, worded
from app.domain.people import Person, age_span
from app.domain.settings import Settings
from app.figures.measures import measures
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    KeepTogether,
    Note,
    PageBreak,
    Paragraph,
    PrivacyNote,
    Run,
    SheetHead,
    Spacer,
    Table,
    Tick,
    text,
)
from app.returns.language.spec import Spec
from app.storage import goals, members, outcomes, people, questionnaires
from app.storage.register import Register

USUAL, LARGE = 11.0, 18.0
"""Points of the letters. Source: lessons.md, large print for people of 80 without glasses: 18 points."""
_FREE = (
    "Please answer with one tick or one number. You may leave out any question. If you would rather "
    "not answer one, write D beside it."
)
_BOX_MM = {USUAL: 9.0, LARGE: 14.0}
_COLUMN_MM = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One person's questionnaire: the code, the place in its pile, and what is asked of them."""

    code: str = ""
    row: int = 0
    of: int = 0
    items: tuple[Item, ...]


def questionnaire(filling: Filling, _: Spec) -> tuple[Block, ...]:
    """Return the pages of a return: for one person, for an activity's register, or one blank form.

    Which measure, and whether in large print, is said by the answers ``measure`` and ``large``; a
    pile that was noted to be printed, by the answer ``pile``, its number, and nothing else.
    Raises NotFound for an unknown measure, Refused for one that may not be printed.
    """
    asked = _asked(filling)
    measure = measure_to_print(filling.register, asked.measure)
    group = filling.settings.group_name or "Our group"
    filling.foot = (group, f"Questionnaire {measure.id}", "in confidence once filled in")
    forms: tuple[Form, ...] = (Form(items=measure.items),)
    if asked.people:
        forms = forms_of(filling.register, measure, asked.people, filling)
    if any(not form.code for form in forms):
        filling.warn(
            "Somebody has no code yet: write it on by hand. Codes are given when a pile is printed "
            "from Outcomes."
        )
    return questionnaire_blocks(measure, forms, filling.settings, large=asked.large)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    measure: str
    large: bool
    people: tuple[PersonId, ...]


def _asked(filling: Filling) -> _Asked:
    """Return what is to be printed: a pile that was noted, or a person, an activity, or nobody."""
    register, options = filling.register, filling.options
    number = options.answers.get("pile", "").strip()
    if number:
        pile = questionnaires.pile(register, int(number)) if number.isdecimal() else None
        if pile is None:
            raise NotFound("That pile of questionnaires is not in this book any more.")
        return _Asked(measure=pile.measure, large=pile.large_print, people=pile.people)
    people: tuple[PersonId, ...] = ()
    if options.person_id is not None:
        people = (options.person_id,)
    elif options.activity_id is not None:
        listed = members.on_register(register, options.activity_id, filling.counted_at.date())
        people = tuple(one.person.id for one in listed if one.role == "participant")
    large = options.answers.get("large", "").strip().lower() in {"yes", "y", "1", "true"}
    name = options.answers.get("measure", "ons4").strip().lower()
    return _Asked(measure=name, large=large, people=people)


def measure_to_print(register: Register, name: str) -> Measure:
    """Return a measure as it may be printed here, in the group's own words where it has a licence."""
    known = measures(register)
    if name not in known:
        raise NotFound(f"There is no measure called {name}. The measures are: {', '.join(known)}.")
    use = outcomes.uses(register).get(name, MeasureUse(measure=name))
    problem = may_be_printed(known[name], use)
    if problem is not None:
        raise Refused(problem.text)
    return worded(known[name], use)


def forms_of(
    register: Register, measure: Measure, ids: Sequence[PersonId], filling: Filling
) -> tuple[Form, ...]:
    """Return the forms of people in an order, each with the questions for their age or their goals."""
    codes = questionnaires.codes(register, ids)
    found = []
    for place, one in enumerate(ids, start=1):
        person = people.get(register, one)
        if person is None:
            raise NotFound("That person is not in this book any more. Choose another one.")
        items = _items_of(register, measure, person, filling)
        found.append(Form(code=codes.get(one, ""), row=place, of=len(ids), items=items))
    return tuple(found)


def _items_of(
    register: Register, measure: Measure, person: Person, filling: Filling
) -> tuple[Item, ...]:
    day = filling.counted_at.date()
    if measure.entry is Entry.GOALS:
        return tuple(g.item for g in goals.of_person(register, person.id) if g.is_open_on(day))
    span = age_span(person, day)
    return measure.items_for(span.high if span else None)


def questionnaire_blocks(
    measure: Measure, forms: Sequence[Form], settings: Settings, *, large: bool
) -> tuple[Block, ...]:
    """Lay out every form on pages of its own."""
    size = LARGE if large else USUAL
    blocks: list[Block] = []
    for form in forms:
        blocks += [PageBreak(), *_form(measure, form, settings, size)]
    return tuple(blocks)


def _form(measure: Measure, form: Form, settings: Settings, size: float) -> list[Block]:
    head = SheetHead(
        title=settings.group_name or "Our group",
        when="Date: ......../......../................",
        code=form.code or "Code: ..........",
        sheet=f"{measure.id}, {form.row} of {form.of}" if form.of > 1 else measure.id,
    )
    blocks: list[Block] = [head]
    if measure.intro:
        blocks.append(Paragraph(runs=text(measure.intro), font_size=size))
    blocks.append(Paragraph(runs=text(_FREE), font_size=size))
    for number, item in enumerate(form.items, start=1):
        blocks += [Spacer(height_mm=3), KeepTogether(blocks=_question(number, item, size))]
    # The code once more: what runs over on to a second page is still somebody's.
    last = " · ".join(part for part in (form.code, measure.copyright) if part)
    blocks += [Spacer(height_mm=3), Note(runs=text(last))] if last else []
    if size == LARGE:
        return [*blocks, Paragraph(runs=text(_privacy(settings)), font_size=size)]
    return [*blocks, PrivacyNote(text=_privacy(settings))]


def _privacy(settings: Settings) -> str:
    whom = f": {settings.contact}" if settings.contact else ""
    return (
        "Your name is not on this paper, only a code that we can read. We keep your answers to see "
        "whether what we do helps, and tell others only totals of many people. Ask us to see or "
        f"remove them{whom}."
    )


def _question(number: int, item: Item, size: float) -> tuple[Block, ...]:
    asked = Paragraph(runs=(Run(text=f"{number}. {item.wording}", bold=True),), font_size=size)
    if item.choices:
        return (asked, _choices(item, size))
    if item.unit or item.high - item.low > 10:
        line = f"Write a number: ................ {item.unit}".rstrip()
        return (asked, Spacer(height_mm=3), Paragraph(runs=text(line), font_size=size))
    anchors = " · ".join(
        f"{value} is {words}"
        for value, words in ((item.low, item.low_anchor), (item.high, item.high_anchor))
        if words
    )
    said = (Paragraph(runs=text(anchors), font_size=size),) if anchors else ()
    return (asked, *said, _scale(item, size))


def _choices(item: Item, size: float) -> Table:
    return Table(
        columns=(Column(title="Tick", width_mm=_COLUMN_MM), Column(title="Answer")),
        rows=tuple((Cell(tick=Tick.EMPTY), Cell(text=one.text)) for one in item.choices),
        summary=item.wording,
        header_column=1,
        font_size=size,
        min_row_mm=_BOX_MM[size] - 2,
    )


def _scale(item: Item, size: float) -> Table:
    values = range(item.low, item.high + 1)
    return Table(
        columns=tuple(
            Column(
                title="Tick one" if v == item.low else "", align=Align.CENTRE, width_mm=_COLUMN_MM
            )
            for v in values
        ),
        rows=(
            tuple(Cell(text=str(value), bold=True) for value in values),
            tuple(Cell(tick=Tick.EMPTY) for _ in values),
        ),
        summary=item.wording,
        header_column=None,
        font_size=size,
        min_row_mm=_BOX_MM[size],
    )

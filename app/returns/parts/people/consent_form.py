"""A consent form to fill in with a pen: a tick for each purpose, how it was asked, and by whom."""

from collections.abc import Iterator, Sequence

from app.domain.consents import METHODS, PURPOSES, USES
from app.domain.people import ConsentPurpose
from app.domain.settings import asked_purposes
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    KeepTogether,
    Paragraph,
    Row,
    Run,
    SheetHead,
    Spacer,
    Table,
    Tick,
    TwoColumns,
    WriteLine,
    WriteLines,
    text,
)
from app.returns.language.spec import Spec
from app.returns.parts.people.kept_for import wording

USUAL, LARGE = 10.5, 18.0
"""Points of the letters. Source: lessons.md, large print for people of 80 without glasses: 18 points."""
_TICK_MM = {USUAL: 13.0, LARGE: 20.0}
_YES = {"yes", "y", "1", "true"}
_INTRO = (
    "Tick yes or no on each line. Each is your own choice: you can come whatever you tick, and you "
    "can change your mind on any of them at any time by telling us."
)
_INTRO_YOUNG = (
    "This is for somebody under 18 and for their parent or carer. Read it together. The young person "
    "says for themselves what they would like; the parent or carer signs too."
)
_TAKING_PART = (
    "They may take part in the activities of the group.",
    "They may be given first aid, and in an emergency any treatment that a doctor thinks they need.",
    "They may go home by themselves.",
)


def consent_form(filling: Filling, _: Spec) -> Sequence[Block]:
    """Return the form; the answers ``large`` and ``under_18`` say which."""
    answers = filling.options.answers
    size = LARGE if answers.get("large", "").strip().lower() in _YES else USUAL
    young = answers.get("under_18", "").strip().lower() in _YES
    group = filling.settings.group_name or "Our group"
    version = wording().version
    filling.foot = (group, f"Consent form, wording {version}", "in confidence once filled in")
    filling.answers["wording_version"] = version
    form = _Form(filling, size, young=young)
    return tuple(form.blocks(group))


class _Form:
    def __init__(self, filling: Filling, size: float, *, young: bool) -> None:
        self._filling, self._size, self._young = filling, size, young

    def blocks(self, group: str) -> Iterator[Block]:
        title = "Consent form, under 18" if self._young else "Consent form"
        yield SheetHead(title=title, when=group, details=self._filling.settings.tagline)
        yield self._said(_INTRO)
        if self._young:
            yield self._said(_INTRO_YOUNG)
        yield Spacer(height_mm=2)
        yield from self._lines(
            *((("Name",), ("Date of birth", "Phone")) if self._young else (("Name", "Phone"),))
        )
        yield from self._heading("What you may do with what I tell you")
        yield self._purposes()
        yield self._said(self._whom())
        if self._young:
            yield from self._parent()
        yield from self._signed()

    def _said(self, words: str) -> Paragraph:
        return Paragraph(runs=text(words), font_size=self._size)

    def _heading(self, words: str) -> Iterator[Block]:
        if self._size == USUAL:
            yield Heading(text=words)
        else:  # a heading smaller than its text would be none
            yield Paragraph(runs=(Run(text=words, bold=True),), font_size=self._size + 2)

    def _lines(self, *lines: Sequence[str]) -> Iterator[Block]:
        """Yield lines to write on; in large print one a line, their labels as large as the rest."""
        if self._size == USUAL:
            made = tuple(tuple(_write(label, row) for label in row) for row in lines)
            yield WriteLines(lines=made)
            return
        for label in (label for row in lines for label in row):
            yield Paragraph(runs=(Run(text=label, bold=True),), font_size=self._size)
            yield WriteLines(lines=((WriteLine(label=""),),))

    def _table(self, rows: Sequence[Row], head: str, summary: str) -> Table:
        width = _TICK_MM[self._size]
        return Table(
            columns=(
                Column(title=head, weight=1.0),
                Column(title="Yes", align=Align.CENTRE, width_mm=width),
                Column(title="No", align=Align.CENTRE, width_mm=width),
            ),
            rows=tuple(rows),
            summary=summary,
            font_size=None if self._size == USUAL else self._size,
            min_row_mm=6.0 if self._size == USUAL else 13.0,
        )

    def _purposes(self) -> Table:
        rows: list[Row] = []
        for purpose in asked_purposes(self._filling.settings):
            rows += self._purpose(purpose)
        return self._table(rows, "Tick on each line", "What you agree to, purpose by purpose")

    def _purpose(self, purpose: ConsentPurpose) -> Iterator[Row]:
        asks, uses = wording().asks[purpose], USES.get(purpose)
        if not uses:
            yield _ticked(f"{PURPOSES[purpose]}. {asks}")
            return
        yield (Cell(text=f"{PURPOSES[purpose]}. {asks}"), Cell(), Cell())
        for use in uses.values():
            yield _ticked(f"– {use.replace('their', 'my')}")

    def _whom(self) -> str:
        contact = self._filling.settings.contact
        whom = contact or "................................................"
        return f"To change or take back any of this, or to see what we keep, ask: {whom}."

    def _parent(self) -> Iterator[Block]:
        rows = [_ticked(words) for words in _TAKING_PART]
        rows.append(_ticked("I have parental responsibility for them."))
        asked = (
            *self._heading("For the parent or carer"),
            self._said("Agreeing to the activity is not the same as agreeing to what is kept."),
            self._table(rows, "Taking part", "What the parent or carer agrees to"),
        )
        yield KeepTogether(blocks=asked)
        yield Spacer(height_mm=2)
        yield from self._lines(
            ("Parent’s or carer’s name",),
            ("What they are to them", "Phone"),
            ("Second person to ring", "Phone"),
            ("School", "Whom to tell of a worry"),
            ("Anything about health we must know",),
            ("Password for collecting them",),
        )

    def _signed(self) -> Iterator[Block]:
        inside: list[Block] = []
        own = "Young person" if self._young else "Signed"
        inside += self._lines((own, "Date"))
        if self._young:
            inside += self._lines(("Parent or carer", "Date"))
        said = self._said("Filled in by whoever took this form:")
        if self._size == USUAL:  # beside one another, so that all is on the page that is signed
            right = (
                *self._lines(("Taken by",)),
                *self._lines(("Taken back on, and what",)),
            )
            inside.append(TwoColumns(left=(said, self._methods()), right=right))
        else:
            inside += [said, self._methods(), *self._lines(("Taken by", "Taken back on, and what"))]
        yield KeepTogether(blocks=tuple(inside))

    def _methods(self) -> Table:
        rows = (tuple(Cell(tick=Tick.EMPTY) for _ in METHODS),)
        return Table(
            columns=tuple(Column(title=how, align=Align.CENTRE) for how in METHODS.values()),
            rows=rows,
            header_column=None,
            summary="How it was agreed",
            font_size=None if self._size == USUAL else self._size,
        )


def _write(label: str, row: Sequence[str]) -> WriteLine:
    """Return a line; the first of two takes the longer half."""
    first = len(row) > 1 and label == row[0]
    return WriteLine(label=label, width_mm=78.0 if first else None)


def _ticked(words: str) -> Row:
    return (Cell(text=words), Cell(tick=Tick.EMPTY), Cell(tick=Tick.EMPTY))

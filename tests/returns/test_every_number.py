"""Every return from every pretend book for every pair of eyes: the paper says what the figures say.

The text is read back from the pages; the figures are counted a second time, by themselves, as
`hallbook figures` counts them. HALLBOOK_SIZES names the books of which nothing is left out.
"""

import datetime as dt
import os
import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from app.domain.disclosure import Disclosure
from app.domain.periods import Period
from app.figures.evaluate import Counted, FigureValue, count
from app.figures.outcomes import every_figure, figures_of
from app.returns.counting.beside import earlier
from app.returns.feet import foot as foot_of
from app.returns.feet import pretend_mark
from app.returns.filled import Source
from app.returns.language.report_kinds import Beside
from app.returns.language.wording import number_text
from app.services import returns
from app.services.example import Size, make_example
from app.services.returns import proof, shown
from app.services.returns.shown import LineKind
from app.storage.register import Register
from tests.conftest import TODAY
from tests.returns.as_counted import Verdict, judge
from tests.returns.making import YEAR, options
from tests.returns.pdf import pdf_checks
from tests.returns.test_every_return import REGISTERS, asked

CAUSES = ("thanks to", "as a result", "because of us", "led to", "caused by", "improved people")
LONG = {*REGISTERS, "examiners-pack", "my-data"}
"""Dozens of pages of people, or of the cash book, which grow with the book."""
WHOLE = [Size(size) for size in os.environ.get("HALLBOOK_SIZES", "").split(",") if size]
"""The books of which everything is asked; without any a small one, and a busy one without LONG."""
USUAL = [Size.SMALL, Size.BUSY]
MONTH = Period(first=dt.date(2026, 10, 4), last=TODAY)
pytestmark = [pytest.mark.timeout(3600)] if WHOLE else []
EVERY = returns.list_templates()
CASES = [
    pytest.param(size, info, id=f"{info.id}-{size}")
    for size in WHOLE or USUAL
    for info in EVERY
    if WHOLE or size is Size.SMALL or info.id not in LONG
]


def modes_of(info):
    """Return for whose eyes: where people are named the others change nothing, which is seen once."""
    return [Disclosure(info.disclosure)] if info.names_people and not WHOLE else list(Disclosure)


@pytest.fixture(scope="module")
def books(small_example_made, tmp_path_factory):
    """Give a pretend group's book, made when it is first asked for, read and never written."""
    opened = {}

    def book(size):
        if size not in opened:
            made = small_example_made
            if size is not Size.SMALL:
                made = tmp_path_factory.mktemp(size) / f"{size}.hallbook"
                make_example(made, size=size, seed=1, ending=TODAY)
            opened[size] = Register.open(made, write=False)
        return opened[size]

    yield book
    for register in opened.values():
        register.close()


@pytest.fixture(scope="module")
def counted(books):
    """Return the figures of a book, and their parts, by themselves; each set once."""

    @cache
    def of(size, period, activity_id, names, pairs):
        scope = proof.scope_of(books(size), period, activity_id)
        return count(books(size), scope, ids=names, parts=pairs)

    return of


@pytest.fixture(scope="module")
def tally():
    """Count what was compared, and tell at the end."""
    found = Counter()
    yield found
    print("\nThe paper and the figures:", {str(what): times for what, times in found.items()})


class Paper:
    """What is read back from the pages, without spaces and without what stands on each of them."""

    def __init__(self, filled, pdf):
        # PDFium gives a mark of its own for a hyphen at the end of a line.
        self.read = pdf_checks.text_of(pdf).replace("\ufffe", "-")
        number = r"(?:page\d+of\d+)?"  # after a long foot's first line, or after all of it
        foot = number.join(re.escape(_squeezed(word)) for word in foot_of(filled).split())
        mark = re.escape(_squeezed(pretend_mark(filled)))
        self._text = re.sub(f"{foot}{number}(?:{mark})?", "", _squeezed(self.read))
        self._at = 0

    def says(self, *cells):
        """Say whether cells stand beside each other, the number before its label or after it."""
        orders = {"".join(cells): None, "".join(reversed(cells)): None}
        return any(self._has(_squeezed(words)) for words in orders)

    def _has(self, words):
        # Most things stand in order: a paper of thousands of pages is not read from the start each time.
        at = self._text.find(words, self._at)
        at = self._text.find(words) if at < 0 else at
        self._at = self._at if at < 0 else at
        return at >= 0


def _squeezed(text):
    return re.sub(r"\s+", "", text).lower()


def not_on(paper, filled):
    """Yield what is not on paper: lines with a figure in them as they are, others by their numbers."""
    for line in shown.lines(filled.blocks):
        cells = tuple("".join(said.text for said in cell) for cell in line.cells)
        if any(said.source for cell in line.cells for said in cell):
            if not paper.says(*cells):
                yield cells
        elif line.kind is not LineKind.TITLE:  # a chart's is read out
            yield from (cell for cell in cells if re.search(r"\d", cell) and not paper.says(cell))


def numbers_of(filled):
    """Yield every number that says where it came from: words, source, parts with a line of their own."""
    own = {}
    for source in proof.sources(filled):
        own.setdefault((source.figure, source.by), set()).add(source.part)
    for line in shown.lines(filled.blocks):
        for said in (said for cell in line.cells for said in cell if said.source is not None):
            yield said.text, said.source, own[said.source.figure, said.source.by]


def numbers_in_files(filled, units, suffix=""):
    """Yield every figure of the JSON and of its tables in the same way, or what stands beside them."""
    for name, told in () if suffix else filled.figures.items():
        yield _words(told, "value", told.get("text"), units[name]), _source(name, units), ()
    for table in _tables(filled):
        keys = {row["key"] for row in table["rows"]}
        for name in table["figures"]:
            key = f"{name}{suffix}"
            for row in (*table["rows"], table["total"]):
                if key in row:
                    part = {"by": table["by"], "part": row["key"]} if "key" in row else {}
                    words = _words(row, key, row.get(f"{key}_hidden"), units[name])
                    yield words, _source(name, units, **part), keys


def _tables(filled):
    return [one for one in filled.tables if isinstance(one, dict) and "by" in one]


def _words(told, key, hidden, unit):
    return hidden or number_text(told[key], unit)


def _source(name, units, **part):
    return Source(figure=name, unit=units[name].value, **part)


def compared_with(filled):
    """Return the period whose numbers stand beside those of a return, or None."""
    titles = {Beside.BEFORE: "Before", Beside.YEAR: "A year before"}
    heads = {column for table in _tables(filled) for column in table["columns"]}
    beside = next((one for one, title in titles.items() if title in heads), None)
    return beside and earlier(filled.days, beside)


def faults(numbers, known, mode, tally):
    """Return the numbers that are not as counted; count what becomes of all."""
    found = []
    for words, source, own in numbers:
        verdict = judge(words, source, known, mode, own)
        tally[verdict] += 1
        if verdict is Verdict.DIFFERS:
            found.append((mode.value, words, source.figure, source.by, source.part))
    return found


def wanted(numbers, units):
    """Return the names and pairs to count for some numbers, with the ends of intervals."""
    sources = [source for _, source, _ in numbers]
    names = {source.figure for source in sources}
    ends = {f"{name}_{end}" for name in names for end in ("low", "high")} & units.keys()
    pairs = {(source.figure, source.by): None for source in sources if source.by}
    return tuple(sorted(names | ends)), tuple(pairs)


@pytest.mark.parametrize(("size", "info"), CASES)
def test_the_paper_says_what_the_figures_say(books, counted, tally, size, info):
    register = books(size)
    units = {name: figure.unit for name, figure in figures_of(register).items()}
    printed = None
    for eyes in modes_of(info):
        over = (
            {"period": MONTH} if info.id == "attendance-sheet" else {}
        )  # a sheet for each session
        given = asked(register, info, disclosure=eyes.value, **over)
        filled = returns.prepare(register, info.id, given)
        if replace(filled, warnings=()) == printed:
            tally["the same for other eyes"] += 1  # where people are named, or nothing is hidden
            continue
        printed, rendered = replace(filled, warnings=()), returns.render_pdf(filled)
        paper = Paper(filled, rendered.pdf)
        assert filled.as_json(pages=rendered.pages)["pages"] == rendered.pages >= 1
        assert paper.read
        assert not [words for words in CAUSES if words in paper.read.lower()]
        assert "none of none" not in paper.read.lower()
        assert list(not_on(paper, filled)) == []
        tally["returns"] += 1
        mode = Disclosure(filled.disclosure)
        numbers = [*numbers_of(filled), *numbers_in_files(filled, units)]
        known = counted(size, proof.days_of(filled), filled.activity_id, *wanted(numbers, units))
        found = Counter()
        assert faults(numbers, known, mode, found) == []
        # Most are there to be compared, however much is hidden.
        assert found[Verdict.EQUAL] >= len(filled.figures) / 4
        assert found[Verdict.EQUAL] >= found[Verdict.HIDDEN] / 3
        tally += found
        before, beside = compared_with(filled), list(numbers_in_files(filled, units, "_beside"))
        if before:
            tally["of another time"] += len(beside)
            known = counted(size, before, filled.activity_id, *wanted(beside, units))
            assert faults(beside, known, mode, tally) == []
        if mode is not Disclosure.INTERNAL:
            assert all(source.value is None for _, source, _ in numbers)


@pytest.mark.parametrize("size", WHOLE or USUAL)
@pytest.mark.parametrize("name", ["receipts-and-payments", "treasurer-report", "examiners-pack"])
def test_accounts_say_what_the_figures_say(books, counted, tally, size, name):
    """Whole pounds or pence, in the row of each heading and in the rows that add them up."""
    (info,) = (one for one in EVERY if one.id == name)
    filled = returns.prepare(books(size), name, asked(books(size), info))
    paper = Paper(filled, returns.render_pdf(filled).pdf)
    moved = (("receipts_pence", "heading"), ("payments_pence", "heading"))
    ends = ("receipts_pence", "payments_pence", "closing_balance_pence")
    known = counted(size, proof.days_of(filled), None, ends, moved)
    sums = ("Total receipts", "Total payments", "Cash funds at the end", "Together")
    said = [(sums, known.values[one].value) for one in ends]
    said += [((part.label,), part.value) for one in moved for part in known.parts[one].parts]
    rows = [
        tuple("".join(said.text for said in cell) for cell in line.cells)
        for line in shown.lines(filled.blocks)
        if line.kind in {LineKind.ROW, LineKind.TOTAL}
    ]
    for labels, pence in said:
        amounts = {number_text(pence, "pence"), f"{(pence + 50) // 100:,}"}
        found = [row for row in rows if row[0] in labels and amounts & set(row)]
        assert (found or not pence) and all(paper.says(*row) for row in found), (labels, pence)
        tally["accounts"] += bool(found)
    assert tally["accounts"]


@pytest.mark.parametrize("mode", Disclosure)
def test_a_number_that_was_changed_is_noticed(books, counted, mode):
    """Each number of a report, and of its files: a little more than it was."""
    register = books(Size.SMALL)
    units = {name: figure.unit for name, figure in figures_of(register).items()}
    filled = returns.prepare(register, "impact-report", options(disclosure=mode.value))
    numbers = [*numbers_of(filled), *numbers_in_files(filled, units)]
    known = counted(Size.SMALL, YEAR, None, *wanted(numbers, units))
    seen = [
        (changed(words, by), source, own)
        for words, source, own in numbers
        for by in (1, 10)
        if judge(words, source, known, mode, own) is Verdict.EQUAL
    ]
    assert len(seen) > 200
    assert {judge(*one[:2], known, mode, one[2]) for one in seen} == {Verdict.DIFFERS}


def changed(words, by):
    """Return words with their first number, or its pence or decimals, made larger."""
    end = re.search(r"\d+(?![\d,.]*\d)", words)
    return f"{words[: end.start()]}{int(end[0]) + by}{words[end.end() :]}"


def test_a_number_beside_another_label_is_noticed(books):
    filled = returns.prepare(books(Size.SMALL), "impact-report", options())
    paper = Paper(filled, returns.render_pdf(filled).pdf)
    assert paper.says("different people", "77")
    assert paper.says("attendances at 137 sessions", "2,501")
    assert not paper.says("different people", "78")
    assert not paper.says("attendances at 138 sessions", "2,501")


@pytest.mark.parametrize(
    ("words", "value", "mode", "verdict"),
    [
        ("41", 41, "internal", "equal"),
        ("41", 43, "internal", "differs"),
        ("1,041 people", 1041, "public", "equal"),
        ("nobody came", 0, "funder", "words"),
        ("nobody came", 3, "internal", "differs"),
        ("one person came", 2, "internal", "differs"),
        ("fewer than 5", 4, "funder", "hidden"),
        ("fewer than 5", 5, "funder", "differs"),
        ("fewer than 5", 0, "funder", "differs"),
        ("fewer than 5", 4, "public", "differs"),
        ("fewer than 5", 4, "internal", "differs"),
        ("*", 7, "nhs", "hidden"),
        ("*", 8, "nhs", "differs"),
        ("*", 3, "funder", "differs"),
        ("40", 42, "nhs", "equal"),
        ("42", 42, "nhs", "differs"),
        ("45", 42, "nhs", "differs"),
        ("some of them", 12, "funder", "hidden"),
        ("some of them", 0, "funder", "differs"),
        ("perhaps some of them", 0, "funder", "hidden"),
        ("not shown", 12, "funder", "hidden"),
        ("not shown", 12, "internal", "differs"),
        ("too few to say", 12, "funder", "differs"),
        ("too few to say", 7, "funder", "hidden"),
        ("none", None, "funder", "nothing"),
        ("0", None, "funder", "differs"),
        ("none", 4, "internal", "differs"),
    ],
)
def test_what_stands_for_a_number_has_to_be_true(words, value, mode, verdict):
    people = Source(figure="people", unit="people")
    assert judge(words, people, counted_as(value), Disclosure(mode)).value == verdict


@pytest.mark.parametrize(
    ("words", "share", "base", "verdict"),
    [
        ("84%", 0.84, 50, "equal"),
        ("84% of 50", 0.84, 50, "equal"),
        ("84% of 51", 0.84, 50, "differs"),
        ("83% of 50", 0.84, 50, "differs"),
        ("at least 80%", 0.84, 50, "hidden"),
        ("at least 90%", 0.84, 50, "differs"),
        ("at most 80%", 0.84, 50, "differs"),
    ],
)
def test_a_share_is_judged_with_its_base(words, share, base, verdict):
    source = Source(figure="take_up", unit="share")
    known = counted_as(share, figure="take_up", n=base)
    assert judge(words, source, known, Disclosure.FUNDER).value == verdict


def counted_as(value, *, figure="people", n=None):
    """Return what was counted: one figure."""
    taken = FigureValue(
        id=figure, version=1, title="", definition="", unit=every_figure()[figure].unit,
        value=value, n=value or 0 if n is None else n, base="", note="",
    )  # fmt: skip
    return Counted(values={figure: taken}, parts={}, tables={})

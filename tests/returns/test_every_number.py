"""Every return from a small and a busy book for every pair of eyes: the paper says what figures say.

The text is read back from the pages; the figures are counted a second time, by themselves.
"""

import re
from functools import cache

import pytest

from app.domain.disclosure import Disclosure
from app.figures.evaluate import count
from app.returns.language.wording import number_text
from app.services import returns
from app.services.example import Size, make_example
from app.services.returns import proof, shown
from app.storage.register import Register
from tests.conftest import TODAY
from tests.returns.making import YEAR
from tests.returns.test_every_return import IDS, RETURNS, asked
from tests.returns.test_impact_report import text_of

CAUSES = ("thanks to", "as a result", "because of us", "led to", "caused by", "improved people")
LONG = {"examiners-pack", "my-data"}
"""Dozens of pages of the cash book or of one person: nothing is counted there by figures."""


@pytest.fixture(scope="module")
def books(small_example_made, tmp_path_factory):
    """The small and the busy pretend group, read and never written."""
    busy = tmp_path_factory.mktemp("busy") / "busy.hallbook"
    make_example(busy, size=Size.BUSY, seed=1, ending=TODAY)
    opened = {
        "small": Register.open(small_example_made, write=False),
        "busy": Register.open(busy, write=False),
    }
    yield opened
    for register in opened.values():
        register.close()


@pytest.fixture(scope="module")
def counted(books):
    """Return the figures of a book, and their parts, by themselves; each set once."""

    @cache
    def of(size, period, activity_id, pairs):
        scope = proof.scope_of(books[size], period, activity_id)
        return count(books[size], scope, ids=tuple({name for name, _ in pairs}), parts=tuple(
            pair for pair in pairs if pair[1]
        ))  # fmt: skip

    return of


def said_numbers(filled):
    """Yield every number that says where it came from, with its words."""
    for line in shown.lines(filled.blocks):
        for cell in line.cells:
            yield from (said for said in cell if said.source is not None)


def value_of(source, counted):
    """Return what a source's figure is, or None where its line was added together of others."""
    if not source.by:
        return counted.values[source.figure].value, True
    parts = counted.parts[source.figure, source.by].parts
    found = [part.value for part in parts if part.key == source.part]
    return (found[0], True) if found else (None, False)


def is_as_counted(said, value, mode):
    """Say whether words are those of a number: as it is, rounded, in words, or hidden."""
    text, unit = said.text.strip(), said.source.unit
    if shown.is_hidden(text, mode) or "too few" in text.lower() or value is None:
        return True
    printed, exact = first_number(text), first_number(number_text(value, unit))
    if printed is None or exact is None:
        return not re.search(r"\d", text)  # "nobody", "one person"
    slack = max(5, abs(exact) * 0.05) if mode is Disclosure.NHS else 0.051
    return abs(printed - exact) <= slack or (mode is not Disclosure.NHS and exact == printed)


def first_number(text):
    found = re.search(r"-?[\d,]*\d(\.\d+)?", text.replace("−", "-").replace("–", "-"))
    return float(found[0].replace(",", "")) if found else None


@pytest.mark.parametrize("size", ["small", "busy"])
@pytest.mark.parametrize("info", RETURNS, ids=IDS)
def test_the_paper_says_what_the_figures_say(books, counted, info, size):
    register = books[size]
    own = Disclosure(info.disclosure)
    modes = [own] if info.names_people else list(Disclosure)
    if size == "busy" and info.id in LONG:
        return
    if size == "busy":  # its own, and one other, not the same for every return
        modes = list(dict.fromkeys([own, modes[IDS.index(info.id) % len(modes)]]))
    for mode in modes:
        filled = returns.prepare(register, info.id, asked(register, info, disclosure=mode.value))
        rendered = returns.render_pdf(filled)
        assert filled.as_json(pages=rendered.pages)["pages"] == rendered.pages >= 1
        read = text_of(rendered.pdf)
        assert read
        assert not [words for words in CAUSES if words in read.lower()]
        assert "none of none" not in read.lower()
        numbers = list(said_numbers(filled))
        pairs = tuple(dict.fromkeys((said.source.figure, said.source.by) for said in numbers))
        known = counted(size, proof.days_of(filled), filled.activity_id, pairs)
        for said in numbers:
            value, is_own = value_of(said.source, known)
            assert not is_own or is_as_counted(said, value, mode), (mode, said, value)
            assert _squeezed(said.text) in _squeezed(read), (mode, said.text)
        if mode is not Disclosure.INTERNAL:
            assert all(said.source.value is None for said in numbers)


def _squeezed(text):
    return re.sub(r"\s+", "", text).lower()


def test_numbers_are_there_to_be_compared(books):
    register = books["small"]
    (report,) = [info for info in RETURNS if info.id == "impact-report"]
    filled = returns.prepare(register, "impact-report", asked(register, report, period=YEAR))
    assert len(list(said_numbers(filled))) > 100

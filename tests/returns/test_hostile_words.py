"""Whatever stands in the book's free text stays text in every form of every kind of return."""

import json
import re

import pytest

from app.returns.clothes.docx import docx
from app.returns.clothes.html import html
from app.returns.clothes.plain import plain_text
from app.returns.clothes.xlsx import xlsx
from app.services import registers, returns
from tests.returns.clothes.test_clothes import _document, _Page, _sheet_cells
from tests.returns.pdf import pdf_checks
from tests.returns.test_every_return import asked

HOSTILE = (
    '=HYPERLINK("http://x.example")',
    "<script>alert(1)</script>",
    "{people} {{7*7}} **b**",
    "'; DROP TABLE person; --",
    "../../a\x07\x1b[31m",
    "\u202egnp.exe",
    "@SUM(A1)|cmd",
    "</w:t></w:r>]]>",
)
COLUMNS = {
    "person": ("given_name", "family_name", "known_as", "notes", "what_helps", "address", "area"),
    "activity": ("name", "description", "leader", "notes"),
    "session": ("place", "leader", "notes", "cancelled_note"),
    "referrer": ("name", "address", "notes"),
    "referral": ("what_helps", "notes"),
    "entry": ("payee", "description", "reference", "approved_by", "note"),
    "grant_award": ("programme", "title", "purpose", "conditions"),
    "guardian": ("name", "relationship"),
    "consent": ("taken_by", "detail"),
}
NAMES = ("my-data", "attendance-record", "end-of-grant", "impact-report", "evidence-bundle")


@pytest.fixture
def book(small_example):
    """The pretend group, all its words somebody's attempt."""
    words = {f"h{at}": word for at, word in enumerate(HOSTILE)}
    cases = " ".join(f"WHEN {at} THEN :h{at}" for at in range(len(HOSTILE)))
    with registers.open_register(small_example) as register, register.all_or_nothing():
        for table, columns in COLUMNS.items():
            for column in columns:
                # Some must differ from row to row.
                value = f"CASE id % {len(HOSTILE)} {cases} END || ' ' || id"
                register.execute(f"UPDATE {table} SET {column} = {value}", words)
        register.execute(
            "UPDATE setting SET value = :name WHERE name = 'group_name'",
            {"name": json.dumps(HOSTILE[0] + HOSTILE[1])},
        )
    with registers.open_register(small_example, write=False) as register:
        yield register


def test_words_of_the_book_are_text_in_every_form(book):
    infos = {one.id: one for one in returns.list_templates()}
    for name in NAMES:
        filled = returns.prepare(book, name, asked(book, infos[name]))
        pdf = returns.render_pdf(filled).pdf
        assert pdf_checks.standard_faults(pdf) == []
        assert not re.search(rb"/JavaScript|/Launch|/URI", pdf)
        assert [c.value for c in _sheet_cells(xlsx(filled)) if c.data_type == "f"] == []
        assert _document(docx(filled))
        page = html(filled)
        assert {tag for tag, _ in _Page(page).tags} & {"script", "iframe", "a", "object"} == set()
        for text in (plain_text(filled), page):
            assert not re.search("[\x00-\x08\x0e-\x1f\u202e]", text)
            assert "HYPERLINK" in text
        assert "7*7" in plain_text(filled) or name == "impact-report"

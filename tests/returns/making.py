"""Templates and options for tests, and what a filled return says."""

import datetime as dt

from app.domain.periods import Period
from app.returns.fill import fill
from app.returns.filled import Heading, Note, Paragraph, Table, plain
from app.returns.language.reading import parse_template
from app.returns.options import ReturnOptions
from app.services.returns import _known

YEAR = Period(first=dt.date(2025, 11, 4), last=dt.date(2026, 11, 3))
"""The year that the pretend group of the tests ends with."""
COUNTED = dt.datetime(2026, 11, 4, 9, 30, tzinfo=dt.UTC)

HEAD = """
id = "mine"
version = 1
title = "Mine"
for = "Me"
purpose = "Telling people"
needs = ["period"]
disclosure = "{disclosure}"
"""


def template(blocks, disclosure="internal"):
    """Return a template of the blocks given."""
    head = HEAD.replace("{disclosure}", disclosure)
    return parse_template(head + blocks, _known(), name="mine/template.toml")


def options(**details):
    """Return options for the pretend group's year."""
    return ReturnOptions(**{"period": YEAR, "counted_at": COUNTED, **details})


def filled(source, blocks, *, disclosure="internal", **details):
    """Fill a template made of blocks."""
    return fill(template(blocks, disclosure), source, options(**details))


def words(one):
    """Return the words of headings, paragraphs and notes, in order."""
    found = []
    for block in one.walk():
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph | Note):
            found.append(plain(block.runs))
    return found


def tables(one):
    """Return the tables of a filled return, by id."""
    return {block.id: block for block in one.walk() if isinstance(block, Table)}


def texts(row):
    """Return the texts of a row's cells."""
    return [cell.text for cell in row]

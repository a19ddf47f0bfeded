"""A form of the group's own with three questions, numbers and a table; drafts of it."""

import datetime as dt

from app.domain.periods import Period
from app.domain.returns import DraftSettings
from app.services.result import Done
from app.services.returns import drafts
from app.storage import own_templates

YEAR = Period(first=dt.date(2025, 10, 1), last=dt.date(2026, 9, 30))
FORM = "our-form"
TEXT = """id = "our-form"
version = 3
title = "Our form"
for = "Our funder"
purpose = "Reporting to funders"
needs = ["period"]
may_have = ["activity", "grant"]
disclosure = "funder"

[[blocks]]
kind = "head"
title = "Our form"

[[blocks]]
kind = "numbers"
items = [
  { value = "{people}", label = "different people" },
  { value = "{attendances}", label = "attendances" },
]

[[blocks]]
kind = "question"
id = "who"
text = "Who are you?"

[[blocks]]
kind = "question"
id = "difference"
text = "What difference did you make?"
words_from = 3
words_to = 20

[[blocks]]
kind = "question"
id = "number"
text = "How many people came?"
draft = "{people} people came."

[[blocks]]
kind = "heading"
text = "Who came"

[[blocks]]
kind = "table"
id = "sex"
figures = ["people"]
by = "sex"
"""


def own_form(register, text=TEXT, name=FORM):
    """Keep the form in the book."""
    with register.transaction("test.form"):
        own_templates.keep(register, name, text)
    register.take_step()


def begun(register, **details):
    """Start a draft of the form; return its id."""
    about = DraftSettings(**{"template_id": FORM, "title": "", "period": YEAR, **details})
    done = drafts.start(register, about)
    assert isinstance(done, Done), done.text
    return done.ids[0]

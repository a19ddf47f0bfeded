"""Journey 6, "What do you hold on me?": everything on paper; then taken out, and every count stays true."""

import datetime as dt
import json
import time

import pytest

from app.domain.periods import Period
from app.services import people, registers, rights
from app.services.returns import drafts, issuing
from app.services.returns.drafts import DraftSettings
from tests import builders
from tests.e2e.conftest import wait_for
from tests.e2e.steps import is_gone, words_of

PERIOD = ("--from", "2026-01-01", "--to", "2026-06-30", "--json")
PRIVATE = (
    "Quillfeather", "Zebedee", "07700 900123", "07700900123", "zeb@pretend.example",
    "12 Marmalade Row", "keeps bees in the shed", "peanuts and starch", "Ottoline", "07700 900456",
    "He said he walks again", "The bees are a comfort",
)  # fmt: skip
"""Everything that says who he is."""
MOST_STROKES, MOST_SECONDS = 40, 180


@pytest.fixture
def this_day():
    """The real day: the program in the other process has no other."""
    return dt.datetime.now().astimezone().date()


def put(register, table, **values):
    row_id = register.new_id()
    register.insert(table, {"id": row_id} | values)
    return row_id


@pytest.fixture
def book(tmp_path, this_day, hallbook):
    """A group of nine with half a year behind it, a return that was issued, and Zebedee."""
    path = tmp_path / "bees.hallbook"
    hallbook("new", path, "--name", "Bee Walkers")
    with registers.open_register(path) as register:
        walk = builders.activity(register, name="Bee walk")
        zeb = builders.person(
            register, "Zebedee", "Quillfeather", phone="07700 900123", email="zeb@pretend.example",
            address="12 Marmalade Row", postcode="LU7 1AB", notes="keeps bees in the shed",
            born_on=dt.date(1949, 5, 14), joined_on=dt.date(2025, 11, 4),
        )  # fmt: skip
        others = [
            builders.person(register, name, "Pretend", joined_on=dt.date(2025, 11, 4))
            for name in ("Alba", "Bea", "Cat", "Dot", "Eve", "Fay", "Gil", "Hal")
        ]
        for day in (dt.date(2026, 2, 3), dt.date(2026, 3, 3), dt.date(2026, 5, 5)):
            session = builders.session(register, walk, day=day)
            for person in (zeb, *others[:6]):
                builders.mark(register, session, person)
        with register.transaction("test"):
            register.insert(
                "person_access",
                {"person_id": zeb, "health": "peanuts and starch", "updated_on": "2026-02-03"},
            )
            put(register, "emergency_contact", person_id=zeb, name="Ottoline Quillfeather",
                relationship="Sister", phone="07700 900456", position=1)  # fmt: skip
            sent = put(register, "referral", person_id=zeb, received_on="2026-01-20",
                       source_type="gp_practice", notes="He said he walks again")  # fmt: skip
            put(register, "referral_step", referral_id=sent, step="accepted", step_on="2026-01-22")
            put(register, "story", person_id=zeb, kind="quote", told_on="2026-05-05",
                wording="The bees are a comfort")  # fmt: skip
            put(register, "consent", person_id=zeb, purpose="hold_details", given=1,
                asked_on="2026-02-03", method="paper", taken_by="Bea")  # fmt: skip
        half = Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 6, 30))
        wanted = DraftSettings(template_id="small-grant", title="Ward fund", period=half)
        issuing.issue(register, drafts.start(register, wanted).ids[0])
    return path


def opened(path):
    return registers.open_register(path, write=False)


def issued(path):
    with opened(path) as register:
        (one,) = issuing.listed(register)
        return issuing.pdf_of(register, one.id)


def figures(path, hallbook):
    return json.loads(hallbook("figures", path, *PERIOD))["figures"]


def asks_where_to_save(program):
    program.keys("ctrl+s")
    title = program.screen.ask("xdotool", "getactivewindow", "getwindowname")
    return "Save what we hold" in title


def requests(path):
    with opened(path) as register:
        return rights.list_requests(register)


def is_nameless(path):
    with opened(path) as register:
        row = register.row("SELECT id FROM person WHERE anonymised_at IS NOT NULL")
        return row is not None and people.get_person(register, row["id"]).nameless


def is_calm(program):
    """Whether the screen stays as it is for a moment."""
    now = program.sight
    time.sleep(0.4)
    return now == program.sight


def go_to_rights(program):
    """From the head of his page to the first button of the part called Rights."""
    program.keys("Tab")  # the names of the parts
    look = program.sight
    program.keys(*["Right"] * 7)
    program.wait_change(look, "the part called Rights")
    wait_for(lambda: is_calm(program), "the part to be whole")
    program.keys("Tab")


def test_what_do_you_hold_on_me(tmp_path, book, this_day, hallbook, open_window):
    before, sent = figures(book, hallbook), issued(book)
    program = open_window(book, "Bee Walkers")
    began, program.strokes = time.monotonic(), 0

    # He asks on Tuesday evening. His page, the part called Rights, the first button.
    look = program.sight
    program.keys("ctrl+k")
    program.type("quillf")
    program.wait_change(look, "his name to be found")
    look = program.sight
    program.keys("Down", "Return")
    program.wait_change(look, "his page")
    wait_for(lambda: is_calm(program), "his page to be whole")
    go_to_rights(program)
    program.picture("rights")
    program.keys("space")
    program.focus("What we hold on somebody")
    paper, strokes = tmp_path / "mine.pdf", program.strokes
    wait_for(lambda: asks_where_to_save(program), "the pages, and where to save them")
    program.type(str(paper))
    program.keys("Return")
    program.strokes = strokes + 2
    wait_for(paper.is_file, "the pages as a file")
    wait_for(lambda: requests(book), "his request in the log")
    program.focus("What we hold on somebody")
    program.keys("Escape")
    wait_for(lambda: is_gone(program, "What we hold on somebody"), "the pages to close")

    said = words_of(paper)
    for held in ("Zebedee Quillfeather", "07700 900123", "zeb@pretend.example", "12 Marmalade Row",
                 "keeps bees in the shed", "peanuts and starch", "Ottoline Quillfeather",
                 "He said he walks again", "The bees are a comfort", "Bee walk"):  # fmt: skip
        assert held in said, held
    assert "two years after the last time we saw or heard from you" in said
    assert "Information Commissioner" in said
    (request,) = requests(book)
    assert (request.received_on, request.open) == (this_day, True)

    # Then he wants to be taken out: asked once, a copy first, and it cannot be taken back.
    program.focus("Bee Walkers")
    program.keys("Tab", "Tab")  # the consent form, the privacy notice
    program.keys("Tab", "Tab", "Tab", "Tab")  # the log and what is done with it
    program.keys("Tab", "space")
    program.focus("Make nameless")
    program.picture("asked")
    program.keys("Tab", "space")  # from Cancel to the other button
    program.focus("Hallbook")
    program.keys("Tab", "space")
    wait_for(lambda: is_nameless(book), "the name to be taken out")
    seconds, strokes = time.monotonic() - began, program.strokes
    program.focus("Make nameless")
    program.picture("done")
    program.keys("Escape")
    program.focus("Bee Walkers")
    program.keys("ctrl+z")  # nothing is there to take back
    program.quit()

    left = [file for file in book.parent.glob("bees.hallbook*") if file.is_file()]
    for file in left:
        raw = file.read_bytes()
        assert [word for word in PRIVATE if word.encode() in raw] == [], file
    assert figures(book, hallbook) == before
    assert issued(book) == sent
    checked = json.loads(hallbook("check", book, "--json"))
    assert checked["ok"] is True
    assert strokes <= MOST_STROKES, strokes
    assert seconds <= MOST_SECONDS, seconds

"""Journey 2, a referral arrives: recorded by phone, a place offered, first attendance, the reply."""

import datetime as dt

import pytest
from pypdf import PdfReader

from app.domain.activities import Repeat
from app.domain.referrals import State
from app.services import activities, referrals, registers
from app.services.referrals import WantedReferrals
from tests import builders
from tests.e2e.conftest import wait_for

MOST_STROKES = 44
"""What the first call and its answer cost, the letters of every name among them."""
MOST_STROKES_FULL = 12


@pytest.fixture
def this_day():
    """The real day: the program in the other process has no other."""
    return dt.datetime.now().astimezone().date()


@pytest.fixture
def book(tmp_path, this_day, hallbook):
    """A group with tonight's class, and one surgery in its referrer book."""
    path = tmp_path / "movers.hallbook"
    hallbook("new", path, "--name", "Tuesday Movers")
    with registers.open_register(path) as register:
        gentle = builders.activity(
            register, name="Gentle Movement", place="Methodist hall", start_time="19:00",
            end_time="20:30", repeat=Repeat.WEEKLY, weekday=this_day.weekday(),
        )  # fmt: skip
        assert activities.plan_days(register, gentle, (this_day,), today=this_day).ids
        known = builders.person(register, "Shaheda", "Begum")
        activities.put_on_register(register, gentle.id, known, this_day, today=this_day)
        draft = referrals.ReferrerDraft(
            name="Grove Road Surgery", source_type="gp_practice", address="1 Grove Road"
        )
        assert referrals.save_referrer(register, None, draft).ids
    return path


def found(path, this_day, name):
    """Read a person's referral from the file, as another program would while the window is open."""
    with registers.open_register(path, write=False) as register:
        rows = referrals.listed(register, WantedReferrals(), name, today=this_day).rows
        return referrals.whole(register, rows[0].id, today=this_day) if rows else None


def stands(path, this_day, name):
    whole = found(path, this_day, name)
    return whole.row.state if whole else None


def asks_where_to_save(program):
    """Press the key for saving until the letter is there and it does something."""
    program.keys("ctrl+s")
    return "Save the letter" in program.screen.ask("xdotool", "getactivewindow", "getwindowname")


def is_gone(program, title):
    """Whether no window of a title is on the screen: what is behind it hears keys again."""
    return not program.screen.ask("xdotool", "search", "--onlyvisible", "--name", title)


def record(program, name, *then):
    """Record a referral from wherever one is; ``then`` are the keys after the name."""
    program.focus("Tuesday Movers")
    program.keys("ctrl+shift+r")
    program.focus("Record referral")
    program.type(name)
    program.keys("Tab", "Tab", *then)  # over the fold with the telephone, to the day


def test_a_referral_arrives(tmp_path, book, this_day, open_window, hallbook):
    program = open_window(book, "Tuesday Movers")
    program.strokes = 0

    # By phone, from a surgery in the book: three letters find it, and bring its kind along.
    record(program, "Joan Marsh", "Tab", "b", "Tab")
    program.type("gro")
    program.keys("Down", "Return")
    program.type("Dr Patel")
    program.keys("Tab", "Tab", "g", "Tab", "n", "Tab", "y", "Tab", "space")
    program.picture("record")
    program.keys("Return")
    wait_for(lambda: stands(book, this_day, "Joan") is State.RECEIVED, "the referral in the book")
    whole = found(book, this_day, "Joan")
    assert whole.referrer.name == "Grove Road Surgery"
    assert whole.worker.name == "Dr Patel"
    assert whole.referral.source_type == "gp_practice"
    assert whole.referral.channel == "phone"
    assert whole.referral.who_pays == "nobody"
    assert whole.referral.report_back == "yes"
    assert whole.referral.reasons == {"loneliness"}
    assert whole.row.clock.due_on == this_day + dt.timedelta(days=10)
    assert whole.row.clock.line_on == this_day + dt.timedelta(days=14)

    # The page of the new referral has the usual step in hand: a place, on the register it named.
    wait_for(lambda: is_gone(program, "Record referral"), "the form to close")
    program.focus("Tuesday Movers")
    program.keys("space")
    program.focus("Offer a place")
    program.keys("Return")
    wait_for(lambda: stands(book, this_day, "Joan") is State.ACCEPTED, "the place to be offered")
    strokes = program.strokes
    program.picture("accepted")

    # Tonight she is ticked, and the referral has moved on by itself.
    wait_for(lambda: is_gone(program, "Offer a place"), "the step to close")
    program.focus("Tuesday Movers")
    program.keys("ctrl+1")
    program.keys("Tab", "space")
    program.type("mar")
    program.keys("Return")
    wait_for(lambda: stands(book, this_day, "Joan") is State.STARTED, "the first attendance")

    # The letter back: seen, saved, noted as sent. She agreed, so it tells that she came.
    program.keys("ctrl+4", "Return", "space")
    program.focus("Letter to the sender")
    letter = tmp_path / "reply.pdf"
    wait_for(lambda: asks_where_to_save(program), "the letter, and where to save it")
    program.type(str(letter))
    program.keys("Return")
    wait_for(letter.is_file, "the letter as a file")
    program.focus("Letter to the sender")
    program.keys("space")
    program.focus("Note as sent")
    program.keys("Return")
    wait_for(lambda: found(book, this_day, "Joan").letters, "the letter to be noted as sent")
    (sent,) = found(book, this_day, "Joan").letters
    assert sent.kind == "reply"
    assert sent.sent_on == this_day
    assert "Grove Road Surgery" in sent.sent_to
    printed = "\n".join(page.extract_text() for page in PdfReader(letter).pages)
    assert "Dear Dr Patel" in printed
    assert "They came on" in " ".join(printed.split())
    wait_for(lambda: is_gone(program, "Letter to the sender"), "the letter to close")

    # The next call, a first name only: we are full, and the reason is kept.
    program.focus("Tuesday Movers")
    before = program.strokes
    record(program, "Ken")
    program.keys("Return")
    wait_for(lambda: stands(book, this_day, "Ken") is State.RECEIVED, "the second referral")
    wait_for(lambda: is_gone(program, "Record referral"), "the form to close")
    program.focus("Tuesday Movers")
    program.keys("ctrl+4", "f")
    program.focus("Do not accept")
    program.keys("Return")
    wait_for(lambda: stands(book, this_day, "Ken") is State.NOT_ACCEPTED, "the answer")
    assert found(book, this_day, "Ken").row.reason == "full"
    wait_for(lambda: is_gone(program, "Do not accept"), "the step to close")
    program.focus("Tuesday Movers")
    program.picture("board")
    full = program.strokes - before
    program.quit()

    print(f"{strokes} keystrokes to record and accept, {full} to record and say that we are full")
    assert strokes <= MOST_STROKES
    assert full <= MOST_STROKES_FULL
    period = ("--from", this_day, "--to", this_day)
    figures = hallbook("figures", book, *period)
    assert "referrals" in figures.lower()
    assert hallbook("check", book)

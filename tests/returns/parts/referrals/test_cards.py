"""A capacity card says what there is, when, where, and honestly how many can come."""

import datetime as dt
import io

import pypdf
import pytest

from app.domain.activities import Activity, Repeat
from app.domain.capacity import Capacity
from app.domain.settings import Settings
from app.returns.options import ReturnOptions
from app.returns.parts.referrals.cards import room_of
from app.services import returns, settings
from tests import builders
from tests.returns.making import COUNTED, YEAR
from tests.returns.pdf import pdf_checks
from tests.returns.test_impact_report import text_of

TODAY = COUNTED.date()


def room(*, on_it=0, waiting=0, waits=(), **details):
    """Return what a card says of an activity's room."""
    activity = Activity(id=1, code="T", name="Tea", **details)
    return room_of(Capacity(activity=activity, on_it=on_it, waiting=waiting, waits=waits), TODAY)


def card(register, **details):
    """Print the cards; return the filled return and the PDF."""
    filled = returns.prepare(
        register, "capacity-card", ReturnOptions(counted_at=COUNTED, **details)
    )
    return filled, returns.render_pdf(filled).pdf


@pytest.mark.parametrize(
    ("details", "words", "full"),
    [
        ({"can_take": 4, "can_take_on": TODAY}, "We can take 4 more people", False),
        ({"can_take": 1, "can_take_on": TODAY}, "We can take 1 more person", False),
        ({"can_take": 0, "can_take_on": TODAY}, "Full at the moment", True),
        ({"capacity": 20, "on_it": 13}, "Room for 7 more", False),
        ({"capacity": 20, "on_it": 13, "waiting": 7}, "Full at the moment", True),
        ({"capacity": 12, "on_it": 13}, "Full at the moment", True),
        ({"capacity": 20}, "Ring us to ask for a place", True),
        ({"on_it": 13}, "Ring us to ask for a place", True),
        (
            {"capacity": 12, "on_it": 13, "can_take": 2, "can_take_on": TODAY},
            "We can take 2 more people",
            False,
        ),
    ],
)
def test_what_was_stated_stands_before_what_the_book_knows(details, words, full):
    said = room(**details)
    assert (said.words, said.full) == (words, full)


@pytest.mark.parametrize(
    ("details", "short"),
    [
        ({"can_take": 4, "can_take_on": TODAY}, "Room for 4"),
        ({"can_take": 0, "can_take_on": TODAY}, "Full"),
        ({"capacity": 20, "on_it": 13}, "Room for 7"),
        ({"capacity": 12, "on_it": 13}, "Full"),
        ({"on_it": 13}, "Ask us"),
    ],
)
def test_in_a_table_it_is_said_in_two_words(details, short):
    assert room(**details).short == short


def test_what_was_stated_is_dated():
    assert "27 October 2026" in room(can_take=4, can_take_on=dt.date(2026, 10, 27)).about


def test_how_many_wait_is_not_printed_only_that_somebody_does():
    about = room(can_take=0, can_take_on=TODAY, waiting=3, waits=(20, 21, 70)).about
    assert about.endswith("There is a waiting list. People usually wait about 3 weeks.")


@pytest.fixture
def club(register):
    """Two activities, one with everything said of it."""
    settings.save(register, Settings(group_name="Tea & Co", contact="Priya 07700 900142"))
    tea = builders.activity(register, place="Methodist hall", age_from=55, repeat=Repeat.WEEKLY)
    builders.activity(register, name="Art")
    with register.transaction("test"):
        register.update(
            "activity",
            tea.id,
            {
                "access": "Step-free; a hearing loop",
                "what_to_bring": "Nothing",
                "cost_to_come": "Free the first time, then £2",
                "can_take": 4,
                "can_take_on": "2026-10-27",
            },
        )
    return register, tea


def test_each_activity_has_its_card_with_everything_a_link_worker_asks(club):
    register, _ = club
    filled, pdf = card(register)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [[round(float(edge) / 72 * 25.4) for edge in page.mediabox[2:]] for page in pages] == [
        [148, 210]
    ] * 2
    read = text_of(pdf)
    for said in (
        "Tea Club", "We can take 4 more people", "27 October 2026", "Tuesdays, 2.00–4.00 pm",
        "Methodist hall", "Ages 55 and over", "Free the first time, then £2",
        "Step-free; a hearing loop", "Nothing", "Ring: Priya 07700 900142", "as of 4 November 2026",
        "Art", "Ring us to ask for a place",
    ):  # fmt: skip
        assert said in read
    assert [one["activity"] for one in filled.tables] == ["Art", "Tea Club"]
    assert any("nobody has said" in warning for warning in filled.warnings)


def test_one_activity_can_be_asked_for(club):
    register, tea = club
    filled, _ = card(register, activity_id=tea.id)
    assert [one["activity"] for one in filled.tables] == ["Tea Club"]


def test_the_card_keeps_the_standards_and_its_margins(club):
    register, _ = club
    filled, pdf = card(register)
    assert pdf_checks.standard_faults(pdf) == []
    assert pdf_checks.parent_tree_faults(pdf) == []
    assert pdf_checks.listening_faults(pdf) == []
    assert pdf_checks.document_faults(pdf, title=filled.title) == []
    assert pdf_checks.frame_faults(pdf, margin_mm=11) == []


def test_an_empty_book_has_a_page_that_says_so(register):
    filled, pdf = card(register)
    assert "No activities are written down yet." in text_of(pdf)
    assert filled.warnings


def test_a_period_is_not_used_and_said(club):
    register, _ = club
    filled, _ = card(register, period=YEAR, grant="X")
    assert "Capacity card does not use the period and the grant: they were left aside." in (
        filled.warnings
    )
    assert "4 November 2026" in filled.title

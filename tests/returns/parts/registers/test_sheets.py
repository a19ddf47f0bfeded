"""Printed sheets: everybody in the one order, a code on each page, room for walk-ins."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.attendance import Role
from app.domain.ids import SessionId
from app.domain.periods import Period
from app.domain.settings import Settings
from app.returns.filled import (
    Note,
    Orientation,
    PrivacyNote,
    SheetHead,
    Table,
    Tick,
    WriteLines,
    plain,
)
from app.returns.options import Copy
from app.services import activities, attendance, returns, settings
from tests import builders
from tests.returns.making import options

NOVEMBER = Period(first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 30))
CLUB = {"name": "Gentle Movement", "place": "Methodist hall", "leader": "Priya"}


@pytest.fixture
def club(register):
    """A class of four with a session on 3 November, and its register."""
    settings.save(register, Settings(group_name="Tuesday Movers", contact="07700 900123"))
    at = builders.session(register, of=builders.activity(register, **CLUB))
    for given, family in (("Zoë", "Brontë"), ("Shaheda", "Begum"), ("Łukasz", "Wiśniewski")):
        builders.mark(register, at, builders.person(register, given, family))
    return register


def sheets(register, **details):
    return returns.prepare(register, "attendance-sheet", options(period=NOVEMBER, **details))


def one_of(filled, kind):
    return next(block for block in filled.walk() if isinstance(block, kind))


def all_of(filled, kind):
    return [block for block in filled.walk() if isinstance(block, kind)]


def names(filled):
    return [row[2].text for table in all_of(filled, Table) for row in table.rows]


def test_the_head_says_which_session_it_is(club):
    head = one_of(sheets(club), SheetHead)
    assert head.title == "Gentle Movement"
    assert head.when == "Tuesday 3 November 2026"
    assert head.details == "2.00–4.00 pm · Methodist hall · leader Priya"
    assert (head.code, head.sheet) == ("GM-031126", "sheet 1 of 1")


def test_everybody_stands_in_the_order_in_which_they_are_entered(club):
    (session,) = activities.sessions_between(club, NOVEMBER)
    opened = attendance.open_register_of(club, session.id)
    filled = sheets(club)
    assert names(filled)[:3] == [line.list_name for line in opened.lines]
    assert names(filled)[:3] == ["Begum, Shaheda", "Brontë, Zoë", "Wiśniewski, Łukasz"]


def test_blank_rows_are_numbered_on(club):
    table = one_of(sheets(club), Table)
    assert [row[0].text for row in table.rows] == [str(n) for n in range(1, 10)]
    assert names(sheets(club))[3:] == [""] * 6
    assert all(row[1].tick is Tick.EMPTY for row in table.rows)
    settings.save(club, replace(settings.read(club), blank_rows=2))
    assert len(one_of(sheets(club), Table).rows) == 5


def test_rows_are_high_enough_to_write_in(club):
    assert one_of(sheets(club), Table).min_row_mm == 9


def test_guests_hours_and_notes_are_written_at_the_foot(club):
    filled = sheets(club)
    labels = [line.label for group in one_of(filled, WriteLines).lines for line in group]
    assert labels == ["Guests not named:", "Volunteers and hours:", "Notes:"]
    assert one_of(filled, PrivacyNote).text == (
        "We keep your name and visits to run the group and tell funders how many came. Ask to see "
        "or remove them: 07700 900123."
    )
    assert filled.foot == (
        "Tuesday Movers",
        "printed 4 November 2026, 09:30",
        "enter in this order",
    )


def test_without_a_contact_the_privacy_sentence_still_reads(club):
    settings.save(club, replace(settings.read(club), contact=""))
    assert one_of(sheets(club), PrivacyNote).text.endswith("Ask any of us to see or remove them.")


def test_what_people_are_called_their_script_and_role_stand_beside_the_name(register):
    at = builders.session(register)
    builders.mark(register, at, builders.person(register, "Muhammad", "Khan", known_as="Mo"))
    own = builders.person(register, "Gurpreet", "Kaur", own_script_name="ਗੁਰਪ੍ਰੀਤ ਕੌਰ")
    builders.mark(register, at, own)
    builders.mark(register, at, builders.person(register, "Ann", ""), role=Role.VOLUNTEER)
    assert names(sheets(register))[:3] == [
        "Ann · volunteer",
        "Kaur, Gurpreet · ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
        "Khan, Muhammad (Mo)",
    ]


def test_one_session_can_be_asked_for_without_a_period(club):
    activity = activities.list_activities(club)[0]
    at = builders.session(club, of=activity, day=dt.date(2026, 11, 10))
    filled = returns.prepare(
        club, "attendance-sheet", returns.ReturnOptions(session_id=SessionId(at.id))
    )
    assert [head.code for head in all_of(filled, SheetHead)] == ["GM-101126"]


def test_a_cancelled_session_has_no_sheet_and_that_is_said(club):
    activity = activities.list_activities(club)[0]
    at = builders.session(club, of=activity, day=dt.date(2026, 11, 10))
    activities.cancel_session(club, at, "hall_closed")
    filled = sheets(club)
    assert len(all_of(filled, SheetHead)) == 1
    assert (
        "Gentle Movement on Tue 10 Nov 2026 has no sheet: it was cancelled (hall closed)."
        in filled.warnings
    )


def test_a_period_without_sessions_says_so_on_paper(register):
    filled = sheets(register)
    assert "There are no sessions in this period." in filled.warnings
    assert returns.render_pdf(filled).pages == 1


def test_long_registers_have_a_head_on_every_page(register):
    at = builders.session(register)
    for number in range(60):
        builders.mark(register, at, builders.person(register, f"Name {number:02}", "Family"))
    filled = sheets(register)
    heads = [head.sheet for head in all_of(filled, SheetHead)]
    assert heads == ["sheet 1 of 3", "sheet 2 of 3", "sheet 3 of 3"]
    assert returns.render_pdf(filled).pages == 3
    rows = [row[0].text for table in all_of(filled, Table) for row in table.rows]
    assert rows == [str(number) for number in range(1, 67)]


def test_names_of_two_hundred_letters_stay_on_their_pages(register):
    at = builders.session(register)
    for number in range(30):
        long = f"{number:02} " + "Featherstonehaugh " * 10
        builders.mark(register, at, builders.person(register, long.strip(), "Woodcraft"))
    filled = sheets(register)
    assert returns.render_pdf(filled).pages == len(all_of(filled, SheetHead))


def test_the_order_is_frozen_when_a_sheet_was_printed(club):
    filled = sheets(club)
    assert returns.keep_printed_order(club, filled) == 1
    (session,) = activities.sessions_between(club, NOVEMBER)
    late = builders.person(club, "Ann", "Aardvark")
    builders.mark(club, session, late)
    opened = attendance.open_register_of(club, session.id)
    assert [line.list_name for line in opened.lines][-1] == "Aardvark, Ann"
    assert names(sheets(club))[:4] == [line.list_name for line in opened.lines]


def test_a_return_without_sheets_freezes_nothing(club):
    assert returns.keep_printed_order(club, returns.prepare(club, "impact-report", options())) == 0


# --- the leader's copy ------------------------------------------------------------------------


@pytest.fixture
def sealed(register):
    """A register with what the leader must know."""
    at = builders.session(register, of=builders.activity(register, **CLUB))
    ann = builders.person(register, "Ann", "Abbot", what_helps="Sits near the door")
    kim = builders.person(register, "Kim", "Kent")
    sid = builders.person(register, "Sid", "Shaw")
    with register.transaction("contacts"):
        for place, (who, name, relationship, phone) in enumerate(
            [(ann, "Bea Abbot", "Sister", "07700 900001"), (ann, "Cal", "", "01632 960002")], 1
        ):
            register.insert(
                "emergency_contact",
                {
                    "id": place,
                    "person_id": who,
                    "position": place,
                    "name": name,
                    "relationship": relationship,
                    "phone": phone,
                },
            )
        register.insert(
            "guardian",
            {"id": 9, "person_id": kim, "name": "Pat Kent", "phone": "07700 900009"},
        )
        register.insert(
            "person_access",
            {"person_id": sid, "access_needs": "Uses a wheelchair", "health": "Private matter"},
        )
    for who in (ann, kim, sid):
        builders.mark(register, at, who)
    return register


def leader_rows(register):
    filled = sheets(register, copy=Copy.LEADER)
    return [[cell.text for cell in row] for row in one_of(filled, Table).rows]


def test_the_leaders_copy_has_contacts_help_and_access(sealed):
    assert leader_rows(sealed) == [
        [
            "1",
            "Abbot, Ann",
            "Bea Abbot (sister)\n07700\u00a0900001\nCal\n01632\u00a0960002",
            "Sits near the door",
            "",
            "first visit",
        ],
        ["2", "Kent, Kim", "Pat Kent (parent or carer)\n07700\u00a0900009", "", "", "first visit"],
        ["3", "Shaw, Sid", "nobody given", "", "Uses a wheelchair", "first visit"],
    ]


def test_health_stays_where_it_is(sealed):
    assert "Private matter" not in str(leader_rows(sealed))


def test_the_leaders_copy_is_apart_and_marked_sealed(sealed):
    filled = sheets(sealed, copy=Copy.LEADER)
    assert plain(one_of(filled, Note).runs).startswith("Sealed: keep with the leader.")
    assert filled.foot[-1] == "sealed: keep with the leader"
    assert filled.orientation is Orientation.LANDSCAPE
    assert one_of(filled, SheetHead).sheet == "leader’s copy, sheet 1 of 1"


def test_the_sign_in_copy_tells_none_of_it(sealed):
    said = repr(sheets(sealed)) + str(
        [row for t in all_of(sheets(sealed), Table) for row in t.rows]
    )
    assert "900001" not in said
    assert "wheelchair" not in said


def test_the_leaders_copy_is_in_the_same_rows(sealed):
    signed = one_of(sheets(sealed), Table).rows
    assert [row[1] for row in leader_rows(sealed)] == [row[2].text for row in signed[:3]]


def test_who_has_not_been_seen_is_told_to_the_leader(register):
    club = builders.activity(register, **CLUB)
    ann = builders.person(register, "Ann", "Abbot")
    bea = builders.person(register, "Bea", "Bell")
    for day in (6, 13, 20, 27):
        at = builders.session(register, of=club, day=dt.date(2026, 10, day))
        builders.mark(register, at, bea)
        if day == 6:
            builders.mark(register, at, ann)
    builders.session(register, of=club, day=dt.date(2026, 11, 3))
    assert [row[-1] for row in leader_rows(register)] == ["not here for 3", ""]

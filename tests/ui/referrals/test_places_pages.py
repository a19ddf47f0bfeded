"""Funded places in the window: agreements, people with a place, single sessions, Home, a person."""

import datetime as dt
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.places import AgreementDraft, AgreementKind, PlaceDraft
from app.services import people, places
from app.ui.referrals.places_agreement_dialog import AgreementDialog
from app.ui.referrals.places_agreement_page import place_columns
from app.ui.referrals.places_bars import BAR_ROLE, BarsModel
from app.ui.referrals.places_give_dialog import EndPlaceDialog, GivePlaceDialog
from app.ui.referrals.places_page import agreement_columns, look_at_columns
from app.ui.referrals.places_sessions_dialog import PlaceSessionsDialog, PlaceSessionsModel
from app.ui.tables.rows_model import RowsModel
from tests.conftest import TODAY
from tests.ui.rooms import open_agreement, settle


@pytest.fixture
def stack(frame):
    frame.go_to("referrals")
    return frame.referrals


@pytest.fixture
def page(frame):
    shown = open_agreement(frame)
    settle()
    return shown


def shown(window, kind):
    """Return the one dialog that is open."""
    settle()
    (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert isinstance(dialog, kind)
    return dialog


def test_agreements_say_what_services_say(stack, frame):
    stack.open_places()
    settle()
    wanted = places.agreement_standings(frame.book.register, today=TODAY)
    assert stack.places.agreements.rows == wanted
    place = next(n for n, one in enumerate(wanted) if one.count.granted)
    bar = stack.places.agreements.index(place, 4).data(BAR_ROLE)
    assert bar == (wanted[place].count.used, wanted[place].count.granted)


def test_whose_place_ends_or_is_used_up_is_told_on_home_and_leads_there(frame, qtbot):
    register = frame.book.register
    held = open_agreement(frame).places.rows
    soon = next(one for one in held if one.count.left and one.last_on and one.last_on >= TODAY)
    last = TODAY + dt.timedelta(days=9)
    frame.book.commands.run(lambda: places.end_place(register, soon.place_id, last, today=TODAY))
    number = len(places.expiring_places(register, today=TODAY))
    number += len(places.out_of_places(register, today=TODAY))
    assert number
    frame.go_to("home")
    line = frame.home.places
    qtbot.waitUntil(line.isVisible)
    assert line.title.text().startswith(f"{number} funded place")
    line.button.click()
    settle()
    assert frame.referrals.page is frame.referrals.places
    assert len(frame.referrals.places.look_at.rows) == number


def test_agreement_is_written_down_with_the_keyboard_and_opens(window, stack, frame):
    stack.open_places()
    stack.places.add_button.click()
    dialog = shown(window, AgreementDialog)
    dialog.save_button.click()
    assert dialog.fields["funder"].problem
    QTest.keyClicks(dialog.funder, "The surgery")
    dialog.kind.setCurrentIndex(dialog.kind.findData(AgreementKind.CONTRACT.value))
    assert dialog.fields["quarterly_pence"].isVisible()
    QTest.keyClicks(dialog.quarterly, "1250.50")
    QTest.keyClicks(dialog.units, "twelve")
    dialog.save_button.click()
    assert "twelve" in dialog.fields["units_each"].problem
    dialog.units.setText("12")
    QTest.keyClick(dialog.units, Qt.Key.Key_Return)
    settle()
    assert stack.page is stack.agreement
    kept = stack.agreement.standing.agreement
    assert (kept.funder, kept.quarterly_pence, kept.units_each) == ("The surgery", 125_050, 12)
    frame.book.history.undo()
    settle()
    assert stack.page is stack.places, "what is gone is not shown"


def test_changing_an_agreement_shows_and_keeps_everything(window, page):
    before = page.standing.agreement
    page.change_button.click()
    dialog = shown(window, AgreementDialog)
    assert dialog._read([]) == _draft_of(before)
    dialog.reference.setText("NEW-1")
    dialog.save_button.click()
    settle()
    assert page.standing.agreement.reference == "NEW-1"


def _draft_of(agreement):
    return AgreementDraft(**{f.name: getattr(agreement, f.name) for f in fields(AgreementDraft)})


def test_place_is_given_to_who_is_typed_and_care_is_said_once(window, stack, frame, reread):
    draft = _draft_of(open_agreement(frame).standing.agreement)
    new = replace(
        draft, reference="CARE-1", places=None, age_from=11, age_to=100, parent_consent=True,
        source_types=(), activities=(), to_on=None,
    )  # fmt: skip
    agreement = places.save_agreement(frame.book.register, new, today=TODAY).ids[0]
    stack.open_agreement(agreement)
    stack.agreement.give_button.click()
    dialog = shown(window, GivePlaceDialog)
    dialog.save_button.click()
    assert dialog.fields["person_id"].problem
    register = frame.book.register
    row = next(
        one
        for one in people.list_people(register).rows
        if not places.parent_agreed(register, one.id, TODAY) and not one.known_as
    )
    QTest.keyClicks(dialog.person, f"{row.given_name} {row.family_name}")
    QTest.keyClick(dialog.person, Qt.Key.Key_Down)
    QTest.keyClick(dialog.person, Qt.Key.Key_Return)
    settle()
    assert dialog._person_id == row.id
    dialog.save_button.click()
    assert [f.problem for f in dialog.fields.values() if f.problem] == []
    assert "parent or carer" in dialog.notice.text.lower()
    assert dialog.isVisible()
    dialog.save_button.click()
    settle()
    assert not [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert reread("SELECT person_id FROM funded_place WHERE agreement_id = :a", {"a": agreement})
    assert [one.person_id for one in stack.agreement.places.rows] == [row.id]


def test_place_ends_on_a_day_and_the_bin_takes_it_back(window, page, frame):
    name = page.place.place_id
    page.end_button.click()
    dialog = shown(window, EndPlaceDialog)
    dialog.last.setText("1 Jan 2016")
    dialog.save_button.click()
    assert dialog.fields["to_on"].problem
    dialog.last.show_day(TODAY)
    dialog.save_button.click()
    settle()
    assert places.get_place(frame.book.register, name).to_on == TODAY
    before = len(page.places.rows)
    page.bin_place_button.click()
    settle()
    assert len(page.places.rows) == before - 1
    page.notice.acted.emit("undo")
    settle()
    assert len(page.places.rows) == before


def test_session_is_corrected_with_space_and_its_reason_and_let_be_again(window, page, frame):
    register = frame.book.register
    place = next(one for one in page.places.rows if one.count.sessions > 1)
    dialog = PlaceSessionsDialog(frame.book, place, window)
    dialog.open()
    settle()
    at = next(n for n, one in enumerate(dialog.model.rows) if one.used and one.said is None)
    dialog.table.setCurrentIndex(dialog.model.index(at, 1))
    dialog.why.setText("A taster")
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    settle()
    (one,) = [s for s in places.sessions_of_place(register, place.place_id) if s.why == "A taster"]
    assert (one.said, one.used) == (False, False)
    assert dialog.model.rows[at] == one
    assert dialog.why.text() == "A taster"
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    settle()
    again = dialog.model.rows[at]
    assert (again.said, again.used, again.why) == (None, True, "")
    dialog.accept()


def test_person_page_shows_their_place_and_gives_one(window, frame):
    register = frame.book.register
    place = places.places_under(register, open_agreement(frame).standing.agreement.id, today=TODAY)[
        0
    ]
    frame.open_person(place.person_id)
    section = frame.people.person.part("referrals").places
    assert place in section.model.rows
    section.give_button.click()
    dialog = shown(window, GivePlaceDialog)
    assert not dialog.person.isEnabled()
    assert dialog.agreement.count() > 0


def test_give_from_a_referral_offers_it(window, stack, frame):
    row = frame.book.register.rows("SELECT id, person_id FROM referral WHERE binned_at IS NULL")[0]
    stack.give_place(row["person_id"], row["id"])
    dialog = shown(window, GivePlaceDialog)
    assert dialog.referral.currentData() == row["id"]
    assert isinstance(dialog._read([]), PlaceDraft)


def test_models_pass_qts_model_tester(qtmodeltester, frame):
    book = frame.book
    found = places.agreement_standings(book.register, today=TODAY)
    under = max(found, key=lambda one: one.given).agreement.id
    held = places.places_under(book.register, under, today=TODAY)
    sessions = places.sessions_of_place(book.register, held[0].place_id)
    bars = BarsModel(agreement_columns(book), lambda one: (one.count.used, one.count.granted))
    own = BarsModel(place_columns(book), lambda one: (one.count.used, one.count.granted))
    for model, rows in (
        (bars, found),
        (own, held),
        (RowsModel(look_at_columns(book)), held),
        (PlaceSessionsModel(), sessions),
    ):
        qtmodeltester.check(model)
        model.set_rows(rows)
        qtmodeltester.check(model)
        assert model.rowCount() == len(rows) > 0


def test_nothing_yet_is_said_with_the_way_to_begin(tea_frame, empty_window):
    tea_frame.go_to("referrals")
    stack = tea_frame.referrals
    stack.open_places()
    settle()
    assert stack.places.empty.isVisible()
    assert stack.places.empty.button.hasFocus()
    stack.places.empty.button.click()
    settle()
    dialog = shown(empty_window, AgreementDialog)
    assert dialog.first.day() == dt.date(2026, 11, 3)

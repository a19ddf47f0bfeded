"""Settings and Home: how long things are kept, what is due, the logs of requests, breaches, consents."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.consents import ConsentDraft
from app.domain.people import ConsentPurpose
from app.domain.rights import BreachDraft, RequestDraft
from app.services import consents, people, retention, rights
from app.ui.rights.breach_dialog import BreachDialog
from app.ui.rights.due_dialog import DueDialog
from app.ui.rights.paper_dialog import NoticeDialog, PaperDialog
from app.ui.rights.rights_dialog import RightsDialog
from app.ui.rights.rule_dialog import RuleDialog
from tests import builders
from tests.conftest import TODAY
from tests.ui.test_accessibility import nameless, reachable


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def over(window, kind):
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


@pytest.fixture
def register(frame):
    return frame.book.register


@pytest.fixture
def long_ago(register):
    """Three people who were last here in 2021."""
    found = []
    for name in ("Abe", "Bob", "Cid"):
        person = builders.person(register, name, "Quillpretend")
        with register.transaction("test"):
            register.update("person", person, {"joined_on": "2021-03-01"})
        found.append(person)
    register.take_step()
    return found


@pytest.fixture
def page(frame):
    frame.go_to("settings")
    return frame.settings


# --- how long things are kept ----------------------------------------------------------------


def row_of(card, kind):
    return next(at for at, one in enumerate(card.model.rows) if one.kept.id == kind)


def test_rule_is_changed_shown_and_put_back(window, frame, register, page):
    card = page.retention
    card.table.setCurrentIndex(card.model.index(row_of(card, "people"), 0))
    assert not card.back.isVisible()
    press(card.change)
    form = over(window, RuleDialog)
    form.months.setText("two years")
    press(form.save_button)
    assert "whole number of months" in form.fields["months"].problem
    form.months.setText("30")
    form.reason.setPlainText("Our policy of May")
    press(form.save_button)
    row = card.model.rows[row_of(card, "people")]
    assert (row.own, row.kept.months) == (True, 30)
    assert "two years and six months" in card.why.text()
    press(card.back)
    assert not card.model.rows[row_of(card, "people")].own
    frame.book.history.undo()
    assert card.model.rows[row_of(card, "people")].kept.months == 30


def open_due(qtbot, window, page):
    press(page.retention.due)
    dialog = over(window, DueDialog)
    qtbot.waitUntil(lambda: not dialog.notice.text.startswith("Looking"), timeout=10_000)
    return dialog


def test_young_book_has_nothing_due(qtbot, window, page, register):
    ended = retention.due(register, TODAY)
    dialog = open_due(qtbot, window, page)
    assert bool(dialog.model.rows) == bool(ended)


def test_those_ticked_are_made_nameless_in_one_go_and_the_rest_stay(
    qtbot, window, frame, register, page, long_ago
):
    dialog = open_due(qtbot, window, page)
    mine = [at for at, one in enumerate(dialog.model.rows) if one.due.person_id in long_ago]
    assert len(mine) == 3
    kept = dialog.model.rows[mine[0]].due.person_id
    for at, row in enumerate(dialog.model.rows):
        if row.due.person_id not in long_ago or at == mine[0]:
            dialog.model.turn(at)
    dialog.table.setFocus()
    dialog._name_button()
    assert dialog.go_button.text() == "Make 2 people nameless…"
    window.shelf.messages.answers = [True]
    press(dialog.go_button)
    qtbot.waitUntil(lambda: dialog.notice.text.startswith("Done"), timeout=20_000)
    assert window.shelf.messages.asked[-1] == "Make 2 people nameless?"
    named = {one for one in long_ago if not people.get_person(register, one).nameless}
    assert named == {kept}
    assert frame.book.history.undo_text == ""
    qtbot.waitUntil(lambda: not dialog._gathering.running, timeout=10_000)
    assert [one.due.person_id for one in dialog.model.rows if one.due.person_id in long_ago] == [
        kept
    ]


def test_no_is_no(qtbot, window, register, page, long_ago):
    dialog = open_due(qtbot, window, page)
    window.shelf.messages.answers = [False]
    press(dialog.go_button)
    assert not any(people.get_person(register, one).nameless for one in long_ago)


def test_stopping_leaves_whole_people(qtbot, window, register, page, long_ago):
    dialog = open_due(qtbot, window, page)
    window.shelf.messages.answers = [True]
    press(dialog.go_button)
    press(dialog.stop_button)
    qtbot.waitUntil(lambda: dialog.notice.text.startswith("Stopped"), timeout=10_000)
    assert register.value("SELECT count(*) FROM person WHERE anonymised_at IS NULL") > 0
    assert register.full_check() == ()


def test_enter_shows_who_is_due(qtbot, window, frame, page, long_ago):
    dialog = open_due(qtbot, window, page)
    at = next(n for n, one in enumerate(dialog.model.rows) if one.due.person_id in long_ago)
    dialog.table.setCurrentIndex(dialog.model.index(at, 1))
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert frame.people.person.person.id in long_ago


def test_space_ticks_and_the_button_counts(qtbot, window, page, long_ago):
    dialog = open_due(qtbot, window, page)
    before = len(dialog.ticked)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert len(dialog.ticked) == before - 1
    assert str(before - 1) in dialog.go_button.text()


# --- logs ------------------------------------------------------------------------------------


def test_logs_open_from_settings_on_their_part(window, page):
    for key, button in page.rights.logs.items():
        press(button)
        dialog = over(window, RightsDialog)
        assert dialog.tabs.key == key
        assert nameless(dialog) == []
        assert dialog.close_button in set(reachable(dialog))
        dialog.reject()


def test_papers_open_from_settings(qtbot, window, page):
    for button in page.rights.papers.values():
        press(button)
        dialog = over(window, NoticeDialog)
        qtbot.waitUntil(lambda made=dialog: made.preview.current is not None, timeout=20_000)
        dialog.reject()


def test_breach_is_noted_printed_and_settled(qtbot, window, register, page):
    press(page.rights.logs["breaches"])
    dialog = over(window, RightsDialog)
    press(dialog.breaches.add)
    form = over(window, BreachDialog)
    press(form.save_button)
    assert form.fields["what"].problem
    form.what.setPlainText("A bag with two sign-in sheets was left on the bus.")
    form.people.setText("many")
    press(form.save_button)
    assert form.fields["people"].problem
    form.people.setText("23")
    form.noticed.day_line.setText("2 Nov 2026")
    form.noticed.time_line.setText("quarter past")
    press(form.save_button)
    assert "time" in form.fields["noticed_at"].problem
    form.noticed.time_line.setText("21:15")
    press(form.save_button)
    (breach,) = rights.list_breaches(register)
    assert breach.noticed_at.astimezone().strftime("%d %H:%M") == "02 21:15"
    assert len(dialog.breaches.model.rows) == 1
    press(dialog.breaches.paper)
    paper = over(window, PaperDialog)
    qtbot.waitUntil(lambda: paper.preview.current is not None, timeout=20_000)
    paper.reject()
    press(dialog.breaches.change)
    form = over(window, BreachDialog)
    form.why_not_told.setText("First names only, found after an hour")
    press(form.save_button)
    assert rights.list_breaches(register)[0].settled
    press(dialog.breaches.bin)
    assert rights.list_breaches(register) == ()


def test_log_of_consents_leads_to_the_person(window, frame, page):
    press(page.rights.logs["consents"])
    dialog = over(window, RightsDialog)
    rows = dialog.consents.model.rows
    assert rows
    assert dialog.consents.told.text().startswith("The newest")
    press(dialog.consents.show_button)
    assert frame.people.person.person.id == rows[0].person_id


# --- home ------------------------------------------------------------------------------------


@pytest.fixture
def asked(register, long_ago):
    draft = RequestDraft(person_id=long_ago[0], received_on=dt.date(2026, 10, 20))
    rights.save_request(register, draft, today=TODAY)
    breach = BreachDraft(what="a stick", noticed_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    rights.save_breach(register, breach, now=dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    draft = ConsentDraft(purpose=ConsentPurpose.PHOTOS, asked_on=dt.date(2022, 1, 1))
    consents.add(register, long_ago[1], draft, today=TODAY)
    register.take_step()


def test_home_says_what_presses_what_is_due_and_what_to_ask_again(qtbot, window, frame, asked):
    frame.home.reload()
    home = frame.home
    for line in (home.asked, home.kept_long, home.renew):
        qtbot.waitUntil(line.isVisible, timeout=20_000)
    assert "1 request about people’s own data" in home.asked.title.text()
    assert "17 days left" in home.asked.aside.text()
    assert "due for deletion" in home.kept_long.title.text()
    assert "to ask again" in home.renew.title.text()
    press(home.asked.button)
    dialog = over(window, RightsDialog)
    assert dialog.tabs.key == "requests"
    dialog.reject()
    press(home.renew.button)
    dialog = next(one for one in window.findChildren(RightsDialog) if one.isVisible())
    assert dialog.consents.which.currentData() == "renew"
    dialog.reject()
    press(home.kept_long.button)
    over(window, DueDialog).reject()


def test_every_control_of_the_dialogs_has_a_name(qtbot, window, page, long_ago):
    dialog = open_due(qtbot, window, page)
    assert nameless(dialog) == []
    assert {dialog.table, dialog.go_button, dialog.close_button} <= set(reachable(dialog))

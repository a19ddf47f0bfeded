"""On a person's page: what is held on them, their requests, and taking the name out, on a real file."""

import datetime as dt

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.domain.rights import RequestKind
from app.services import activities, people, registers, rights
from app.services.registers import Register
from app.ui.rights.my_data_dialog import MyDataDialog
from app.ui.rights.nameless_dialog import NamelessDialog
from app.ui.rights.paper_dialog import NoticeDialog, PaperDialog
from app.ui.rights.request_dialog import RequestDialog
from tests.conftest import TODAY


def busiest(frame):
    """Return somebody of whom much is known."""
    return frame.book.register.value(
        "SELECT p.id FROM person p JOIN referral r ON r.person_id = p.id JOIN attendance a"
        " ON a.person_id = p.id WHERE p.merged_into IS NULL AND p.binned_at IS NULL"
        " AND p.family_name <> '' GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT 1"
    )


@pytest.fixture
def person(frame):
    return people.get_person(frame.book.register, busiest(frame))


@pytest.fixture
def part(frame, person):
    frame.open_person(person.id)
    frame.people.person.tabs.show_part("rights")
    return frame.people.person.part("rights")


def dialog_of(window, kind):
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def made(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.preview.current is not None, timeout=20_000)


# --- what do you hold on me? -----------------------------------------------------------------


def test_pages_are_shown_saved_and_the_request_noted(qtbot, window, frame, part, person, tmp_path):
    press(qtbot, part.held)
    dialog = dialog_of(window, MyDataDialog)
    made(qtbot, dialog)
    assert rights.list_requests(frame.book.register) == ()
    pages = tmp_path / "mine.pdf"
    window.shelf.messages.answers = [pages]
    press(qtbot, dialog.save_button)
    printed = " ".join(page.extract_text() for page in PdfReader(pages).pages)
    assert person.family_name in printed
    assert "two years after the last time we saw" in " ".join(printed.split())
    (request,) = rights.list_requests(frame.book.register, person.id)
    assert (request.kind, request.received_on, request.open) == (RequestKind.ACCESS, TODAY, True)
    assert "30 days left" in dialog.notice.text
    press(qtbot, dialog.save_button)
    assert len(rights.list_requests(frame.book.register)) == 1
    assert [row.id for row in part.requests.model.rows] == [request.id]


def test_that_they_have_it_is_the_answer(qtbot, window, frame, part, person, tmp_path):
    press(qtbot, part.held)
    dialog = dialog_of(window, MyDataDialog)
    made(qtbot, dialog)
    press(qtbot, dialog.given_button)
    form = dialog_of(window, RequestDialog)
    assert form.outcome.text()
    press(qtbot, form.save_button)
    (request,) = rights.list_requests(frame.book.register, person.id)
    assert (request.answered_on, request.outcome) == (TODAY, "Gave them the pages.")
    assert not dialog.isVisible()


def test_consent_form_and_privacy_notice_are_offered(qtbot, window, part):
    for button in part.notices.values():
        press(qtbot, button)
        dialog = dialog_of(window, NoticeDialog)
        made(qtbot, dialog)
        assert dialog.preview.current.sizes
        dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(NoticeDialog))


# --- requests --------------------------------------------------------------------------------


def test_request_is_noted_answered_and_taken_away(qtbot, window, frame, part, person):
    press(qtbot, part.requests.add)
    form = dialog_of(window, RequestDialog)
    assert form.person.text() == person.full_name
    form.kind.setCurrentIndex(form.kind.findData("complaint"))
    form.days["received_on"].setText("1/11/26")
    press(qtbot, form.save_button)
    (request,) = rights.list_requests(frame.book.register, person.id)
    assert (request.kind, request.received_on) == (RequestKind.COMPLAINT, dt.date(2026, 11, 1))
    press(qtbot, part.requests.change)
    form = dialog_of(window, RequestDialog)
    press(qtbot, form.save_button)
    assert "a few words" in form.fields["outcome"].problem
    form.outcome.setText("Said sorry")
    press(qtbot, form.save_button)
    assert not rights.list_requests(frame.book.register, person.id)[0].open
    press(qtbot, part.requests.bin)
    assert rights.list_requests(frame.book.register, person.id) == ()
    frame.book.history.undo()
    assert len(part.requests.model.rows) == 1


def test_days_that_cannot_be_are_said_beside_their_fields(qtbot, window, part):
    press(qtbot, part.requests.add)
    form = dialog_of(window, RequestDialog)
    form.days["received_on"].setText("yesterweek")
    press(qtbot, form.save_button)
    assert "could not be read" in form.fields["received_on"].problem
    form.person.setText("Nobody")
    form.days["received_on"].setText("1/11/26")
    form.person.wanted.emit("Nobody")
    press(qtbot, form.save_button)
    assert form.fields["person_id"].problem
    form.done(QDialog.DialogCode.Rejected)


# --- taking the name out ---------------------------------------------------------------------


def make_nameless(qtbot, window, part, *, yes=True):
    window.shelf.messages.answers = [yes]
    press(qtbot, part.nameless)
    dialog = dialog_of(window, NamelessDialog)
    press(qtbot, dialog.go_button)
    return dialog


def test_it_is_asked_with_how_many_and_who_and_no_means_no(qtbot, window, frame, part, person):
    make_nameless(qtbot, window, part, yes=False)
    assert window.shelf.messages.asked[-1] == f"Make 1 person nameless: {person.full_name}?"
    assert people.get_person(frame.book.register, person.id).full_name == person.full_name


def test_name_is_taken_out_and_nothing_can_bring_it_back(qtbot, window, frame, part, person):
    activity = activities.list_activities(frame.book.register)[0]
    frame.book.commands.run(
        lambda: people.take_off_activity(frame.book.register, (person.id,), activity.id, TODAY)
    )
    assert frame.book.history.undo_text
    dialog = make_nameless(qtbot, window, part)
    qtbot.waitUntil(lambda: not dialog.copies.told.text().startswith("Looking"), timeout=20_000)
    assert frame.book.history.undo_text == ""
    page = frame.people.person
    assert page.head.title.text() == "(name taken out)"
    assert not any(
        button.isVisible()
        for button in (
            page.edit_button,
            page.left_button,
            page.bin_button,
            part.held,
            part.nameless,
        )
    )
    assert page.tabs.key == "rights"
    assert "nothing can be changed" in part.gone.text()
    assert frame.people.list is not None
    found = people.list_people(frame.book.register, person.family_name, left_too=True).rows
    assert person.id not in {row.id for row in found}
    press(qtbot, dialog.paper_button)
    paper = dialog_of(window, PaperDialog)
    made(qtbot, paper)
    assert person.family_name not in str(paper.preview.current.filled)
    paper.reject()
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(NamelessDialog))
    press(qtbot, part.paper)
    dialog_of(window, PaperDialog).reject()


def test_copies_from_before_are_listed_with_their_folder(qtbot, window, frame, part):
    book = frame.book.register.path
    copy = book.with_name(f"{book.stem} 2026-10-01 21.04.hallbook")
    copy.write_bytes(book.read_bytes())
    dialog = make_nameless(qtbot, window, part)
    qtbot.waitUntil(lambda: dialog.copies.model.rows != (), timeout=20_000)
    assert copy in {one.path for one in dialog.copies.model.rows}
    assert "until they are thinned" in dialog.copies.told.text()
    press(qtbot, dialog.copies.open_folder)
    assert window.shelf.messages.opened == [book.parent]


def test_text_with_the_name_opens(qtbot, window, frame, part, person):
    register = frame.book.register
    session = register.value("SELECT id FROM session WHERE state = 'held' ORDER BY id LIMIT 1")
    with register.transaction("test"):
        register.update("session", session, {"notes": f"{person.full_name} brought the kettle."})
    register.take_step()
    press(qtbot, part.nameless)
    dialog = dialog_of(window, NamelessDialog)
    assert "brought the kettle" in dialog.model.rows[0].text
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert frame.page is frame.sessions
    assert frame.sessions.currentWidget() is frame.sessions.register


def test_next_person_has_every_part_again(qtbot, window, frame, part, person):
    dialog = make_nameless(qtbot, window, part)
    dialog.reject()
    other = frame.book.register.value(
        "SELECT id FROM person WHERE anonymised_at IS NULL AND merged_into IS NULL LIMIT 1"
    )
    frame.open_person(other)
    page = frame.people.person
    assert page.tabs.key == "about"
    assert page.about.isVisible()
    assert all(page.tabs.bar.isTabVisible(place) for place in range(page.tabs.bar.count()))
    assert page.edit_button.isVisible()


def test_every_change_is_on_the_disk(qtbot, window, frame, part, person):
    dialog = make_nameless(qtbot, window, part)
    dialog.reject()
    with registers.open_register(frame.book.register.path, write=False) as other:
        assert isinstance(other, Register)
        assert people.get_person(other, person.id).nameless

"""An import through the window: nothing unseen, nothing unconfirmed, undone whole."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.services import imports, people, registers
from app.services.imports import SET_ASIDE
from tests.ui.imports.conftest import PEOPLE, go_to, settled
from tests.ui.test_accessibility import nameless

SAMPLES = Path(__file__).parents[2] / "data" / "importers" / "attendance"


def counts(frame):
    return registers.info(frame.book.register).counts


def test_file_is_read_and_its_table_shown(wizard, messy):
    dialog = wizard(messy[0])
    assert dialog.step is dialog.table_step
    assert "row 3" in dialog.table_step.about.text()
    heads = [row for row in dialog.table_step.table.model().rows if row.is_head]
    assert [row.cells[1] for row in heads] == ["Surname"]


def test_nothing_goes_on_until_every_column_is_confirmed(wizard, messy, qtbot):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.columns_step, qtbot)
    dialog.next.click()
    assert dialog.step is dialog.columns_step
    assert "5 columns are not confirmed yet" in dialog.notice.text
    for row in dialog.columns_step.rows:
        row.right.click()
    dialog.next.click()
    settled(dialog, qtbot)
    assert dialog.step is dialog.dates_step


def test_order_of_dates_is_said_with_its_evidence(wizard, messy, qtbot):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.dates_step, qtbot)
    assert "day first, because dates such as 17/9" in dialog.dates_step.about.text()
    assert "20 sessions of Gentle Movement" in dialog.dates_step.found.text()


def test_import_is_carried_out_and_undone_whole(wizard, messy, qtbot, tea_frame):
    path, attended = messy
    dialog = wizard(path)
    go_to(dialog, dialog.preview_step, qtbot)
    assert len(dialog.preview_step.table.model().rows) == 5
    assert counts(tea_frame)["people"] == 0, "nothing is written before the last press"
    dialog.next.click()
    settled(dialog, qtbot)
    assert dialog.step is dialog.report_step
    assert counts(tea_frame)["attendances"] == attended
    assert counts(tea_frame)["people"] == len(PEOPLE)
    assert tea_frame.book.history.undo_text == f"import {path.name}"
    dialog.report_step.undo.click()
    assert counts(tea_frame) == dict.fromkeys(counts(tea_frame), 0)
    tea_frame.book.history.redo()
    assert counts(tea_frame)["attendances"] == attended


def test_back_keeps_every_answer(wizard, messy, qtbot):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.columns_step, qtbot)
    row = next(r for r in dialog.columns_step.rows if r.group.header == "Tel")
    row.choice.setCurrentIndex(row.choice.findData(SET_ASIDE))
    go_to(dialog, dialog.people_step, qtbot)
    for _ in range(3):
        dialog.back.click()
    assert dialog.step is dialog.columns_step
    again = {r.group.header: (r.answer, r.right.isChecked()) for r in dialog.columns_step.rows}
    assert again["Tel"] == (SET_ASIDE, True)
    assert again["Surname"] == ("family_name", True)


def test_changed_mark_changes_what_is_counted(wizard, messy, qtbot, tea_frame):
    path, attended = messy
    dialog = wizard(path)
    go_to(dialog, dialog.marks_step, qtbot)
    yes = next(row for row in dialog.marks_step.rows if row.written == "yes")
    yes.choice.setCurrentIndex(yes.choice.findData("absent"))
    go_to(dialog, dialog.report_step, qtbot)
    assert counts(tea_frame)["attendances"] < attended
    assert counts(tea_frame)["marks"] == attended


def test_likely_doubles_are_joined_only_when_somebody_says_so(wizard, messy, qtbot, tea_frame):
    register, today = tea_frame.book.register, tea_frame.book.today()
    draft = people.PersonDraft(given_name="Sian", family_name="O'Conor", phone="07700 900103")
    people.save_new(register, draft, today=today)
    dialog = wizard(messy[0])
    go_to(dialog, dialog.people_step, qtbot)
    assert [p.right[0][1] for p in dialog.people_step.model.rows] == ["Sian O'Conor"]
    QTest.keyClick(dialog.people_step.table, Qt.Key.Key_J)
    assert dialog.people_step.model.rows[0].joined
    QTest.keyClick(dialog.people_step.table, Qt.Key.Key_K)
    assert not dialog.people_step.model.rows[0].joined
    QTest.keyClick(dialog.people_step.table, Qt.Key.Key_Return)
    go_to(dialog, dialog.report_step, qtbot)
    assert counts(tea_frame)["people"] == len(PEOPLE), "one of the file is the one of the book"


def test_order_of_dates_is_asked_where_nothing_tells(wizard, tmp_path, qtbot, tea_frame):
    book = openpyxl.Workbook()
    book.active.append(["Name", "Joined"])
    for number, name in enumerate(("Ann Lee", "Bo Ray", "Cy Fox"), start=1):
        book.active.append([name, f"0{number}/0{number + 2}/2024"])
    path = tmp_path / "members.xlsx"
    book.save(path)
    dialog = wizard(path)
    go_to(dialog, dialog.dates_step, qtbot)
    dialog.next.click()
    assert dialog.step is dialog.dates_step
    assert "day or the month" in dialog.notice.text
    dialog.dates_step.orders.buttons()[0].click()
    go_to(dialog, dialog.report_step, qtbot)
    ann = people.list_people(tea_frame.book.register, "Ann").rows[0]
    joined = people.get_person(tea_frame.book.register, ann.id).joined_on
    assert joined.isoformat() == "2024-03-01"


def test_year_is_asked_where_dates_have_none(wizard, tmp_path, qtbot, tea_frame):
    book = openpyxl.Workbook()
    book.active.append(["Name", "5 Sep", "12 Sep", "19 Sep"])
    book.active.append(["Ann Lee", "x", "x", ""])
    book.active.append(["Bo Ray", "x", "", "x"])
    path = tmp_path / "register.xlsx"
    book.save(path)
    dialog = wizard(path)
    go_to(dialog, dialog.dates_step, qtbot)
    dialog.dates_step.year.setText("20x4")
    dialog.next.click()
    assert "such as 2024" in dialog.dates_step.year_field.problem
    assert dialog.dates_step.year.text() == "20x4", "what is typed stays"
    dialog.dates_step.year.setText("2024")
    go_to(dialog, dialog.report_step, qtbot)
    assert registers.info(tea_frame.book.register).first_session == "2024-09-05"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 not a table", b"PK\x03\x04 broken"])
def test_refused_file_says_its_one_sentence_in_place(wizard, tmp_path, content):
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)
    dialog = wizard(path)
    assert dialog.step is dialog.file_step
    assert "odd.xlsx" in dialog.notice.text
    assert dialog.file_step.choose.isEnabled()


def test_answers_are_remembered_only_when_asked(wizard, messy, qtbot, tea_frame, empty_window):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.columns_step, qtbot)
    row = next(r for r in dialog.columns_step.rows if r.group.header == "Tel")
    row.choice.setCurrentIndex(row.choice.findData(SET_ASIDE))
    go_to(dialog, dialog.preview_step, qtbot)
    dialog.preview_step.remember.click()
    dialog.next.click()
    settled(dialog, qtbot)
    dialog.report_step.undo.click()
    dialog.accept()
    again = wizard(messy[0])
    assert "brought in before" in again.notice.text
    go_to(again, again.columns_step, qtbot)
    tel = next(r for r in again.columns_step.rows if r.group.header == "Tel")
    assert tel.answer == SET_ASIDE
    assert not tel.right.isChecked(), "it is still to be confirmed"


@pytest.mark.parametrize("ending", [".txt", ".csv", ".xlsx"])
def test_report_is_saved_as_a_file(wizard, messy, qtbot, tmp_path, messages, ending):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.report_step, qtbot)
    path = tmp_path / f"report{ending}"
    messages.answers.append(path)
    dialog.report_step.save.click()
    assert path.stat().st_size > 0
    if ending != ".xlsx":
        assert "a total or count" in path.read_text(encoding="utf-8-sig")


def test_report_that_cannot_be_written_is_said_in_place(wizard, messy, qtbot, tmp_path, messages):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.report_step, qtbot)
    messages.answers.append(tmp_path / "nowhere" / "report.txt")
    dialog.report_step.save.click()
    assert "could not be written" in dialog.report_step.notice.text


def test_reading_is_stopped_when_asked(empty_window, tea_frame, messy, qtbot):
    tea_frame.start_import(messy[0])
    dialog = next(d for d in empty_window.findChildren(QDialog) if d.isVisible())
    dialog.foot.stop.click()
    settled(dialog, qtbot)
    assert dialog.step is dialog.file_step
    assert dialog.next.isEnabled()


def test_leaving_asks_before_answers_are_lost(wizard, messy, qtbot, messages):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.dates_step, qtbot)
    messages.answers.append(False)
    dialog.reject()
    assert messages.asked[-1] == "Leave this import?"
    assert dialog.isVisible()


def test_every_control_of_every_step_has_a_name(wizard, messy, qtbot):
    dialog = wizard(messy[0])
    last = dialog.steps[-1]
    for step in dialog.steps[1:]:
        if step is last or step.wanted(dialog.reading):
            go_to(dialog, step, qtbot)
            assert nameless(dialog) == [], step.title


def test_import_list_takes_one_out_and_says_what_stayed(
    wizard, messy, qtbot, tea_frame, empty_window, messages
):
    dialog = wizard(messy[0])
    go_to(dialog, dialog.report_step, qtbot)
    dialog.accept()
    tea_frame.show_imports()
    shown = next(d for d in empty_window.findChildren(QDialog) if d.isVisible())
    messages.answers.append(True)
    shown.take_out.click()
    assert "Taken out" in shown.notice.text
    assert counts(tea_frame)["people"] == 0
    assert not shown.take_out.isEnabled()
    assert nameless(shown) == []
    assert [
        run.removed_at is not None for run in imports.list_imports(tea_frame.book.register)
    ] == [True]


def test_name_of_300_letters_is_listed_and_the_rest_comes_in(wizard, tmp_path, qtbot, tea_frame):
    path = tmp_path / "long.csv"
    path.write_text("Name,Phone\n" + "A" * 300 + ",07700 900001\nBo Ray,07700 900002\n", "utf-8")
    dialog = wizard(path)
    go_to(dialog, dialog.report_step, qtbot)
    assert counts(tea_frame)["people"] >= 1


@pytest.fixture
def odd_answers(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text(
        "Name,Ethnic group,Sex,Role\nAnn Lee,White,F,Trustee\nBo Ray,White,M,\nCy Fox,Irish,F/M?,Volunteer\n",
        "utf-8",
    )
    return path


def test_answer_that_is_not_known_is_given_a_meaning(wizard, odd_answers, qtbot, tea_frame):
    dialog = wizard(odd_answers)
    go_to(dialog, dialog.values_step, qtbot)
    assert nameless(dialog) == []
    shown = [(v.header, v.written, v.count) for v, _ in dialog.values_step.rows]
    assert shown == [("Ethnic group", "White", 2), ("Role", "Trustee", 1), ("Sex", "F/M?", 1)]
    row = dialog.values_step.rows[0][1]
    row.choice.setCurrentIndex(row.choice.findData("white_british"))
    go_to(dialog, dialog.preview_step, qtbot)
    dialog.back.click()
    settled(dialog, qtbot)
    while dialog.step is not dialog.values_step:
        dialog.back.click()
    assert dialog.values_step.rows[0][1].answer == "white_british", "it can be changed again"
    go_to(dialog, dialog.preview_step, qtbot)
    dialog.preview_step.remember.click()
    go_to(dialog, dialog.report_step, qtbot)
    register = tea_frame.book.register
    kept = {
        row.list_name: people.get_person(register, row.id)
        for row in people.list_people(register, "").rows
    }
    assert [kept[name].ethnicity for name in sorted(kept)] == [
        "white_irish", "white_british", "white_british",
    ]  # fmt: skip
    assert kept["Fox, Cy"].sex == "not_asked"
    assert [row[4] for row in dialog.report_step.model.rows] == ["F/M?"]


def test_meaning_of_an_answer_is_remembered(wizard, odd_answers, qtbot):
    dialog = wizard(odd_answers)
    go_to(dialog, dialog.values_step, qtbot)
    row = dialog.values_step.rows[1][1]
    row.choice.setCurrentIndex(row.choice.findData("leader"))
    go_to(dialog, dialog.preview_step, qtbot)
    dialog.preview_step.remember.click()
    go_to(dialog, dialog.report_step, qtbot)
    dialog.accept()
    again = wizard(odd_answers)
    go_to(again, again.values_step, qtbot)
    assert again.values_step.rows[1][1].answer == "leader"


def test_marks_that_are_not_known_are_listed_with_their_count(wizard, tmp_path, qtbot, tea_frame):
    path = tmp_path / "register.csv"
    path.write_text(
        "Name,1/9/2025,8/9/2025,15/9/2025,22/9/2025\nAnn Lee,/,H,/,H\nBo Ray,/,H,/,/\n", "utf-8"
    )
    dialog = wizard(path)
    go_to(dialog, dialog.marks_step, qtbot)
    unknown = [row for row in dialog.marks_step.rows if not row.answer]
    assert [row.written for row in unknown] == ["h"]
    assert "3 times" in unknown[0]._count.text()
    unknown[0].choice.setCurrentIndex(unknown[0].choice.findData("apology"))
    go_to(dialog, dialog.report_step, qtbot)
    assert counts(tea_frame)["attendances"] == 5
    assert counts(tea_frame)["marks"] == 8


def test_headcounts_come_in_as_people_without_names(wizard, qtbot, tea_frame):
    path = SAMPLES / "headcounts_by_kind.xlsx"
    dialog = wizard(path)
    go_to(dialog, dialog.columns_step, qtbot)
    total = next(row for row in dialog.columns_step.rows if row.group.header == "Total")
    assert total.answer == "guests"
    go_to(dialog, dialog.preview_step, qtbot)
    rows = [row.cells for row in dialog.preview_step.table.model().rows]
    assert rows[0] == ("Thu 6 Mar 2025", "Lunch", "Held", "15")
    go_to(dialog, dialog.report_step, qtbot)
    assert counts(tea_frame)["people"] == 0
    assert [row["guests"] for row in sessions_of(tea_frame)] == [15, 9, 21]


def sessions_of(frame):
    return frame.book.register.rows("SELECT guests FROM session ORDER BY session_on")


def test_dates_down_the_side_are_said_to_be_so(wizard, qtbot, tea_frame):
    dialog = wizard(SAMPLES / "dates_down.csv")
    assert "dates down the side" in dialog.table_step.about.text()
    go_to(dialog, dialog.report_step, qtbot)
    assert counts(tea_frame)["people"] == 4
    where = [row[2:5] for row in dialog.report_step.model.rows if row[0] == "To look at"]
    assert where == [("7", "E", "zz")], "the place is as in the sheet"


def test_headings_with_nothing_under_them_are_said_in_place(wizard, tmp_path):
    path = tmp_path / "head.csv"
    path.write_text("Name,Phone\n", "utf-8")
    dialog = wizard(path)
    assert "Nothing stands under these headings" in dialog.table_step.about.text()
    dialog.next.click()
    assert dialog.step is dialog.table_step
    assert "nothing to bring in" in dialog.notice.text


# --- referrals ---------------------------------------------------------------------------------

REFERRALS = SAMPLES.parent / "referrals" / "platform_export.csv"


def test_a_list_of_referrals_is_known_and_brought_in_and_undone_whole(wizard, qtbot, tea_frame):
    dialog = wizard(REFERRALS)
    assert dialog.file_step.kind.currentData() == "referrals"
    go_to(dialog, dialog.dates_step, qtbot)
    assert "10 referrals, received from Tue 3 Mar 2026" in dialog.dates_step.found.text()
    go_to(dialog, dialog.preview_step, qtbot)
    model = dialog.preview_step.table.model()
    assert [c.title for c in model.columns] == [
        "Person", "Received", "From", "For", "Why", "How it stands",
    ]  # fmt: skip
    assert model.rows[0].cells == (
        "Ada Birch", "Tue 3 Mar 2026", "Riverside Surgery", "Art Group",
        "Loneliness or isolation, Low mood or anxiety", "Accepted, Mon 9 Mar 2026",
    )  # fmt: skip
    assert "9 new referrals" in dialog.preview_step.lines.text()
    assert "3 organisations and 2 workers" in dialog.preview_step.lines.text()
    register = tea_frame.book.register
    assert register.value("SELECT count(*) FROM referral") == 0
    go_to(dialog, dialog.report_step, qtbot)
    assert register.value("SELECT count(*) FROM referral") == 9
    dialog.report_step.undo.click()
    for table in ("referral", "referral_step", "referrer", "referrer_worker", "person"):
        assert register.value(f"SELECT count(*) FROM {table}") == 0, table


def test_a_list_of_referrals_needs_the_column_of_its_days(wizard, qtbot):
    dialog = wizard(REFERRALS)
    go_to(dialog, dialog.columns_step, qtbot)
    row = next(r for r in dialog.columns_step.rows if r.group.header == "Referral date")
    row.choice.setCurrentIndex(row.choice.findData(SET_ASIDE))
    dialog.columns_step.all_right.click()
    assert dialog.step is dialog.columns_step
    assert "the day a referral was received" in dialog.notice.text


def test_what_a_word_means_in_a_list_of_referrals_is_said_in_the_wizard(wizard, qtbot, tea_frame):
    dialog = wizard(REFERRALS)
    go_to(dialog, dialog.values_step, qtbot)
    row = next(r for _, r in dialog.values_step.rows if r.written == "Stargazing")
    assert row.choice.currentText() == "Only in its notes"
    row.choice.setCurrentIndex(row.choice.findData("loneliness"))
    go_to(dialog, dialog.report_step, qtbot)
    found = tea_frame.book.register.row(
        "SELECT r.notes, x.reason FROM referral r JOIN referral_reason x ON x.referral_id = r.id"
        " WHERE r.reference = 'R-1006'"
    )
    assert tuple(found) == ("", "loneliness")


@pytest.mark.parametrize("size", [100, 200])
def test_table_and_columns_have_one_scroll_bar_and_no_second_round_it(
    wizard, messy, qtbot, empty_window, size
):
    empty_window.shelf.looks.set_text_size(size)
    dialog = wizard(messy[0])
    for step in (dialog.table_step, dialog.columns_step):
        go_to(dialog, step, qtbot)
        dialog.resize(empty_window.width() - 32, empty_window.height() - 32)
        qtbot.wait(1)
        outer = dialog.stack.parentWidget().parentWidget()
        assert outer.verticalScrollBar().maximum() == 0, step.title

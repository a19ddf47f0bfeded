"""The writing of an import: the window answers, rows are counted, and stopping leaves no trace."""

import datetime as dt
import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer

from app.domain.errors import Cancelled, RegisterLocked
from app.services import imports, people
from app.ui.imports.import_dialog import ImportDialog
from app.ui.imports.reading import Stage, reader
from app.ui.jobs import JobContext
from tests import builders
from tests.disks import stick
from tests.ui.imports.conftest import go_to, settled

__all__ = ["stick"]


@pytest.fixture
def long_list(tmp_path):
    """A year of a list of attendances: 120 people, fifty days."""
    path = tmp_path / "long.csv"
    first = dt.date(2024, 1, 3)
    rows = [
        f"{first + dt.timedelta(weeks=week):%d/%m/%Y},Person{_letters(number)} Tester,Present"
        for week in range(50)
        for number in range(120)
    ]
    path.write_text("Date,Name,Mark\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def _letters(number):
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def write_and(act, dialog, qtbot):
    """Press Import, do something once some of it is written, and wait until it is over."""
    go_to(dialog, dialog.preview_step, qtbot)
    dialog.next.click()
    acted = []

    def once(done, _total):
        if done and not acted:
            acted.append(done)
            act()

    dialog._writing.progressed.connect(once)
    settled(dialog, qtbot)
    assert acted


def test_rows_are_counted_while_they_are_written(wizard, long_list, qtbot):
    dialog = wizard(long_list)
    said = []
    go_to(dialog, dialog.preview_step, qtbot)
    dialog.next.click()
    dialog._writing.progressed.connect(lambda *_: said.append(dialog.foot.doing.text()))
    settled(dialog, qtbot)
    assert dialog.step is dialog.report_step
    assert any(" of 6,170 rows" in text for text in said), said[:3]
    assert len(set(said)) > 1


def test_window_answers_while_an_import_is_written(wizard, long_list, qtbot):
    dialog = wizard(long_list)
    go_to(dialog, dialog.preview_step, qtbot)
    beats, timer = [], QTimer(dialog)
    timer.setInterval(0)
    timer.timeout.connect(lambda: beats.append(time.thread_time()))
    dialog.next.click()
    timer.start()
    settled(dialog, qtbot)
    gaps = sorted(b - a for a, b in pairwise(beats))
    assert len(beats) > 2
    # Each slice is 20 ms of its own work, whatever else the computer does; the end of the transaction is allowed for.
    assert gaps[len(gaps) // 2] < 0.1


def test_stopping_the_writing_leaves_the_book_as_it_was(wizard, long_list, qtbot, tea_frame):
    register = tea_frame.book.register
    draft = people.PersonDraft(given_name="Personaaa", family_name="Tester")
    people.save_new(register, draft, today=tea_frame.book.today())
    register.take_step()
    before, undo = builders.dump(register), tea_frame.book.history.undo_text
    dialog = wizard(long_list)
    write_and(dialog.foot.stop.click, dialog, qtbot)
    assert builders.dump(register) == before
    assert tea_frame.book.history.undo_text == undo
    assert dialog.step is dialog.preview_step
    assert "Nothing was brought in" in dialog.notice.text
    dialog.next.click()
    settled(dialog, qtbot)
    assert dialog.report_step.report.marks == 6_000, "it can be begun again"


def test_escape_while_writing_stops_it_and_changes_nothing(wizard, long_list, qtbot, tea_frame):
    before = builders.dump(tea_frame.book.register)
    dialog = wizard(long_list)
    write_and(dialog.reject, dialog, qtbot)
    assert dialog.isVisible()
    assert builders.dump(tea_frame.book.register) == before


def test_changes_after_a_stopped_import_can_still_be_undone(wizard, long_list, qtbot, tea_frame):
    dialog = wizard(long_list)
    write_and(dialog.foot.stop.click, dialog, qtbot)
    book = tea_frame.book
    before = builders.dump(book.register)
    draft = people.PersonDraft(given_name="Ada")
    book.commands.run(lambda: people.save_new(book.register, draft, today=book.today()))
    book.history.undo()
    assert builders.dump(book.register) == before


def test_nothing_else_is_written_meanwhile(wizard, long_list, qtbot, tea_frame):
    dialog, book, draft = wizard(long_list), tea_frame.book, people.PersonDraft(given_name="Ada")
    said = []

    def add_somebody():
        with pytest.raises(RegisterLocked) as refused:
            people.save_new(book.register, draft, today=book.today())
        said.append(str(refused.value))

    write_and(add_somebody, dialog, qtbot)
    assert "large change is being written" in said[0]
    assert dialog.report_step.report.people == 120


def test_full_disk_half_way_leaves_the_book_as_it_was(
    empty_window, register_file, long_list, stick, qtbot
):
    path = stick.path / "tea.hallbook"
    path.write_bytes(register_file.read_bytes())
    assert empty_window.shelf.open_path(path)
    frame = empty_window.frame
    before = builders.dump(frame.book.register)
    frame.start_import(long_list)
    dialog = next(d for d in empty_window.findChildren(ImportDialog) if d.isVisible())
    settled(dialog, qtbot)
    go_to(dialog, dialog.preview_step, qtbot)
    stick.fill()
    dialog.next.click()
    settled(dialog, qtbot)
    assert dialog.step is dialog.preview_step
    assert "no room left" in dialog.notice.text
    assert builders.dump(frame.book.register) == before
    stick.free()
    dialog.next.click()
    settled(dialog, qtbot)
    assert dialog.step is dialog.report_step


def test_reading_counts_rows_too(long_list, today):
    stage, said = Stage(), []
    context = JobContext(lambda *_: said.append(stage.now))
    work = reader(long_list, "", imports.Options(today=today), (), stage=stage)
    head, *rows = long_list.read_text("utf-8").splitlines()
    long_list.write_text("\n".join([head, *rows * 24]), "utf-8")
    work(context)
    counted = [(done, total) for words, done, total in said if words == "Reading its rows"]
    assert (0, 0) in counted
    assert any(0 < done <= total for done, total in counted), said


def test_reading_is_stopped_between_rows(long_list, today):
    context = JobContext(lambda *_: context.stop())
    with pytest.raises(Cancelled):
        reader(long_list, "attendance", imports.Options(today=today), ())(context)


def test_writing_in_slices_and_at_once_are_the_same(register, today, long_list):
    prepared = imports.prepare(register, "attendance", long_list, imports.Options(today=today))
    writing = imports.write_in_slices(register, prepared)
    steps = []
    try:
        while True:
            steps.append(next(writing))
    except StopIteration as end:
        report = end.value
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert steps[-1].done == steps[-1].total == 6_170
    imports.undo_import(register, report.import_id)
    again = imports.carry_out(register, prepared)
    assert (again.people, again.marks, again.sessions) == (120, 6_000, 50)
    assert (report.people, report.marks, report.sessions) == (120, 6_000, 50)

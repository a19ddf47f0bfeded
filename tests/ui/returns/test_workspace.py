"""Write a return in the real window: words, numbers as chips, saving, undo, rows that open records."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog

from app.domain.periods import Period
from app.services import activities, people
from app.services.returns import answers, drafts
from app.services.returns.proof import Record, RecordKind
from app.ui.opening import open_record
from app.ui.returns.answer_editor import AnswerEditor, Face
from tests.conftest import TODAY
from tests.ui.returns.conftest import counted, draft_of
from tests.ui.turns import Turns


def write(qtbot, page, text):
    page.answer.take_keyboard()
    qtbot.keyClicks(page.answer.text, text)


def kept(page):
    whole = drafts.get(page.book.register, page.draft_id)
    return {name: one.text for name, one in whole.answers.items()}


def dialog_of(window):
    return next(d for d in window.findChildren(QDialog) if d.isVisible())


def to_chip(page):
    """Put the caret beside the first chip of the answer."""
    page.answer.text.setFocus()
    page.answer.put_caret(0)
    page.answer.put_caret(1)


# --- writing and saving ------------------------------------------------------------------------


def test_what_is_typed_is_saved_after_a_pause(workspace, qtbot):
    workspace.go_to_question("learning")
    write(qtbot, workspace, "We learned to ask.")
    qtbot.waitUntil(lambda: kept(workspace).get("learning") == "We learned to ask.", timeout=5000)


def test_what_is_typed_is_saved_when_another_page_is_shown(workspace, frame, qtbot):
    workspace.go_to_question("learning")
    write(qtbot, workspace, "In haste")
    frame.go_to("people")
    assert kept(workspace)["learning"] == "In haste"


def test_what_is_typed_is_saved_when_the_book_is_closed(workspace, window, qtbot):
    from app.services import registers

    workspace.go_to_question("learning")
    write(qtbot, workspace, "Last words")
    path, draft_id = workspace.book.register.path, workspace.draft_id
    window.close_book()
    with registers.open_register(path, write=False) as register:
        assert drafts.get(register, draft_id).answers["learning"].text == "Last words"


def test_typing_is_one_step_to_take_back_and_comes_back_into_the_pane(workspace, frame, qtbot):
    workspace.go_to_question("plans")
    write(qtbot, workspace, "We go on")
    workspace.settle()
    write(qtbot, workspace, " next year.")
    workspace.settle()
    assert kept(workspace)["plans"] == "We go on next year."
    frame.book.history.undo()
    assert "plans" not in kept(workspace)
    assert workspace.answer.source == ""
    frame.book.history.redo()
    assert workspace.answer.source == "We go on next year."


def test_two_drafts_keep_their_places(workspace, frame, qtbot):
    first = workspace.draft_id
    workspace.go_to_question("challenges")
    workspace.answer.put_caret(7)
    frame.returns.open_draft(draft_of(frame, "small-grant").id)
    assert workspace.question == "need"
    frame.returns.open_draft(first)
    assert (workspace.question, workspace.answer.caret) == ("challenges", 7)


def test_a_draft_that_goes_into_the_bin_is_left(workspace, qtbot):
    register, draft_id = workspace.book.register, workspace.draft_id
    with qtbot.waitSignal(workspace.left):
        workspace.book.commands.run(lambda: drafts.put_in_bin(register, draft_id))


# --- chips -------------------------------------------------------------------------------------


def test_a_number_in_an_answer_is_a_chip_that_shows_what_is_counted(workspace):
    workspace.go_to_question("difference")
    people_shown = workspace.draft.filled.places["{people}"].text
    assert workspace.answer.text.printed.startswith(f"{people_shown} different people came")
    assert workspace.answer.source.startswith("{people} different people came")
    assert workspace.answer.text.accessibleDescription() == workspace.answer.text.printed


def test_one_backspace_takes_a_chip_away_and_undo_brings_it_back(workspace, qtbot):
    workspace.go_to_question("difference")
    before = workspace.answer.source
    workspace.answer.text.setFocus()
    workspace.answer.put_caret(1)
    qtbot.keyClick(workspace.answer.text, Qt.Key.Key_Backspace)
    assert workspace.answer.source == before.removeprefix("{people}")
    workspace.answer.text.undo()
    assert workspace.answer.source == before


def test_a_chip_is_marked_with_the_keyboard_and_copied_as_words(workspace, qtbot):
    workspace.go_to_question("difference")
    workspace.answer.text.setFocus()
    workspace.answer.put_caret(0)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(workspace.answer.text, Qt.Key.Key_Right, shift)
    workspace.answer.text.copy()
    assert QGuiApplication.clipboard().text() == workspace.draft.filled.places["{people}"].text
    qtbot.keyClick(workspace.answer.text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    workspace.answer.text.paste()
    assert workspace.answer.source.endswith("{people}")


def test_a_place_that_is_typed_out_becomes_a_chip(workspace, qtbot):
    workspace.go_to_question("learning")
    write(qtbot, workspace, "So {people} came")
    assert workspace.answer.source == "So {people} came"
    assert "\ufffc" in workspace.answer.text.toPlainText()
    workspace.settle()
    counted(qtbot, workspace)
    shown = workspace.draft.filled.places["{people}"].text
    assert workspace.answer.text.printed == f"So {shown} came"


def test_a_stray_brace_stays_and_is_warned_of(workspace, qtbot):
    workspace.go_to_question("learning")
    write(qtbot, workspace, "a { b {nobody} c")
    workspace.settle()
    counted(qtbot, workspace)
    assert kept(workspace)["learning"] == "a { b {nobody} c"
    assert "nobody" in workspace.answer.warnings.text()


def test_pasted_words_are_plain(looks, qtbot):
    editor = AnswerEditor(looks)
    qtbot.addWidget(editor)
    data = QMimeData()
    data.setHtml("<b>Bold</b> <img src='x'>")
    data.setText("Bold\r\nand\tmore\x00 \ufffc{ {people}")
    editor.insertFromMimeData(data)
    assert editor.source == "Bold\nand more { {people}"


def test_a_long_answer_goes_in_and_out_unchanged(looks, qtbot):
    editor = AnswerEditor(looks)
    qtbot.addWidget(editor)
    text = "\n\n".join(f"Paragraph {n}: {{people}} came, " + "word " * 95 for n in range(50))
    editor.show_answer(text, lambda piece: Face(shown="41", name=piece.name))
    assert editor.source == text


# --- limits, warnings --------------------------------------------------------------------------


def test_words_are_counted_as_one_types(workspace, qtbot):
    workspace.go_to_question("learning")
    write(qtbot, workspace, "it's B&YC")
    assert workspace.answer.used.text() == "4 of 150 words, 146 left"
    assert "plainly 2" in workspace.answer.counts.text()


def test_an_answer_over_its_limit_says_so_in_the_list_and_under_it(workspace, qtbot):
    workspace.go_to_question("learning")
    workspace.answer.insert("word " * 160)
    assert workspace.answer.used.text() == "160 of 150 words, 10 too many"
    workspace.settle()
    counted(qtbot, workspace)
    part = next(one for one in workspace.parts if one.question == "learning")
    assert "over its limit" in part.text
    assert "10 words over" in workspace.answer.warnings.text()


def test_a_warning_leads_to_its_question(workspace):
    workspace.questions.question_wanted.emit("publicity")
    assert workspace.question == "publicity"
    assert workspace.answer.text.hasFocus()


def test_an_answer_is_marked_done_and_typing_makes_it_begun_again(workspace, qtbot):
    workspace.go_to_question("challenges")
    workspace.answer.done.click()
    assert drafts.get(workspace.book.register, workspace.draft_id).answers["challenges"].is_done
    write(qtbot, workspace, "More. ")
    workspace.settle()
    assert not workspace.answer.done.isChecked()


def test_our_suggestion_is_offered_and_can_be_begun_with(workspace):
    workspace.go_to_question("how_counted")
    assert "our own sentence" in workspace.answer.notice.text
    workspace.answer.notice.acted.emit("use")
    assert "{people:" in workspace.answer.source
    workspace.settle()
    assert "{people:" in kept(workspace)["how_counted"]


# --- where numbers come from -------------------------------------------------------------------


def test_the_rows_behind_a_chip_are_shown_and_open_a_person(workspace, frame, qtbot):
    workspace.go_to_question("difference")
    to_chip(workspace)
    qtbot.waitUntil(lambda: workspace.proof.behind is not None, timeout=20_000)
    proof = workspace.proof.behind.proof
    shown = workspace.draft.filled.places["{people}"].text
    assert len(proof.rows) == int(shown) == workspace.proof.rows.rowCount()
    row = workspace.proof.rows.row_at(0)
    assert row.records[0].kind is RecordKind.PERSON
    workspace.proof.table.setFocus()
    qtbot.keyClick(workspace.proof.table, Qt.Key.Key_Return)
    QApplication.processEvents()
    person = people.get_person(frame.book.register, row.records[0].id)
    assert frame.people.page.person.id == person.id
    assert frame.returns.way_back.isVisible()
    frame.book.commands.run(lambda: people.put_in_bin(frame.book.register, person.id))
    qtbot.keyClick(frame.window(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: frame.page is frame.returns)
    assert frame.returns.page is workspace
    assert workspace.question == "difference"
    assert frame.window().focusWidget() is workspace.proof.table
    assert workspace.proof.place == 0
    assert not frame.returns.way_back.isVisible()
    gone = int(shown) - 1  # what was changed there is counted again
    qtbot.waitUntil(lambda: len(workspace.proof.behind.proof.rows) == gone, timeout=20_000)
    frame.go_to("people")
    assert not frame.returns.way_back.isVisible()


def test_the_way_back_leaves_a_register_its_own_keys(workspace, frame):
    session = activities.sessions_between(frame.book.register, Period(first=TODAY, last=TODAY))[0]
    open_record(frame, Record(kind=RecordKind.SESSION, id=session.id))
    back = frame.returns.way_back
    assert back.isVisible()
    assert back.shortcut().toString() == "Alt+Shift+Left"
    back.click()
    assert frame.returns.page is workspace


def test_numbers_of_a_part_from_the_book_can_be_chosen(workspace, qtbot):
    place = next(n for n, part in enumerate(workspace.parts) if part.title == "Who came")
    workspace._on_chosen(place)
    assert workspace.answer.part.numbers > 5
    workspace.answer.part.choose(workspace.answer.part.numbers - 1)
    qtbot.waitUntil(lambda: workspace.proof.behind is not None, timeout=20_000)
    assert workspace.proof.behind.proof.rows


def test_hidden_numbers_are_listed_with_the_reason(workspace):
    assert "hidden" in workspace.proof.hidden_part.button.text()
    from app.services.returns.shown import hidden_numbers

    found = hidden_numbers(workspace.draft.filled)
    assert found
    assert all(one.why for one in found)


def test_a_change_of_the_book_changes_the_chip(workspace, qtbot):
    workspace.go_to_question("difference")
    before = int(workspace.draft.filled.places["{people}"].text)
    register = workspace.book.register
    workspace.go_to_question("difference")
    to_chip(workspace)
    qtbot.waitUntil(lambda: workspace.proof.behind is not None, timeout=20_000)
    person = workspace.proof.rows.row_at(0).records[0].id
    workspace.book.commands.run(lambda: people.put_in_bin(register, person))
    counted(qtbot, workspace)
    assert int(workspace.draft.filled.places["{people}"].text) == before - 1
    assert workspace.answer.text.printed.startswith(str(before - 1))


# --- putting in --------------------------------------------------------------------------------


def test_a_figure_is_found_by_typing_and_put_in_with_enter(workspace, window, qtbot):
    workspace.go_to_question("learning")
    write(qtbot, workspace, "We met ")
    workspace.answer.figure.click()
    dialog = dialog_of(window)
    qtbot.keyClicks(dialog.search, "sessions held")
    assert dialog.in_hand.key == "sessions_held"
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert workspace.answer.source == "We met {sessions_held}"


def test_a_part_of_a_figure_is_put_in(workspace, window, qtbot):
    workspace.go_to_question("learning")
    workspace.answer.figure.click()
    dialog = dialog_of(window)
    qtbot.keyClicks(dialog.search, "people")
    dialog.cut.setCurrentIndex(dialog.cut.findData("age"))
    dialog.cut.activated.emit(dialog.cut.currentIndex())
    qtbot.waitUntil(lambda: "[" in (dialog.in_hand.key if dialog.in_hand else ""), timeout=20_000)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert workspace.answer.source.startswith("{people/age")
    workspace.settle()
    counted(qtbot, workspace)
    assert workspace.draft.filled.places[workspace.answer.source].source.figure == "people"


def test_a_table_gets_a_line_of_its_own(workspace, window, qtbot):
    workspace.go_to_question("learning")
    write(qtbot, workspace, "Who came:")
    workspace.answer.table.click()
    dialog = dialog_of(window)
    qtbot.keyClicks(dialog.search, "people")
    dialog.cut.setCurrentIndex(dialog.cut.findData("age"))
    key = dialog.in_hand.key
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert workspace.answer.source == f"Who came:\n{{table:{key}/age}}\n"
    workspace.settle()
    counted(qtbot, workspace)
    assert not workspace.answer.warnings.isVisible()


def test_only_quotes_with_consent_can_be_taken(workspace, window):
    workspace.go_to_question("story")
    workspace.answer.quote.click()
    dialog = dialog_of(window)
    refused = [one for one in dialog.rows.rows if one.why_not]
    may = [one for one in dialog.rows.rows if not one.why_not]
    assert refused
    assert may
    dialog.table.setCurrentIndex(dialog.rows.index(dialog.rows.rows.index(refused[0]), 0))
    assert not dialog.take_button.isEnabled()
    assert refused[0].why_not in dialog.more.text()
    dialog.table.setCurrentIndex(dialog.rows.index(dialog.rows.rows.index(may[0]), 0))
    dialog.take_button.click()
    assert workspace.answer.source.startswith(f"{{quote:{may[0].key}}}")


# --- earlier answers ---------------------------------------------------------------------------


def test_an_answer_is_kept_and_used_again(workspace, window, qtbot):
    workspace.go_to_question("challenges")
    text = workspace.answer.source
    workspace.answer.keep.click()
    dialog = dialog_of(window)
    dialog.name_line.setText("The hall")
    dialog.save_button.click()
    assert [
        one.text for one in answers.bank(workspace.book.register) if one.name == "The hall"
    ] == [text]
    workspace.go_to_question("learning")
    workspace.answer.bank.click()
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    qtbot.keyClicks(dialog.search, "The hall")
    assert text in dialog.reading.toPlainText()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert workspace.answer.source == text
    workspace.book.history.undo()
    assert workspace.answer.source == ""


def test_last_times_answer_is_offered(workspace, frame, window, qtbot):
    register, draft_id = frame.book.register, workspace.draft_id
    done = frame.book.commands.run(lambda: drafts.start_again(register, draft_id=draft_id))
    frame.returns.open_draft(done.ids[0])
    workspace.go_to_question("challenges")
    workspace.answer.earlier.click()
    dialog = dialog_of(window)
    assert dialog.rows.rows
    assert "hall was closed" in dialog.reading.toPlainText()


# --- out of the window -------------------------------------------------------------------------


def test_an_answer_is_copied_as_plain_text_with_its_count_told(workspace, qtbot):
    workspace.go_to_question("difference")
    with qtbot.waitSignal(workspace.paste.copied, timeout=20_000):
        workspace.paste.this.trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied == workspace.answer.text.printed
    assert "of 250 words" in workspace.notice.text


def test_the_whole_return_is_copied(workspace, qtbot):
    with qtbot.waitSignal(workspace.paste.copied, timeout=20_000):
        workspace.paste.all.trigger()
    assert "What the grant paid for" in QGuiApplication.clipboard().text()


def test_every_form_is_saved_from_here(workspace, messages, qtbot, tmp_path: Path):
    for form in workspace.save_as.actions_of:
        path = tmp_path / f"report{form}"
        messages.answers = [path]
        with qtbot.waitSignal(workspace.save_as.saved, timeout=30_000):
            workspace.save_as.actions_of[form].trigger()
        assert path.stat().st_size > 500, form


def test_preview_shows_the_very_pages_with_what_was_typed_last(workspace, qtbot):
    import pypdfium2

    workspace.go_to_question("learning")
    write(qtbot, workspace, "Zebras are rare here.")
    qtbot.keyClick(workspace.answer.text, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: workspace.preview.current is not None, timeout=30_000)
    pdf = pypdfium2.PdfDocument(workspace.preview.current.pdf)
    assert any("Zebras are rare" in page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    workspace.escape()
    assert workspace.middle.currentWidget() is workspace.answer


def test_issue_is_asked_of_the_page_that_does_it_with_everything_saved(workspace, qtbot):
    workspace.issue_wanted.disconnect()
    workspace.go_to_question("learning")
    write(qtbot, workspace, "Done.")
    with qtbot.waitSignal(workspace.issue_wanted) as asked:
        workspace.issue_button.click()
    assert asked.args == [workspace.draft_id]
    assert kept(workspace)["learning"] == "Done."


def test_what_the_return_is_about_is_changed(workspace, window, qtbot):
    workspace.about_button.click()
    dialog = dialog_of(window)
    dialog.title_line.setText("To the council")
    dialog.save_button.click()
    assert workspace.head.title.text() == "To the council"


# --- other boxes -------------------------------------------------------------------------------


def test_costs_are_typed_row_by_row(frame, qtbot):
    frame.go_to("returns")
    frame.returns.open_draft(draft_of(frame, "small-grant").id)
    page = frame.returns.workspace
    page.go_to_question("costs")
    item, cost = page.answer.costs._rows[0]
    item.setFocus()
    qtbot.keyClicks(item, "Hall hire")
    qtbot.keyClicks(cost, "208")
    page.settle()
    assert kept(page)["costs"] == "Hall hire: £208"
    assert "£208" in page.answer.costs.total.text()


def test_choices_are_ticked(looks, qtbot):
    from app.services.returns.typed import Asked
    from app.ui.returns.answer_boxes import ChoiceBoxes

    asked = Asked(
        id="q", text="Which?", prompt="", box="choices", choices=("Walks", "Other"), several=True,
        words_from=0, words_to=0, letters_to=0, rows_to=0, strict=True, whole_pounds=False,
        optional=False, suggestion="",
    )  # fmt: skip
    boxes = ChoiceBoxes(looks)
    qtbot.addWidget(boxes)
    boxes.show_answer(asked, "Other: rowing\nNot a choice")
    assert boxes.source == "Other: rowing\nNot a choice"
    boxes._boxes[0][1].click()
    assert boxes.source == "Walks\nOther: rowing\nNot a choice"


# --- models, room ------------------------------------------------------------------------------


def test_models_hold_what_qt_asks_of_them(workspace, window, qtbot):
    testers = [
        QAbstractItemModelTester(
            workspace.proof.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
    ]
    workspace.go_to_question("difference")
    to_chip(workspace)
    qtbot.waitUntil(lambda: workspace.proof.behind is not None, timeout=20_000)
    workspace.answer.figure.click()
    dialog = dialog_of(window)
    testers.append(
        QAbstractItemModelTester(dialog.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    )
    qtbot.keyClicks(dialog.search, "people")
    assert dialog.rows.rowCount()


def test_panes_become_tabs_at_large_text(workspace, looks, window):
    assert workspace.panes.fits == 3
    window.frame.book.looks.set_text_size(200)
    QApplication.processEvents()
    assert workspace.panes.fits == 1
    assert workspace.middle.isVisible()
    workspace.panes.show_pane(2)
    assert workspace.proof.isVisible()
    assert not workspace.middle.isVisible()
    window.frame.book.looks.set_text_size(100)


def test_key_in_an_answer_of_5000_words_and_its_counts_are_little_work(workspace, window, qtbot):
    workspace.go_to_question("learning")
    workspace.answer.load("\n".join(["It’s well known. " * 33] * 50), workspace.draft.face)

    def type_and_count(_window):
        qtbot.keyClick(workspace.answer.text, Qt.Key.Key_A)
        workspace.answer.show_faces(
            workspace.draft.face
        )  # counts at once what else waits for a rest

    assert Turns(window).most_at_once(type_and_count).calls < 20_000
    assert "6,6" in workspace.answer.counts.text()


def test_who_waits_for_the_pages_is_told_soon_that_they_are_counted_first(workspace):
    workspace.draft.make_stale()
    workspace.draft.refill()
    in_passing = workspace.counting.patience
    workspace.preview_button.setChecked(True)
    assert 0 < workspace.counting.patience < in_passing

"""Returns: the very pages are seen, and what is saved is what was seen."""

import datetime as dt

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.periods import Period
from app.returns.filled import KeyFacts
from app.services import activities, returns
from app.ui.returns import making
from app.ui.returns.period_choice import periods
from app.ui.returns.sheet_dialog import SheetDialog
from app.ui.returns.words import suggested_name

TODAY = dt.date(2026, 11, 3)


@pytest.fixture
def page(frame, qtbot):
    """The returns page with an impact report on it."""
    frame.go_to("returns")
    frame.returns.show_part("printing")
    part = frame.returns.front.printing
    qtbot.waitUntil(lambda: part.preview.current is not None, timeout=20_000)
    return part


def shown(page, qtbot):
    qtbot.waitUntil(lambda: not page.preview.busy, timeout=20_000)
    return page.preview.current


def text_of(pdf, tmp_path):
    path = tmp_path / "read.pdf"
    path.write_bytes(pdf)
    reader = pypdf.PdfReader(path)
    return "\n".join(page.extract_text() for page in reader.pages)


def test_pages_in_sight_are_drawn_from_the_very_bytes(page, qtbot):
    made = page.preview.current
    qtbot.waitUntil(lambda: page.preview.pages.drawn > 0, timeout=20_000)
    assert page.preview.pages.pages == len(made.sizes) >= 2
    assert page.preview.place.text() == f"Page 1 of {len(made.sizes)}"
    image = page.preview.pages._drawn[0]
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7)
               for y in range(0, image.height(), 7)}  # fmt: skip
    assert "#ffffff" in colours
    assert len(colours) > 5, "there is something on the page"


def test_drawn_page_has_the_shape_and_colours_of_the_printed_one(page, qtbot):
    from app.ui.jobs import JobContext

    made = page.preview.current
    image = making.draw_pages(JobContext(lambda *_: None), made.pdf, [0], 1.0)[0]
    width, height = made.sizes[0]
    assert abs(image.width() - width * 96 / 72) < 2
    assert abs(image.height() - height * 96 / 72) < 2
    greens = sum(
        image.pixelColor(x, y).name().upper() == "#17695A"
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert greens > 50, "the bars are in the accent colour, red and blue not exchanged"


def test_saved_file_is_byte_for_byte_what_was_seen(page, qtbot, messages, tmp_path):
    out = tmp_path / "ours.pdf"
    messages.answers.append(out)
    page.save_button.click()
    assert out.read_bytes() == page.preview.current.pdf
    assert "Impact report" in messages.asked[-1]
    assert page.notice.text == "Saved as ours.pdf."
    page.notice._actions[0].click()
    assert messages.opened == [out]


def test_saving_over_another_kind_of_file_is_refused_in_place(page, messages, tmp_path):
    out = tmp_path / "letter.pdf"
    out.write_text("Dear councillor")
    messages.answers.append(out)
    page.save_button.click()
    assert out.read_text() == "Dear councillor"
    assert "not a PDF" in page.notice.text


def test_number_in_the_pages_is_the_figure(page, frame, tmp_path):
    made = page.preview.current
    people = made.filled.figures["people"]["value"]
    assert f"{people:,}" in text_of(made.pdf, tmp_path)


def test_choosing_a_period_makes_the_pages_again(page, qtbot, tmp_path):
    page.period.choose("last-quarter")
    made = shown(page, qtbot)
    assert made.filled.period == "1 July 2026 to 30 September 2026"
    assert page.head.subtitle.text().startswith("1 July 2026 to 30 September 2026")
    assert "30 September 2026" in text_of(made.pdf, tmp_path)


def test_own_dates_are_typed_and_a_backward_period_is_said_beside_the_field(page, qtbot):
    page.period.choose("own")
    page.period.first.setFocus()
    page.period.first.setText("1/9/26")
    page.period.last.setFocus()
    page.period.last.setText("1 aug 26")
    page.templates.setFocus()
    assert "before it starts" in page.period._last_field.problem
    assert page.period.period is None
    page.period.last.setFocus()
    page.period.last.setText("30 sep 26")
    page.templates.setFocus()
    assert page.period._last_field.problem == ""
    assert page.period.period == Period(first=dt.date(2026, 9, 1), last=dt.date(2026, 9, 30))
    assert shown(page, qtbot).filled.period == "1 September 2026 to 30 September 2026"


def test_disclosure_is_the_returns_own_until_another_is_chosen(page, qtbot):
    assert page.preview.current.filled.disclosure == "funder"
    page.eyes.setCurrentIndex(page.eyes.findData("public"))
    assert shown(page, qtbot).filled.disclosure == "public"


def test_return_that_names_people_offers_no_disclosure(page, qtbot):
    page.templates.choose("attendance-record")
    assert not page._eyes_field.isVisible()
    assert shown(page, qtbot).filled.disclosure == "internal"


def test_sheets_begin_with_the_coming_week(page, qtbot, today):
    page.templates.choose("attendance-sheet")
    shown(page, qtbot)
    assert page.period.period == Period(first=today, last=today + dt.timedelta(days=6))


def test_every_return_there_is_can_be_chosen_and_comes_out(page, qtbot):
    page.period.choose("last-month")
    of_one_person = {one.id for one in returns.list_templates() if "person" in one.needs}
    assert of_one_person == {"my-data", "referral-reply"}
    for info in returns.list_templates():
        if info.id in of_one_person:  # made on the page of a referral or a person
            continue
        page.templates.choose(info.id)
        made = shown(page, qtbot)
        assert made is not None, page.notice.text
        assert made.filled.id == info.id
        assert made.pdf.startswith(b"%PDF-")


def test_a_return_about_a_grant_or_agreement_asks_which(page, frame, qtbot):
    page.templates.choose("evidence-bundle")
    assert page.reference.isVisibleTo(page)
    references = [page.reference.itemData(n) for n in range(page.reference.count())]
    assert len(references) > 1
    page.reference.setCurrentIndex(1)
    made = shown(page, qtbot)
    facts = next(block for block in made.filled.blocks if isinstance(block, KeyFacts)).facts
    assert references[1] in facts[0].text
    page.templates.choose("impact-report")
    assert not page.reference.isVisibleTo(page)


def test_change_of_the_book_marks_the_pages_as_old(page, frame, qtbot):
    register = frame.book.register
    session = activities.sessions_between(register, Period(first=TODAY, last=TODAY))[0]
    frame.book.commands.run(lambda: activities.set_notes(register, session, "Cold hall"))
    assert "has changed" in page.notice.text
    before = page.preview.current
    page.notice._actions[0].click()
    assert shown(page, qtbot) is not before
    assert "has changed" not in page.notice.text


def test_keys_go_from_page_to_page_and_closer(page, qtbot):
    view = page.preview.pages
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 2
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page == 1
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == view.pages
    before = view._scale()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view._scale() > before
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view._scale() < before


def test_choosing_quickly_shows_only_the_last_choice(page, qtbot):
    seen = []
    page.preview.made.connect(seen.append)
    for key in ("quarter", "last-quarter", "month", "last-month"):
        page.period.choose(key)
    made = shown(page, qtbot)
    assert made.filled.period == "1 October 2026 to 31 October 2026"
    assert [one.filled.period for one in seen] == [made.filled.period]


def test_cancel_stops_the_work_and_the_page_goes_on(page, qtbot):
    page.period.choose("last-year")
    page.preview.cancel.click()
    assert not page.preview.busy
    page.period.choose("last-month")
    assert shown(page, qtbot).filled.period == "1 October 2026 to 31 October 2026"


def test_group_without_sessions_gets_a_page_that_says_so(tea_frame, qtbot):
    tea_frame.go_to("returns")
    part = tea_frame.returns.front.printing
    made = shown(part, qtbot)
    qtbot.waitUntil(lambda: part.preview.current is not None, timeout=20_000)
    made = part.preview.current
    assert made.filled.group == "Tea Club"
    assert made.filled.warnings
    front = tea_frame.returns.front
    assert front.notice.text == " ".join(made.filled.warnings)
    front.show_part("due")  # where nothing is printed, nothing is warned of
    part._on_made(made)  # and the pages may be done only now
    assert front.notice.text == ""
    front.show_part("printing")
    assert front.notice.text == " ".join(made.filled.warnings)


@pytest.mark.parametrize("day", [dt.date(2026, 11, 3), dt.date(2028, 2, 29), dt.date(2027, 1, 1)])
def test_periods_offered_are_what_they_say(day):
    offered = {key: period for key, _, period in periods(day, "03-31")}
    assert offered["year"].last == day
    assert (offered["year"].first.month, offered["year"].first.day) == (4, 1)
    assert offered["last-year"].last + dt.timedelta(days=1) == offered["year"].first
    assert offered["last-quarter"].last + dt.timedelta(days=1) == offered["quarter"].first
    assert day in offered["quarter"]
    assert day in offered["month"]
    assert offered["twelve"].last == day
    assert 365 <= offered["twelve"].days <= 366
    assert offered["week"].days == 7


def test_suggested_name_is_one_any_computer_takes(page):
    name = suggested_name(page.preview.current)
    assert name.endswith(".pdf")
    assert name.startswith("Impact report, Tuesday Movers")
    assert not set('\\/:*?"<>|') & set(name)


# --- print sheet ---------------------------------------------------------------------------------


@pytest.fixture
def sheet(window, frame, qtbot):
    """The sheet of tonight, seen from the register."""
    frame.go_to("sessions")
    frame.take_register(frame.sessions.list.session.id)
    frame.sessions.register.print_button.click()
    dialog = next(d for d in window.findChildren(QDialog) if isinstance(d, SheetDialog))
    qtbot.waitUntil(lambda: dialog.preview.current is not None, timeout=20_000)
    return dialog


def test_sheet_is_seen_with_everybody_on_the_register(sheet, frame, tmp_path):
    text = text_of(sheet.preview.current.pdf, tmp_path)
    lines = frame.sessions.register.model.rows
    plain = [line.list_name for line in lines if line.list_name.isascii()]
    assert plain
    assert all(name in text for name in plain)
    assert frame.sessions.register.opened.session.code in text


def test_saving_the_sheet_keeps_its_order_for_entering(sheet, frame, messages, tmp_path, reread):
    session = frame.sessions.register.session_id
    kept = "SELECT count(*) FROM sheet WHERE session_id = :id"
    before = reread(kept, {"id": session})[0][0]
    out = tmp_path / "sheet.pdf"
    messages.answers.append(out)
    sheet.save_button.click()
    assert out.read_bytes().startswith(b"%PDF-")
    assert messages.opened == [out]
    assert reread(kept, {"id": session})[0][0] == before + 1
    assert not sheet.isVisible()


def test_looking_at_a_sheet_keeps_nothing(sheet, frame, reread):
    session = frame.sessions.register.session_id
    before = reread("SELECT count(*) FROM sheet WHERE session_id = :id", {"id": session})
    sheet.close_button.click()
    after = reread("SELECT count(*) FROM sheet WHERE session_id = :id", {"id": session})
    assert after == before


def test_leaders_copy_is_another_page(sheet, qtbot, tmp_path):
    first = sheet.preview.current.pdf
    sheet.copy.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not sheet.preview.busy, timeout=20_000)
    assert text_of(sheet.preview.current.pdf, tmp_path) != text_of(first, tmp_path)


def test_printing_draws_every_page_on_the_printer(sheet, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    from app.ui.returns.printing import paint

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(300)
    printer.setFullPage(True)
    made = sheet.preview.current
    paint(printer, made, range(len(made.sizes)))
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == len(made.sizes)

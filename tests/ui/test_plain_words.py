"""What somebody typed is shown as it is: no label, tip or box takes it for markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox

from app.ui.messages import Messages, Question
from app.ui.widgets.words import tip
from tests.ui.rooms import PAGES, settle

EVIL = '<b>Eve</b><img src="file:///etc/hostname">&amp;'

ROOMS = ("home", "people", "person", "register", "grid", "list of referrals", "referral", "money")


def test_tip_shows_markup_as_words_and_leaves_other_words_alone():
    assert tip("Amy & Bea") == "Amy & Bea"
    assert tip(EVIL) == (
        "<span>&lt;b&gt;Eve&lt;/b&gt;&lt;img src=&quot;file:///etc/hostname&quot;&gt;&amp;amp;</span>"
    )


def test_box_shows_markup_as_words(qtbot):
    messages = Messages()
    messages.ask(None, Question(text=f"Wipe {EVIL}?", more=EVIL, yes=EVIL), lambda: None)
    (box,) = messages._open
    labels = [label for label in box.findChildren(QLabel) if EVIL in label.text()]
    assert isinstance(box, QMessageBox)
    assert len(labels) == 2
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    box.close()


def test_no_label_of_any_page_takes_a_name_for_markup(window, frame):
    with frame.book.register.transaction("test"):
        frame.book.register.execute(
            "UPDATE person SET known_as = :evil, notes = :evil", {"evil": EVIL}
        )
        frame.book.register.execute("UPDATE entry SET payee = :evil", {"evil": EVIL})
        frame.book.register.execute("UPDATE activity SET name = :evil || id", {"evil": EVIL[:40]})
    seen = 0
    for name in ROOMS:
        PAGES[name](window)
        settle()
        for label in window.findChildren(QLabel):
            if "<" in label.text() or "<" in label.toolTip():
                seen += 1
                assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
                assert "<img" not in label.toolTip()
    assert seen > 5

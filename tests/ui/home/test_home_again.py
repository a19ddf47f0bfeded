"""Coming back to Home: what changed is read again, what did not stays as it stands."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.attendance import Mark, MarkChange
from app.domain.changes import ALL_TOPICS, Topic
from app.domain.periods import full_date
from app.services import activities, attendance
from app.ui.home.kept import Kept
from app.ui.home.lines import LineRow
from app.ui.theme import ThemeChoice
from tests.conftest import TODAY


def counted(frame, qtbot):
    qtbot.waitUntil(lambda: not (frame.home.looking or frame.home.due.looking))


def rows(frame):
    """The lines of Home, by what they say."""
    found = [row for row in frame.home.findChildren(LineRow) if row.isVisibleTo(frame.home)]
    return {row._line: row for row in found}


def come_back(frame, qtbot, *topics):
    frame.go_to("people")
    frame.book.events.announce(frozenset(topics), None)
    frame.go_to("home")
    counted(frame, qtbot)


def test_what_says_the_same_is_not_made_anew(frame, qtbot):
    counted(frame, qtbot)
    before = rows(frame)
    assert len(before) > 4
    come_back(frame, qtbot, *ALL_TOPICS)
    assert rows(frame) == before


def test_a_register_that_was_entered_goes_and_its_neighbours_stay(frame, qtbot):
    counted(frame, qtbot)
    before, register = rows(frame), frame.book.register
    _, (first, *_) = activities.newest_to_enter(register, 1, today=TODAY)
    person = register.value("SELECT id FROM person WHERE merged_into IS NULL ORDER BY id")
    frame.go_to("people")
    change = MarkChange(session_id=first.session.id, person_id=person, mark=Mark.PRESENT)
    assert frame.book.commands.run(
        lambda: attendance.set_mark(register, change, today=TODAY), origin=None
    )
    frame.go_to("home")
    after = rows(frame)
    (gone,) = set(before) - set(after)
    assert gone.about == first.session.id
    assert all(after[said] is before[said] for said in set(after) & set(before))
    assert {said.about for said in after} != {said.about for said in before}


@pytest.mark.parametrize(
    ("topic", "again"),
    [
        (Topic.MONEY, {"money", "due", "recovery", "kept_long"}),
        (Topic.ATTENDANCE, {"weeks", "to_answer", "questionnaires", "places", "away", "renew",
                            "kept_long", "recovery"}),
        (Topic.RIGHTS, {"asked", "renew", "kept_long", "recovery"}),
    ],
)  # fmt: skip
def test_only_what_a_change_touched_is_read_again(frame, qtbot, topic, again):
    home = frame.home
    counted(frame, qtbot)
    names = ("weeks", "money", "to_answer", "due", "asked", "questionnaires", "places", "away",
             "renew", "kept_long", "recovery")  # fmt: skip
    qtbot.waitUntil(lambda: all(getattr(home, name).kept.holds(TODAY) for name in names))
    frame.go_to("people")
    frame.book.events.announce(frozenset({topic}), None)
    assert {name for name in names if not getattr(home, name).kept.holds(TODAY)} == again


def test_nothing_is_read_where_nothing_changed_but_all_on_another_day(frame, qtbot):
    home = frame.home
    counted(frame, qtbot)
    frame.go_to("people")
    frame.go_to("home")
    assert not home.looking
    morrow = TODAY + dt.timedelta(days=1)
    home.book = replace(home.book, today=lambda: morrow)
    frame.go_to("people")
    frame.go_to("home")
    assert home.head.title.text() in full_date(morrow)
    counted(frame, qtbot)


def test_other_looks_dress_the_lines_that_are_there(frame, qtbot):
    counted(frame, qtbot)
    before = rows(frame)
    looks = frame.book.looks
    looks.set_theme(ThemeChoice.DARK)
    looks.set_text_size(150)
    QApplication.processEvents()
    assert rows(frame) == before
    row = next(row for said, row in before.items() if said.icon)
    assert row._picture.pixmap().deviceIndependentSize().width() == looks.px(20)


def test_what_changed_while_it_was_read_is_not_taken_for_read():
    kept = Kept({Topic.MONEY})
    kept.begin(TODAY)
    kept.touch({Topic.PEOPLE})
    kept.end()
    assert kept.holds(TODAY)
    assert not kept.holds(TODAY + dt.timedelta(days=1))
    kept.begin(TODAY)
    kept.touch({Topic.MONEY})
    kept.end()
    assert not kept.holds(TODAY)


def test_what_is_due_is_told_without_reading_the_returns():
    read = "import sys, app.services.reports_due; print('app.services.returns' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", read], check=True, capture_output=True)
    assert found.stdout.strip() == b"False"

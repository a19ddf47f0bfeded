"""What marks mean: one meaning for each in a file, from answers, its own key, or its other marks."""

from collections import Counter

import pytest

from app.domain.attendance import Mark, Role
from app.importers.marks import mark_key, read_legend, settle, was_taken


def meanings(*cells, answers=None, legend=None, blanks=100, initials=frozenset()):
    counts = Counter(mark_key(cell) for cell in cells)
    settled = settle(
        counts,
        answers=answers or {},
        legend=read_legend(legend or ()),
        blanks=blanks,
        initials=initials,
    )
    return settled, {key: (m.mark, m.role) for key, m in settled.by_key.items()}


@pytest.mark.parametrize(
    "cell",
    ["x", "X", "1", 1, 1.0, "P", "p", "Y", "y", "yes", "YES", "Yes", "✓", "✔", "√", True, "Present", "here", "/", "xx", "ü", "10:05", "£2.00"],
)  # fmt: skip
def test_everybodys_marks_for_present(cell):
    settled, found = meanings(cell)
    assert found[mark_key(cell)] == (Mark.PRESENT, None)
    assert not settled.questions


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("L", Mark.LATE), ("late", Mark.LATE), ("N", Mark.ABSENT), ("no", Mark.ABSENT),
        (0, Mark.ABSENT), ("-", Mark.ABSENT), ("abs", Mark.ABSENT), ("Ap", Mark.APOLOGY),
        ("apols.", Mark.APOLOGY), ("Apologies", Mark.APOLOGY), ("sick", Mark.APOLOGY),
        ("holiday", Mark.APOLOGY), ("n/a", None), (False, None),
    ],
)  # fmt: skip
def test_everybodys_other_marks(cell, mark):
    assert meanings(cell)[1][mark_key(cell)] == (mark, None)


def test_v_is_a_volunteer_who_was_there():
    assert meanings("V")[1]["v"] == (Mark.PRESENT, Role.VOLUNTEER)


def test_a_is_absent_beside_p():
    settled, found = meanings("P", "A", "L")
    assert found["a"][0] is Mark.ABSENT
    assert [q.default for q in settled.questions] == ["absent"]


def test_a_is_apologies_where_another_mark_says_absent():
    assert meanings("x", "A", "N")[1]["a"][0] is Mark.APOLOGY


def test_a_is_absent_where_apologies_have_their_own_mark():
    assert meanings("x", "A", "Ap", "N")[1]["a"][0] is Mark.ABSENT


def test_the_files_own_key_decides():
    legend = ["Key: / = present  O = absent  A = apologies, V: volunteer; L – late"]
    settled, found = meanings("/", "O", "A", "V", "L", legend=legend)
    assert found == {
        "/": (Mark.PRESENT, None), "o": (Mark.ABSENT, None), "a": (Mark.APOLOGY, None),
        "v": (Mark.PRESENT, Role.VOLUNTEER), "l": (Mark.LATE, None),
    }  # fmt: skip
    assert not settled.questions


def test_an_answer_overrules_everything():
    found = meanings("x", "A", answers={"X": "absent", "a": "blank"}, legend=["A = apologies"])[1]
    assert found == {"x": (Mark.ABSENT, None), "a": (None, None)}


def test_ticks_and_crosses_side_by_side_are_asked_about():
    settled, _ = meanings(*"✓✓✓✓xx", blanks=0)
    assert [(q.about, q.default) for q in settled.questions] == [("x", "")]


@pytest.mark.parametrize(
    ("cells", "blanks"),
    [("✓✓✓xx", 20), ("✓✓xxA", 0), ("✓x1P", 0), ("xxxx", 0)],
)  # fmt: skip
def test_x_is_present_where_it_can_be_nothing_else(cells, blanks):
    settled, found = meanings(*cells, blanks=blanks)
    assert found["x"][0] is Mark.PRESENT
    assert not [q for q in settled.questions if not q.default]


@pytest.mark.parametrize("cell", ["2", 3, "zz", "see notes", "17", "q"])
def test_what_is_not_understood_is_left_alone(cell):
    assert mark_key(cell) not in meanings(cell)[1]


def test_initials_of_the_person_are_a_signature():
    found = meanings("jb", "ap", initials=frozenset({"jb", "ap"}))[1]
    assert found == {"jb": (Mark.PRESENT, None), "ap": (Mark.PRESENT, None)}
    assert meanings("ap", initials=frozenset({"ap"}))[1]["ap"][0] is Mark.APOLOGY


@pytest.mark.parametrize(
    ("cells", "taken"),
    [("x", True), ("AA", True), ("00", False), ("--", False), ("0x", True), ("", False)],
)
def test_noughts_and_dashes_alone_do_not_mean_that_a_register_was_taken(cells, taken):
    settled, _ = meanings(*cells, "x")
    assert was_taken([mark_key(c) for c in cells], settled) is taken


def test_unticked_boxes_are_nothing_recorded():
    settled, found = meanings(False, False, True)
    assert found["false"] == (None, None)
    assert not was_taken(["false", "false"], settled)


def test_prose_is_no_key():
    assert read_legend(["Please note that Sue is away", "Attendance register 2024 - Yoga"]) == {}

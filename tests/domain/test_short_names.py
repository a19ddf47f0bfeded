"""Given names that are often one person's."""

import unicodedata

import pytest

from app import resources
from app.domain.short_names import alike_but_for_short_form, forms_of, go_together


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kate", "katherine"), ("bob", "robert"), ("mo", "mohammed"), ("mo", "maureen"), ("peggy", "margaret"),
        ("liz", "beth"), ("mohammad", "muhammed"), ("ted", "edward"),
    ],
)  # fmt: skip
def test_names_go_together_both_ways(one, other):
    assert go_together(one, other)
    assert go_together(other, one)
    assert other in forms_of(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kate", "kate"), ("alexander", "alexandra"), ("bob", "bill"), ("", ""), ("zzz", "kate")],
)
def test_other_names_do_not(one, other):
    assert not go_together(one, other)


def test_only_one_word_may_differ_and_it_must_be_short_for_the_other():
    assert alike_but_for_short_form(["kate", "smith"], ["smith", "katherine"])
    assert not alike_but_for_short_form(["kate", "smith"], ["katherine", "jones"])
    assert not alike_but_for_short_form(["kate"], ["katherine"])
    assert not alike_but_for_short_form(["kate", "smith"], ["kate", "smith"])


def test_list_is_in_plain_small_letters_and_no_line_names_one_twice():
    text = resources.path("short_forms.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            words = line.split()
            assert len(words) > 1, line
            assert len(set(words)) == len(words), line
            assert line == unicodedata.normalize("NFD", line).lower(), line
            assert line.isascii(), line

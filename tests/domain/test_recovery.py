"""The words of a recovery sheet: a key that can be typed again, and nothing that is only nearly it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.recovery import KEY_BYTES, WORDS, key_of, may_be_words, words_of

KEY = bytes(range(KEY_BYTES))


@given(st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES))
def test_words_give_their_key_back(key):
    words = words_of(key)
    assert len(words) == WORDS
    assert key_of(" ".join(words)) == key
    assert may_be_words(" ".join(words)) == []


@given(st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES))
def test_four_letters_of_each_word_are_enough(key):
    assert key_of(" ".join(word[:4] for word in words_of(key))) == key


def test_capitals_numbers_and_line_breaks_do_not_matter():
    typed = "\n".join(f"{n}. {word.upper()}," for n, word in enumerate(words_of(KEY), start=1))
    assert key_of(typed) == KEY


def _with(place, word):
    words = list(words_of(KEY))
    words[place] = word
    return " ".join(words)


@pytest.mark.parametrize(
    ("typed", "code", "named"),
    [
        (_with(6, "kettlle"), "recovery_word_unknown", "number 7."),
        (" ".join(words_of(KEY)[:23]), "recovery_word_count", "23 were typed"),
        ("", "recovery_word_count", "0 were typed"),
        (_with(3, "zoo"), "recovery_words_do_not_fit", "swapped"),
    ],
)
def test_mistyped_sheet_is_told_where(typed, code, named):
    (problem,) = may_be_words(typed)
    assert problem.code == code
    assert named in problem.text
    assert key_of(typed) is None


@given(st.text())
def test_any_password_is_no_sheet(typed):
    assert key_of(typed) is None


def test_two_swapped_words_are_noticed():
    words = list(words_of(KEY))
    words[0], words[1] = words[1], words[0]
    assert key_of(" ".join(words)) is None

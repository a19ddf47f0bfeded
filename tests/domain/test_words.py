"""Words are counted as funders' forms count them."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.words import letter_count, plain_count, safe_count, strict_count


@pytest.mark.parametrize(
    ("text", "plain", "strict"),
    [
        ("", 0, 0),
        ("   \n\t ", 0, 0),
        ("We ran 61 sessions.", 4, 4),
        ("B&YC", 1, 2),
        ("it's a well-known 9–5 job", 5, 8),
        ("a – b", 3, 2),
        ("Zoë’s café", 2, 3),
        ("1,234.50", 1, 3),
        ("ਗੁਰਪ੍ਰੀਤ ਕੌਰ", 2, 2),
        ("مَرْيَم حُسَيْن", 2, 2),
        ("e\u0301tude", 1, 1),
    ],
)
def test_words_are_counted_both_ways(text, plain, strict):
    assert (plain_count(text), strict_count(text)) == (plain, strict)
    assert safe_count(text) == max(plain, strict)


def test_letters_are_counted_as_people_see_them():
    assert letter_count("cafe\u0301") == 4
    assert letter_count("two words") == 9


@given(st.text())
def test_plain_count_is_what_a_word_processor_says(text):
    assert plain_count(text) == len(text.split())


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_strict_count_of_plain_letters_is_the_number_of_stretches(text):
    assert strict_count(text) == len(re.findall(r"[A-Za-z0-9]+", text))


@given(st.text(alphabet=st.characters(categories=["L", "N", "M", "Zs", "P"])))
def test_strict_count_is_that_of_going_letter_by_letter(text):
    count, inside = 0, False
    for letter in text:
        sign = unicodedata.category(letter).startswith("M")
        count += letter.isalnum() and not inside
        inside = letter.isalnum() or (sign and inside)
    assert strict_count(text) == count


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)))
def test_both_counts_agree_on_words_with_spaces_only(words):
    text = " ".join(words)
    assert plain_count(text) == strict_count(text) == len(words)


@given(st.text(), st.text())
def test_a_line_between_two_texts_joins_no_words(first, second):
    assert strict_count(f"{first}\n{second}") == strict_count(first) + strict_count(second)

"""A typed answer in parts: what is a place, what is only a brace, and nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from app.services.returns import typed
from app.services.returns.typed import PieceKind


def kinds(text):
    return [(one.kind, one.source) for one in typed.pieces(text)]


def test_a_figure_in_a_sentence_is_a_place():
    words, number = PieceKind.WORDS, PieceKind.NUMBER
    assert kinds("So {people} people came.") == [
        (words, "So "),
        (number, "{people}"),
        (words, " people came."),
    ]


def test_a_wording_for_one_and_for_many_is_one_place():
    assert kinds("{people:one person|# people}") == [
        (PieceKind.NUMBER, "{people:one person|# people}")
    ]


def test_what_names_nothing_stays_words():
    for text in ("{nobody_knows}", "a { b", "} c", "{}", "{{people}}", "{people/shoe[9]}"):
        assert {kind for kind, _ in kinds(text)} == {PieceKind.WORDS}, text


def test_a_table_stands_on_a_line_of_its_own():
    assert kinds("Who:\n{table:people/age}\nEnd")[1] == (PieceKind.TABLE, "{table:people/age}")
    assert {kind for kind, _ in kinds("Who: {table:people/age}")} == {PieceKind.WORDS}


def test_a_place_says_what_it_is():
    names = {
        one.source: one.name for one in typed.pieces("{people} {people/age:nlcf[65+]} {group}")
    }
    assert names["{people}"] == "People"
    assert names["{people/age:nlcf[65+]}"].endswith("65 and over")
    assert names["{group}"] == "Our name"


@given(st.text(alphabet="ab {}:/|[]\n*.people", max_size=80))
def test_nothing_typed_is_lost(text):
    assert "".join(one.source for one in typed.pieces(text)) == text

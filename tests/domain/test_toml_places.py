"""Messages name the line of the key that is wrong."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from app.domain.toml_places import line_of, places

TEXT = '''\
# A comment with [[brackets]] and = signs
title = "One"   # [not] a table

[about]
name = "two"

[[blocks]]
kind = "text"
text = """
several = lines
[[blocks]]
"""
items = [
  { a = 1 },
  { a = 2, b = "}" },
]
after = true

[[blocks]]
kind = "columns"
  [[blocks.left]]
  kind = "text"
  [[blocks.left]]
  kind = "note"
  [[blocks.right]]
  kind = "table"
'''


def test_each_key_has_its_line():
    found = places(TEXT)
    assert found["title",] == 2
    assert found["about", "name"] == 5
    assert found["blocks", 0, "text"] == 9
    assert found["blocks", 0, "items"] == 13
    assert found["blocks", 0, "after"] == 17
    assert found["blocks", 1, "left", 0, "kind"] == 22
    assert found["blocks", 1, "left", 1] == 23
    assert found["blocks", 1, "right", 0, "kind"] == 26


def test_what_is_inside_a_line_has_the_line_around_it():
    found = places(TEXT)
    assert line_of(found, ("blocks", 0, "items", 1, "b")) == 13
    assert line_of(found, ("blocks", 1, "left", 1, "missing")) == 23
    assert line_of(found, ("nowhere",)) is None


_NAMES = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
_VALUES = st.one_of(st.integers(0, 99), st.text(st.characters(categories=["L"]), max_size=5))


@given(st.lists(st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_key_of_an_array_of_tables_is_found_on_its_own_line(tables):
    lines = []
    expected = {}
    for place, table in enumerate(tables):
        lines.append("[[blocks]]")
        for key, value in table.items():
            lines.append(f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"')
            expected["blocks", place, key] = len(lines)
    text = "\n".join(lines)
    assert tomllib.loads(text)["blocks"] == tables
    found = places(text)
    assert {path: found[path] for path in expected} == expected

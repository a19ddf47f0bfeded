"""A text that is no TOML is refused in our own words, with the line and the key."""

import pytest

from app.domain.toml_text import TomlFault, read_toml


@pytest.mark.parametrize(
    ("text", "line", "key", "what"),
    [
        ("a = 1\ntitle = Mine", 2, "title", "is not understood"),
        ("id = ", 1, "id", "is not understood"),
        ('title = "Mine\nb = 1', 1, "title", "last quotation mark"),
        ('text = """\nMine\n\n', 1, "text", "last quotation mark"),
        ("items = [1 2]", 1, "items", "a comma or the last square bracket"),
        ("item = {b = 1", 1, "item", "a comma or the last brace"),
        ("a = 1\na = 2\nb = 3", 2, "a", "is there twice"),
        ("[x]\n\n[x]", 3, "x", "is there twice"),
        ("a = {b = 1, b = 2}", 1, "a", "twice"),
        ("a = {b = 1}\na.c = 2", 2, "a.c", "finished where its braces end"),
        ("[[blocks]\nkind = 1", 1, "blocks", "last square bracket"),
        ("a = 1 2", 1, "a", "a line of its own"),
        ('a = "\\q"', 1, "a", "backslash"),
        ("kind", 1, "kind", "has no = after its name"),
        ("= 3", 1, "", "neither a name nor a heading"),
        ("a = " + "[" * 50_000, None, "", "too deep"),
    ],
)  # fmt: skip
def test_fault_names_line_and_key_in_our_own_words(text, line, key, what):
    with pytest.raises(TomlFault) as caught:
        read_toml(text)
    fault = caught.value
    assert (fault.line, fault.key) == (line, f"“{key}”" if key else "")
    assert what in fault.what
    for theirs in ("invalid", "expected", "unterminated", "statement", "column", "(at"):
        assert theirs not in str(fault).lower()

"""Files stay within 400 lines and functions within 40, docstrings aside: small enough to read."""

import ast

import pytest

from tests.architecture.source import sources

MOST_LINES = 400
MOST_IN_A_FUNCTION = 40

LARGER_FILES: frozenset[str] = frozenset()
"""Files over the limit. This list may only shrink."""

LONGER_FUNCTIONS: frozenset[str] = frozenset()
"""Functions over the limit. This list may only shrink."""


def _length(function):
    """Return a function's lines without its docstring."""
    doc = ast.get_docstring(function, clean=False)
    return function.end_lineno - function.lineno + 1 - (doc.count("\n") + 1 if doc else 0)


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_file_is_small(source):
    assert source.lines <= MOST_LINES or source.name in LARGER_FILES


def test_functions_are_small():
    long = {
        f"{source.name}:{function.name}"
        for source in sources()
        for function in source.functions()
        if _length(function) > MOST_IN_A_FUNCTION
    }
    assert long == LONGER_FUNCTIONS


def test_list_of_larger_files_only_shrinks():
    larger = {source.name for source in sources() if source.lines > MOST_LINES}
    assert larger == LARGER_FILES

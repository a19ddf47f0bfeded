"""Every problem has a sentence that says what is so and what to do, and is used somewhere."""

import ast
from pathlib import Path

import pytest

import app
from app.domain import errors
from app.domain.errors import AppError
from app.domain.problems import TEXTS, Problem, places

SOURCE = Path(app.__file__).parent
BLAME = ("invalid", "failed", "failure", "error occurred", "illegal", "incorrect", "must ")


def _problems_made():
    """Yield file, line, code and the values' names of every Problem(...) in the program."""
    for file in SOURCE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                yield file.name, node.lineno, {k.arg: k.value for k in node.keywords}


def _constants_of(node):
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and n.value in TEXTS}


def test_every_problem_that_is_made_has_a_text():
    made = list(_problems_made())
    assert len(made) > 20
    for file, line, given in made:
        code = given.get("code")
        if isinstance(code, ast.Constant):
            assert code.value in TEXTS, f"{file}:{line}"


def test_every_text_is_used_somewhere():
    used = set()
    for file in SOURCE.rglob("*.py"):
        if file.name != "problems.py":
            used |= _constants_of(ast.parse(file.read_text("utf-8")))
    assert set(TEXTS) == used


@pytest.mark.parametrize("code", TEXTS)
def test_text_says_what_is_so_in_plain_words(code):
    text = TEXTS[code]
    assert text.endswith(".")
    assert text[0].isupper() or text.startswith(("“", "{"))
    assert not [word for word in BLAME if word in text.lower()]


def test_problem_without_the_values_of_its_text_is_refused_where_it_is_made():
    with pytest.raises(ValueError, match="value"):
        Problem(code="date_unknown")
    with pytest.raises(KeyError):
        Problem(code="no_such_code")


@pytest.mark.parametrize("code", TEXTS)
def test_text_is_filled_whole(code):
    values = {name: f"«{name}»" for name in places(TEXTS[code])}
    text = Problem(code=code, values=values).text
    assert all(value in text for value in values.values())
    assert "{" not in text


def test_value_with_braces_is_shown_as_it_is():
    assert "{0.__class__}" in Problem(code="date_unknown", values={"value": "{0.__class__}"}).text


def test_value_of_a_problem_is_not_printed_by_accident():
    problem = Problem(code="mark_twice", field="mark", values={"name": "Maryam Begum"})
    assert "Maryam" not in repr(problem)
    assert "mark_twice" in repr(problem)


def _kinds():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [kind for kind in kinds if issubclass(kind, AppError) and kind is not AppError]


def test_every_kind_of_error_has_a_code_of_its_own():
    codes = [kind.code for kind in _kinds()]
    assert len(codes) == len(set(codes)) > 10


def test_error_speaks_its_sentence():
    for kind in _kinds():
        assert str(kind("The stick is out. Put it in.")) == "The stick is out. Put it in."

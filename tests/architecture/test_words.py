"""Rules of the house that no tool knows: words, names, docstrings, where SQL and boxes may be."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, sources

SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|CREATE\s+(TEMP\s+)?(TABLE|VIEW|INDEX|TRIGGER)\s|DROP\s+(TABLE|VIEW)\s|ALTER\s+TABLE\s|PRAGMA\s"
    r"|WITH\s+(RECURSIVE\s+)?\w+\s+AS\s*\(|BEGIN\b|COMMIT\b)",
    re.DOTALL,
)
SQL_PLACES = ("app/storage/", "app/figures/")
UNFINISHED = re.compile(r"TODO|FIXME|XXX|HACK|(?:raise|return) NotImplemented|coming soon|not yet implemented|lorem ipsum", re.I)  # fmt: skip
DRAWERS = {
    "utils",
    "util",
    "misc",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "base_utils",
}
BLAME = re.compile(
    r"\binvalid\b|\bfailed\b|\bfailure\b|\berror occurred\b|\billegal\b|\bunexpected error\b|\boops\b",
    re.I,
)


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_source_is_finished_named_and_described(source):
    assert UNFINISHED.findall(source.text) == []
    assert not DRAWERS & set(source.name.removesuffix(".py").split("/"))
    assert ast.get_docstring(source.tree), "a module says in one line what it is for"


def _public(tree):
    """Yield public functions and classes of a module, and the methods of public classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def test_everything_public_says_what_it_does():
    silent = [
        f"{source.name}:{name}"
        for source in sources()
        for name, node in _public(source.tree)
        if not ast.get_docstring(node) and not _is_overload(node)
    ]
    assert silent == []


def _is_overload(node):
    return any(getattr(mark, "id", "") == "overload" for mark in node.decorator_list)


def test_sql_stands_in_its_places_only():
    found = [
        f"{source.name}:{line}"
        for source in sources()
        if not source.name.startswith(SQL_PLACES)
        for line, text in source.texts()
        if SQL.match(text)
    ]
    assert found == []


def test_sql_is_recognised():
    for text in (
        "SELECT id\nFROM person", "INSERT OR IGNORE INTO a VALUES (1)", "\n  UPDATE person SET a = 1",
        "DELETE FROM person", "PRAGMA user_version", "WITH a AS (SELECT 1) SELECT 2", "COMMIT",
    ):  # fmt: skip
        assert SQL.match(text)
    for text in (
        "Select a file from the list",
        "Begin with a name",
        "Delete from here",
        "With love",
    ):
        assert not SQL.match(text)


def test_figures_read_views_by_their_plain_names():
    """SQLite lets a table be counted under its full name; a snapshot cannot tell that apart."""
    files = [f for f in (ROOT / "app" / "figures").rglob("*") if f.suffix in {".toml", ".sql"}]
    assert len(files) > 10
    for file in files:
        assert not re.search(r"\bmain\.\w", file.read_text("utf-8")), file.name


def test_message_boxes_are_opened_in_one_place():
    found = [
        source.name for source in sources()
        if re.search(r"\bQMessageBox\b|\bQErrorMessage\b|\bQInputDialog\b", source.text)
    ]  # fmt: skip
    # The stylesheet only says how one looks.
    assert set(found) <= {"app/ui/messages.py", "app/ui/stylesheet.py"}


def _raised_texts():
    """Yield where and what the program says when it raises one of its own errors."""
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                for part in ast.walk(node.exc):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{source.name}:{node.lineno}", part.value


def test_nothing_said_blames():
    said = list(_raised_texts())
    assert len(said) > 50
    assert [place for place, text in said if BLAME.search(text)] == []


def test_texts_for_people_do_not_blame():
    places = (
        "app/ui/",
        "app/cli/",
        "app/services/",
        "app/importers/",
        "app/returns/",
        "app/domain/",
    )
    found = [
        f"{source.name}:{line} {text!r}"
        for source in sources()
        if source.name.startswith(places)
        for line, text in source.texts()
        if " " in text
        and BLAME.search(text)
        and not text.startswith(("argument ", r"argument (.+?)"))
    ]
    assert found == []


def test_broad_excepts_stand_where_the_outermost_guards_are():
    allowed = {
        "app/cli/__init__.py", "app/main.py", "app/ui/jobs.py", "app/ui/messages.py",
        "app/importers/spreadsheet_process.py", "app/services/selftest.py",
    }  # fmt: skip
    found = {
        source.name
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        # Putting things back and raising again hides nothing.
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    }
    assert found <= allowed


def test_every_silenced_rule_says_why():
    bare = [
        f"{source.name}:{number}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), start=1)
        if re.search(r"#\s*noqa(?!:)|#\s*type:\s*ignore(?!\[)", line)
    ]
    assert bare == []

"""The program's source, read once for the tests that look at it."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import app

ROOT = Path(app.__file__).resolve().parents[1]


@dataclass(frozen=True)
class Source:
    """One file of the program: its name from the root, its text and its tree."""

    name: str
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)

    @property
    def lines(self):
        """How many lines it has."""
        return self.text.count("\n")

    def functions(self):
        """Yield its functions and methods, inner ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def texts(self):
        """Yield its string literals with their lines, docstrings left out."""
        docs = {id(n.value) for n in ast.walk(self.tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(self.tree):
            text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if text and id(node) not in docs:
                yield node.lineno, node.value


@cache
def sources():
    """Return every Python file of app/."""
    files = sorted((ROOT / "app").rglob("*.py"))
    return tuple(
        Source(
            name=file.relative_to(ROOT).as_posix(),
            text=(text := file.read_text("utf-8")),
            tree=ast.parse(text),
        )
        for file in files
    )

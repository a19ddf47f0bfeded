"""The two commands, run as a user runs them, in a folder of their own that is set up already."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import environment
import pypdf
import pytest

ROOT = environment.ROOT
TOOLS = Path(sys.executable).parent
SETTINGS = """\
[project]
name = "hallbook"
[tool.ruff]
extend-exclude = ["installer"]
[tool.mypy]
files = ["app"]
[tool.pytest.ini_options]
testpaths = ["tests"]
[tool.importlinter]
root_package = "app"
[[tool.importlinter.contracts]]
name = "The earth does not import the moon"
type = "forbidden"
source_modules = ["app.earth"]
forbidden_modules = ["app.moon"]
"""
SMALL = {
    "app/__init__.py": "",
    "app/earth.py": "MOONS = 1\n",
    "app/moon.py": "",
    "tests/test_small.py": "def test_adding() -> None:\n    assert 1 + 1 == 2\n",
}
NOTE = (
    "import environment as e; done = {e._name(f): e._hash(f) for f in (e.RUN_LOCK, e.TEST_LOCK)};"
    "e.write_state({'made': e._made_here(), 'locks': done,"
    " 'project': e._hash(e.ROOT / 'pyproject.toml')})"
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links the tools that are here")


def _ready(root: Path) -> Path:
    """Give `root` the installer and an environment that borrows the packages of this one."""
    shutil.copytree(ROOT / "installer", root / "installer")
    venv = [sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")]
    subprocess.run(venv, check=True)
    (packages,) = (root / ".venv" / "lib").glob("python*/site-packages")
    borrowed = [entry for entry in sys.path if entry.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    for tool in ("ruff", "mypy", "lint-imports", "pytest"):
        (root / ".venv" / "bin" / tool).symlink_to(TOOLS / tool)
    note = [sys.executable, "-c", NOTE]
    subprocess.run(note, cwd=root / "installer", check=True)
    return root


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few short files; each test writes those it changes."""
    root = tmp_path_factory.mktemp("small")
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    return _ready(root)


def _write(root: Path, changed: dict[str, str]) -> None:
    for name, text in (SMALL | changed).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY") and not name.startswith(("PYTEST", "COV"))
    }
    command = [sys.executable, "installer/run.py", *arguments]
    return subprocess.run(
        command, cwd=root, env=variables, capture_output=True, text=True, check=False
    )


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.rstrip().splitlines()[-1]


def _faulty(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.split("  ")[1] for line in done.stdout.splitlines() if "FOUND FAULTS" in line]


def test_all_well_ends_with_pytests_own_count(small: Path) -> None:
    _write(small, {})
    done = _run(small, "test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed in" in _last_line(done)
    assert "Installing" not in done.stdout
    for step in ("ruff check", "ruff format", "mypy", "lint-imports", "pytest"):
        assert f"\n  {step:<13} " in done.stdout
    assert _faulty(done) == []


def test_fault_in_every_check_is_shown_and_the_tests_still_run(small: Path) -> None:
    earth = "import app.moon as moon\nimport os\n\nMOONS   :   int = str(moon)\n"
    _write(small, {"app/earth.py": earth})
    done = _run(small, "test", "-n", "0")
    assert done.returncode == 1
    assert _faulty(done) == ["ruff check", "ruff format", "mypy", "lint-imports"]
    for said in ("F401", "Incompatible types", "BROKEN", "app/earth.py"):
        assert said in done.stdout
    assert "1 passed in" in _last_line(done)


def test_fault_in_one_check_alone_fails_the_whole(small: Path) -> None:
    _write(small, {"app/earth.py": "MOONS   =   1\n"})
    done = _run(small, "test", "-n", "0")
    assert _faulty(done) == ["ruff format"]
    assert done.returncode == 1


def test_failing_test_fails_the_whole_and_arguments_go_to_pytest(small: Path) -> None:
    test = "def test_adding() -> None:\n    assert 1 + 1 == 3\n"
    _write(small, {"tests/test_small.py": test, "tests/test_other.py": "syntax error"})
    done = _run(small, "test", "-n", "0", "tests/test_small.py")
    (small / "tests" / "test_other.py").unlink()
    assert done.returncode == 1
    assert "1 failed in" in _last_line(done)


def test_with_no_display_everything_is_printed_and_said(tmp_path: Path) -> None:
    root = tmp_path / "whole"
    root.mkdir()
    for name in ("app", "resources", "pyproject.toml"):
        (root / name).symlink_to(ROOT / name)
    done = _run(_ready(root))
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stdout
    for name in ("attendance-sheet", "term-register", "impact-report"):
        file = root / "hallbook-try" / f"{name}.pdf"
        assert str(file.relative_to(root)) in done.stdout
        assert len(pypdf.PdfReader(file).pages[0].extract_text()) > 100
    again = _run(root)
    assert again.returncode == 0, again.stderr
    assert "Making" not in again.stdout

"""What a computer lacks is named, with the command that mends it."""

import ast
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import computer
import PySide6
import pytest
import run

ROOT = Path(computer.__file__).resolve().parents[1]
QT = Path(PySide6.__file__).parent / "Qt"
ABSENT = ("libnothere.so.9", "libnothere9", "nothere-libs")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's libraries")


def _needed(file: Path) -> set[str]:
    """Read which libraries a 64-bit ELF file asks for (its DT_NEEDED entries)."""
    data = file.read_bytes()
    start, size, count = (
        *struct.unpack_from("<Q", data, 0x20),
        *struct.unpack_from("<HH", data, 0x36),
    )
    headers = [struct.unpack_from("<IIQQQQ", data, start + i * size) for i in range(count)]
    _, _, offset, _, _, length = next(header for header in headers if header[0] == 2)
    entries = [struct.unpack_from("<qQ", data, offset + i) for i in range(0, length, 16)]
    table = next(value for tag, value in entries if tag == 5)
    _, _, at, address, _, _ = max(
        (h for h in headers if h[0] == 1 and h[3] <= table), key=lambda h: h[3]
    )
    names = table - address + at
    return {
        data[names + value : data.index(b"\0", names + value)].decode()
        for tag, value in entries
        if tag == 1
    }


# In every Linux that has Python: the C and C++ libraries, and what dpkg and Python stand on.
BASE = re.compile(
    r"(libc|libm|libdl|librt|libpthread|libresolv|libgcc_s|libstdc\+\+|libz)\.so|ld-linux"
)


def _from_the_system(*patterns: str) -> set[str]:
    files = [file for pattern in patterns for file in QT.glob(pattern)]
    assert len(files) >= len(patterns)
    bundled = {file.name for file in (QT / "lib").iterdir()}
    needed = {name for file in files for name in _needed(file)}
    return {name for name in needed - bundled if not BASE.match(name)}


@linux_only
def test_lists_name_all_that_drawing_loads() -> None:
    libraries = (
        f"lib/libQt6{part}.so.6"
        for part in ("Core", "Gui", "Widgets", "DBus", "Svg", "PrintSupport", "Test")
    )
    loaded = _from_the_system(*libraries, "plugins/platforms/libqoffscreen.so")
    assert "libEGL.so.1" in loaded
    assert loaded <= {library for library, _, _ in computer.DRAWING}


@linux_only
def test_lists_name_all_that_a_window_on_x11_loads() -> None:
    loaded = _from_the_system("plugins/platforms/libqxcb.so", "lib/libQt6XcbQpa.so.6")
    assert "libxcb-cursor.so.0" in loaded
    assert loaded <= {library for library, _, _ in computer.DRAWING + computer.X11}


@linux_only
def test_lists_name_all_that_a_window_on_wayland_loads() -> None:
    loaded = _from_the_system(
        "plugins/platforms/libqwayland.so",
        "plugins/wayland-shell-integration/libxdg-shell.so",
        "plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    )
    assert "libwayland-egl.so.1" in loaded
    assert loaded <= {library for library, _, _ in computer.DRAWING + computer.WAYLAND}


@linux_only
def test_only_what_cannot_be_loaded_is_missing() -> None:
    present = ("libc.so.6", "libc6", "glibc")
    assert computer.missing_libraries((present, ABSENT)) == [ABSENT]


def test_bare_debian_script_installs_every_listed_package() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    installed = set(re.findall(r"[\w.+-]+", script.partition("packages=(")[2].partition("\n)")[0]))
    assert {package for _, package, _ in computer.DRAWING + computer.X11} <= installed


def _tools(folder: Path, *names: str) -> str:
    """Make a folder of programs with these names; return it as a PATH."""
    for name in names:
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return str(folder)


@linux_only
@pytest.mark.parametrize(
    ("tools", "line", "other"),
    [
        (("apt-get",), "apt-get install libnothere9", "dnf"),
        (("dnf",), "dnf install nothere-libs", "apt-get"),
    ],
)
def test_command_is_the_one_of_this_linux(
    tools: tuple[str, ...], line: str, other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _tools(tmp_path, *tools))
    text = computer.what_to_install([ABSENT], no_venv=False)
    assert "libnothere.so.9" in text
    assert re.search(rf"^    (sudo )?{line}$", text, re.MULTILINE)
    assert other not in text


@linux_only
def test_unknown_linux_is_given_both_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    text = computer.what_to_install([ABSENT], no_venv=False)
    assert "apt-get install libnothere9" in text
    assert "dnf install nothere-libs" in text


@linux_only
def test_missing_venv_and_libraries_are_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _tools(tmp_path, "apt-get"))
    text = computer.what_to_install([ABSENT], no_venv=True)
    assert "venv and ensurepip" in text
    assert re.search(r"apt-get install python3(\.\d+)?-venv libnothere9$", text, re.MULTILINE)


@linux_only
def test_package_that_gives_several_libraries_is_named_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _tools(tmp_path, "dnf"))
    text = computer.what_to_install(list(computer.X11), no_venv=False)
    assert len(re.findall(r" libxcb(?= |$)", text, re.MULTILINE)) == 1


@linux_only
def test_missing_library_stops_before_anything_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "installer"
    folder.mkdir()
    for name in ("run.py", "computer.py", "environment.py"):
        text = (ROOT / "installer" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace('"libGL.so.1"', '"libGL.so.99"'), encoding="utf-8")
    command = [sys.executable, str(folder / "run.py"), "test"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "libGL.so.99" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["installer"]


@pytest.mark.parametrize(
    ("variables", "seen"),
    [
        ({}, not sys.platform.startswith("linux")),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_display_is_known(
    variables: dict[str, str], seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert computer.has_display() is seen


@pytest.mark.parametrize("version", [(3, 11, 2), (3, 12, 0), (3, 13, 5), (3, 14, 0)])
def test_fitting_python_is_no_problem(version: tuple[int, ...]) -> None:
    assert run.python_problem(version, 64, ()) == ""


@pytest.mark.parametrize(
    ("version", "bits", "said"),
    [((3, 10, 12), 64, "3.10.12"), ((3, 15, 0), 64, "3.15.0"), ((3, 13, 1), 32, "32-bit")],
)
def test_unfit_python_is_named_with_the_way_out(
    version: tuple[int, ...], bits: int, said: str
) -> None:
    alone = run.python_problem(version, bits, ())
    assert said in alone
    assert "3.11, 3.12, 3.13 or 3.14" in alone
    assert "python.org" in alone
    assert "    python3.12 " in run.python_problem(version, bits, ("python3.12",))


def test_older_pythons_can_read_far_enough_to_be_told() -> None:
    """They parse the whole of run.py before running it, and stop before its imports of our own."""
    source = (ROOT / "installer" / "run.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    stop = next(i for i, part in enumerate(tree.body) if "sys.exit(_PROBLEM)" in ast.unparse(part))
    before = "\n".join(ast.unparse(part) for part in tree.body[:stop])
    assert "import computer" not in before
    annotations = [
        part.annotation for part in ast.walk(ast.parse(before)) if isinstance(part, ast.arg)
    ]
    assert annotations
    assert all(isinstance(a, ast.Constant | ast.Name) for a in annotations)


def test_wrong_usage_is_two() -> None:
    command = [sys.executable, str(ROOT / "installer" / "run.py"), "no-such-command"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 2
    assert "run.py test" in done.stdout

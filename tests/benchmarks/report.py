"""Writes results as lines on the screen and as a table to keep."""

import datetime as dt
import importlib.metadata
import os
import platform
import shutil
import subprocess

from measure import Result
from peers import python_of_peers

_OURS = ("sqlcipher3", "reportlab", "PySide6-Essentials", "python-calamine")
_PEERS = ("pandas", "weasyprint", "typst")
_HEAD = """# Results

{day}, {system}, Python {python}, {cores} cores. {versions}.

Each ratio was taken in one run, ours and its peer in turn; "processor" is the same ratio of processor time, which
other work on the computer bends less. `README.md` says what the targets are.

| Target | What | Peer or limit | Ours | Peer | Ratio | Processor | Limit | |
|---|---|---|---:|---:|---:|---:|---:|---|
"""


def text(line: Result | str) -> str:
    """Return a line for the screen."""
    if isinstance(line, str):
        return line
    cells = _cells(line)
    return (
        f"{cells[0]:7} {cells[1]:45} {cells[3]:>14} {cells[4]:>14}  ratio {cells[5]:>6} {cells[7]:>7}"
        f"  {cells[8]:7}  beside {cells[2]}{f' (processor {cells[6]})' if cells[6] else ''}"
    )


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.target, result.what, result.peer_is,
        _amount(result.ours, result.unit), _amount(result.peer, result.unit),
        f"{result.ratio:.2f}", f"{result.cpu_ratio:.2f}" if result.cpu_ratio else "",
        f"{'≥' if result.at_least else '≤'} {result.limit:g}", "met" if result.met else "NOT MET",
    )  # fmt: skip


def _amount(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"
    return f"{value:.0f} {unit}"


def write(path, lines):
    """Keep a table of results; the computer is described only as far as ratios need it."""
    table = "".join(f"| {' | '.join(_cells(r))} |\n" for r in lines if isinstance(r, Result))
    notes = "".join(f"\n- {line}" for line in lines if isinstance(line, str))
    today = dt.date.today()  # noqa: DTZ011 - where it was measured
    head = _HEAD.format(
        day=f"{today.day} {today:%B %Y}", system=_system(), python=platform.python_version(),
        cores=os.cpu_count(), versions=", ".join(_versions()),
    )  # fmt: skip
    path.write_text(f"{head}{table}{notes}\n" if notes else f"{head}{table}", encoding="utf-8")


def _system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _versions():
    for name in _OURS:
        yield f"{name} {importlib.metadata.version(name)}"
    if (python := python_of_peers()).exists():
        ask = "import importlib.metadata as m, sys; print(*map(m.version, sys.argv[1:]))"
        asked = subprocess.run(
            [python, "-c", ask, *_PEERS], capture_output=True, text=True, check=True
        )
        for name, version in zip(_PEERS, asked.stdout.split(), strict=True):
            yield f"{name} {version}"
    for program, *words in (("soffice", "--version"), ("gnucash-cli", "--version")):
        if shutil.which(program):
            asked = subprocess.run([program, *words], capture_output=True, text=True, check=False)
            yield " ".join(asked.stdout.split()[:2])

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

Latest: {day}, {system}, Python {python}, {cores} cores. {versions}.

Each ratio was taken in one run, ours and its peer in turn; "processor" is the same ratio of processor time, which
other work on the computer bends less. `README.md` says what the targets are. A target that is measured again takes
the place of its older rows; the others stay as they were on their day.

| Target | What | Peer or limit | Ours | Peer | Ratio | Processor | Limit | | Day |
|---|---|---|---:|---:|---:|---:|---:|---|---|
"""
_CELLS = 10


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
    return f"{value:.0f} {unit}".strip()


def write(path, lines, *, order):
    """Put results into the table that is kept, by target; rows of targets not measured now stay.

    The computer is described only as far as ratios need it.
    """
    now = dt.date.today()  # noqa: DTZ011 - where it was measured
    day = f"{now.day} {now:%B %Y}"
    rows, notes = _kept(path)
    new = [(*_cells(line), day) for line in lines if isinstance(line, Result)]
    said = [f"- {line}" for line in lines if isinstance(line, str)]
    again = {cells[0] for cells in new} | {line.partition(":")[0][2:] for line in said}
    measured = {cells[0] for cells in new}
    rows = [cells for cells in rows if cells[0] not in measured] + new
    rows.sort(key=lambda cells: order.index(cells[0]) if cells[0] in order else len(order))
    notes = [note for note in notes if note.partition(":")[0][2:] not in again] + said
    head = _HEAD.format(
        day=day, system=_system(), python=platform.python_version(), cores=os.cpu_count(),
        versions=", ".join(_versions()),
    )  # fmt: skip
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in rows)
    path.write_text(
        f"{head}{table}" + "".join(f"\n{note}" for note in notes) + "\n" * bool(notes), "utf-8"
    )


def _kept(path):
    """Return the rows of the table that is kept, each with its day, and the notes under it."""
    if not path.exists():
        return [], []
    text = path.read_text("utf-8")
    lines = text.splitlines()
    written = next((line for line in lines[1:] if line), "").removeprefix("Latest: ")
    rows, notes = [], []
    for line in lines:
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if line.startswith("| ") and cells[0] != "Target":
            # Rows of a table without days are of the day the table was written.
            rows.append(cells if len(cells) == _CELLS else (*cells, written.partition(",")[0]))
        elif line.startswith("- "):
            notes.append(line)
        elif line.startswith("  ") and notes:
            notes[-1] += f"\n{line}"
    return rows, notes


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

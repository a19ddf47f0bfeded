"""T1 to T4: a year's return with its PDF, from the start of the process to the file."""

import sys

from books import FIRST, LAST, PASSWORD, csv_of, example, gnucash_book, with_form, xlsx_of
from measure import command, compare
from peers import BUILD, ENV, HERE, ROOT, program, python_of_libreoffice, python_of_peers

_OUT = BUILD / "report.pdf"
_ANNUAL = "people and attendances of a year"
"""What the peers print: a form of the group's own, annual.toml."""
_IMPACT = "a year's impact report"
"""All that a funder is told, some seven pages: more than any of the peers does."""


def _report(size, password=None, *, name="annual"):
    env = {**ENV, **({"HALLBOOK_PASSWORD": password} if password else {})}
    return command(
        sys.executable, "-m", "app", "return", name, with_form(size, password=password),
        "--from", FIRST, "--to", LAST, "--out", _OUT, env=env, cwd=ROOT,
    )  # fmt: skip


def _both(target, size, peer, limit, *, runs, password=None):
    """Compare both returns with a peer."""
    with_it = ", with a password" if password else ""
    for name, what in (("annual", _ANNUAL), ("impact-report", _IMPACT)):
        ours = _report(size, password, name=name)
        yield compare(target, f"{what}, {size}{with_it}", ours, peer, limit, runs=runs)


def beside_a_spreadsheet():
    """T1: beside LibreOffice, workbook to pivot table to PDF."""
    for size, password, limit in (
        ("busy", None, 0.20), ("busy", PASSWORD, 0.20), ("small", None, 0.40)
    ):  # fmt: skip
        peer = command(
            python_of_libreoffice(),
            HERE / "peer_libreoffice.py",
            xlsx_of(size),
            BUILD / "pivot.pdf",
        )
        yield from _both("T1", size, ("LibreOffice", peer), limit, runs=3, password=password)


def beside_the_floor():
    """T2: beside bare sqlite3 and one untagged ReportLab table on the same file."""
    peer = command(
        sys.executable,
        HERE / "peer_floor.py",
        with_form("busy"),
        FIRST,
        LAST,
        BUILD / "floor.pdf",
        env=ENV,
    )
    yield from _both("T2", "busy", ("bare sqlite3 and ReportLab", peer), 2.0, runs=9)


def beside_pandas():
    """T3: beside pandas on a CSV of the same rows, without any PDF."""
    peer = command(python_of_peers(), HERE / "peer_pandas.py", csv_of("busy"), FIRST, LAST, env=ENV)
    yield from _both("T3", "busy", ("pandas on CSV, no PDF", peer), 1.0, runs=7)


def beside_gnucash():
    """T4: receipts and payments accounts beside GnuCash's income statement, 20,000 entries each."""
    for size, password, limit in (
        ("busy", None, 0.15),
        ("busy", PASSWORD, 0.15),
        ("small", None, 1.5),
    ):
        env = {**ENV, **({"HALLBOOK_PASSWORD": password} if password else {})}
        ours = command(
            sys.executable, "-m", "app", "return", "receipts-and-payments",
            example(size, password=password), "--from", FIRST, "--to", LAST,
            "--out", BUILD / "accounts.pdf", env=env, cwd=ROOT,
        )  # fmt: skip
        peer = command(
            program("gnucash-cli", "gnucash"), "--report", "run", "--name", "Income Statement",
            gnucash_book(), env=ENV,
        )  # fmt: skip
        what = f"receipts and payments accounts with PDF, {size}{', with a password' if password else ''}"
        yield compare("T4", what, ours, ("GnuCash's income statement", peer), limit, runs=3)


TARGETS = {
    "T1": beside_a_spreadsheet,
    "T2": beside_the_floor,
    "T3": beside_pandas,
    "T4": beside_gnucash,
}

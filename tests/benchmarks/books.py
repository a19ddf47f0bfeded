"""The pretend books that are measured, and the same rows in the forms other programs read.

Each is made on first use, in build/benchmarks/, and again when what makes it has changed.
"""

import csv
import datetime as dt
import shutil
import subprocess
import sys

import sqlcipher3.dbapi2 as driver
import xlsxwriter
from peer_gnucash import write_book
from peers import BUILD, ENV, HERE, ROOT

from app.services import registers
from app.services.result import Done
from app.services.returns import form_files

_MONTH = dt.date.today().replace(day=1)  # noqa: DTZ011 - the window shows this computer's day
FIRST = _MONTH.replace(year=_MONTH.year - 1).isoformat()
LAST = (_MONTH - dt.timedelta(days=1)).isoformat()
"""The year that is counted: the last twelve months of each book, which ends with last month."""
SEARCHES = ("mohammed", "o'connor", "wiśn", "sa", "07700", "lu1", "zzz")
"""What is typed: common names, rare ones, one letter only, a telephone number, nothing found."""
PASSWORD = "pretend password"
_MAKERS = (
    "app/services/example/*.py", "resources/example/*", "app/storage/migrations/*.py",
    "app/storage/views/*.sql",
)  # fmt: skip
_HEAD = ("person", "date", "month", "activity")


def example(size, *, password=None):
    """Return a pretend group's book, with a password if one is given."""
    path = BUILD / f"{size}{'-password' if password else ''}-{LAST}.hallbook"
    makers = [file for folder in _MAKERS for file in ROOT.glob(folder)]
    if _stale(path, makers):
        path.unlink(missing_ok=True)
        make = [sys.executable, "-m", "app", "example", path, "--size", size, "--ending", LAST]
        env = {**ENV, **({"HALLBOOK_NEW_PASSWORD": password} if password else {})}
        subprocess.run(make, check=True, cwd=ROOT, env=env, capture_output=True)
    return path


def with_form(size, *, password=None):
    """Return such a book that has the form annual.toml too."""
    book, form = example(size, password=password), HERE / "annual.toml"
    path = book.with_name(f"annual-{book.name}")
    if _stale(path, [book, form]):
        shutil.copy(book, path)
        with registers.open_register(path, password=password) as register:
            done = form_files.read_from(register, form)
            assert isinstance(done, Done), done
    return path


def _stale(path, sources):
    return not path.exists() or any(s.stat().st_mtime > path.stat().st_mtime for s in sources)


def _rows(size):
    with driver.connect(str(example(size))) as connection:
        yield from connection.execute(
            "SELECT m.person_id, s.session_on, substr(s.session_on, 1, 7), a.name FROM attendance m"
            " JOIN session s ON s.id = m.session_id JOIN activity a ON a.id = s.activity_id"
            " WHERE m.mark IN ('present', 'late') AND m.role = 'participant'"
        )


def csv_of(size):
    """Return a CSV of a book's attendances: person, date, month, activity."""
    path = BUILD / f"{size}.csv"
    if _stale(path, [example(size)]):
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(_HEAD)
            writer.writerows(_rows(size))
    return path


def xlsx_of(size):
    """Return a workbook of the same rows."""
    path = BUILD / f"{size}.xlsx"
    if _stale(path, [example(size)]):
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Attendance")
            for number, row in enumerate((_HEAD, *_rows(size))):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, str(cell))
    return _free(path)


def attendance_list(size):
    """Return a CSV of the attendances as a group keeps them: names and birth dates, no numbers."""
    path = BUILD / f"{size}-attendance.csv"
    if _stale(path, [example(size)]):
        with (
            driver.connect(str(example(size))) as connection,
            path.open("w", newline="", encoding="utf-8") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(["Date", "Activity", "First name", "Surname", "Date of birth", "Mark"])
            writer.writerows(connection.execute(_LIST))
    return path


_LIST = """
SELECT strftime('%d/%m/%Y', s.session_on), a.name, p.given_name, p.family_name,
    COALESCE(strftime('%d/%m/%Y', p.born_on), ''), m.mark
FROM attendance m
JOIN session s ON s.id = m.session_id
JOIN activity a ON a.id = s.activity_id
JOIN person p ON p.id = m.person_id
WHERE m.mark IN ('present', 'late') AND m.role = 'participant'
ORDER BY s.session_on, s.id, p.sort_key
"""


def gnucash_book():
    """Return a GnuCash book of 20,000 transactions."""
    path = BUILD / "money.gnucash"
    if not path.exists():
        write_book(path)
    return _free(path)


def _free(path):
    """Take away what a program that was killed left beside a file, to say that it has it open."""
    for lock in (f".~lock.{path.name}#", f"{path.name}.LCK"):
        path.with_name(lock).unlink(missing_ok=True)
    return path

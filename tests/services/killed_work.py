"""Do one kind of work over and over until killed; run by test_killed_work.py.

A parent process has everything imported already; each line it reads is work for a child of its
own: the kind, the book, and a pipe in which the child says “begun” and the number of every piece
of work that is done.
"""

import datetime as dt
import os
import shutil
import sys
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from app.domain.anonymising import Because
from app.domain.periods import Period
from app.domain.returns import DraftSettings
from app.importers.base import Options
from app.services import anonymising, backups, imports, recovery, registers
from app.services.result import Done
from app.services.returns import drafts, issuing
from app.storage import schema

PASSWORD = "kettle ladder orange"
TODAY = dt.date(2026, 11, 3)
YEAR = Period(first=dt.date(2025, 11, 1), last=dt.date(2026, 10, 31))
PEOPLE_A_FILE = 150
CHANGE = SimpleNamespace(
    NAME="m9999_tomorrow",
    SQL="""ALTER TABLE person ADD COLUMN shoe_size INTEGER;
CREATE TABLE shoe (id INTEGER PRIMARY KEY, maker TEXT NOT NULL) STRICT;
INSERT INTO shoe WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
 SELECT i, hex(zeroblob(60)) FROM n;
UPDATE person SET shoe_size = 7;
""",
)


def bring_in(book):
    """Import files of people, each in one transaction."""
    with registers.open_register(book, undo=True) as register:
        for number in count(1):
            file = book.with_name(f"people {number}.csv")
            names = (f"Person{number}x{n},Pretend" for n in range(PEOPLE_A_FILE))
            file.write_text("First name,Last name\n" + "\n".join(names) + "\n", encoding="utf-8")
            imports.carry_out(
                register, imports.prepare(register, "people", file, Options(today=TODAY))
            )
            file.unlink()
            yield number


def migrate(book):
    """Bring copies of the book up to the schema of tomorrow."""
    schema.MIGRATIONS = (*schema.MIGRATIONS, CHANGE)
    for number in count(1):
        copy = book.with_name(f"older {number}.hallbook")
        shutil.copy(book, copy.with_suffix(".half"))
        copy.with_suffix(".half").rename(copy)
        registers.open_register(copy).close()
        yield number


def make_sheets(book):
    """Make recovery sheets, each of which gives the book another key."""
    for number in count(1):
        recovery.make(book, password=PASSWORD, holder="chair", now=dt.datetime.now(dt.UTC))
        yield number


def issue(book):
    """Issue a return again and again."""
    with registers.open_register(book, undo=True) as register:
        about = DraftSettings(template_id="town-council-report", title="", period=YEAR,
                              grant_id=register.value("SELECT id FROM grant_award LIMIT 1"))  # fmt: skip
        for number in count(1):
            draft = drafts.start(register, about).ids[0]
            done = issuing.issue(register, draft)
            assert isinstance(done, Done), done
            yield number


def anonymise(book):
    """Make one person after another nameless."""
    with registers.open_register(book) as register:
        people = register.rows(
            "SELECT id FROM person WHERE merged_into IS NULL AND anonymised_at IS NULL ORDER BY id"
        )
        for number, (person,) in enumerate(people, start=1):
            done = anonymising.anonymise(register, person, Because.RETENTION)
            assert isinstance(done, Done), done
            yield number


def back_up(book):
    """Make copies, and put each back in the book's place."""
    folder = book.with_name("copies")
    folder.mkdir(exist_ok=True)
    for number in count(1):
        moment = dt.datetime.now(dt.UTC)
        made = backups.make(book, folder, now=moment)
        backups.restore(made.file, book, now=moment)
        yield number


KINDS = {
    "import": bring_in,
    "migration": migrate,
    "recovery sheet": make_sheets,
    "issue": issue,
    "anonymise": anonymise,
    "backup and restore": back_up,
}


def _work(kind, book, pipe):
    with Path(pipe).open("w", buffering=1) as said:
        said.write("begun\n")
        for number in KINDS[kind](Path(book)):
            said.write(f"{number}\n")
        said.write("out of work\n")


def main():
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _work(*line.rstrip("\n").split("\t"))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, how = os.waitpid(child, 0)
        sys.stdout.write(f"{how}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Use an encrypted book in every way that writes files; run by test_secret_bytes.py.

Writes beside the book a list of what is in it that nobody else may read: that list is the test's.
"""

import datetime as dt
import json
import logging
import os
import sys
from pathlib import Path

from app import logs, paths
from app.domain.errors import AppError
from app.domain.people import PersonDraft
from app.domain.welfare import NoteDraft
from app.services import (
    backups,
    guesses,
    money,
    people,
    recent,
    recovery,
    registers,
    standing,
    welfare,
)
from app.services import password as passwords
from app.services.example import Size, make_example
from tests import builders

TODAY = dt.date(2026, 11, 3)
TABLES = (
    "person", "emergency_contact", "guardian", "person_access", "story", "goal", "entry", "referral",
    "referrer", "referrer_worker", "session", "response", "grant_award", "gift_in_kind",
)  # fmt: skip
SECRETS = ("Zebedee Quackenbush", "keeps a trumpet in the greenhouse", "07700 900555", "412.60")


def _words(register):
    """Return every text of the tables about people and money."""
    found = set(SECRETS)
    for table in TABLES:
        for row in register.rows(f"SELECT * FROM {table}"):
            found |= {value.strip() for value in row if isinstance(value, str)}
    return sorted(
        word for word in found if len(word) >= 6 and (" " in word or "@" in word or word.istitle())
    )


def _use(book, password, now):
    with registers.open_register(book, password=password, undo=True) as register:
        recent.note_opened(book, "Movers", now)
        draft = PersonDraft(given_name="Zebedee", family_name="Quackenbush", notes=SECRETS[1],
                            phone=SECRETS[2])  # fmt: skip
        assert people.save_new(register, draft, today=TODAY).ids
        known = money.books(register)
        paid = builders.entry(TODAY, (next(iter(known.accounts)), next(iter(known.funds)), 412_60),
                              payee="Zebedee Quackenbush", description="412.60 for the trumpet")  # fmt: skip
        assert money.save_entry(register, paid, today=TODAY).ids
        words = _words(register)
        assert standing.make_copies(standing.wanted(register), now=now).here
        # A change so large that it does not stay in memory: half of it is on the disk just now.
        register._connection.execute("PRAGMA cache_size = 5")
        with register.transaction("people.change_many"):
            register.execute("UPDATE person SET notes = notes || ' and a tuba'")
            register.execute("UPDATE entry SET description = description || ' again'")
            for each in book.parent.glob(f"{book.name}*"):
                Path(f"{each}.seen in the middle").write_bytes(each.read_bytes())
        assert any(
            each.name.endswith("-journal.seen in the middle") for each in book.parent.iterdir()
        )
    return words


def main(book, plain):
    now = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)
    logs.set_up(paths.log_folder())
    password = None if plain else os.environ["HALLBOOK_PASSWORD"]
    make_example(book, size=Size.SMALL, seed=1, ending=TODAY, password=password)
    words = _use(book, password, now)
    if not plain:
        _only_with_a_password(book, password, now)
    logging.getLogger("app.test").error("person %s", SECRETS[0], exc_info=ValueError(SECRETS[0]))
    sys.stdout.write(json.dumps(words))


def _only_with_a_password(book, password, now):
    made = backups.make(book, book.parent, password=password, now=now)
    backups.restore(made.file, book, password=password, now=now)
    new = os.environ["HALLBOOK_NEW_PASSWORD"]
    passwords.change_password(book, old=password, new=new, now=now)
    recovery.make(book, password=new, holder="chair", now=now)
    with welfare.begin(book, new=password, now=now) as notes:
        note = NoteDraft(about=SECRETS[0], happened_on=TODAY, what_happened=SECRETS[1],
                         action_taken="told the lead", why_not_referred="spoke to them",
                         signed_by=SECRETS[0])  # fmt: skip
        assert welfare.add(notes, note, today=TODAY, now=now).ids
    try:
        registers.open_register(book, password=SECRETS[0], write=False)
    except AppError:
        guesses.note_wrong(book, now)
    standing_of = standing.make_copies
    with registers.open_register(book, password=new) as register:
        standing_of(standing.wanted(register), now=now, anyway=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "plain")

"""Puts a CSV of attendances into an empty register with the least Python: CSV REGISTER.

The same rows into the same tables as the import makes of them, with the same care for the disk, by
executemany in one transaction; nothing is checked, matched, reported or asked.
"""

import csv
import sqlite3
import sys
from pathlib import Path

source, register = sys.argv[1:3]
people, activities, sessions, marks, enrolments = {}, {}, {}, {}, {}
with Path(source).open(newline="", encoding="utf-8") as file:
    rows = csv.reader(file)
    next(rows)
    for day, activity, given, family, born, mark in rows:
        on = f"{day[6:]}-{day[3:5]}-{day[:2]}"
        who = people.setdefault((given, family, born), len(people) + 1)
        what = activities.setdefault(activity, len(activities) + 1)
        where = sessions.setdefault((what, on), len(sessions) + 1)
        marks[where, who] = mark
        enrolments.setdefault((who, what), on)
connection = sqlite3.connect(register, isolation_level=None)
for pragma in ("synchronous = EXTRA", "foreign_keys = ON", "secure_delete = ON"):
    connection.execute(f"PRAGMA {pragma}")
connection.execute("BEGIN")
connection.executemany(
    "INSERT INTO person (id, given_name, family_name, born_on, sort_key, search_text)"
    " VALUES (?, ?, ?, ?, ?, ?)",
    (
        (n, given, family, f"{born[6:]}-{born[3:5]}-{born[:2]}" if born else None,
         f"{family} {given}".lower(), f"{given} {family}".lower())
        for (given, family, born), n in people.items()
    ),
)  # fmt: skip
connection.executemany(
    "INSERT INTO activity (id, name, code) VALUES (?, ?, ?)",
    ((n, name, f"A{n}") for name, n in activities.items()),
)
connection.executemany(
    "INSERT INTO session (id, activity_id, session_on, state) VALUES (?, ?, ?, 'held')",
    ((n, what, on) for (what, on), n in sessions.items()),
)
connection.executemany(
    "INSERT INTO attendance (session_id, person_id, mark) VALUES (?, ?, ?)",
    ((where, who, mark) for (where, who), mark in marks.items()),
)
connection.executemany(
    "INSERT INTO enrolment (id, person_id, activity_id, from_on) VALUES (?, ?, ?, ?)",
    ((n, who, what, on) for n, ((who, what), on) in enumerate(enrolments.items(), start=1)),
)
connection.execute("COMMIT")

"""Mark people in a loop through the services, as the window does, and say each number when saved.

Run by test_killed.py in a process of its own, which is killed at some moment.
"""

import datetime as dt
import sys
from pathlib import Path

from app.domain.attendance import Mark, MarkChange
from app.services import attendance, registers


def main(path, password):
    register = registers.open_register(Path(path), password=password or None, undo=True)
    pairs = register.rows("SELECT s.id, p.id FROM session s JOIN person p ORDER BY s.id, p.id")
    done = register.value("SELECT count(*) FROM attendance")
    for number, (session, person) in enumerate(pairs[done:], start=done + 1):
        change = MarkChange(session_id=session, person_id=person, mark=Mark.PRESENT)
        answer = attendance.set_mark(register, change, today=dt.date(2026, 11, 3))
        assert answer.ids
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

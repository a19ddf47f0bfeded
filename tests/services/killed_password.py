"""Change a register's password to and fro and say so; run by test_password.py, which kills it.

The passwords come as the program's own do: from the environment.
"""

import datetime as dt
import os
import sys
from pathlib import Path

from app.services import password as passwords
from app.services.result import Done


def main(path):
    now, other = os.environ["HALLBOOK_PASSWORD"], os.environ["HALLBOOK_NEW_PASSWORD"]
    while True:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        moment = dt.datetime.now(dt.UTC)
        answer = passwords.change_password(path, old=now, new=other, now=moment)
        assert isinstance(answer, Done), answer
        now, other = other, now


if __name__ == "__main__":
    main(Path(sys.argv[1]))

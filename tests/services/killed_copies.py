"""Back a register up and restore it, over and over; run by test_backups.py, which kills it."""

import datetime as dt
import sys
from pathlib import Path

from app.services import backups


def main(book, folder):
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    while True:
        moment = dt.datetime.now(dt.UTC)
        made = backups.make(book, folder, now=moment)
        backups.restore(made.file, book, now=moment)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""T9: importing the attendances of ten years from a CSV, into an empty register."""

import shutil
import sys

from books import PASSWORD, attendance_list
from measure import command, compare
from peers import BUILD, ENV, HERE, ROOT


def _empty(password=None):
    """Return an empty register of this version."""
    path = BUILD / f"empty{'-password' if password else ''}.hallbook"
    path.unlink(missing_ok=True)
    env = {**ENV, **({"HALLBOOK_NEW_PASSWORD": password} if password else {})}
    command(sys.executable, "-m", "app", "new", path, "--name", "Empty", env=env, cwd=ROOT)()
    return path


def attendance():
    """T9: the command, whole process, beside executemany of the same rows by the least Python."""
    source, plain = attendance_list("busy"), _empty()
    theirs = BUILD / "imported-by-peer.hallbook"
    bare = command(sys.executable, HERE / "peer_executemany.py", source, theirs, env=ENV)
    for password, limit in ((None, 2.0), (PASSWORD, 2.5)):
        empty = _empty(password) if password else plain
        mine = BUILD / f"imported{'-password' if password else ''}.hallbook"
        env = {**ENV, **({"HALLBOOK_PASSWORD": password} if password else {})}
        ours = command(
            sys.executable, "-m", "app", "import", "attendance", source, "--into", mine,
            env=env, cwd=ROOT,
        )  # fmt: skip

        def anew(pairs=((empty, mine), (plain, theirs))):
            for original, copy in pairs:
                shutil.copy(original, copy)

        what = f"importing 148,000 attendances{', with a password' if password else ''}"
        yield compare("T9", what, ours, ("executemany, no password", bare), limit, before=anew)


TARGETS = {"T9": attendance}

"""The password of a register: set one, change it, remove it."""

import datetime as dt
from pathlib import Path

from app.domain.changes import Topic
from app.domain.errors import Refused as RefusedError
from app.domain.passwords import may_be_password
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import opening
from app.storage import password as storage

_NOTHING_IN_IT: frozenset[Topic] = frozenset()
"""What is in the register stays as it is."""


def key_of(path: Path, typed: str) -> str | None:
    """Return the key of a register's file for what was typed, so that what was typed is not kept.

    It takes a tenth of a second or more, as it must: for the worker. That it opens the file is not
    proved by it. Raises AppErrors for a file that is none.
    """
    return opening.key_of(path, opening.secret_of(path, typed))


def set_password(path: Path, *, new: str, now: dt.datetime) -> Done | Refused:
    """Give a password to a register that has none; the register must be closed.

    Backups made before stay readable without it. Raises AppErrors, with nothing changed.
    """
    if refused := may_set_password(path):
        return refused
    if problems := may_be_password(new):
        return Refused(problems=tuple(problems))
    storage.change(path, old=None, new=new, now=now)
    return Done(changes=_NOTHING_IN_IT, text="set a password")


def change_password(path: Path, *, old: str | None, new: str, now: dt.datetime) -> Done | Refused:
    """Put another password in the place of a register's; backups keep the old one.

    Raises WrongPassword and other AppErrors, with nothing changed.
    """
    if refused := check_password(path, old):
        return refused
    if problems := may_be_password(new, old=old):
        return Refused(problems=tuple(problems))
    storage.change(path, old=old, new=new, now=now)
    return Done(changes=_NOTHING_IN_IT, text="change the password")


def remove_password(path: Path, *, old: str | None, now: dt.datetime) -> Done | Refused:
    """Take a register's password away: anybody with the file can read it then.

    Raises WrongPassword and other AppErrors, with nothing changed.
    """
    if not storage.has_password(path):
        return _refused("password_has_none", path)
    storage.change(path, old=old, new=None, now=now)
    return Done(changes=_NOTHING_IN_IT, text="remove the password")


def rekey(path: Path, *, old: str | None, new: str | None, now: dt.datetime) -> str | None:
    """Set, change or (``new`` None) remove a password; return the key the file has afterwards.

    Raises Refused where a rule stands against it, and other AppErrors, with nothing changed.
    """
    if new is None:
        answer = remove_password(path, old=old, now=now)
    elif storage.has_password(path):
        answer = change_password(path, old=old, new=new, now=now)
    else:
        answer = set_password(path, new=new, now=now)
    if isinstance(answer, Refused):
        raise RefusedError(answer.text)
    return key_of(path, new) if new else None


def is_locked(path: Path) -> bool:
    """Say whether a register's file has a password; refuses what is no register by name."""
    return storage.has_password(path)


def prove(path: Path, key: str | None) -> None:
    """Open a register's file with a password or key, or raise WrongPassword."""
    storage.prove_password(path, key)


def may_set_password(path: Path) -> Refused | None:
    """Look that a register has no password yet, before one is asked for."""
    return _refused("password_has_one", path) if storage.has_password(path) else None


def check_password(path: Path, old: str | None) -> Refused | None:
    """Look that a register has a password and that this is it, before a new one is asked for.

    Raises WrongPassword or PasswordNeeded when it is not.
    """
    if not storage.has_password(path):
        return _refused("password_has_none", path)
    storage.prove_password(path, old)
    return None


def _refused(code: str, path: Path) -> Refused:
    return Refused(problems=(Problem(code=code, values={"value": path.name}),))

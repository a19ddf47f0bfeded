"""T5, T6, T7: the window with the busy book in it: how long until it is there, and its memory."""

import statistics
import sys
from functools import cache

import sqlcipher3.dbapi2 as driver
from books import PASSWORD, example, gnucash_book, xlsx_of
from measure import Result
from peers import HERE, program
from windows import Program, screen, until_window

_RUNS = 5


def _hallbook(size, password=None):
    with driver.connect(str(example(size))) as connection:
        (name,) = connection.execute(
            "SELECT value FROM setting WHERE name = 'group_name'"
        ).fetchone()
    return Program(
        name="hallbook",
        arguments=(sys.executable, "-m", "app", example(size, password=password)),
        title=name.strip('"'),
        password=password or "",
    )


def _bare():
    return Program(
        name="bare", arguments=(sys.executable, HERE / "peer_window.py"), title="Bare window"
    )


def _libreoffice():
    sheet = xlsx_of("busy")
    return Program(
        name="libreoffice",
        arguments=(program("soffice", "libreoffice-calc"), "--norestore", "--nologo", sheet),
        title=sheet.name,
        leaves=(sheet.with_name(f".~lock.{sheet.name}#"),),
    )


def _gnucash():
    book = gnucash_book()
    return Program(
        name="gnucash",
        arguments=(program("gnucash", "gnucash"), book),
        title=book.stem,
        leaves=tuple(book.with_name(f"{book.name}.{end}") for end in ("LCK", "LNK")),
    )


@cache
def _medians(size, password, peer):
    """Return the medians of seconds and MiB, ours and a peer's, started in turn."""
    programs = (_hallbook(size, password), peer())
    taken = [[] for _ in programs]
    with screen() as env:
        for turn in range(_RUNS + 1):
            for place, one in enumerate(programs):
                found = until_window(one, env)
                if turn:
                    taken[place].append(found)
    return [tuple(map(statistics.median, zip(*runs, strict=True))) for runs in taken]


def _result(target, what, peer, peer_is, limit, *, size="busy", password=None, memory=False):
    mine, theirs = _medians(size, password, peer)
    return Result(
        target=target, what=what, peer_is=peer_is, limit=limit, unit="MiB" if memory else "s",
        ours=mine[memory], peer=theirs[memory],
    )  # fmt: skip


_IS_BARE = "a bare PySide6 window"
_IS_LIBREOFFICE = "LibreOffice, the same rows"
_IS_GNUCASH = "GnuCash, 20,000 transactions"


def beside_bare():
    """T5: until the window shows the book, beside a bare window."""
    what = "window with the busy book"
    yield _result("T5", what, _bare, _IS_BARE, 3.0)
    yield _result("T5", f"{what}, with a password", _bare, _IS_BARE, 3.5, password=PASSWORD)


def beside_others():
    """T6: the same beside LibreOffice with the same rows, and GnuCash with 20,000 transactions."""
    what = "window with the busy book"
    yield _result("T6", what, _libreoffice, _IS_LIBREOFFICE, 0.6)
    yield _result("T6", what, _gnucash, _IS_GNUCASH, 0.25)


def memory():
    """T7: memory at rest."""
    what = "memory with the busy book"
    yield _result("T7", what, _bare, _IS_BARE, 2.5, memory=True)
    yield _result("T7", what, _gnucash, _IS_GNUCASH, 0.6, memory=True)
    what = "memory with the umbrella book"
    yield _result("T7", what, _bare, _IS_BARE, 3.5, size="umbrella", memory=True)


TARGETS = {"T5": beside_bare, "T6": beside_others, "T7": memory}

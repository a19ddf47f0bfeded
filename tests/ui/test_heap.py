"""Memory goes back to the system where it can be told so, and nothing is asked of others."""

import ctypes
import sys

import psutil
import pytest

from app.ui import heap
from app.ui.gathering import Gathering


def held():
    """Return what this process holds in memory, in bytes."""
    return psutil.Process().memory_info().rss


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is told")
def test_what_is_not_wanted_any_more_is_given_back():
    library = ctypes.CDLL(None)
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    size, count = 60_000, 500  # each too small to have a place of its own
    taken = [library.malloc(size) for _ in range(count)]
    for place in taken:
        ctypes.memset(place, 1, size)
    last = library.malloc(size)  # what is before it cannot go back by itself
    for place in taken:
        library.free(place)
    before = held()
    heap.give_back()
    library.free(last)
    assert before - held() > size * count / 2


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_system_that_has_no_such_thing_is_left_alone(monkeypatch, system):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    heap.share_one_heap()
    heap.give_back()


def test_memory_is_given_back_when_the_worker_has_nothing_more_to_do(frame, qtbot, monkeypatch):
    given = []
    monkeypatch.setattr(heap, "give_back", lambda: given.append(frame.book.jobs.busy))
    jobs = [frame.book.jobs.start(lambda _context: None) for _ in range(2)]
    qtbot.waitUntil(lambda: not any(job.running for job in jobs))
    qtbot.waitUntil(lambda: False in given)


@pytest.mark.parametrize("at_once", [True, False])
def test_memory_is_given_back_after_a_look_that_took_more_than_a_turn(qtbot, monkeypatch, at_once):
    def look():
        yield 1, 1
        return "seen"

    given, found = [], []
    monkeypatch.setattr(heap, "give_back", lambda: given.append(1))
    gathering = Gathering()
    gathering.found.connect(found.append)
    gathering.start(look(), at_once=at_once)
    qtbot.waitUntil(lambda: found == ["seen"])
    assert len(given) == (not at_once)

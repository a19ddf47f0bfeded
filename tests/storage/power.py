"""A power cut, simulated: what SQLite wrote is noted, and a disk rebuilt as it may have been left.

The statements of a real register are repeated through a file system that notes every write,
truncation, sync and deletion. For a cut at any moment the disk is rebuilt as everything that had
been synced, and of the rest a chance part, in chance order, each piece perhaps torn at 512 bytes.
A deletion is on the disk once its folder was synced, or any file was after it.
"""

import random
from pathlib import Path

import apsw

_SECTOR = 512


class Notes:
    """What was done to the files of one folder, in order; ``saved`` notes what was acknowledged."""

    def __init__(self):
        self.done = []
        self.saved = []

    def acknowledge(self, number):
        """Note that the program said so many saves were done, at this moment."""
        self.saved.append((len(self.done), number))


class _File(apsw.VFSFile):
    def __init__(self, notes, name, flags):
        self._notes = notes
        self._name = Path(name.filename() if hasattr(name, "filename") else name).name
        super().__init__("", name, flags)

    def xWrite(self, data, offset):
        self._notes.done.append(("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size):
        self._notes.done.append(("cut", self._name, size))
        super().xTruncate(size)

    def xSync(self, flags):
        self._notes.done.append(("sync", self._name))
        super().xSync(flags)


class Disk(apsw.VFS):
    """A file system that notes what is done to it."""

    def __init__(self, name, notes):
        self._notes = notes
        super().__init__(name, "")

    def xOpen(self, name, flags):
        return _File(self._notes, name, flags)

    def xDelete(self, name, sync):
        self._notes.done.append(("delete", Path(name).name, bool(sync)))
        super().xDelete(name, sync)


def left_by_a_cut(begun_with, notes, moment, chance):
    """Return the files as a cut at a moment may have left them: name to bytes."""
    disk = {name: bytearray(held) for name, held in begun_with.items()}
    waiting = []
    for one in notes.done[:moment]:
        waiting = _next(disk, waiting, one)
    for one in _chosen(waiting, chance):
        _do(disk, one if one[0] != "write" else _perhaps_torn(one, chance))
    return disk


def _next(disk, waiting, one):
    """Take one step; return what has not reached the disk for sure."""
    what, name = one[0], one[1]
    if what == "sync":
        for each in waiting:
            if each[0] == "delete" or each[1] == name:
                _do(disk, each)
        return [each for each in waiting if each[0] != "delete" and each[1] != name]
    if what == "delete":
        waiting = [each for each in waiting if each[1] != name]
        if one[2]:
            _do(disk, one)
            return waiting
    return [*waiting, one]


def _chosen(waiting, chance):
    # A file whose deletion did not reach the disk is still the old one: later writes went to a new.
    chosen, kept = [], set()
    for one in waiting:
        take = chance.random() < 0.5
        if one[0] == "delete" and not take:
            kept.add(one[1])
        if take and one[1] not in kept:
            chosen.append(one)
    if chance.random() < 0.5:
        chance.shuffle(chosen)
    return chosen


def _perhaps_torn(one, chance):
    what, name, offset, data = one
    if chance.random() < 0.25 and len(data) > _SECTOR:
        data = data[: _SECTOR * chance.randrange(1, len(data) // _SECTOR + 1)]
    return what, name, offset, data


def _do(disk, one):
    what, name = one[0], one[1]
    if what == "delete":
        disk.pop(name, None)
        return
    held = disk.setdefault(name, bytearray())
    if what == "cut":
        del held[one[2] :]
        return
    offset, data = one[2], one[3]
    held.extend(bytes(max(0, offset - len(held))))
    held[offset : offset + len(data)] = data


def moments(notes, tries, seed):
    """Yield moments of cuts with what had been acknowledged; a quarter just after a save."""
    chance = random.Random(seed)
    for turn in range(tries):
        if turn % 4 == 0:
            yield *chance.choice(notes.saved), chance
            continue
        moment = chance.randrange(len(notes.done) + 1)
        yield moment, max((n for at, n in notes.saved if at <= moment), default=0), chance

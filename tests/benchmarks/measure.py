"""Times pieces of work in turn and gives the ratio of their medians."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


class Missing(Exception):  # noqa: N818 - nothing went wrong: something is not installed
    """A peer that is not on this machine, and how to get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Medians, in seconds: by the clock, and of processor time with that of child processes."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one comparison came to."""

    target: str
    what: str
    peer_is: str
    ours: float
    peer: float
    limit: float
    unit: str = "s"
    cpu_ratio: float | None = None
    at_least: bool = False
    """Whether more is better: pages a second."""

    @property
    def ratio(self) -> float:
        """Ours over the peer's."""
        return self.ours / self.peer

    @property
    def met(self) -> bool:
        """Whether the limit is kept."""
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit


def in_turn(
    works: Mapping[str, Callable[[], object]],
    *,
    runs: int = 5,
    before: Callable[[], object] | None = None,
) -> dict[str, Times]:
    """Return the times of several callables, run A B A B ... after one warm-up of each."""
    wall: dict[str, list[float]] = {name: [] for name in works}
    cpu: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(runs + 1):
        for name, work in works.items():
            if before:
                before()
            spent = _processor_time()
            taken = clocked(work)
            if turn:
                wall[name].append(taken)
                cpu[name].append(_processor_time() - spent)
    return {
        name: Times(wall=statistics.median(wall[name]), cpu=statistics.median(cpu[name]))
        for name in works
    }


def clocked(work: Callable[[], object]) -> float:
    """Return how long a piece of work took, in seconds by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def compare(
    target: str,
    what: str,
    ours: Callable[[], object],
    peer: tuple[str, Callable[[], object]],
    limit: float,
    *,
    runs: int = 5,
    before: Callable[[], object] | None = None,
) -> Result:
    """Return what ours takes beside a peer (its name and the work), timed in turn."""
    times = in_turn({"ours": ours, "peer": peer[1]}, runs=runs, before=before)
    mine, theirs = times["ours"], times["peer"]
    # The system counts processor time in hundredths of a second: below a few it says nothing.
    cpu = mine.cpu / theirs.cpu if min(mine.cpu, theirs.cpu) > 0.05 else None
    return Result(
        target=target, what=what, peer_is=peer[0], ours=mine.wall, peer=theirs.wall, limit=limit,
        cpu_ratio=cpu,
    )  # fmt: skip


def command(*arguments: object, env=None, cwd=None) -> Callable[[], None]:
    """Return a callable that runs a command and stops on a status that is not 0."""

    def run() -> None:
        done = subprocess.run(
            [str(a) for a in arguments], env=env, cwd=cwd, capture_output=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(map(str, arguments))}\n{done.stderr.decode()[-2000:]}")

    return run

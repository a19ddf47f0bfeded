"""What a use case gives back: done, with what changed; or refused, with what to correct."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Generic, ParamSpec, TypeVar

from app.domain.changes import Topic
from app.domain.problems import Problem

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A use case that was carried out; ``ids`` are the rows it made or changed."""

    changes: frozenset[Topic]
    text: str = field(repr=False)
    """The name of the change, for the undo menu: "mark Maryam present"."""
    ids: tuple[int, ...] = ()
    merges: str = ""
    """Where the change before had the same words here, both are one step to take back: typing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A use case that was not carried out; nothing changed."""

    problems: tuple[Problem, ...] = field(default=())

    @property
    def text(self) -> str:
        """All sentences in one."""
        return " ".join(problem.text for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How far a long piece of writing is, in rows."""

    done: int
    total: int


def to_its_end(writing: Generator[Written, None, _Result]) -> _Result:
    """Write all of what is written in slices at once; return its result."""
    while True:
        try:
            next(writing)
        except StopIteration as end:
            result: _Result = end.value
            return result


class Sliced(Generic[_Given, _Result]):
    """A use case that may touch many rows: called, all is written at once.

    ``in_slices`` gives the same work to be carried out some milliseconds at a time: the first it gives
    says how many rows it is, before anything is written. Closing it leaves everything as it was.
    """

    def __init__(self, work: Callable[_Given, Generator[Written, None, _Result]]) -> None:
        self.in_slices = work
        update_wrapper(self, work)

    def __call__(self, *args: _Given.args, **more: _Given.kwargs) -> _Result:
        """Write it at once."""
        return to_its_end(self.in_slices(*args, **more))


Changing = Generator[Written, None, Done | Refused]
"""A use case being carried out in slices."""

"""Read a file on the worker: open it, find what it holds, match its people with the book."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.services import imports
from app.services.imports import Known, OpenedFile, Options, Plan
from app.services.imports.remembered import Remembered
from app.ui.imports.answers import Reading
from app.ui.jobs import JobContext

STAGE_WORDS = (
    "Opening the file",
    "Reading its rows",
    "Looking for people who are in the book already",
)
_TOLD_EVERY = 0.05
"""Seconds."""


@dataclass(slots=True)
class Stage:
    """How far a reading is; set by the worker in one go, looked at by the window when told to."""

    now: tuple[str, int, int] = (STAGE_WORDS[0], 0, 0)
    """What is being done, and how many rows of how many (0: nobody knows)."""


class _Told:
    """Tells the window how many rows are done, not oftener than it can show."""

    def __init__(self, context: JobContext, stage: Stage) -> None:
        self._context = context
        self._stage = stage
        self._words = STAGE_WORDS[0]
        self._last = 0.0

    def begin(self, stage: int) -> None:
        """Begin a stage."""
        self._words = STAGE_WORDS[stage]
        self._last = 0.0
        self(0, 0)

    def __call__(self, done: int, total: int) -> None:
        """Tell how far it is; raises Cancelled when the user wants it to stop."""
        self._context.check()
        now = time.perf_counter()
        if now - self._last >= _TOLD_EVERY:
            self._last = now
            self._stage.now = (self._words, done, total)
            self._context.progress(done, total)


def reader(
    path: Path,
    kind: str,
    options: Options,
    known: Sequence[Known],
    *,
    opened: OpenedFile | None = None,
    use_remembered: bool = True,
    stage: Stage | None = None,
) -> Callable[[JobContext], Reading]:
    """Return the work that reads a file with the answers there are; nothing is written by it."""

    def work(context: JobContext) -> Reading:
        told = _Told(context, stage or Stage())
        told.begin(0)
        file = opened or imports.open_file(path, cancelled=context.cancelled, tell=told)
        file.watch.tell = told
        found = kind or imports.kind_of(file)
        told.begin(1)
        plan = imports.read_opened(found, file, options)
        remembered = imports.recall(found, plan) if use_remembered else None
        asked = _with(remembered, options, plan)
        if asked is not options:
            plan = imports.read_opened(found, file, asked)
        told.begin(2)
        matching = imports.match_people(plan.people, known, told)
        return Reading(
            opened=file,
            kind=found,
            options=asked,
            plan=plan,
            matching=matching,
            looks=imports.look_at(file),
            digest=imports.digest_of(path),
            known={person.id: person for person in known},
            remembered=remembered,
        )

    return work


def _with(remembered: Remembered | None, options: Options, plan: Plan) -> Options:
    """Return the options with what was remembered; what was said now goes before it."""
    if remembered is None:
        return options
    headers = {column.header for column in plan.columns}
    columns = {h: f for h, f in remembered.columns.items() if h in headers}
    return replace(
        options,
        columns={**columns, **options.columns},
        marks={**remembered.marks, **options.marks},
        values={
            name: {**remembered.values.get(name, {}), **options.values.get(name, {})}
            for name in {**remembered.values, **options.values}
        },
    )

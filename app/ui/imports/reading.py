"""Read a file on the worker: open it, find what it holds, match its people with the book."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from app.services import imports
from app.services.imports import Known, OpenedFile, Options, Plan
from app.services.imports.remembered import Remembered
from app.ui.imports.answers import Reading
from app.ui.jobs import JobContext

STAGES = 3
STAGE_WORDS = (
    "Opening the file",
    "Reading its rows",
    "Looking for people who are in the book already",
)


def reader(
    path: Path,
    kind: str,
    options: Options,
    known: Sequence[Known],
    *,
    opened: OpenedFile | None = None,
    use_remembered: bool = True,
) -> Callable[[JobContext], Reading]:
    """Return the work that reads a file with the answers there are; nothing is written by it."""

    def work(context: JobContext) -> Reading:
        context.progress(0, STAGES)
        file = opened or imports.open_file(path, cancelled=context.cancelled)
        found = kind or imports.kind_of(file)
        context.check()
        context.progress(1, STAGES)
        plan = imports.read_opened(found, file, options)
        remembered = imports.recall(found, plan) if use_remembered else None
        asked = _with(remembered, options, plan)
        if asked is not options:
            plan = imports.read_opened(found, file, asked)
        context.check()
        context.progress(2, STAGES)
        matching = imports.match_people(plan.people, known)
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
    )

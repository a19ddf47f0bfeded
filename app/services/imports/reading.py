"""Choose the importer for a file and read it into a plan; nothing here touches the register."""

from collections.abc import Callable
from pathlib import Path

from app.importers.base import Importer, Options, Plan
from app.importers.export_folder import recognise
from app.importers.refusals import refuse
from app.importers.workbook import open_workbook

KINDS = ("people", "attendance")
"""What can be imported so far."""


def read_plan(
    kind: str, path: Path, options: Options, *, cancelled: Callable[[], bool] = lambda: False
) -> Plan:
    """Read a file (or an exported folder) of people or attendance into a plan.

    May run on any thread. Raises CannotRead with the one sentence to show.
    """
    export = recognise(path)
    if export is not None and (kind == "attendance" or export.named in {"", "people.csv"}):
        # Imported here: other files do not need its reader.
        from app.importers import open_export

        reader = open_export.read_people if kind == "people" else open_export.read_attendance
        return reader(export, options)
    workbook = open_workbook(path, cancelled=cancelled)
    for importer in _importers(kind):
        if importer.identify(workbook):
            return importer.read(workbook, options)
    raise refuse("no_people" if kind == "people" else "no_attendance", path.name)


def _importers(kind: str) -> tuple[Importer, ...]:
    if kind == "people":
        from app.importers.people_list import PeopleListImporter

        return (PeopleListImporter(),)
    from app.importers.attendance_grid import AttendanceGridImporter
    from app.importers.attendance_list import AttendanceListImporter

    return (AttendanceGridImporter(), AttendanceListImporter())


def with_mapping(path: Path, options: Options) -> Options:
    """Return the options with what a mapping file says; raises Refused when it cannot be used."""
    from app.importers import mapping

    return mapping.load(path, options)


def save_mapping(path: Path, plan: Plan, options: Options) -> None:
    """Write what was decided for a file as a mapping file, to use for the next one like it."""
    from app.importers import mapping

    mapping.save(path, plan, options)

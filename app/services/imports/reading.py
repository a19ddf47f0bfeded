"""Choose the importer for a file and read it into a plan; nothing here touches the register."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.importers.base import Importer, Options, Plan
from app.importers.export_folder import Export, recognise
from app.importers.refusals import refuse
from app.importers.workbook import Tell, Watch, Workbook, open_workbook

KINDS = ("people", "attendance", "referrals")
"""What can be imported so far."""
_NOTHING_OF_IT = {
    "people": "no_people", "attendance": "no_attendance", "referrals": "no_referrals",
}  # fmt: skip


def read_plan(
    kind: str, path: Path, options: Options, *, cancelled: Callable[[], bool] = lambda: False
) -> Plan:
    """Read a file (or an exported folder) of people, attendance or referrals into a plan.

    May run on any thread. Raises CannotRead with the one sentence to show.
    """
    return read_opened(kind, open_file(path, cancelled=cancelled, kind=kind), options)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file that was opened once, to be read again with other answers."""

    path: Path
    export: Export | None = field(default=None, repr=False)
    workbook: Workbook | None = field(default=None, repr=False)

    @property
    def watch(self) -> Watch:
        """Whoever wants to hear, from now on, how far the reading of it is."""
        held = self.workbook or self.export
        return held.watch if held is not None else Watch()


def open_file(
    path: Path,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    kind: str = "",
    tell: Tell = lambda _done, _total: None,
) -> OpenedFile:
    """Open a file by its bytes; ``tell`` hears how many rows were met so far.

    Raises CannotRead with the one sentence to show.
    """
    export = recognise(path)
    if export is not None and (
        kind in {"attendance", "referrals"} or export.named in {"", "people.csv"} or not kind
    ):
        return OpenedFile(path=path, export=export)
    return OpenedFile(path=path, workbook=open_workbook(path, cancelled=cancelled, tell=tell))


def kind_of(opened: OpenedFile) -> str:
    """Return what a file holds by its looks: referrals by their headers, a register by its marks."""
    if opened.export is not None:
        named = {"people.csv": "people", "referrals.csv": "referrals"}
        return named.get(opened.export.named, "attendance")
    book = opened.workbook
    if book is None:
        return "people"
    # Imported here and below: an export does not need the readers of spreadsheets.
    from app.importers.referral_list import is_list_of_referrals

    if is_list_of_referrals(book):
        return "referrals"
    if not any(i.identify(book) for i in _importers("attendance")):
        return "people"
    from app.importers.attendance_list import is_sign_up

    return "people" if is_sign_up(book) else "attendance"


def read_opened(kind: str, opened: OpenedFile, options: Options) -> Plan:
    """Read an opened file into a plan; raises CannotRead when it holds nothing of the kind."""
    if opened.export is not None:
        # Imported here: other files do not need its reader.
        from app.importers import open_export

        readers = {
            "people": open_export.read_people, "attendance": open_export.read_attendance,
            "referrals": open_export.read_referrals,
        }  # fmt: skip
        if kind == "referrals" and "referrals.csv" not in opened.export.files:
            raise refuse("no_referrals", opened.path.name)
        return readers[kind](opened.export, options)
    workbook = opened.workbook
    for importer in _importers(kind):
        if workbook is not None and importer.identify(workbook):
            return importer.read(workbook, options)
    raise refuse(_NOTHING_OF_IT[kind], opened.path.name)


def _importers(kind: str) -> tuple[Importer, ...]:
    if kind == "people":
        from app.importers.people_list import PeopleListImporter

        return (PeopleListImporter(),)
    if kind == "referrals":
        from app.importers.referral_list import ReferralListImporter

        return (ReferralListImporter(),)
    from app.importers.attendance_grid import AttendanceGridImporter
    from app.importers.attendance_list import AttendanceListImporter
    from app.importers.headcounts import HeadcountImporter

    return (AttendanceGridImporter(), HeadcountImporter(), AttendanceListImporter())


def with_mapping(path: Path, options: Options) -> Options:
    """Return the options with what a mapping file says; raises Refused when it cannot be used."""
    from app.importers import mapping

    return mapping.load(path, options)


def save_mapping(path: Path, plan: Plan, options: Options) -> None:
    """Write what was decided for a file as a mapping file, to use for the next one like it."""
    from app.importers import mapping

    mapping.save(path, plan, options)

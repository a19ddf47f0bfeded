"""The open export: a folder of CSV files with their description (Frictionless Data Package)."""

import csv
import errno
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.domain.errors import DiskFull, ReadOnly, Refused
from app.figures.measures import Source, measures
from app.services import settings
from app.storage import exports, receipts
from app.storage.export_money import RECEIPTS_FOLDER, receipt_files
from app.storage.exports import Column, ExportFile
from app.storage.moment import one_moment
from app.storage.register import Register
from app.storage.snapshot import Snapshot

_JSON_TYPES = {"code": "string"}
_DESCRIPTION = "datapackage.json"
_ABOUT = (
    "Every table of the book, for any program to read. Hallbook itself takes people, sessions and "
    "attendance back from it; money, and everything else, is not read back. To move a whole book "
    "to another laptop, make a backup and restore it there."
)


def export_everything(register: Register, folder: Path) -> dict[str, int]:
    """Write every table as CSV into an empty or new folder; return the rows of each file.

    All files are of one moment, and ticking may go on meanwhile. When something goes wrong, what
    was written is taken away again.
    """
    with _written_whole(folder), Snapshot.of(register) as taken, one_moment(taken) as still:
        files = files_of(still)
        counts = {file.name: _write(still, file, folder) for file in files}
        package = _package(settings.read(still).group_name, files)
        text = json.dumps(package, ensure_ascii=False, indent=1)
        _write_receipts(register, still, folder)
        # Last: a folder with its description is whole.
        (folder / _DESCRIPTION).write_text(text, encoding="utf-8")
    return counts


def files_of(still: Register) -> tuple[ExportFile, ...]:
    """Return every file of the export of one moment."""
    answers = exports.responses_file(_parts_of_scales(still))
    return (*exports.NAMED_FILES, answers, *exports.other_files(still))


def _parts_of_scales(source: Source) -> str:
    """Return which questions make which scales: [measure, scale, item], * where they are goals."""
    return json.dumps(
        [
            (measure.id, scale.id, item)
            for measure in measures(source).values()
            for scale in measure.scales
            for item in scale.items or ("*",)
        ]
    )


@contextmanager
def _written_whole(folder: Path) -> Iterator[None]:
    """Make the folder; when something goes wrong inside, leave the place as it was found."""
    there = False
    try:
        there = folder.is_dir()
        if folder.exists() and (not there or any(folder.iterdir())):
            raise Refused(
                f"{folder.name or folder} is not an empty folder. Nothing was written. Name a "
                "folder that is empty or not there yet."
            )
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _trouble(folder, error) from error
    try:
        yield
    except BaseException as error:
        with suppress(OSError):
            for made in folder.iterdir():
                shutil.rmtree(made) if made.is_dir() else made.unlink()
            if not there:
                folder.rmdir()
        if isinstance(error, OSError):
            raise _trouble(folder, error) from error
        raise


def _trouble(folder: Path, error: OSError) -> DiskFull | ReadOnly:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(
            f"There is no room left for the export in {folder}. The book itself was not touched, "
            "and what was begun was taken away. Make room, then do it again."
        )
    return ReadOnly(
        f"The export could not be written into {folder}. The book itself was not touched. Choose "
        "a folder of your own."
    )


def _write(register: Register, file: ExportFile, folder: Path) -> int:
    rows = 0

    def counted() -> Iterator[Sequence[Any]]:
        nonlocal rows
        for row in file.rows(register):
            rows += 1
            yield row

    with (folder / file.name).open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in file.columns])
        writer.writerows(counted())
        out.flush()
        os.fsync(out.fileno())
    return rows


def _write_receipts(register: Register, still: Register, folder: Path) -> None:
    """Write the bytes of every receipt, one at a time; the moment itself does without them."""
    for receipt_id, name in receipt_files(still):
        data = receipts.content(register, receipt_id)
        if data is not None:
            (folder / RECEIPTS_FOLDER).mkdir(exist_ok=True)
            (folder / name).write_bytes(data)


def _package(name: str, files: tuple[ExportFile, ...]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "hallbook-register",
        "title": name,
        "description": _ABOUT,
        "resources": [_resource(file) for file in files],
    }


def _resource(file: ExportFile) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in file.columns]}
    schema["primaryKey"] = list(file.key)
    references = [_reference(column, file) for column in file.columns if column.refers]
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": _named(file.name),
        "path": file.name,
        "title": file.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field = {
        "name": column.name,
        "type": _JSON_TYPES.get(column.type, column.type),
        "description": column.meaning,
    }
    return {**field, "unit": column.unit} if column.unit else field


def _reference(column: Column, file: ExportFile) -> dict[str, Any]:
    resource, _, field = column.refers.partition(".")
    # The standard writes a file's reference to itself with an empty name.
    itself = _named(resource) == _named(file.name)
    return {
        "fields": column.name,
        "reference": {"resource": "" if itself else _named(resource), "fields": field},
    }


def _named(file: str) -> str:
    return file.removesuffix(".csv").replace("_", "-")

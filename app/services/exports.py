"""The open export: a folder of CSV files with their description (Frictionless Data Package)."""

import csv
import errno
import json
import os
from pathlib import Path
from typing import Any

from app.domain.errors import DiskFull, ReadOnly, Refused
from app.services import settings
from app.storage import exports
from app.storage.exports import ExportFile
from app.storage.register import Register

_JSON_TYPES = {"code": "string"}


def export_everything(register: Register, folder: Path) -> dict[str, int]:
    """Write every table as CSV into an empty or new folder; return the rows of each file."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise Refused(
            f"{folder.name} is not an empty folder. Nothing was written. Name a folder that is "
            "empty or not there yet."
        )
    files = (*exports.NAMED_FILES, *exports.other_files(register))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        counts = {file.name: _write(register, file, folder) for file in files}
        package = _package(settings.read(register).group_name, files)
        text = json.dumps(package, ensure_ascii=False, indent=1)
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(
                f"There is no room left for the export in {folder}. The book itself was not "
                "touched. Make room, empty the folder, then do it again."
            ) from error
        raise ReadOnly(
            f"The export could not be written into {folder}. Choose a folder of your own."
        ) from error
    return counts


def _write(register: Register, file: ExportFile, folder: Path) -> int:
    unfinished = folder / f"{file.name}.part"
    rows = 0

    def counted() -> Any:
        nonlocal rows
        for row in file.rows(register):
            rows += 1
            yield row

    with unfinished.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in file.columns])
        writer.writerows(counted())
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(folder / file.name)
    return rows


def _package(name: str, files: tuple[ExportFile, ...]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "hallbook-register",
        "title": name,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": file.name.removesuffix(".csv").replace("_", "-"),
                "path": file.name,
                "title": file.title,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {
                            "name": column.name,
                            "type": _JSON_TYPES.get(column.type, column.type),
                            "description": column.meaning,
                        }
                        for column in file.columns
                    ]
                },
            }
            for file in files
        ],
    }

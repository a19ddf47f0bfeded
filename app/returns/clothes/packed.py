"""Office files as we hand them out: the same return gives the same bytes, and says that we made it.

Word and spreadsheet programs put their own name into a file they save. What still bears ours was
changed by nobody since, so it may be replaced.
"""

import io
import shutil
import zipfile
from pathlib import Path

from app.returns.feet import PROGRAM

ABOUT = "docProps/app.xml"
_NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_OURS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_NAMES}"><Application>{PROGRAM}</Application></Properties>'
)
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP knows: when it was packed is nobody's business."""


def packed(office_file: bytes) -> bytes:
    """Return an office file without the hour of its making, its maker named as we are."""
    parts = {ABOUT: _OURS.encode()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office_file)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            name = zipfile.ZipInfo(one.filename, _BEGINNING)
            name.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(name, parts.get(one.filename) or old.read(one))
    return out.getvalue()


def stamp(path: Path) -> None:
    """Name us as the maker of an office file that was written whole, however long it is."""
    made = path.with_name(f"{path.name}2")
    try:
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old.infolist():
                name = zipfile.ZipInfo(one.filename, _BEGINNING)
                name.compress_type = zipfile.ZIP_DEFLATED
                with new.open(name, "w", force_zip64=True) as part:
                    if one.filename == ABOUT:
                        part.write(_OURS.encode())
                    else:
                        with old.open(one) as kept:
                            shutil.copyfileobj(kept, part, 1 << 20)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def is_ours(office_file: bytes) -> bool:
    """Say whether an office file is as we made it: nobody saved it with another program since."""
    try:
        with zipfile.ZipFile(io.BytesIO(office_file)) as archive:
            return archive.read(ABOUT) == _OURS.encode()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError):
        return False

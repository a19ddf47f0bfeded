"""What a file really is, by its bytes; its ending is only compared."""

from enum import StrEnum
from pathlib import Path

from app.importers.refusals import refuse

LOOK_BYTES = 65_536
"""How much of a file's beginning is looked at."""


class FileKind(StrEnum):
    """The kinds of file that are read."""

    TEXT = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


WORDS = {
    FileKind.TEXT: "plain text (as in .csv)",
    FileKind.XLSX: "an Excel workbook (.xlsx)",
    FileKind.XLS: "an older Excel workbook (.xls)",
    FileKind.ODS: "an OpenDocument spreadsheet (.ods)",
}
"""Each kind in words."""

_ENDINGS = {
    ".csv": FileKind.TEXT, ".tsv": FileKind.TEXT, ".tab": FileKind.TEXT, ".txt": FileKind.TEXT,
    ".xlsx": FileKind.XLSX, ".xlsm": FileKind.XLSX, ".xltx": FileKind.XLSX,
    ".xls": FileKind.XLS, ".xlt": FileKind.XLS, ".ods": FileKind.ODS, ".ots": FileKind.ODS,
}  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a word-processor document"),
    (b"SQLite format 3\x00", "a database, perhaps a Hallbook register"),
    (b"7z\xbc\xaf\x27\x1c", "a packed folder"),
    (b"\x1f\x8b", "a packed file"),
    (b"Rar!", "a packed folder"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_TEXT_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?mso-application", "an Excel 2003 XML file"),
    (b"<?xml", "an XML file"),
    (b'{"url"', "a link to a sheet on the web"),
    (b'{"doc_id"', "a link to a sheet on the web"),
)
_MOST_CONTROL_SHARE = 0.02
"""Text has next to no control marks; pictures and programs are a tenth of them or more."""


def identify(path: Path, *, any_ending: bool = False) -> FileKind:
    """Return what kind of spreadsheet a file is, by its first bytes.

    Raises CannotRead when it is not one, cannot be opened, or its ending says otherwise (banks give
    plain text the ending of a workbook, so for them any ending will do).
    """
    head = read_start(path)
    kind = _kind(path, head)
    expected = None if any_ending else _ENDINGS.get(path.suffix.lower())
    if expected is not None and expected is not kind:
        raise refuse("wrong_ending", path.name, ending=path.suffix, what=WORDS[kind])
    return kind


def read_start(path: Path) -> bytes:
    """Return the first bytes of a file; raises CannotRead when there are none to have."""
    try:
        if path.is_dir():
            raise refuse("folder", path.name)
        if path.exists() and not path.is_file():  # a pipe would be waited for, a device never ends
            raise refuse("not_a_file", path.name)
        with path.open("rb") as stream:
            head = stream.read(LOOK_BYTES)
    except FileNotFoundError:
        raise refuse("missing", path.name) from None
    except PermissionError:
        raise refuse("no_permission", path.name) from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise refuse("unreadable", path.name) from None
    if not head.strip(b"\x00\t\r\n \x1a"):
        raise refuse("empty", path.name)
    return head


def _kind(path: Path, head: bytes) -> FileKind:
    if head.startswith(b"PK"):
        # The parts of the archive say which; the reader process looks, within its limits.
        return FileKind.ODS if b"opendocument.spreadsheet" in head[:200] else FileKind.XLSX
    if head.startswith(_OLE):
        return FileKind.XLSX if path.suffix.lower() in {".xlsx", ".xlsm"} else FileKind.XLS
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise refuse("not_a_table", path.name, what=what)
    if not looks_like_text(head):
        raise refuse("not_a_table", path.name, what="not text and no kind of file known here")
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:400].replace(b"\x00", b"").lower()
    for magic, what in _TEXT_OTHERS:
        if start.startswith(magic) or (magic.startswith(b"<?mso") and magic in start):
            raise refuse("not_a_table", path.name, what=what)
    return FileKind.TEXT


def looks_like_text(head: bytes) -> bool:
    """Say whether bytes can be the beginning of a text, in eight- or sixteen-bit letters."""
    if utf16_order(head):
        return True
    body = head.replace(b"\x00", b"") if head.count(0) * 50 < len(head) else head
    control = sum(body.count(c) for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1a\x1b")
    return control <= len(body) * _MOST_CONTROL_SHARE


def utf16_order(head: bytes) -> str:
    """Return "utf-16-le", "utf-16-be" or "" by the byte order mark, or by where the noughts are."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    even, odd = head[: LOOK_BYTES & ~1 : 2], head[1::2]
    if len(head) < 4:
        return ""
    if odd.count(0) > len(odd) * 0.4 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.4 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return ""

"""Read text files: which letters, which separator, then row by row without holding the file.

A .csv may be far longer than a workbook (the open export of an umbrella body has 2.5 million
attendances), so it is streamed, and read again where something is to be looked at twice.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.importers.cells import Row
from app.importers.file_kind import read_start, utf16_order
from app.importers.refusals import refuse

MOST_BYTES_MB = 2_000
MOST_COLUMNS = 2_000
MOST_ROWS = 10_000_000
LONGEST_LINE = 1 << 20
"""Bytes; 2,000 columns of 500 letters. A longer line is not a row of anybody's list."""
LONGEST_CELL = 32_767
"""Letters: what a cell of a spreadsheet can hold."""

_SAMPLE = 1 << 18
_SEPARATORS = (",", ";", "\t", "|")
_WESTERN = ("cp1252", "cp1250", "mac_roman")
_SIGN = "[¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶¸¹º¿×÷†‡ˆ‰‹›€™˜√∞∂∑∏π∫≈◊ˇ˘˙˛˝Ω]"
_ODD = re.compile(rf"(?<=[A-Za-z]){_SIGN}|{_SIGN}(?=[a-z])|[^\W\d_a-zA-Z]{{3,}}")
"""What Latin names do not have: signs inside words, and three accented letters in a row."""
_NAMES = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252", "cp1250": "Windows-1250",
    "mac_roman": "Mac OS Roman",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A text file of rows: how it is written, and its rows."""

    path: Path
    encoding: str
    separator: str
    has_nul: bool
    skip_first: bool
    """The first line only names the separator ("sep=;"), as Excel writes it."""
    lines: int = 0
    """About how many rows there are: ends of lines, those inside a cell too."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What to say about how it was read, where that is not the usual."""
        notes: list[str] = []
        if self.encoding in _NAMES:
            notes.append(f"The letters were read as {_NAMES[self.encoding]}.")
        if self.separator != ",":
            word = {"\t": "tabs", ";": "semicolons", "|": "upright bars"}[self.separator]
            notes.append(f"Its columns are kept apart by {word}.")
        return tuple(notes)

    def rows(self) -> Iterator[Row]:
        """Give the rows from the first; raises CannotRead at a row that cannot be one."""
        name = self.path.name
        csv.field_size_limit(LONGEST_CELL)
        with self.path.open("r", encoding=self.encoding, newline="", errors="replace") as stream:
            lines: Iterator[str] = stream
            if self.has_nul:
                lines = (line.replace("\x00", "") for line in stream)
            reader = csv.reader(lines, delimiter=self.separator, skipinitialspace=True)
            if self.skip_first:
                next(reader, None)
            number = 0
            try:
                # The bounds are looked at now and then: a test for each row would cost a tenth.
                for number, row in enumerate(reader, start=1):
                    if len(row) > MOST_COLUMNS:
                        raise refuse(
                            "too_many_columns", name, row=number, columns=len(row),
                            limit=MOST_COLUMNS,
                        )  # fmt: skip
                    yield row  # type: ignore[misc]
            except csv.Error:
                raise refuse("open_quote", name, row=number + 1) from None
            if number > MOST_ROWS:
                raise refuse("too_many_rows", name, limit=MOST_ROWS)


def open_text(path: Path) -> TextFile:
    """Find out how a text file is written; raises CannotRead when it is not one of rows."""
    head = read_start(path)
    size = path.stat().st_size >> 20
    if size > MOST_BYTES_MB:
        raise refuse("too_long", path.name, size=size, limit=MOST_BYTES_MB)
    encoding, has_nul, lines = _encoding(path, head)
    with path.open("r", encoding=encoding, newline="", errors="replace") as stream:
        sample = stream.read(_SAMPLE).replace("\x00", "")
    first = sample.splitlines()[0].strip().strip('"').lower() if sample.strip() else ""
    named = first[4:] if first.startswith("sep=") else ""
    if named == "" and first == "sep=":
        named = "\t"
    separator = named if named in _SEPARATORS else _separator(sample)
    return TextFile(
        path=path, encoding=encoding, separator=separator, has_nul=has_nul,
        skip_first=bool(named), lines=lines,
    )  # fmt: skip


def _encoding(path: Path, head: bytes) -> tuple[str, bool, int]:
    """Return the encoding, whether there are NUL bytes to leave out, and how many lines (0: unknown)."""
    wide = utf16_order(head)
    if wide:
        return (
            ("utf-16" if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else wide),
            False,
            0,
        )
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_nul, lines = True, False, 0
    eight_bit = bytearray()
    with path.open("rb") as stream:
        while chunk := stream.read(LONGEST_LINE):
            if len(chunk) == LONGEST_LINE and b"\n" not in chunk and b"\r" not in chunk:
                raise refuse("damaged", path.name)
            has_nul = has_nul or b"\x00" in chunk
            lines += chunk.count(b"\n")
            if is_utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            if not is_utf8 and len(eight_bit) < _SAMPLE:
                eight_bit += chunk[: _SAMPLE - len(eight_bit)]
    return ("utf-8-sig" if is_utf8 else _eight_bit(bytes(eight_bit))), has_nul, lines


def _eight_bit(sample: bytes) -> str:
    """Return the eight-bit encoding of a sample: Windows-1252 unless another fits better.

    The few accents of a list of names are too little for statistics (charset-normalizer takes
    "Zoë" for Polish), so the western encodings are told apart by marks that stand inside words.
    """
    best = min(_WESTERN, key=lambda encoding: _oddness(sample, encoding))
    if _oddness(sample, best) * 4 <= sum(byte > 127 for byte in sample):
        return best
    # Imported here: nearly every file is UTF-8 or western.
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return found.encoding if found is not None else best


def _oddness(sample: bytes, encoding: str) -> int:
    """Count the letters of a decoding that are unlikely: signs inside words, and undefined bytes."""
    text = sample.decode(encoding, errors="replace")
    return sum(len(found) for found in _ODD.findall(text)) + 2 * text.count("\ufffd")


def _separator(sample: str) -> str:
    """Return the separator that cuts most rows into the same number of columns."""
    lines = sample.splitlines()[:200]

    def fit(separator: str) -> tuple[int, int]:
        widths: dict[int, int] = {}
        for row in csv.reader(lines, delimiter=separator):
            widths[len(row)] = widths.get(len(row), 0) + 1
        widths.pop(1, None)
        widths.pop(0, None)
        if not widths:
            return (0, 0)
        width = max(widths, key=lambda w: (widths[w], w))
        return (sum(widths.values()), width)

    csv.field_size_limit(LONGEST_LINE)
    best = max(_SEPARATORS, key=fit)
    return best if fit(best) > (0, 0) else ","

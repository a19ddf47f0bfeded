"""Save what an import did as a file: plain text, or rows for a spreadsheet."""

import contextlib
import csv
import errno
import io
import re
from collections.abc import Sequence
from pathlib import Path

from app.domain.errors import DiskFull, ReadOnly
from app.importers.base import SET_ASIDE
from app.services.imports.report import ImportReport

HEADS = ("What", "Sheet", "Row", "Column", "Value", "Why")
_COUNT = re.compile(r"(?<![\w/.-])\d[\d,]*(?= (?:telephone numbers|bare numbers|rows|dates)\b)")
"""A count in a note that is made for each table."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program would run as a formula."""


def summary(report: ImportReport) -> tuple[str, ...]:
    """Return what an import did or would do, sentence by sentence."""
    done = report.import_id is not None
    lines = [
        f"{report.people:,} new {'person' if report.people == 1 else 'people'}"
        + (f", {report.people_matched:,} recognised." if report.people_matched else "."),
    ]
    if report.kind == "attendance":
        lines.append(
            f"{report.sessions:,} new session{'' if report.sessions == 1 else 's'} and "
            f"{report.attendances:,} attendance{'' if report.attendances == 1 else 's'}"
            f"{_between(report)}."
        )
    if report.kind == "referrals" or report.referrals:
        lines.append(_referrals(report))
    if report.filled:
        lines.append(f"{report.filled:,} blanks filled in people who were in the book.")
    if report.hours:
        lines.append(f"Hours of volunteers: {report.hours:,} entries.")
    if report.left_out:
        lines.append(f"{report.skipped:,} rows {'were' if done else 'will be'} left out.")
    if report.problems:
        count = len(report.problems)
        lines.append(f"{count:,} value{'' if count == 1 else 's'} to look at.")
    return tuple(lines)


def _referrals(report: ImportReport) -> str:
    """Return what a report says of referrals and of who sent them."""
    count, there = report.referrals, report.referrals_matched
    line = f"{count:,} new referral{'' if count == 1 else 's'}"
    if report.kind == "referrals" and count:
        line += _between(report)
    if there:
        line += f", {there:,} that {'was' if there == 1 else 'were'} in the book already"
    senders = [
        f"{number:,} {one if number == 1 else many}"
        for number, one, many in (
            (report.referrers, "organisation", "organisations"),
            (report.workers, "worker", "workers"),
        )
        if number
    ]
    return f"{line}. New in the referrer book: {' and '.join(senders)}." if senders else f"{line}."


def notes_of(report: ImportReport) -> tuple[str, ...]:
    """Return what was settled without asking; what was said of several sheets is said once."""
    counts: dict[str, int] = {}
    for note in report.notes:
        found = _COUNT.search(note)
        kind = note if found is None else f"{note[: found.start()]}\0{note[found.end() :]}"
        counts[kind] = counts.get(kind, 0) + (int(found[0].replace(",", "")) if found else 0)
    return tuple(kind.replace("\0", f"{count:,}") for kind, count in counts.items())


def _between(report: ImportReport) -> str:
    if report.first_date is None or report.last_date is None:
        return ""
    first, last = report.first_date, report.last_date
    return f", from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def save_report(report: ImportReport, path: Path) -> None:
    """Write a report as .txt, .csv or .xlsx, by the ending; raises AppError when it cannot be kept."""
    savers = {".csv": _save_csv, ".xlsx": _save_xlsx}
    beside = path.with_name(f".{path.name}.part")
    try:
        savers.get(path.suffix.lower(), _save_text)(report, beside)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> DiskFull | ReadOnly:
    if error.errno == errno.ENOSPC:
        return DiskFull(f"There is no room left for {path.name}. Make room, then save it again.")
    return ReadOnly(
        f"{path.name} could not be written in {path.parent}. Close it in other programs, or choose "
        "a folder of your own."
    )


def _save_text(report: ImportReport, path: Path) -> None:
    path.write_text("\n".join(text_lines(report)) + "\n", encoding="utf-8")


def text_lines(report: ImportReport) -> tuple[str, ...]:
    """Return a report as lines to read."""
    lines = [f"Import of {report.file_name}", *summary(report), *notes_of(report)]
    for heading, rows in (
        ("Values to look at", _problems(report)),
        ("Rows left out", _left_out(report)),
    ):
        if rows:
            lines += ["", heading]
            lines += [f"{_where(row)}: {row[4]} – {row[5]}" for row in rows]
    taken = [c for c in report.columns if c.taken_as not in {"session", SET_ASIDE}]
    if taken:
        lines += ["", "Columns taken"]
        lines += [f"{c.sheet}, {c.header or c.column}: {c.taken_as}" for c in taken]
    if report.meanings:
        lines += ["", "Marks"]
        lines += [
            f"{m.written}: {m.role or m.mark or 'nothing is recorded'} ({m.count:,})"
            for m in report.meanings
        ]
    return tuple(lines)


def rows_of(report: ImportReport) -> tuple[tuple[str, ...], ...]:
    """Return every value to look at and every row left out: what, sheet, row, column, value, why."""
    return (*_problems(report), *_left_out(report))


def _problems(report: ImportReport) -> tuple[tuple[str, ...], ...]:
    return tuple(
        ("To look at", p.place.sheet, _number(p.place.row), p.place.column, p.value, p.message)
        for p in report.problems
    )


def _left_out(report: ImportReport) -> tuple[tuple[str, ...], ...]:
    return tuple(
        ("Left out", s.place.sheet, _number(s.place.row), s.place.column, s.value, s.why)
        for s in report.left_out
    )


def _number(row: int) -> str:
    return str(row) if row else ""


def _where(row: Sequence[str]) -> str:
    parts = [row[1], f"row {row[2]}" if row[2] else "", f"column {row[3]}" if row[3] else ""]
    return ", ".join(part for part in parts if part)


def _save_csv(report: ImportReport, path: Path) -> None:
    # utf-8-sig: otherwise Excel on Windows spoils every accent.
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADS)
        writer.writerows([_harmless(cell) for cell in row] for row in rows_of(report))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _save_xlsx(report: ImportReport, path: Path) -> None:
    # Imported here: most imports are never saved so.
    import xlsxwriter

    out = io.BytesIO()  # in memory: the rows name people, and would wait in temporary files
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        first, sheet = book.add_worksheet("Import"), book.add_worksheet("To look at")
        for number, line in enumerate(text_lines(report)[: 2 + len(summary(report))]):
            first.write_string(number, 0, line)
        first.set_column(0, 0, 90)
        bold = book.add_format({"bold": True})
        for number, row in enumerate((HEADS, *rows_of(report))):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, bold if number == 0 else None)
        sheet.set_column(4, 5, 50)
        sheet.freeze_panes(1, 0)
    path.write_bytes(out.getvalue())

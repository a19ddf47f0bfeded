"""What somebody said about a file's columns, marks and answers, kept as TOML to use again."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.errors import Refused
from app.domain.toml_text import TomlFault, read_toml, text_of
from app.importers.base import SET_ASIDE, DateOrder, Options, Plan
from app.importers.fields import Field
from app.importers.value_meanings import MAPPED, code_of, words_of

_FIELDS = frozenset(Field)
_MARKS = frozenset(
    {"present", "late", "absent", "apology", "participant", "volunteer", "leader", "carer", "blank"}
)
_TABLES = frozenset({"columns", "marks", "values", "answers"})
_ANSWERS = frozenset({"dates", "year", "activity", "sheets"})


def load(path: Path, options: Options) -> Options:
    """Return the options with what a mapping file says; what options say already goes before it.

    Raises Refused, naming the line or key, when the file cannot be used.
    """
    try:
        data = read_toml(text_of(path))
    except FileNotFoundError:
        raise Refused(f"There is no mapping file {path.name} at that place.") from None
    except UnicodeDecodeError:
        raise Refused(
            f"{path.name} is not a text file in UTF-8, so it cannot be used as a mapping file. Open it "
            "in a text editor, save it as UTF-8, then try again."
        ) from None
    except TomlFault as error:
        raise Refused(
            f"{path.name} could not be understood as a mapping file{_at_line(error)}. Each line there "
            'is something = "something", under a heading such as [columns].'
        ) from None
    except OSError:
        raise Refused(
            f"{path.name} could not be opened. Check that it is a file and that you may read it."
        ) from None
    return _checked(path.name, data, options)


def _at_line(error: TomlFault) -> str:
    """Return where the reading stopped, and at what."""
    return f", at line {error.line}: {error.named}" if error.line else f": {error.named}"


def _checked(name: str, data: Mapping[str, Any], options: Options) -> Options:
    columns = _texts(name, data, "columns")
    for header, field in columns.items():
        if field.strip().casefold().replace("-", "_") not in _FIELDS | {"set_aside", "ignore", ""}:
            raise _unknown(name, f"columns: {header}", field, sorted(_FIELDS))
    marks = _texts(name, data, "marks")
    for mark, meaning in marks.items():
        if meaning.strip().casefold() not in _MARKS:
            raise _unknown(name, f"marks: {mark}", meaning, sorted(_MARKS))
    values = _values(name, data.get("values", {}))
    for key in data:
        if key not in _TABLES:
            raise _unknown(name, "table", key, sorted(_TABLES))
    return _answered(name, data.get("answers", {}), replace(
        options,
        columns={**columns, **options.columns},
        marks={**marks, **options.marks},
        values={
            field: {**values.get(field, {}), **options.values.get(field, {})}
            for field in {**values, **options.values}
        },
    ))  # fmt: skip


def _values(name: str, tables: Any) -> dict[str, dict[str, str]]:
    """Return what answers mean, by field, in codes; words such as "White British" are understood."""
    if not isinstance(tables, dict) or not all(isinstance(v, dict) for v in tables.values()):
        raise Refused(f"In {name}, [values] needs a table for each column, such as [values.sex].")
    found: dict[str, dict[str, str]] = {}
    for column, answers in tables.items():
        if column not in MAPPED:
            raise _unknown(name, f"values.{column}", column, sorted(MAPPED))
        field = Field(column)
        found[column] = {}
        for written, meaning in answers.items():
            code = code_of(field, str(meaning))
            if code is None:
                raise _unknown(
                    name,
                    f"values.{column}: {written}",
                    str(meaning),
                    list(words_of(field).values()),
                )
            found[column][str(written)] = code
    return found


def _answered(name: str, answers: Any, options: Options) -> Options:
    if not isinstance(answers, dict):
        raise Refused(f'In {name}, [answers] needs lines such as dates = "dmy".')
    for key in answers:
        if key not in _ANSWERS:
            raise _unknown(name, "answers", key, sorted(_ANSWERS))
    dates, year = answers.get("dates"), answers.get("year")
    if dates is not None and str(dates) not in set(DateOrder):
        raise _unknown(name, "answers: dates", str(dates), sorted(DateOrder))
    if year is not None and not (isinstance(year, int) and 1950 <= year <= 2100):
        raise Refused(f"In {name}, year is a year such as 2024.")
    sheets = answers.get("sheets", [])
    if not isinstance(sheets, list):
        raise Refused(f'In {name}, sheets is a list such as ["Autumn", "Spring"].')
    return replace(
        options,
        dates=options.dates or (DateOrder(dates) if dates else None),
        year=options.year if options.year is not None else year,
        activity=options.activity or str(answers.get("activity", "")),
        sheets=options.sheets or tuple(map(str, sheets)),
    )


def _texts(name: str, data: Mapping[str, Any], table: str) -> dict[str, str]:
    found = data.get(table, {})
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise Refused(f'In {name}, [{table}] needs lines such as "First name" = "given_name".')
    return {str(key): value for key, value in found.items()}


def _unknown(name: str, where: str, value: str, known: list[Any]) -> Refused:
    words = ", ".join(str(k) for k in known)
    return Refused(f"In {name}, {where}: “{value}” is not known here. Known are: {words}.")


def save(path: Path, plan: Plan, options: Options) -> None:
    """Write a plan's decisions as a mapping file, by header, so that the next file needs no asking.

    Raises OSError, with an earlier mapping as it was.
    """
    # Imported here: only saving needs it.
    import tomli_w

    columns = {d.header: d.taken_as for d in plan.columns if d.header and d.taken_as != "session"}
    marks = {m.written: (m.role or m.mark or "blank") for m in plan.meanings}
    answers: dict[str, Any] = {}
    if plan.date_order is not None:
        answers["dates"] = plan.date_order.value
    if options.year is not None:
        answers["year"] = options.year
    if options.activity:
        answers["activity"] = options.activity
    document = {
        "columns": {header: field or SET_ASIDE for header, field in columns.items()},
        "marks": {mark: str(meaning) for mark, meaning in marks.items()},
        "values": {field: dict(answers) for field, answers in options.values.items()},
        "answers": answers,
    }
    write_whole(tomli_w.dumps(document), path)


def write_whole(text: str, path: Path) -> None:
    """Write a file whole or not at all; raises OSError, with an earlier one as it was."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise

"""What somebody said of a statement's columns, kept as TOML to use again."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.errors import Refused
from app.domain.toml_text import read_toml, text_of
from app.importers.bank.layouts import header_words
from app.importers.bank.records import BankPlan, Role, StatementOptions
from app.importers.base import SET_ASIDE, DateOrder
from app.importers.mapping import write_whole

_ROLES = {role.value: role.value for role in Role} | {"": SET_ASIDE, "ignore": SET_ASIDE}


def load(path: Path, options: StatementOptions) -> StatementOptions:
    """Return the options with what a mapping file says; what options say already goes before it.

    Raises Refused, naming what cannot be used.
    """
    try:
        data = read_toml(text_of(path))
    except FileNotFoundError:
        raise Refused(f"There is no mapping file {path.name} at that place.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Refused(
            f"{path.name} could not be understood as a mapping file. Each line there is "
            'something = "something", under a heading such as [columns].'
        ) from None
    except OSError:
        raise Refused(
            f"{path.name} could not be opened. Check that it is a file and that you may read it."
        ) from None
    return _checked(path.name, data, options)


def _checked(name: str, data: Mapping[str, Any], options: StatementOptions) -> StatementOptions:
    columns, answers = data.get("columns", {}), data.get("answers", {})
    if not isinstance(columns, dict) or not isinstance(answers, dict):
        raise Refused(f"In {name}, [columns] and [answers] hold lines of something = “something”.")
    read: dict[str, str] = {}
    for header, role in columns.items():
        known = header_words(str(role)).replace(" ", "_")
        if known not in _ROLES and known != "set_aside":
            raise Refused(
                f"In {name}, “{role}” for the column “{header}” is nothing a statement has. Say one "
                f"of: {', '.join(role.value for role in Role)}, set aside."
            )
        read[header] = _ROLES.get(known, SET_ASIDE)
    dates = answers.get("dates")
    if dates is not None and str(dates) not in set(DateOrder):
        raise Refused(f"In {name}, dates is one of: {', '.join(DateOrder)}.")
    another = answers.get("another_account", False)
    if not isinstance(another, bool):
        raise Refused(f"In {name}, another_account is true or false.")
    order = options.dates or (DateOrder(dates) if dates else None)
    return replace(
        options, columns={**read, **options.columns}, dates=order,
        another_account=options.another_account or another,
    )  # fmt: skip


def save(path: Path, plan: BankPlan) -> None:
    """Write what was decided for a statement; raises OSError when it cannot be kept."""
    # Imported here: nothing else about statements writes TOML.
    import tomli_w

    data: dict[str, Any] = {
        "columns": {
            column.header or f"column {column.column}": column.taken_as for column in plan.columns
        }
    }
    if plan.date_order is not None:
        data["answers"] = {"dates": plan.date_order.value}
    write_whole(tomli_w.dumps(data), path)

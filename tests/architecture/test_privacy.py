"""Records about people do not print them: reprs end up in logs, reports and tracebacks."""

import dataclasses
import importlib
import pkgutil
from enum import Enum

import pytest

import app

PRIVATE = {
    "given_name", "family_name", "known_as", "own_script_name", "full_name", "list_name", "pronouns",
    "born_on", "birth_year", "sex", "gender_same", "ethnicity", "disability", "carer", "orientation",
    "religion", "email", "phone", "address", "postcode", "what_helps", "left_reason", "access_needs",
    "health", "statements", "password", "relationship", "guardian", "contacts",
}  # fmt: skip
"""Fields that hold something about somebody wherever they stand."""

OF_PAPER = {"orientation"}
"""What a return's paper has too."""


def _modules():
    for found in pkgutil.walk_packages(app.__path__, "app."):
        if not found.name.startswith(
            ("app.ui", "app.main", "app.__main__", "app.services.example")
        ):
            yield importlib.import_module(found.name)


def _records():
    seen = set()
    for module in _modules():
        for value in vars(module).values():
            ours = isinstance(value, type) and value.__module__.startswith("app.")
            if ours and dataclasses.is_dataclass(value) and value not in seen:
                seen.add(value)
                yield value


RECORDS = sorted(_records(), key=lambda record: f"{record.__module__}.{record.__qualname__}")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__qualname__)
def test_private_field_is_not_printed(record):
    if "__repr__" in vars(record) and not record.__dataclass_params__.repr:
        return  # prints itself in its own careful way
    printed = {field.name for field in dataclasses.fields(record) if field.repr}
    private = PRIVATE - OF_PAPER if record.__module__.startswith("app.returns") else PRIVATE
    assert not printed & private


def test_there_are_records_to_look_at():
    names = {record.__qualname__ for record in RECORDS}
    assert {
        "Person",
        "PersonDraft",
        "PersonRow",
        "RegisterLine",
        "Likely",
        "Done",
        "UndoStep",
    } <= names
    assert not [record for record in RECORDS if issubclass(record, Enum)]


def test_records_are_frozen_and_take_no_other_fields():
    loose = [
        record.__qualname__
        for record in RECORDS
        if record.__module__.startswith(("app.domain", "app.storage"))
        and not (record.__dataclass_params__.frozen and hasattr(record, "__slots__"))
    ]
    assert loose == []

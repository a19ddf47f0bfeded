"""Settings: each declared once, with words, and checked before it is kept."""

from dataclasses import fields, replace

import pytest

from app.domain.settings import Settings, setting_names, validate_settings, year_end

MOVERS = Settings(group_name="Tuesday Movers")


def _codes(settings):
    return [(problem.code, problem.field) for problem in validate_settings(settings)]


@pytest.mark.parametrize("setting", fields(Settings), ids=setting_names())
def test_every_setting_has_title_and_help(setting):
    assert setting.metadata["title"]
    assert setting.metadata["help"].endswith((".", ")"))
    assert isinstance(
        setting.default, setting.type if isinstance(setting.type, type) else str | int
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"group_name": "  "}, [("group_name_needed", "group_name")]),
        ({"group_name": "x" * 201}, [("text_too_long", "group_name")]),
        ({"year_end": "02-29"}, []),
        ({"year_end": "02-30"}, [("year_end_unknown", "year_end")]),
        ({"year_end": "13-01"}, [("year_end_unknown", "year_end")]),
        ({"year_end": "31 March"}, [("year_end_unknown", "year_end")]),
        ({"year_end": "9" * 5000}, [("year_end_unknown", "year_end")]),
        ({"blank_rows": 0}, []),
        ({"blank_rows": -1}, [("blank_rows_range", "blank_rows")]),
        ({"blank_rows": 41}, [("blank_rows_range", "blank_rows")]),
    ],
)
def test_settings_are_checked(change, expected):
    assert _codes(replace(MOVERS, **change)) == expected


@pytest.mark.parametrize(
    ("kept", "parts"), [("03-31", (3, 31)), ("12-31", (12, 31)), ("3-31", None), ("٠٣-٣١", None)]
)
def test_year_end_is_a_month_and_a_day(kept, parts):
    assert year_end(kept) == parts


def test_whom_to_ask_is_not_printed_by_accident():
    assert "Maryam" not in repr(replace(MOVERS, contact="Maryam 07700 900001", logo="Maryam"))

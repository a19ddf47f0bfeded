"""The group's settings are kept tidy, or refused beside their field."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.periods import Period
from app.domain.settings import Settings
from app.services import figures, registers, settings
from app.services.result import Done, Refused


def test_settings_that_were_never_set_have_their_defaults(register):
    assert settings.read(register) == Settings()


def test_settings_are_kept_and_read_again(register):
    changed = Settings(
        group_name=" Tuesday \u200b Movers ", tagline="Seated exercise", contact="Sue", year_end="12-31",
        blank_rows=4, pretend=True, logo="aGVsbG8=",
    )  # fmt: skip
    settings.save(register, changed)
    assert settings.read(register) == replace(changed, group_name="Tuesday Movers")


def test_settings_that_cannot_be_are_refused_and_nothing_is_kept(register):
    settings.save(register, Settings(group_name="Movers"))
    answer = settings.save(register, Settings(group_name="\u200b", year_end="31/3", blank_rows=99))
    assert isinstance(answer, Refused)
    assert [p.field for p in answer.problems] == ["group_name", "year_end", "blank_rows"]
    assert settings.read(register).group_name == "Movers"


def test_setting_of_a_newer_program_is_left_alone(register):
    with register.all_or_nothing():
        register.insert("setting", {"name": "tomorrow", "value": "1"})
    settings.save(register, Settings(group_name="Movers"))
    assert settings.read(register).group_name == "Movers"
    assert register.value("SELECT value FROM setting WHERE name = 'tomorrow'") == "1"


def test_saving_the_same_again_can_be_taken_back_to_the_same(register):
    settings.save(register, Settings(group_name="Movers"))
    step = register.take_step()
    settings.save(register, Settings(group_name="Movers"))
    assert register.take_step() is None
    assert step is not None


def test_one_setting_is_changed_by_name_and_taken_back(register):
    settings.save(register, Settings(group_name="Movers"))
    register.take_step()
    done = settings.change(register, "legal_form", "cio")
    assert done.text == "change legal form"
    assert settings.read(register).legal_form == "cio"
    registers.undo(register, register.take_step())
    assert settings.read(register).legal_form == "association"


def test_only_its_own_problem_stands_in_the_way_of_a_setting(register):
    assert isinstance(settings.change(register, "blank_rows", 8), Done), (
        "though there is no name yet"
    )
    answer = settings.change(register, "legal_form", "empire")
    assert [p.field for p in answer.problems] == ["legal_form"]


@pytest.mark.parametrize(
    "typed", ["0, 5, 12 and 18", "0-4, 5-11, 12-17, 18+", "0 to 4; 5 to 11; 12 – 17; 18"]
)
def test_own_age_bands_are_read_however_they_are_typed(register, typed):
    settings.save_bands(register, "Ours", typed)
    ours = settings.band_sets(register)[-1]
    assert (ours.id, ours.bounds) == ("own_ours", (0, 5, 12, 18))


@pytest.mark.parametrize(
    ("title", "typed", "field"),
    [("", "0, 5", "title"), ("Ours", "5, 3", "bounds"), ("Ours", "none", "bounds"),
     ("Ours", "5, 500", "bounds"), ("Sport England", "0, 5", "title"), ("x" * 300, "0, 5", "title")],
)  # fmt: skip
def test_age_bands_that_do_not_hold_are_refused_beside_their_field(register, title, typed, field):
    answer = settings.save_bands(register, title, typed)
    assert [p.field for p in answer.problems] == [field]


def test_own_age_bands_cut_the_figures_when_they_are_shown_first(register):
    period = Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))
    settings.save_bands(register, "Ours", "0, 50")
    settings.change(register, "age_bands", "own_ours")
    parts = figures.figures(register, period, only=["people"], by="age")["figures"]["people"][
        "parts"
    ]
    assert [part["key"] for part in parts][:2] == ["0-49", "50+"]
    with registers.take_snapshot(register) as snapshot:
        assert (
            figures.figures(snapshot, period, only=["people"], by="age:own_ours")["by"]
            == "age:own_ours"
        )
    settings.remove_bands(register, "own_ours")
    assert settings.read(register).age_bands == "standard"


def test_own_rate_goes_before_the_programs_until_it_is_taken_away(register):
    day = dt.date(2026, 4, 1)
    settings.state_rate(register, day, "£15.5", "Town council")
    assert (settings.hour_rates(register)[0].pence, settings.hour_rates(register)[0].own) == (
        1550,
        True,
    )
    settings.remove_rate(register, day)
    assert not any(line.own for line in settings.hour_rates(register))
    assert isinstance(settings.remove_rate(register, day), Refused)


@pytest.mark.parametrize("typed", ["", "twelve", "12.345", "-3", "0"])
def test_amount_that_is_none_is_refused(register, typed):
    answer = settings.state_rate(register, dt.date(2026, 4, 1), typed, "")
    assert [p.code for p in answer.problems] == ["rate_amount_needed"]

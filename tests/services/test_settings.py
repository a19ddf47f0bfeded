"""The group's settings are kept tidy, or refused beside their field."""

from dataclasses import replace

from app.domain.settings import Settings
from app.services import settings
from app.services.result import Refused


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

"""The log keeps counts and places, and nothing about anybody."""

import logging
import logging.handlers
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from app import logs

NAME = "Maryam Begum"
_LOG = logging.getLogger("app.storage.people")


def _find(name: str) -> None:
    try:
        {}[name]
    except KeyError as cause:
        raise ValueError(f"no such person: {name}") from cause


class Mark(StrEnum):
    PRESENT = "present"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    file = logs.set_up(tmp_path / "logs")
    assert file is not None
    yield file
    for handler in logging.getLogger().handlers[:]:
        if getattr(handler, "baseFilename", None) == str(file):
            logging.getLogger().removeHandler(handler)
            handler.close()
    logging.getLogger("app").setLevel(logging.NOTSET)


def test_counts_ids_codes_and_kinds_are_written(log: Path) -> None:
    _LOG.info("import %d: %s, %d rows, %s", 7, Mark.PRESENT, 84, ValueError)
    line = log.read_text(encoding="utf-8")
    assert "INFO app.storage.people import 7: PRESENT, 84 rows, ValueError" in line


def test_text_values_are_withheld(log: Path) -> None:
    _LOG.warning("could not match %s", NAME)
    _LOG.warning("could not match %(who)s of %(rows)d rows", {"who": NAME, "rows": 3})
    text = log.read_text(encoding="utf-8")
    assert NAME not in text
    assert "could not match [withheld]\n" in text
    assert "could not match [withheld] of 3 rows" in text


@pytest.mark.parametrize("values", [(NAME,), (1, NAME), ({"who": NAME},)])
def test_values_that_do_not_fit_the_text_are_withheld_too(values: tuple[object, ...]) -> None:
    record = _LOG.makeRecord(_LOG.name, logging.INFO, __file__, 1, "%d rows", values, None)
    line = logs.SafeFormatter().format(record)
    assert line.endswith("%d rows [withheld]")
    assert NAME not in line


def test_traceback_has_places_and_kinds_but_no_messages(log: Path) -> None:
    try:
        _find(NAME)
    except ValueError:
        _LOG.exception("the page stopped")
    text = log.read_text(encoding="utf-8")
    assert NAME not in text
    assert "builtins.ValueError: [withheld]" in text
    assert "builtins.KeyError: [withheld]" in text
    assert "/test_logs.py:" in text
    assert " _find" in text


def test_folders_of_the_code_are_not_written(log: Path) -> None:
    try:
        _find(NAME)
    except ValueError:
        _LOG.exception("the page stopped")
    assert str(Path(__file__).parent) not in log.read_text(encoding="utf-8")


def test_what_other_libraries_say_is_withheld(log: Path) -> None:
    logging.getLogger("pypdf").warning(f"odd text in file: {NAME}")  # noqa: G004
    text = log.read_text(encoding="utf-8")
    assert "WARNING pypdf [withheld]" in text
    assert NAME not in text


def test_setting_up_twice_writes_each_line_once(log: Path) -> None:
    assert logs.set_up(log.parent) == log
    _LOG.info("register opened")
    assert log.read_text(encoding="utf-8").count("register opened") == 1


def test_log_is_kept_small(log: Path) -> None:
    long_text = "tick %d " + "of a long evening " * 100
    for number in range(1_500):
        _LOG.info(long_text, number)
    sizes = [file.stat().st_size for file in log.parent.iterdir()]
    assert 2 <= len(sizes) <= 4
    assert max(sizes) <= 500_000


def test_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    before = logging.getLogger().handlers[:]
    assert logs.set_up(tmp_path / "logs") is None
    assert logging.getLogger().handlers == before

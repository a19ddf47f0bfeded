"""Figures come from one moment, through views only, from a snapshot or from the file itself."""

import datetime as dt

import pytest

from app.domain.errors import Cancelled
from app.domain.names import NAMELESS
from app.domain.periods import Period
from app.figures import document
from app.figures.catalogue import catalogue
from app.figures.evaluate import Scope, count, evaluate, rows_behind
from app.storage.snapshot import Snapshot
from tests.figures.book import Book

SCOPE = Scope(period=Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 3, 31)))
BOOK = Book(
    people=[{"id": 1, "given_name": "Ada", "family_name": "Okafor"}, {"id": 2, "anonymised": True}],
    activities=[{"id": 1, "name": "Walk"}],
    sessions=[
        {"id": 1, "on": "2026-01-01", "from": "10:00", "to": "11:00", "guests": 2,
         "marks": {1: "present", 2: "present"}},
        {"id": 2, "on": "2026-02-01", "marks": {1: "late", 2: "present volunteer"}},
    ],
)  # fmt: skip
EVERYTHING = {
    "ids": tuple(catalogue()),
    "parts": [(figure.id, cut) for figure in catalogue().values() for cut in figure.breakdowns],
}


def test_a_snapshot_that_only_reads_views_gives_every_figure_and_part(filled):
    register = filled(BOOK)
    with Snapshot.of(register) as snapshot:
        assert count(snapshot, SCOPE, **EVERYTHING) == count(register, SCOPE, **EVERYTHING)
        assert rows_behind(snapshot, "people", SCOPE).rows


def test_an_empty_register_gives_nought_for_counts_and_none_for_rates(filled):
    for found in evaluate(filled(Book()), None, SCOPE).values():
        figure = catalogue()[found.id]
        assert found.value == (None if figure.is_rate or figure.needs else 0)
        assert found.n == 0


def test_counts_and_money_are_whole_numbers(filled):
    for found in evaluate(filled(BOOK), None, SCOPE).values():
        whole = {"people", "attendances", "sessions", "referrals", "pence"}
        if found.unit in whole and not catalogue()[found.id].needs:
            assert isinstance(found.value, int), found.id


def test_what_needs_money_has_none_yet_and_says_so(filled):
    found = evaluate(filled(BOOK), ["referral_income_pence", "people"], SCOPE)
    assert found["referral_income_pence"].value is None
    assert found["referral_income_pence"].note == "no money recorded yet"
    assert found["people"].note == ""


def test_a_value_brings_its_words_and_version(filled):
    found = evaluate(filled(BOOK), ["people"], SCOPE)["people"]
    figure = catalogue()["people"]
    assert (found.title, found.definition) == (figure.title, figure.definition)
    assert (found.version, found.unit) == (figure.version, figure.unit)


def test_rows_name_people_and_activities_for_the_screen(filled):
    rows = rows_behind(filled(BOOK), "attendances", SCOPE)
    assert [(row["name"], row["activity"], row["number"]) for row in rows.as_dicts()] == [
        (NAMELESS, "Walk", 2), ("Okafor, Ada", "Walk", 1), (NAMELESS, "Walk", 1), ("Okafor, Ada", "Walk", 1),
    ]  # fmt: skip
    assert rows.row_ids == ("1/-", "1/1", "1/2", "2/1")


def test_rows_do_not_print_themselves(filled):
    assert "Okafor" not in repr(rows_behind(filled(BOOK), "people", SCOPE))


def test_a_figure_that_is_not_there_is_a_key_error(filled):
    with pytest.raises(KeyError):
        evaluate(filled(BOOK), ["moon"], SCOPE)
    with pytest.raises(KeyError):
        rows_behind(filled(BOOK), "moon", SCOPE)


def test_counting_can_be_stopped(filled):
    sessions = [{"id": n, "on": f"2026-01-{n % 28 + 1:02}", "from": f"{n // 60:02}:{n % 60:02}",
                 "marks": dict.fromkeys(range(1, 21), "present")} for n in range(600)]  # fmt: skip
    people = [{"id": n} for n in range(1, 21)]
    book = Book(people=people, activities=BOOK.activities, sessions=sessions)
    with Snapshot.of(filled(book)) as snapshot:
        snapshot.stop_when(lambda: True)
        with pytest.raises(Cancelled):
            count(snapshot, SCOPE, **EVERYTHING)


def test_the_help_page_is_up_to_date():
    told = "run python -m app.figures.document"
    assert document.PAGE.read_text("utf-8") == document.page(), told


def test_the_help_page_is_written_with_the_same_bytes_on_every_system(tmp_path):
    document.write(tmp_path / "help" / "figures.md")
    assert (tmp_path / "help" / "figures.md").read_bytes() == document.page().encode()


def test_the_help_page_defines_every_figure():
    page = document.page()
    for figure in catalogue().values():
        assert figure.definition in page
        assert f"`{figure.id}`" in page

"""The catalogue holds together, and says which file and key does not."""

import re

import pytest

from app.figures import catalogue as catalogues
from app.figures.breakdowns import breakdowns
from app.figures.catalogue import DEFINITIONS, catalogue, load
from app.figures.definition import DefinitionFault, Subject, Unit
from app.storage.snapshot import Snapshot
from tests.figures.book import Book

FIGURES_OF_THE_CONTRACT = {
    Subject.ATTENDANCE: [
        "sessions_held", "sessions_cancelled", "session_hours", "attendances", "guests", "people",
        "people_new", "people_returning", "people_regular", "average_attendance", "contact_hours",
        "capacity_used", "still_coming_12_weeks", "waiting_list",
    ],
    Subject.VOLUNTEERS: [
        "volunteers", "volunteer_hours", "volunteer_value_pence", "became_volunteers",
    ],
    Subject.REFERRALS: [
        "referrals_received", "referrals_answered_in_14_days", "referrals_accepted",
        "referrals_full", "referrals_not_accepted", "referrals_person_declined",
        "referrals_no_contact", "referrals_waiting", "referrals_open", "referrals_started",
        "take_up", "referrals_came_4_times", "referrals_here_at_12_weeks",
        "days_to_first_attendance", "referred_attendances", "unpaid_referred_attendances",
        "referral_income_pence", "unpaid_referral_cost_pence", "journey_referred", "journey_came",
        "journey_regular", "journey_volunteer", "journey_leader",
    ],
    Subject.PLACES: [
        "places_granted", "places_used", "places_left", "places_expired", "places_people",
        "places_no_shows",
    ],
    # Made for each scale: test_outcomes.py.
    Subject.OUTCOMES: [],
    Subject.MONEY: [
        "receipts_pence", "payments_pence", "opening_balance_pence", "closing_balance_pence",
        "running_cost_pence", "cost_per_session_pence", "cost_per_attendance_pence",
        "cost_per_person_pence", "grant_awarded_pence", "grant_received_pence", "grant_spent_pence",
        "grant_left_pence", "match_pence", "in_kind_pence", "free_reserves_pence", "weeks_left",
    ],
}  # fmt: skip


@pytest.mark.parametrize("subject", list(Subject))
def test_every_figure_that_was_promised_is_there_in_order(subject):
    found = [figure.id for figure in catalogue().values() if figure.subject is subject]
    assert found == FIGURES_OF_THE_CONTRACT[subject]


@pytest.mark.parametrize("figure", catalogue().values(), ids=lambda figure: figure.id)
def test_every_figure_is_defined_in_whole_sentences(figure):
    assert len(figure.definition) > 40
    assert figure.definition[0].isupper()
    assert figure.definition.endswith(".")
    assert figure.title[0].isupper()
    assert not figure.title.endswith(".")
    assert figure.topics
    assert figure.breakdowns


@pytest.mark.parametrize("figure", catalogue().values(), ids=lambda figure: figure.id)
def test_rows_have_the_columns_that_are_declared(figure, filled):
    book = Book(
        people=[{"id": 1}, {"id": 2}],
        activities=[{"id": 1, "name": "Walk", "capacity": 5}],
        sessions=[
            {"id": 1, "on": "2026-01-01", "marks": {1: "present"}, "guests": 1},
            {"id": 2, "on": "2026-01-02", "marks": {1: "present volunteer"}},
            {"id": 9, "on": "2026-01-03", "marks": {1: "absent"}},
            {"id": 10, "on": "2026-01-04", "marks": {1: "present leader"}},
            {"id": 3, "on": "2026-01-02", "from": "10:00", "state": "cancelled"},
            *({"id": n, "on": f"2026-02-0{n}", "marks": {1: "present"}} for n in range(4, 8)),
        ],
        waiting=[{"person": 1, "activity": 1, "from": "2026-01-01"}],
        referrals=[
            {"id": 1, "person": 1, "on": "2026-01-01"},
            *(
                {"id": n, "person": 2, "on": "2026-01-01", "steps": [[*step]]}
                for n, step in enumerate(
                    [
                        ("not_accepted", "2026-01-02", "full"),
                        ("person_declined", "2026-01-02"),
                        ("no_contact", "2026-01-02"),
                        ("waiting", "2026-01-02"),
                    ],
                    start=2,
                )
            ),
        ],
        agreements=[{"id": 1, "from": "2026-01-01"}],
        places=[{"id": 1, "agreement": 1, "person": 1, "from": "2026-01-01", "units": 9}],
        accounts=[{"id": 1, "name": "Bank", "on": "2026-01-01"}],
        funds=[{"id": 1, "name": "Free"}],
        grants=[{"id": 1, "ref": "A", "fund": 1, "awarded": 5, "on": "2026-01-01"}],
        entries=[
            {
                "id": n,
                "kind": kind,
                "on": "2026-01-02",
                "lines": [{"account": 1, "fund": 1, "pence": pence, "grant": 1, "agreement": 1}],
            }
            for n, (kind, pence) in enumerate([("receipt", 50), ("payment", -20)])
        ],
        matches=[{"id": 1, "grant": 1, "on": "2026-01-01", "pence": 9}],
    )
    values = {"first": "2026-01-01", "last": "2026-04-30", "activity_id": None, "rates": "[]"}
    values["grant_id"] = None
    more = f", {catalogues.more_tables(figure.shared)}" if figure.shared else ""
    query = f"WITH {catalogues.shared_tables()}{more} {figure.rows}"
    with Snapshot.of(filled(book)) as snapshot:
        rows = snapshot.rows(query, values)
    if figure.id != "people_returning":
        assert rows, "the example has a row for it"
        assert tuple(rows[0].keys()) == figure.columns


def test_units_say_what_is_a_rate():
    rates = {figure.id for figure in catalogue().values() if figure.is_rate}
    assert rates == {
        "average_attendance", "capacity_used", "still_coming_12_weeks", "take_up",
        "referrals_answered_in_14_days", "referrals_here_at_12_weeks", "days_to_first_attendance",
    }  # fmt: skip
    assert all(f.base for f in catalogue().values() if f.unit in {Unit.SHARE, Unit.MEAN})


def test_people_can_be_broken_down_by_everything_about_people():
    about_people = {cut.id for cut in breakdowns().values() if cut.about == "person"}
    for name in ("people", "attendances", "contact_hours", "volunteers", "volunteer_hours"):
        assert about_people <= set(catalogue()[name].breakdowns)


GOOD = (DEFINITIONS / "people.toml").read_text("utf-8")
RATIO = (DEFINITIONS / "average_attendance.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("version = 1", "version = 0"), "people.toml, version: it is a whole number from 1."),
        (("title = ", "titel = "), "people.toml, titel: no figure has such a key."),
        (('unit = "people"', 'unit = "heads"'), "people.toml, unit: there is no 'heads'."),
        (('"sessions", "attendance"', '"weather"'), "people.toml, topics: there is no 'weather'."),
        (('measure = "count"', 'measure = "most"'), "people.toml, measure: there is no measure 'most'."),
        (('measure = "count"', ""), "people.toml, measure: a figure has a measure, or else"),
        (('id = "people"', 'id = "persons"'), "people.toml, id: it is the file's name"),
        (('key = ["person_id"]', 'key = ["human"]'), "people.toml, key: it names columns of the rows."),
        (('key = ["person_id"]', 'key = "person_id"'), "people.toml, key: it is a list of names."),
        (('spread = "here_counted"', ""), "people.toml, spread: its breakdowns need it."),
        (('"here_counted"', '"attendance"'), "people.toml, spread: it names a table that ends in"),
        (('"weekday"', '"moon"'), "people.toml, breakdowns: there is no 'moon'."),
        (("\nSELECT", "\nDELETE"), "people.toml, rows: it is one SELECT."),
        (("definition = ", "definition = 1 #"), "people.toml, definition: it is a text"),
        (("version = 1", "version ="), "people.toml: "),
        (("order = 6\n", ""), "people.toml, order: it is needed."),
    ],
)  # fmt: skip
def test_a_fault_names_the_file_and_the_key(tmp_path, change, said):
    assert change[0] in GOOD
    (tmp_path / "people.toml").write_text(GOOD.replace(*change), "utf-8")
    with pytest.raises(DefinitionFault, match=re.escape(said)):
        load(tmp_path)


def test_a_ratio_needs_its_two_figures(tmp_path):
    (tmp_path / "average_attendance.toml").write_text(RATIO, "utf-8")
    said = "average_attendance.toml, numerator: there is no figure 'attendances' with a measure."
    with pytest.raises(DefinitionFault, match=re.escape(said)):
        load(tmp_path)


def test_a_ratio_is_cut_only_as_its_figures_are(tmp_path):
    for name in ("attendances", "sessions_held"):
        text = (DEFINITIONS / f"{name}.toml").read_text("utf-8")
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    widened = RATIO.replace('"weekday"]', '"weekday", "sex"]').replace(
        'key = ["session_id"]', 'key = ["session_id"]\npeople = "came_counted"'
    )
    (tmp_path / "average_attendance.toml").write_text(widened, "utf-8")
    said = "average_attendance.toml, breakdowns: sessions_held has no sex."
    with pytest.raises(DefinitionFault, match=re.escape(said)):
        load(tmp_path)


def test_parts_about_people_need_to_know_the_people(tmp_path):
    text = (
        (DEFINITIONS / "attendances.toml").read_text("utf-8").replace('people = "came_counted"', "")
    )
    (tmp_path / "attendances.toml").write_text(text, "utf-8")
    with pytest.raises(DefinitionFault, match=r"attendances\.toml, people: its breakdowns need it"):
        load(tmp_path)


def test_a_ratio_names_both_or_neither(tmp_path):
    half = RATIO.replace('denominator = "sessions_held"', "")
    (tmp_path / "average_attendance.toml").write_text(half, "utf-8")
    with pytest.raises(DefinitionFault, match=r"average_attendance\.toml, numerator"):
        load(tmp_path)

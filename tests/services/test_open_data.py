"""Open data: grants and activities as other directories read them, judged by the public schemas."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from app.domain.activities import Repeat
from app.domain.errors import ReadOnly, Refused
from app.domain.grants import GrantDraft, GrantState
from app.domain.ids import ActivityId
from app.services import money, settings
from app.services.activities_data import activities_data
from app.services.grants_data import grants_data
from app.services.open_data import export_360giving, export_openreferral
from app.storage.register import Register
from tests import builders
from tests.builders import TODAY

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
NOW = dt.datetime(2026, 11, 3, 20, 0, tzinfo=dt.UTC)
_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


def _formats():
    """Judge moments too: a day alone is none."""
    checker = FormatChecker()

    @checker.checks("date-time", ValueError)
    def _is_moment(value):
        return "T" in value and dt.datetime.fromisoformat(value).tzinfo is not None

    return checker


def _schema(name):
    return json.loads((SCHEMAS / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def grants_judge():
    grant = Resource.from_contents(_schema("360giving/360-giving-schema.json"),
                                   default_specification=_draft())  # fmt: skip
    package = _schema("360giving/360-giving-package-schema.json")
    # The package names the grant's schema by the version before; there is only this one.
    named = package["properties"]["grants"]["items"]["$ref"]
    known = Registry().with_resources([(named, grant), (grant.contents["$id"], grant)])
    return Draft202012Validator(package, registry=known, format_checker=_formats())


def _draft():
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


@pytest.fixture(scope="module")
def services_judge():
    schema = _schema("openreferral/service_package.json")
    return Draft202012Validator(schema, format_checker=_formats())


def _faults(judge, document):
    written = json.loads(json.dumps(document))
    return [f"{error.json_path}: {error.message}" for error in judge.iter_errors(written)]


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


# --- grants ------------------------------------------------------------------------------------


def _grant(register, **details):
    money.prepare_book(register, opened_on=dt.date(2026, 4, 1), bank_pence=0, cash_pence=0)
    fund = money.books(register).funds
    draft = GrantDraft(
        reference="TC-26", funder="Town Council", state=GrantState.AWARDED, awarded_pence=365_50,
        fund_id=next(iter(fund)), decided_on=dt.date(2026, 5, 1),
    )  # fmt: skip
    done = money.save_grant(register, replace(draft, **details))
    assert done.ids, done
    return done.ids[0]


def test_grants_of_the_example_hold_by_the_public_schema(example, grants_judge):
    data = grants_data(example, now=NOW)
    assert data.counts["grants"] > 2
    assert _faults(grants_judge, data.package) == []


def test_a_package_with_something_amiss_is_seen_by_the_schema(example, grants_judge):
    package = grants_data(example, now=NOW).package
    package["grants"][0].pop("currency")
    package["grants"][1]["amountAwarded"] = "£500"
    assert len(_faults(grants_judge, package)) >= 2


def test_only_awarded_grants_are_told(example):
    states = dict(example.rows("SELECT state, count(*) FROM grant_award GROUP BY state"))
    awarded = states["awarded"] + states.get("closed", 0)
    assert grants_data(example, now=NOW).counts == {"grants": awarded, "left_out": 0}


def test_a_grant_tells_what_the_book_knows_and_no_more(register, grants_judge):
    _grant(register)
    [grant] = grants_data(register, now=NOW).package["grants"]
    assert set(grant) == {
        "id", "title", "description", "currency", "amountAwarded", "awardDate",
        "recipientOrganization", "fundingOrganization",
    }  # fmt: skip
    assert (grant["amountAwarded"], grant["awardDate"]) == (365.5, "2026-05-01")
    assert _faults(grants_judge, grants_data(register, now=NOW).package) == []


def test_pounds_are_whole_where_they_are_and_titles_short_enough(register, grants_judge):
    _grant(register, awarded_pence=500_00, title="warm " * 36)
    package = grants_data(register, now=NOW).package
    [grant] = package["grants"]
    assert grant["amountAwarded"] == 500
    assert isinstance(grant["amountAwarded"], int)
    assert len(grant["title"]) < 140
    assert _faults(grants_judge, package) == []


def test_a_registered_group_is_named_by_its_numbers(register, grants_judge):
    _grant(register)
    ours = replace(
        settings.read(register),
        group_name="Movers",
        charity_number="1234567",
        company_number="1234567",
    )
    assert settings.save(register, ours).changes
    package = grants_data(register, now=NOW).package
    [recipient] = package["grants"][0]["recipientOrganization"]
    assert recipient["id"] == package["publisher"]["identifier"] == "GB-CHC-1234567"
    assert (recipient["charityNumber"], recipient["companyNumber"]) == ("1234567", "01234567")
    assert _faults(grants_judge, package) == []


def test_an_award_without_its_day_is_left_out_and_said(register, tmp_path):
    _grant(register, decided_on=None)
    with pytest.raises(Refused, match="Town Council, TC-26: the day it was awarded"):
        export_360giving(register, tmp_path / "grants.json", now=NOW)
    assert not list(tmp_path.iterdir())


def test_a_book_without_awards_has_nothing_to_tell(register, tmp_path):
    with pytest.raises(Refused, match="nothing to export"):
        export_360giving(register, tmp_path / "grants.json", now=NOW)


# --- activities --------------------------------------------------------------------------------


def test_activities_of_the_example_hold_by_the_public_schema(example, services_judge):
    data = activities_data(example, today=TODAY)
    assert data.counts["services"] == 4
    assert _faults(services_judge, data.services) == []


def test_services_with_something_amiss_are_seen_by_the_schema(example, services_judge):
    services = activities_data(example, today=TODAY).services
    services[0]["status"] = "on"
    services[1]["id"] = "7"
    services[2].pop("name")
    assert len(_faults(services_judge, services)) == 3


def _service(register, **details):
    builders.activity(register, **details)
    [service] = activities_data(register, today=TODAY).services
    return service


def test_an_activity_tells_what_the_book_knows_and_no_more(register, services_judge):
    service = _service(register, repeat=Repeat.NONE, weekday=None, start_time=None, end_time=None)
    known = {name for name, value in service.items() if value}
    assert known == {"id", "name", "status", "organization"}
    assert service["status"] == "inactive"
    assert _faults(services_judge, [service]) == []


@pytest.mark.parametrize(
    ("repeat", "nth", "freq", "interval", "byday"),
    [
        (Repeat.WEEKLY, None, "WEEKLY", 1, "TU"),
        (Repeat.FORTNIGHTLY, None, "WEEKLY", 2, "TU"),
        (Repeat.MONTHLY, 2, "MONTHLY", 1, "2TU"),
        (Repeat.MONTHLY, -1, "MONTHLY", 1, "-1TU"),
    ],
)
def test_when_it_meets_is_told_as_calendars_do(
    register, services_judge, repeat, nth, freq, interval, byday
):
    service = _service(register, repeat=repeat, nth=nth)
    [schedule] = service["schedules"]
    assert [schedule[name] for name in ("freq", "interval", "byday")] == [freq, interval, byday]
    assert (schedule["opens_at"], schedule["closes_at"]) == ("14:00", "16:00")
    assert _faults(services_judge, [service]) == []


@pytest.mark.parametrize(
    ("said", "amount"),
    [("£3, first time free", 3), ("Free", 0), ("£2.50", 2.5), ("£2 or £4", None), ("Ask us", None)],
)
def test_what_it_costs_is_a_number_where_it_is_one(register, said, amount):
    [cost] = _service(register, cost_to_come=said)["cost_options"]
    assert cost["amount_description"] == said
    assert cost.get("amount") == amount


@pytest.mark.parametrize(
    ("details", "alert"),
    [
        ({"capacity": None}, None),
        ({"capacity": 12}, "Room for 12 more."),
        ({"can_take": 4, "can_take_on": dt.date(2026, 11, 2)},
         "Room for 4 more (said on 3 November 2026)."),
        ({"can_take": 0, "can_take_on": dt.date(2026, 11, 2)}, "Full (said on 3 November 2026)."),
    ],
)  # fmt: skip
def test_what_room_there_is_stands_in_the_alert(register, details, alert):
    assert _service(register, **details).get("alert") == alert


@pytest.mark.parametrize(("waiting", "alert"), [(6, "Full, 6 waiting."),
                                                (2, "Full, with a waiting list.")])  # fmt: skip
def test_how_many_wait_is_told_where_nobody_can_be_recognised(register, waiting, alert):
    activity = builders.activity(register, capacity=1)
    from app.services.activities import membership

    for _ in range(waiting):
        who = builders.person(register)
        assert membership.let_wait(register, activity.id, who, TODAY, today=TODAY).ids
    [service] = activities_data(register, today=TODAY).services
    assert service["alert"] == alert


def test_two_activities_at_one_place_share_it(register):
    builders.activity(register, place="Methodist hall", access="Step-free")
    builders.activity(register, name="Walk", place="methodist  Hall")
    places = [one["service_at_locations"][0]["location"] for one in
              activities_data(register, today=TODAY).services]  # fmt: skip
    assert places[0]["id"] == places[1]["id"]
    assert places[0]["accessibility"][0]["description"] == "Step-free"


def test_nobody_is_named_but_whom_the_group_prints(register):
    builders.person(register, "Maryam", "Begum")
    ours = replace(settings.read(register), group_name="Movers", contact="Sue Fox, 01525 000000")
    assert settings.save(register, ours).changes
    text = json.dumps(_service(register, leader="Priya Shah", notes="Mr Gill is blind"))
    assert "Sue Fox, 01525 000000" in text
    assert not [name for name in ("Maryam", "Begum", "Priya", "Gill") if name in text]


# --- identifiers -------------------------------------------------------------------------------


def test_identifiers_stay_the_same_and_are_told_apart(example):
    once, again = (activities_data(example, today=day).services
                   for day in (TODAY, TODAY + dt.timedelta(days=40)))  # fmt: skip
    assert [one["id"] for one in once] == [one["id"] for one in again]
    found = _UUID.findall(json.dumps(once))
    own = [one["id"] for one in once] + [one["schedules"][0]["id"] for one in once]
    assert len(set(own)) == len(own)
    assert len(found) > 20


def test_a_renamed_activity_keeps_its_identifier(register):
    from app.services import activities

    before = _service(register)
    kept = activities.list_activities(register)[0]
    activities.save_activity(register, replace(kept, name="Coffee Club"), ActivityId(kept.id))
    [after] = activities_data(register, today=TODAY).services
    assert (after["id"], after["name"]) == (before["id"], "Coffee Club")


# --- files -------------------------------------------------------------------------------------


def test_an_older_export_is_replaced_and_another_file_is_not(example, tmp_path):
    out = tmp_path / "services.json"
    assert export_openreferral(example, out, today=TODAY).counts == {"services": 4, "active": 4}
    once = out.read_bytes()
    export_openreferral(example, out, today=TODAY)
    assert out.read_bytes() == once
    with pytest.raises(Refused, match="Nothing was written"):
        export_360giving(example, out, now=NOW)
    assert out.read_bytes() == once
    assert [one.name for one in tmp_path.iterdir()] == ["services.json"]


def test_a_place_that_cannot_be_written_is_said(example, tmp_path):
    with pytest.raises(ReadOnly, match="There is no folder"):
        export_360giving(example, tmp_path / "gone" / "grants.json", now=NOW)
    with pytest.raises(Refused, match=r"ends in \.json"):
        export_360giving(example, tmp_path / "grants.csv", now=NOW)

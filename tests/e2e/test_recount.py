"""`hallbook figures` equals an independent recount from the open export, on the pretend groups.

The umbrella group is counted the same way by hand: it takes two minutes.
"""

import datetime as dt
import json
from fractions import Fraction

import pytest

from tests.e2e import recount, recount_money

PERIODS = [("2025-04-01", "2026-03-31"), ("2026-01-06", "2026-01-06"), ("1990-01-01", "1990-12-31")]


@pytest.fixture(scope="module", params=["small", "busy"])
def group(request, tmp_path_factory):
    return request.param, tmp_path_factory.mktemp(request.param)


def test_figures_equal_a_recount_from_the_export(group, hallbook):
    size, folder = group
    book, export = folder / "group.hallbook", folder / "export"
    hallbook("example", book, "--size", size, "--ending", "2026-03-31")
    hallbook("export", "everything", book, "--out", export)
    exported = recount.Book(export)
    for first, last in PERIODS:
        counted = json.loads(hallbook("figures", book, "--from", first, "--to", last, "--json"))
        days = tuple(map(dt.date.fromisoformat, (first, last)))
        expected = recount.figures(exported, *days)
        expected |= recount.referral_figures(exported, export, *days)
        expected |= recount_money.figures(export, *days, expected)
        if first > "1990-12-31":  # before, the rate is the one that comes with the program
            expected["in_kind_pence"] = recount_money.in_kind(export, exported, *days)
        for name, value in expected.items():
            found = counted["figures"][name]["value"]
            assert (found is None) == (value is None), name
            assert value is None or abs(Fraction(found) - value) < Fraction(1, 10**9), name


def test_figures_of_each_grant_equal_a_recount_and_its_funds_balance(
    small_example, tmp_path, hallbook
):
    folder, period = tmp_path / "export", ("2025-11-04", "2026-11-03")
    hallbook("export", "everything", small_example, "--out", folder)
    days = tuple(map(dt.date.fromisoformat, period))
    none = dict.fromkeys(("sessions_held", "attendances", "people"), 0)
    none["unpaid_referred_attendances"] = 0
    for ref in recount_money.grant_refs(folder):
        counted = json.loads(
            hallbook("figures", small_example, "--from", period[0], "--to", period[1],
                     "--grant", ref, "--json")
        )["figures"]  # fmt: skip
        expected = recount_money.of_grant(recount_money.figures(folder, *days, none, ref))
        assert {name: counted[name]["value"] for name in expected} == expected
        (fund,) = [r["fund"] for r in recount.read(folder, "grants.csv") if r["grant_ref"] == ref]
        held = [
            int(line["amount_pence"])
            for line in recount.read(folder, "money.csv")
            if line["fund"] == fund and line["in_bin"] == "0"
        ]
        assert sum(held) == counted["grant_left_pence"]["value"]


def test_people_by_sex_equal_a_recount_from_the_export(small_example, tmp_path, hallbook):
    hallbook("export", "everything", small_example, "--out", tmp_path / "export")
    first, last = "2025-11-04", "2026-11-03"
    counted = json.loads(
        hallbook("figures", small_example, "--from", first, "--to", last, "--only", "people",
                 "--by", "sex", "--json")
    )  # fmt: skip
    parts = {p["key"]: p["value"] for p in counted["figures"]["people"]["parts"] if p["value"]}
    days = map(dt.date.fromisoformat, (first, last))
    assert parts == recount.people_by(recount.Book(tmp_path / "export"), "sex", *days)


def test_exported_state_and_answer_follow_from_the_steps_and_marks(
    small_example, tmp_path, hallbook
):
    folder = tmp_path / "export"
    hallbook("export", "everything", small_example, "--out", folder)
    told = {
        row["referral_id"]: (row["state"], row["answered_on"])
        for row in recount.read(folder, "referrals.csv")
    }
    assert len({state for state, _ in told.values()}) >= 6
    assert told == recount.stands(recount.Book(folder), folder)

"""No figure reads the whole book: a year costs what the year holds, however old the group is."""

import pytest

from app.figures.bands import band_set
from app.figures.breakdowns import breakdown
from app.figures.catalogue import catalogue
from app.figures.definition import Subject
from app.figures.queries import Statement, rows_query

VALUES = {
    "first": "2026-01-01", "last": "2026-03-31", "activity_id": None, "grant_id": None, "rates": "[]", "bands": "[]",
}  # fmt: skip
GROWS = {"attendance", "session", "person", "volunteer_log", "m", "o", "p", "q", "s"}
"""Tables of years, by the names the views give them."""


def plan_of(register, sql):
    return [row[3] for row in register.rows(f"EXPLAIN QUERY PLAN {sql}", VALUES)]


def whole_tables(plan):
    return [step for step in plan if step.split()[0] == "SCAN" and step.split()[1] in GROWS]


@pytest.mark.parametrize("figure", catalogue().values(), ids=lambda figure: figure.id)
def test_a_figure_and_its_parts_look_up_what_they_need(figure, shared_register):
    plan = plan_of(shared_register, rows_query(figure, band_set())[0])
    if figure.measure:
        statement = Statement(bands=band_set())
        statement.add(figure)
        for cut in figure.breakdowns:
            statement.add(figure, (breakdown(cut),))
        plan += plan_of(shared_register, statement.sql)
    assert not whole_tables(plan)


def test_the_check_sees_a_whole_table_read(shared_register):
    plan = plan_of(shared_register, "SELECT count(*) FROM attendance_counted WHERE person_id = 1")
    assert whole_tables(plan)


MONEY = {"entry", "entry_line", "e", "l"}
"""The cash book's tables of years; balances are what all its lines come to."""


@pytest.mark.parametrize(
    "name",
    ["receipts_pence", "payments_pence", "running_cost_pence", "referral_income_pence"],
)
def test_money_of_a_period_is_looked_up_by_its_days(name, shared_register):
    plan = plan_of(shared_register, rows_query(catalogue()[name], band_set())[0])
    assert any("entry_day" in step for step in plan)
    assert not [s for s in plan if s.split()[0] == "SCAN" and s.split()[1] in MONEY]


def test_everything_at_once_is_looked_up_too(shared_register):
    # SQLite stops opening up nested UNION ALL views in a statement with over 500 SELECTs.
    # Referrals are many figures, in many ways: apart, as one statement takes no more than 500 parts.
    # Money has tables of its own, and with them a statement of its own.
    def where(figure):
        return figure.shared or (figure.subject is Subject.REFERRALS)

    figures = [figure for figure in catalogue().values() if figure.measure]
    for place in ("money", False, True):
        statement = Statement(bands=band_set())
        for figure in figures:
            if where(figure) == place:
                statement.add(figure)
                for cut in figure.breakdowns:
                    statement.add(figure, (breakdown(cut),))
        plan = plan_of(shared_register, statement.sql)
        assert len(plan) > (100 if place == "money" else 500)
        assert not whole_tables(plan)

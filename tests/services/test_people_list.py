"""The list: filters, orders and slow looks against what one would count by hand."""

import datetime as dt

import pytest

from app.domain.activities import SessionState
from app.domain.attendance import HERE, Mark
from app.domain.consents import ConsentDraft
from app.domain.people import ConsentPurpose, PersonRole, age_span
from app.services import activities, attendance, consents, people, registers
from app.services.people import Order, Wanted, Where, WholeDraft
from tests import builders
from tests.builders import TODAY


def listed(register, typed="", **wanted):
    found = people.find_people(register, Wanted(today=TODAY, **wanted), typed)
    assert found.total == len(found.rows)
    return [row.given_name for row in found.rows]


def run(look):
    while True:
        try:
            next(look)
        except StopIteration as end:
            return end.value


def test_here_left_everybody_and_the_bin_are_told_apart(register):
    builders.person(register, "Ann")
    people.leave(register, builders.person(register, "Bea"), TODAY, today=TODAY)
    people.put_in_bin(register, builders.person(register, "Cy"))
    assert listed(register) == ["Ann"]
    assert listed(register, where=Where.LEFT) == ["Bea"]
    assert listed(register, where=Where.EVERYBODY) == ["Ann", "Bea"]
    assert listed(register, where=Where.BIN) == ["Cy"]
    assert listed(register, "begum", where=Where.BIN) == ["Cy"]


def test_ages_are_those_of_today(register):
    for given, born in (("Kid", "2008-11-04"), ("New", "2008-11-03"), ("Old", "1950-01-01")):
        builders.person(register, given, born_on=dt.date.fromisoformat(born))
    builders.person(register, "Maybe", age_low=16, age_high=25, age_band_on=TODAY)
    builders.person(register, "Year", birth_year=1990)
    builders.person(register, "None")
    assert listed(register, maybe_under=18) == ["Kid", "Maybe"]
    assert listed(register, age_from=18, age_after=None) == ["New", "Old", "Year"]
    assert listed(register, age_from=35, age_after=45) == ["Year"]
    assert listed(register, age_unknown=True) == ["None"]


def test_ages_of_the_list_agree_with_those_of_the_page(small_example):
    with registers.open_register(small_example) as register:
        rows = people.find_people(register, Wanted(today=TODAY, where=Where.EVERYBODY)).rows
        for low, after in ((0, 18), (18, 45), (45, 65), (65, None)):
            by_hand = {
                row.id
                for row in rows
                if (span := age_span(row, TODAY)) is not None
                and span.low >= low
                and span.high < (after or 999)
            }
            wanted = Wanted(today=TODAY, where=Where.EVERYBODY, age_from=low, age_after=after)
            assert set(people.find_ids(register, wanted)) == by_hand


def test_who_is_on_an_activity_now_joined_records_too(register):
    tea = builders.activity(register)
    ann, bea, cy = (builders.person(register, given) for given in ("Ann", "Bea", "Cy"))
    people.put_on_activity(register, (ann, bea), tea.id, TODAY)
    people.take_off_activity(register, (bea,), tea.id, TODAY - dt.timedelta(days=1))
    other = builders.person(register, "Cyril")
    people.put_on_activity(register, (other,), tea.id, TODAY)
    people.merge_people(register, cy, other)
    assert listed(register, activity=tea.id) == ["Ann", "Cy"]


def test_role_no_phone_only_a_name_and_added_lately(register):
    whole = WholeDraft(
        person=people.PersonDraft(given_name="Ann", phone="07700 900001"),
        roles=frozenset({PersonRole.VOLUNTEER}),
    )
    people.save_whole(register, None, whole, today=TODAY)
    builders.person(register, "Bea", email="bea@example.org")
    builders.person(register, "Cy", "")
    assert listed(register, role="volunteer") == ["Ann"]
    assert listed(register, no_phone=True) == ["Bea", "Cy"]
    assert listed(register, only_name=True) == ["Cy"]
    assert len(listed(register, added_since=TODAY)) == 3
    assert listed(register, added_since=TODAY + dt.timedelta(days=1)) == []


def test_orders_are_stable_and_put_what_is_blank_last(register):
    for given, area in (("Cy", "b"), ("Ann", ""), ("Bea", "B"), ("Dot", "a")):
        builders.person(register, given, area=area)
    assert listed(register, order=Order.AREA) == ["Dot", "Bea", "Cy", "Ann"]
    assert listed(register, order=Order.AREA, down=True) == ["Bea", "Cy", "Dot", "Ann"]
    assert listed(register, down=True) == ["Dot", "Cy", "Bea", "Ann"]


@pytest.mark.parametrize("order", [*Order])
@pytest.mark.parametrize("down", [False, True])
def test_parts_of_a_list_make_up_the_whole(small_example, order, down):
    with registers.open_register(small_example) as register:
        wanted = Wanted(today=TODAY, where=Where.EVERYBODY, order=order, down=down)
        whole = people.find_ids(register, wanted)
        parts = [
            row.id
            for offset in range(0, len(whole) + 7, 7)
            for row in people.find_people(register, wanted, limit=7, offset=offset).rows
        ]
        assert tuple(parts) == whole
        assert len(set(whole)) == people.count_people(register, wanted)


def test_last_came_is_what_the_view_counts(small_example):
    with registers.open_register(small_example) as register:
        ids = people.find_ids(register, Wanted(today=TODAY, where=Where.EVERYBODY))
        by_view = {
            row["person_id"]: (dt.date.fromisoformat(row["last_on"]), row["times"])
            for row in register.rows(
                "SELECT person_id, MAX(session_on) AS last_on, COUNT(*) AS times"
                " FROM attendance_counted GROUP BY person_id"
            )
        }
        assert {person: by_view[person] for person in ids if person in by_view} == run(
            people.everybody_came(register, TODAY)
        )


def test_in_order_of_coming_never_came_is_last(register):
    ann, bea, cy = (builders.person(register, given) for given in ("Ann", "Bea", "Cy"))
    builders.mark(register, builders.session(register, day=TODAY), cy)
    builders.mark(register, builders.session(register, day=TODAY - dt.timedelta(days=7)), bea)
    came = run(people.everybody_came(register, TODAY))
    newest = Wanted(today=TODAY, order=Order.LAST_CAME, down=True)
    assert people.in_order_of_coming(register, newest, "", came) == (cy, bea, ann)
    oldest = Wanted(today=TODAY, order=Order.LAST_CAME)
    assert people.in_order_of_coming(register, oldest, "", came) == (bea, cy, ann)


def test_without_consent_counts_the_newest_answer(register):
    ann, bea, cy, dot = (builders.person(register, g) for g in ("Ann", "Bea", "Cy", "Dot"))
    photos = ConsentPurpose.PHOTOS

    def answer(who, day, **details):
        draft = ConsentDraft(purpose=photos, asked_on=day, **details)
        consents.add(register, who, draft, today=TODAY)

    answer(ann, TODAY)
    answer(bea, TODAY, given=False)
    answer(cy, TODAY - dt.timedelta(days=9))
    answer(cy, TODAY, withdrawn_on=TODAY)
    assert set(run(people.without_consent(register, photos))) == {bea, cy, dot}


def weeks(register, number):
    first = TODAY - dt.timedelta(days=7 * number)
    return [builders.session(register, day=first + dt.timedelta(days=7 * n)) for n in range(number)]


def test_not_seen_passes_over_apologies_and_cancelled_sessions(register):
    ann, bea, cy, dot = (builders.person(register, g) for g in ("Ann", "Bea", "Cy", "Dot"))
    held = weeks(register, 5)
    for who in (ann, bea, cy):
        builders.mark(register, held[0], who)
    for meeting in held:
        builders.mark(register, meeting, dot)
    builders.mark(register, held[2], bea, Mark.APOLOGY)
    builders.mark(register, held[4], cy)
    away = run(people.not_seen(register, TODAY))
    assert away == {ann: 4, bea: 3}
    builders.mark(register, held[3], dot, None)
    done = activities.cancel_session(register, builders.fresh(register, held[3]), "hall_closed")
    assert done.changes
    assert run(people.not_seen(register, TODAY)) == {ann: 3}


def test_not_seen_agrees_with_the_registers(small_example):
    day = dt.date(2026, 12, 31)
    with registers.open_register(small_example) as register:
        away = run(people.not_seen(register, TODAY))
        assert away
        here = set(people.find_ids(register, Wanted(today=TODAY, where=Where.HERE)))
        for person in set(away) & here:
            past = attendance.history_of(register, person, limit=500)
            came = [one for one in past if one.mark in HERE]
            assert not came or came[0].session_on < day
            assert people.standing_of(register, person, today=TODAY).memberships


def test_a_slow_look_says_how_far_it_is(small_example):
    with registers.open_register(small_example) as register:
        steps = list(people.everybody_came(register, TODAY))
        assert [done for done, _ in steps] == sorted(done for done, _ in steps)
        assert all(done <= total for done, total in steps)


def test_planned_sessions_are_not_absences(register):
    ann = builders.person(register, "Ann")
    held = weeks(register, 4)
    builders.mark(register, held[0], ann)
    assert all(builders.fresh(register, one).state is SessionState.PLANNED for one in held[1:])
    assert run(people.not_seen(register, TODAY)) == {}

"""Referrals in the file: the state said by SQL, joined people, imports taken out, what must hold."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ids import PersonId
from app.domain.referrals import (
    ANSWERS,
    ReferralDraft,
    State,
    Step,
    StepDraft,
    state_on,
)
from app.domain.referrers import ReferrerDraft, WorkerDraft
from app.services import people
from app.services.result import to_its_end
from app.storage import holdings, import_removal, invariants, referral_list, referrals, referrers
from app.storage.referral_list import WantedReferrals
from app.storage.referral_states import states_sql
from tests import builders
from tests.builders import TODAY

RECEIVED = dt.date(2026, 6, 1)


def on(day):
    return RECEIVED + dt.timedelta(days=day)


def add(register, person, received=RECEIVED, **details):
    with register.transaction("add"):
        draft = ReferralDraft(received_on=received, **details)
        return referrals.add(register, person, draft)


def add_steps(register, referral, *steps):
    with register.transaction("steps"):
        for kind, day in steps:
            reason = "full" if kind is Step.NOT_ACCEPTED else ""
            draft = StepDraft(step=kind, step_on=on(day), reason=reason)
            referrals.add_step(register, referral, draft)


def row(register, referral, day=TODAY):
    (found,) = referral_list.rows(register, (referral,), day)
    return found


_DAYS = st.integers(min_value=0, max_value=20)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(
    steps=st.lists(st.tuples(st.sampled_from(Step), _DAYS), max_size=5),
    came=st.sets(st.integers(min_value=-3, max_value=20), max_size=4),
    joined=st.booleans(),
    day=_DAYS,
)
def test_sql_and_plain_python_say_the_same_state_and_answer(register, steps, came, joined, day):
    tea = builders.activity(register, name=f"Tea {register.new_id()}")
    who = builders.person(register)
    other = builders.person(register, given="Mariam")
    for place, number in enumerate(sorted(came)):
        at = builders.session(register, tea, on(number))
        builders.mark(register, at, other if joined and place % 2 else who)
        if joined and place == 0:
            builders.mark(register, at, other)
    if joined:
        assert people.merge_people(register, who, other).ids
    referral = add(register, other if joined else who)
    add_steps(register, referral, *steps)

    kept = referrals.steps(register, referral)
    days = sorted(on(number) for number in came)
    expected = state_on(RECEIVED, kept, days, on(day))
    found = row(register, referral, on(day))
    assert found.state is expected
    answers = [one.step_on for one in kept if one.step in ANSWERS and one.step_on <= on(day)]
    coming = [one for one in days if RECEIVED <= one <= on(day)]
    assert found.answered_on == min(answers or coming, default=None)
    assert found.came_times == len(coming)
    for state in State:
        among = referral_list.ids(register, WantedReferrals(states=frozenset({state})), on(day))
        assert (referral in among) == (state is expected)


def test_a_page_of_states_reads_no_table_of_marks_whole(register):
    plan = " ".join(
        str(line[3])
        for line in register.rows(
            f"EXPLAIN QUERY PLAN {states_sql(':day')}", {"day": TODAY.isoformat()}
        )
    )
    for table in ("SCAN m", "SCAN s", "SCAN attendance", "SCAN session", "AUTOMATIC"):
        assert table not in plan


def test_joined_people_share_their_referrals_and_part_with_their_own(register):
    one, two = builders.person(register), builders.person(register, given="Mariam")
    first, second = add(register, one), add(register, two, on(5))
    before = builders.dump(register)
    people.merge_people(register, one, two)
    assert referrals.ids_of_person(register, one) == (second, first)
    assert row(register, second).person_id == one
    assert row(register, second).full_name == "Maryam Begum"

    people.unmerge_person(register, two)
    assert referrals.ids_of_person(register, one) == (first,)
    assert row(register, second).person_id == two
    after = builders.dump(register)
    assert after["referral"] == before["referral"]


def test_referrals_of_somebody_in_the_bin_do_not_count_and_come_back(register):
    who = builders.person(register)
    add(register, who)
    assert holdings.counts(register)["referrals"] == 1
    people.put_in_bin(register, who)
    assert holdings.counts(register)["referrals"] == 0
    assert referral_list.count(register, WantedReferrals(), TODAY) == 0
    assert referral_list.to_answer(register, TODAY) == ()
    people.take_out_of_bin(register, who)
    assert holdings.counts(register)["referrals"] == 1


@pytest.mark.parametrize("hidden", [(), (0,), (1,), (0, 2), (0, 1, 2)])
@pytest.mark.parametrize("joined", [False, True])
def test_a_whole_list_is_counted_as_long_as_it_is(register, hidden, joined):
    whos = [builders.person(register, given=given) for given in ("Ada", "Bo", "Cy")]
    for who, many in zip(whos, (1, 2, 4), strict=True):
        for number in range(many):
            add(register, who, on(number))
    if joined:
        people.merge_people(register, whos[0], whos[2])
    for place in hidden:
        people.put_in_bin(register, whos[place])
    counted = referral_list.ids(register, WantedReferrals(), TODAY)
    assert referral_list.count(register, WantedReferrals(), TODAY) == len(counted)
    assert referral_list.are_any(register) == bool(counted)


def an_import(register):
    """Bring somebody, a sender and a referral in by an import; return its id, and theirs."""
    with register.transaction("import"):
        import_id = register.new_id()
        register.insert(
            "import_run",
            {"id": import_id, "kind": "referrals", "file_name": "joy.csv", "file_sha256": "0",
             "done_at": register.stamp(), "rows": 1, "added": 1, "matched": 0, "skipped": 0})  # fmt: skip
        person = PersonId(register.new_id())
        register.insert(
            "person", {"id": person, "given_name": "Bilal", "sort_key": "bilal", "search_text": "bilal", "import_id": import_id}
        )  # fmt: skip
        sender = referrers.add(register, ReferrerDraft(name="Grove"), import_id=import_id)
        draft = ReferralDraft(received_on=RECEIVED, referrer_id=sender)
        referral = referrals.add(register, person, draft, import_id=import_id)
    return import_id, person, sender, referral


def test_an_import_of_referrals_is_taken_out_whole(register):
    import_id, *_ = an_import(register)
    with register.transaction("remove"):
        counts = to_its_end(import_removal.remove_in_slices(register, import_id))
    assert (counts["referrals"], counts["referrers"], counts["people"]) == (1, 1, 1)
    assert not register.rows("SELECT 1 FROM referral UNION SELECT 1 FROM referrer")


def test_a_referral_that_was_followed_since_stays_with_its_person_and_sender(register):
    import_id, person, sender, referral = an_import(register)
    add_steps(register, referral, (Step.TRIED, 1))
    with register.transaction("remove"):
        counts = to_its_end(import_removal.remove_in_slices(register, import_id))
    assert (counts["kept_referrals"], counts["kept_referrers"], counts["kept_people"]) == (1, 1, 1)
    assert row(register, referral).person_id == person
    assert row(register, referral).referrer_id == sender


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE referral SET received_on = '2026-09-01'",
        "UPDATE referral_step SET step = 'accepted' WHERE step = 'waiting'",
        "UPDATE referral SET binned_at = '2026-09-01T10:00:00+00:00'",
        "UPDATE referral_step SET step = 'completed' WHERE step = 'tried'",
        "UPDATE referral SET referrer_id = NULL",
    ],
)
def test_what_must_hold_of_referrals_is_looked_at(register, broken):
    who = builders.person(register)
    tea = builders.activity(register)
    with register.transaction("sender"):
        sender = referrers.add(register, ReferrerDraft(name="Grove"))
        worker = referrers.add_worker(register, sender, WorkerDraft(name="Dana"))
    referral = add(register, who, activity_id=tea.id, referrer_id=sender, worker_id=worker)
    add_steps(register, referral, (Step.TRIED, 1), (Step.WAITING, 2))
    with register.transaction("wait"):
        referrals.keep_waiting(register, referral, who, tea.id, on(2))
    assert invariants.findings(register) == ()
    with register.transaction("break"):
        register.execute(broken)
    assert len(invariants.findings(register)) == 1

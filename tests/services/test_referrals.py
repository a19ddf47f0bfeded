"""Referrals: recorded, followed step by step, undone, found."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.attendance import Mark
from app.domain.contacts import Guardian
from app.domain.people import PersonDraft
from app.domain.periods import Period
from app.domain.referrals import ReferralDraft, State, Step, StepDraft
from app.domain.referrers import ReferrerDraft, WorkerDraft
from app.domain.reply_clock import Reply
from app.figures.evaluate import count
from app.figures.records import Scope
from app.services import activities, people, referrals
from app.services.referrals import NewReferral, WantedReferrals, looking
from app.storage import belonging, invariants, members, referral_list
from app.storage.register import Register
from tests import builders
from tests.builders import TODAY, dump

RECEIVED = dt.date(2026, 10, 20)


def day(number, month=10):
    return dt.date(2026, month, number)


def refer(register, given="Maryam", received=RECEIVED, *, person=None, anyway=False, **details):
    """Record a referral; return its id."""
    new = NewReferral(
        person_id=person,
        person=PersonDraft(given_name=given),
        referral=ReferralDraft(received_on=received, **details),
    )
    done = referrals.record(register, new, today=TODAY, anyway=anyway)
    assert done.ids, done.text
    return done.ids[0]


def step(register, referral, kind, on, reason="", **how):
    """Take a step; return what the service said."""
    draft = StepDraft(step=kind, step_on=on, reason=reason)
    return referrals.take_step(register, referral, draft, today=TODAY, **how)


def whole(register, referral, today=TODAY):
    return referrals.whole(register, referral, today=today)


def state(register, referral, today=TODAY):
    return whole(register, referral, today).row.state


def codes(answer):
    return [problem.code for problem in answer.problems]


def undo(register):
    register.play(register.take_step(), use_case="undo")


# --- recording -----------------------------------------------------------------------------------


def test_a_first_name_is_enough(register):
    new = NewReferral(
        person=PersonDraft(given_name="Maryam"), referral=ReferralDraft(received_on=RECEIVED)
    )
    done = referrals.record(register, new, today=TODAY)

    assert done.text == "record referral of Maryam"
    found = whole(register, done.ids[0])
    assert found.row.full_name == "Maryam"
    assert found.row.state is State.RECEIVED
    assert people.get_person(register, done.ids[1]).given_name == "Maryam"


def test_taking_a_new_referral_back_takes_its_person_and_sender_back(register):
    before = dump(register)
    new = NewReferral(
        person=PersonDraft(given_name="Maryam"),
        referral=ReferralDraft(received_on=RECEIVED, reasons=frozenset({"loneliness", "money"})),
        new_referrer=ReferrerDraft(name="Grove Surgery", source_type="gp_practice"),
        new_worker=WorkerDraft(name="Dana Okafor", job="Link worker"),
    )
    referrals.record(register, new, today=TODAY)
    assert dump(register) != before

    undo(register)
    assert dump(register) == before


def test_a_referral_takes_the_kind_of_its_sender(register):
    new = NewReferral(
        person=PersonDraft(given_name="Maryam"),
        referral=ReferralDraft(received_on=RECEIVED),
        new_referrer=ReferrerDraft(name="Grove Surgery", source_type="gp_practice"),
    )
    row = whole(register, referrals.record(register, new, today=TODAY).ids[0]).row
    assert (row.source_type, row.referrer) == ("gp_practice", "Grove Surgery")


def test_an_organisation_typed_again_is_the_one_of_the_book(register):
    for given in ("Maryam", "Bilal"):
        new = NewReferral(
            person=PersonDraft(given_name=given),
            referral=ReferralDraft(received_on=RECEIVED),
            new_referrer=ReferrerDraft(
                name=" grove  SURGERY" if given == "Bilal" else "Grove Surgery"
            ),
            new_worker=WorkerDraft(name="Dana"),
        )
        referrals.record(register, new, today=TODAY)
    (only,) = referrals.list_referrers(register)
    assert (only.referrer.name, only.sent, only.workers) == ("Grove Surgery", 2, 1)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (ReferralDraft(), "date_needed"),
        (ReferralDraft(received_on=day(4, 11)), "referral_future"),
        (ReferralDraft(received_on=dt.date(1926, 1, 1)), "day_out_of_reach"),
        (ReferralDraft(received_on=RECEIVED, channel="pigeon"), "answer_unknown"),
        (ReferralDraft(received_on=RECEIVED, reasons=frozenset({"fun"})), "answer_unknown"),
        (ReferralDraft(received_on=RECEIVED, who_pays="agreement"), "agreement_needed"),
        (ReferralDraft(received_on=RECEIVED, notes="x" * 10_001), "text_too_long"),
        (ReferralDraft(received_on=RECEIVED, activity_id=7), "activity_gone"),
        (ReferralDraft(received_on=RECEIVED, referrer_id=7), "referrer_gone"),
        (ReferralDraft(received_on=RECEIVED, worker_id=7), "worker_gone"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(register, draft, code):
    before = dump(register)
    new = NewReferral(person=PersonDraft(given_name="Maryam"), referral=draft)
    assert code in codes(referrals.record(register, new, today=TODAY, anyway=True))
    assert dump(register) == before


# --- steps ---------------------------------------------------------------------------------------


def test_the_clock_stops_at_the_first_answer(register):
    referral = refer(register)
    assert whole(register, referral, day(29)).row.clock.words == "1 day left"
    assert whole(register, referral, day(30)).row.clock.words == "due today"
    assert whole(register, referral, day(3, 11)).row.clock.reply is Reply.DUE
    assert whole(register, referral, day(4, 11)).row.clock.reply is Reply.PAST_THE_LINE
    step(register, referral, Step.ACCEPTED, day(26))
    clock = whole(register, referral, day(30, 11)).row.clock
    assert (clock.reply, clock.days_taken) == (Reply.ANSWERED, 6)


def test_no_contact_is_offered_after_three_tries_in_vain(register):
    referral = refer(register)
    for number in (21, 22):
        step(register, referral, Step.TRIED, day(number))
    assert not whole(register, referral).offer_no_contact
    step(register, referral, Step.TRIED, day(23))
    found = whole(register, referral)
    assert found.offer_no_contact
    assert (found.row.tries, found.row.state) == (3, State.CONTACTED)
    step(register, referral, Step.CONTACTED, day(24))
    assert not whole(register, referral).offer_no_contact


def test_accepting_puts_on_the_register_and_gives_the_place_waited_for(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    step(register, referral, Step.WAITING, day(21))
    assert [one.person.given_name for one in members.waiting(register, tea.id)] == ["Maryam"]
    before = dump(register)

    step(register, referral, Step.ACCEPTED, day(27))
    (on_it,) = members.on_register(register, tea.id, day(27))
    assert (on_it.person.given_name, on_it.from_on) == ("Maryam", day(27))
    assert members.waiting(register, tea.id) == ()
    held = belonging.of_person(register, on_it.person.id)
    assert [one.outcome for one in held if one.kind == "waiting"] == ["place"]

    undo(register)
    assert dump(register) == before


def test_the_first_attendance_starts_and_the_second_is_attending(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    who = whole(register, referral).row.person_id
    step(register, referral, Step.ACCEPTED, day(22))
    builders.mark(register, builders.session(register, tea, day(19)), who)
    assert state(register, referral) is State.ACCEPTED
    builders.mark(register, builders.session(register, tea, day(27)), who)
    assert state(register, referral) is State.STARTED
    builders.mark(register, builders.session(register, tea, day(28)), who, Mark.LATE)
    found = whole(register, referral)
    assert found.row.state is State.ATTENDING
    assert found.came == (day(27), day(28))
    assert state(register, referral, day(27)) is State.STARTED
    assert state(register, referral, day(26)) is State.ACCEPTED


def test_who_comes_after_a_no_has_started_all_the_same(register):
    tea = builders.activity(register)
    referral = refer(register)
    who = whole(register, referral).row.person_id
    step(register, referral, Step.NOT_ACCEPTED, day(22), "full")
    builders.mark(register, builders.session(register, tea, day(22)), who)
    assert state(register, referral) is State.NOT_ACCEPTED
    builders.mark(register, builders.session(register, tea, day(28)), who)
    assert state(register, referral) is State.ATTENDING
    step(register, referral, Step.COMPLETED, day(29))
    builders.mark(register, builders.session(register, tea, day(30)), who)
    assert state(register, referral) is State.COMPLETED


@pytest.mark.parametrize(
    ("kind", "on", "reason", "code"),
    [
        (Step.ACCEPTED, day(19), "", "step_before_received"),
        (Step.ACCEPTED, day(4, 11), "", "step_future"),
        (Step.ACCEPTED, None, "", "date_needed"),
        (Step.ACCEPTED, day(21), "", "step_before_last"),
        (Step.NOT_ACCEPTED, day(23), "", "step_reason_needed"),
        (Step.NOT_ACCEPTED, day(23), "moved", "answer_unknown"),
        (Step.REOPENED, day(23), "", "step_cannot_follow"),
        (Step.COMPLETED, day(23), "", "step_cannot_follow"),
    ],
)
def test_a_step_that_cannot_be_is_said_and_not_kept(register, kind, on, reason, code):
    referral = refer(register)
    step(register, referral, Step.TRIED, day(22))
    before = dump(register)
    assert codes(step(register, referral, kind, on, reason)) == [code]
    assert dump(register) == before


def test_moving_on_makes_a_volunteer(register):
    referral = refer(register)
    step(register, referral, Step.ACCEPTED, day(22))
    step(register, referral, Step.MOVED_ON, day(28))
    who = whole(register, referral).row.person_id
    assert [one.role for one in belonging.of_person(register, who)] == ["volunteer"]
    assert state(register, referral) is State.MOVED_ON


def test_leaving_early_takes_off_the_register(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    step(register, referral, Step.ACCEPTED, day(22))
    step(register, referral, Step.LEFT_EARLY, day(28), "transport")
    (was,) = belonging.of_person(register, whole(register, referral).row.person_id)
    assert was.to_on == day(28)


def test_opening_again_asks_for_an_answer_but_keeps_history(register):
    referral = refer(register)
    step(register, referral, Step.NO_CONTACT, day(22))
    step(register, referral, Step.REOPENED, day(25))
    found = whole(register, referral)
    assert found.row.state is State.RECEIVED
    assert [one.step for one in found.steps] == [Step.NO_CONTACT, Step.REOPENED]


def test_a_corrected_waiting_step_moves_the_place_in_the_queue(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    done = step(register, referral, Step.WAITING, day(23))
    before = dump(register)
    draft = StepDraft(step=Step.WAITING, step_on=day(21))
    referrals.correct_step(register, done.ids[0], draft, today=TODAY)
    assert [one.from_on for one in members.waiting(register, tea.id)] == [day(21)]
    undo(register)
    assert dump(register) == before


def test_taking_the_waiting_step_out_takes_the_place_out(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    before = dump(register)
    done = step(register, referral, Step.WAITING, day(23))
    referrals.remove_step(register, done.ids[0])
    assert dump(register) == before


def test_taking_an_acceptance_out_lets_them_wait_again(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    step(register, referral, Step.WAITING, day(23))
    done = step(register, referral, Step.ACCEPTED, day(24))
    referrals.remove_step(register, done.ids[0])
    assert [one.from_on for one in members.waiting(register, tea.id)] == [day(23)]


@pytest.mark.parametrize(("on", "left"), [(day(24), []), (day(27), [day(26)])])
def test_who_says_no_after_being_accepted_comes_off_the_register(register, on, left):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    who = whole(register, referral).row.person_id
    step(register, referral, Step.ACCEPTED, day(24))
    step(register, referral, Step.PERSON_DECLINED, on)
    assert [one.to_on for one in belonging.of_person(register, who)] == left


def test_an_acceptance_that_never_was_takes_nobody_off_who_was_there_before(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    who = whole(register, referral).row.person_id
    activities.put_on_register(register, tea.id, who, day(21), today=TODAY)
    before = dump(register)
    done = step(register, referral, Step.ACCEPTED, day(24))
    referrals.remove_step(register, done.ids[0])
    assert dump(register) == before


def test_a_place_given_from_the_waiting_list_accepts_and_one_given_up_says_no(register):
    tea = builders.activity(register)
    one, two = refer(register, activity_id=tea.id), refer(register, "Bilal", activity_id=tea.id)
    for referral in (one, two):
        step(register, referral, Step.WAITING, day(23))
    before = dump(register)
    who = whole(register, one).row.person_id
    activities.put_on_register(register, tea.id, who, day(27), today=TODAY)
    assert whole(register, one).steps[-1].step_on == day(27)
    assert state(register, one) is State.ACCEPTED
    undo(register)
    assert dump(register) == before

    who = whole(register, two).row.person_id
    activities.give_up_waiting(register, tea.id, who, today=TODAY)
    assert state(register, two) is State.PERSON_DECLINED
    assert invariants.findings(register) == ()


def test_a_step_on_which_others_stand_stays(register):
    referral = refer(register)
    done = step(register, referral, Step.NO_CONTACT, day(22))
    step(register, referral, Step.REOPENED, day(25))
    assert codes(referrals.remove_step(register, done.ids[0])) == ["step_cannot_follow"]


def test_a_correction_may_not_run_backwards(register):
    referral = refer(register)
    first = step(register, referral, Step.TRIED, day(22))
    step(register, referral, Step.TRIED, day(23))
    draft = StepDraft(step=Step.TRIED, step_on=day(24))
    answer = referrals.correct_step(register, first.ids[0], draft, today=TODAY)
    assert codes(answer) == ["step_before_last"]


# --- changing, and the bin -----------------------------------------------------------------------


def test_changing_is_taken_back_whole(register):
    referral = refer(register, reasons=frozenset({"money"}), notes="Rings back on Mondays")
    before = dump(register)
    draft = replace(
        ReferralDraft(received_on=day(19)), needs=frozenset({"mental_health"}), reference="J-1"
    )
    done = referrals.change(register, referral, draft, today=TODAY)
    assert done.text == "change referral of Maryam"
    kept = referrals.get(register, referral)
    assert (kept.received_on, kept.needs, kept.reasons) == (day(19), {"mental_health"}, frozenset())
    undo(register)
    assert dump(register) == before


def test_what_is_the_same_is_not_written_again(register):
    referral = refer(register)
    done = referrals.change(register, referral, ReferralDraft(received_on=RECEIVED), today=TODAY)
    assert done.changes == frozenset()


def test_the_received_date_may_not_pass_the_first_step(register):
    referral = refer(register)
    step(register, referral, Step.TRIED, day(22))
    draft = ReferralDraft(received_on=day(23))
    answer = referrals.change(register, referral, draft, today=TODAY)
    assert codes(answer) == ["steps_before_received"]


def test_a_binned_referral_is_gone_with_its_place_in_the_queue_and_comes_back_with_it(register):
    tea = builders.activity(register)
    referral = refer(register, activity_id=tea.id)
    step(register, referral, Step.WAITING, day(23))
    before = dump(register)
    referrals.put_in_bin(register, referral, today=TODAY)
    assert members.waiting(register, tea.id) == ()
    assert referrals.listed(register, WantedReferrals(), today=TODAY).total == 0
    assert referrals.listed(register, WantedReferrals(bin=True), today=TODAY).total == 1
    assert codes(step(register, referral, Step.ACCEPTED, day(24))) == ["referral_gone"]
    referrals.take_out_of_bin(register, referral, today=TODAY)
    assert dump(register) == before


# --- cautions ------------------------------------------------------------------------------------


def test_two_open_referrals_of_one_person_are_said_and_both_kept(register):
    first = refer(register, source_type="gp_practice")
    who = whole(register, first).row.person_id
    new = NewReferral(
        person_id=who, referral=ReferralDraft(received_on=day(25), source_type="housing")
    )
    answer = referrals.record(register, new, today=TODAY)
    assert codes(answer) == ["referral_open_already"]
    assert referrals.only_cautions(answer.problems)
    assert "gp practice" in answer.text.lower()
    second = referrals.record(register, new, today=TODAY, anyway=True).ids[0]
    step(register, second, Step.ACCEPTED, day(26))
    assert [state(register, one) for one in (first, second)] == [State.RECEIVED, State.ACCEPTED]
    assert [row.id for row in whole(register, first).others] == [second]


def test_a_referral_of_somebody_who_comes_already_is_said_and_kept(register):
    who = builders.person(register)
    builders.mark(register, builders.session(register, day=day(13)), who)
    new = NewReferral(person_id=who, referral=ReferralDraft(received_on=RECEIVED))
    assert codes(referrals.record(register, new, today=TODAY)) == ["referral_attending"]
    kept = referrals.record(register, new, today=TODAY, anyway=True).ids[0]
    assert state(register, kept) is State.RECEIVED


def test_the_same_referral_again_is_said(register):
    first = refer(register, reference="J-100")
    who = whole(register, first).row.person_id
    new = NewReferral(
        person_id=who, referral=ReferralDraft(received_on=RECEIVED, reference="j-100")
    )
    assert codes(referrals.record(register, new, today=TODAY)) == [
        "reference_taken",
        "referral_twice",
    ]


def test_ages_are_looked_at_against_the_activity(register):
    youth = builders.activity(register, name="Youth Club", age_from=11, age_to=17)
    for born, expected in (
        (dt.date(1980, 5, 1), ["age_outside_activity"]),
        (None, ["young_age_unknown"]),
        (dt.date(2012, 5, 1), []),
    ):
        new = NewReferral(
            person=PersonDraft(given_name="Sam", born_on=born),
            referral=ReferralDraft(received_on=RECEIVED, activity_id=youth.id),
        )
        who = people.save_new(register, new.person, today=TODAY).ids[0]
        for one in (new, replace(new, person_id=who)):
            answer = referrals.record(register, one, today=TODAY)
            assert (codes(answer) == expected) if expected else answer.ids


def test_a_parent_and_their_consent_are_asked_for_before_a_child_is_taken_in(register):
    youth = builders.activity(register, name="Youth Club", age_from=11, age_to=17)
    referral = refer(register, activity_id=youth.id, anyway=True)
    who = whole(register, referral).row.person_id
    child = people.WholeDraft(person=PersonDraft(given_name="Sam", born_on=dt.date(2012, 5, 1)))
    people.save_whole(register, who, child, today=TODAY)
    answer = step(register, referral, Step.ACCEPTED, day(22))
    assert codes(answer) == ["young_parent_missing"]
    assert referrals.only_cautions(answer.problems)
    parent = Guardian(name="Rosa")
    people.save_whole(register, who, replace(child, guardians=(parent,)), today=TODAY)
    assert codes(step(register, referral, Step.ACCEPTED, day(22))) == ["young_consent_missing"]
    parent = replace(parent, activity_consent_on=day(21))
    people.save_whole(register, who, replace(child, guardians=(parent,)), today=TODAY)
    assert step(register, referral, Step.ACCEPTED, day(22)).ids


def test_a_caution_does_not_hold_up_who_insists(register):
    youth = builders.activity(register, name="Youth Club", age_from=11, age_to=17)
    referral = refer(register, activity_id=youth.id, anyway=True)
    assert step(register, referral, Step.ACCEPTED, day(22), anyway=True).ids
    assert len(activities.on_register(register, youth.id, today=TODAY)) == 1


# --- finding -------------------------------------------------------------------------------------


def test_columns_hold_what_waits_longest_first_and_what_is_new(register):
    old = refer(register, "Maryam", day(1))
    new = refer(register, "Bilal", day(20))
    taken = refer(register, "Sadia", day(2))
    step(register, taken, Step.ACCEPTED, day(5))
    columns = {
        column.state: column
        for column in referrals.board(register, WantedReferrals(), today=TODAY, cards=1)
    }
    received = columns[State.RECEIVED]
    assert ([row.id for row in received.rows], received.total) == ([old], 2)
    assert [row.id for row in columns[State.ACCEPTED].rows] == [taken]
    assert columns[State.WAITING].total == 0
    assert referrals.count_states(register, WantedReferrals(), today=TODAY)[State.RECEIVED] == 2
    assert referrals.listed(register, WantedReferrals(), today=TODAY).rows[0].id == new


def unanswered(register):
    look, parts = referrals.look_for_unanswered(register, today=TODAY, limit=2), 1
    while True:
        try:
            next(look)
            parts += 1
        except StopIteration as end:
            return parts, end.value


def test_home_tells_what_is_due_and_what_is_past_the_line(register, monkeypatch):
    for given, received in (("A", day(1)), ("B", day(20)), ("C", day(24)), ("D", day(25))):
        refer(register, given, received)
    declined = refer(register, "E", day(2))
    step(register, declined, Step.PERSON_DECLINED, day(3))
    parts, waiting = unanswered(register)
    assert (parts, waiting.total, waiting.due, waiting.past) == (1, 4, 2, 1)
    assert [row.full_name for row in waiting.rows] == ["A", "B"]
    refer(register, "F", day(20))
    monkeypatch.setattr(looking, "_ABOUT", 2)
    monkeypatch.setattr(looking, "_ORDINARY", 2)
    parts, waiting = unanswered(register)
    assert (parts, waiting.total) == (2, 5), "all of a day are read together"
    assert [row.full_name for row in waiting.rows] == ["A", "B"]


def looked(register):
    look = referrals.look_at_all(register, WantedReferrals(), today=TODAY)
    told = []
    while True:
        try:
            told.append(next(look))
        except StopIteration as end:
            return told, end.value


def test_parts_of_any_length_find_the_same(register, monkeypatch):
    assert looked(register)[0] == []
    for number, on in enumerate((1, 1, 2, 20, 20, 20, 24)):
        one = refer(register, f"Given {number}", day(on))
        if number % 2:
            step(register, one, Step.ACCEPTED, day(25))
    assert referrals.are_few(register, today=TODAY)
    _, whole_look = looked(register)
    for part, parts in ((1, 4), (2, 2), (5, 2), (7, 1)):
        monkeypatch.setattr(looking, "_PART", part)
        told, found = looked(register)
        assert (list(found.states.items()), found) == (list(whole_look.states.items()), whole_look)
        done, days = told[-1]
        assert (len(told), done) == (parts, days)


@pytest.fixture(params=[0, 1_000], ids=["walked", "looked up"])
def searched(request, monkeypatch):
    """Both ways of searching: as for half a word, and as for a whole name."""
    monkeypatch.setattr(referral_list, "_BROAD", request.param)


@pytest.mark.usefixtures("searched")
def test_a_referral_of_a_joined_record_is_found_by_the_name_that_is_kept(register):
    joined = refer(register, "Bilal")
    kept = builders.person(register, "Maryam")
    with register.transaction("join"):
        register.execute("UPDATE person SET merged_into = :kept WHERE id <> :kept", {"kept": kept})
    assert [row.id for row in referrals.suggested(register, "mary", today=TODAY)] == [joined]
    assert referrals.suggested(register, "bilal", today=TODAY) == ()


@pytest.mark.usefixtures("searched")
@pytest.mark.parametrize("typed", ["mary", "grove", "Dana", "j-10", "J-100"])
def test_a_referral_is_found_by_person_organisation_worker_and_reference(register, typed):
    refer(register, "Bilal")
    new = NewReferral(
        person=PersonDraft(given_name="Maryam"),
        referral=ReferralDraft(received_on=RECEIVED, reference="J-100"),
        new_referrer=ReferrerDraft(name="The Grove Surgery"),
        new_worker=WorkerDraft(name="Dana Okafor"),
    )
    wanted = referrals.record(register, new, today=TODAY).ids[0]
    found = referrals.suggested(register, typed, today=TODAY)
    assert [row.id for row in found] == [wanted]
    assert referrals.listed(register, WantedReferrals(), typed, today=TODAY).total == 1


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "zzz", "J-1%"])
def test_signs_and_blanks_find_nothing(register, typed):
    refer(register, reference="J-100")
    assert referrals.suggested(register, typed, today=TODAY) == ()


def test_filters_narrow_and_together(register):
    tea = builders.activity(register)
    one = refer(register, "Maryam", source_type="housing", activity_id=tea.id, who_pays="nobody")
    refer(register, "Bilal", source_type="housing", reasons=frozenset({"money"}))
    both = WantedReferrals(source_type="housing", activity=tea.id, who_pays="nobody")
    assert [row.id for row in referrals.listed(register, both, today=TODAY).rows] == [one]
    money = WantedReferrals(reason="money", states=frozenset({State.RECEIVED}))
    assert referrals.listed(register, money, today=TODAY).total == 1
    later = WantedReferrals(received_from=day(21))
    assert referrals.listed(register, later, today=TODAY).total == 0


# --- the referrer book ---------------------------------------------------------------------------


def sender(register, name, **details):
    done = referrals.save_referrer(register, None, ReferrerDraft(name=name, **details))
    assert done.ids, done.text
    return done.ids[0]


def test_a_name_is_in_the_book_once(register):
    grove = sender(register, "Grove Surgery")
    again = referrals.save_referrer(register, None, ReferrerDraft(name="GROVE surgery"))
    assert codes(again) == ["referrer_name_taken"]
    assert referrals.save_referrer(register, grove, ReferrerDraft(name="Grove surgery")).ids
    assert codes(referrals.save_referrer(register, None, ReferrerDraft())) == [
        "referrer_name_needed"
    ]


def test_two_organisations_are_joined_with_their_workers_and_what_they_sent(register):
    grove, the_grove = (
        sender(register, "Grove"),
        sender(register, "The Grove", phone="0116 2550000"),
    )
    dana = WorkerDraft(name="Dana")
    ids = [
        referrals.save_worker(register, None, dana, referrer_id=one).ids[0]
        for one in (grove, the_grove)
    ]
    kept = refer(register, referrer_id=the_grove, worker_id=ids[1])
    before = dump(register)

    assert codes(referrals.join_referrers(register, grove, grove)) == ["referrer_with_itself"]
    referrals.join_referrers(register, grove, the_grove)
    found = whole(register, kept)
    assert (found.referrer.id, found.worker.id) == (grove, ids[0])
    assert found.referrer.phone.startswith("0116")
    assert len(referrals.list_referrers(register)) == 1

    undo(register)
    assert dump(register) == before


def test_likely_organisations_are_offered_before_one_is_added_twice(register):
    sender(register, "The Grove Surgery")
    sender(register, "Hillside School")
    (offered,) = referrals.likely_referrers(register, "grove surgry")
    assert offered.referrer.name == "The Grove Surgery"


def test_who_has_sent_people_stays_in_the_book(register):
    grove, empty = sender(register, "Grove"), sender(register, "Empty")
    worker = referrals.save_worker(register, None, WorkerDraft(name="Dana"), referrer_id=grove).ids[
        0
    ]
    refer(register, referrer_id=grove, worker_id=worker)
    assert codes(referrals.remove_referrer(register, grove)) == ["referrer_in_use"]
    assert codes(referrals.remove_worker(register, worker)) == ["worker_in_use"]
    assert referrals.worker_left(register, worker, day(1)).ids
    assert referrals.get_referrer(register, grove).workers[0].left_on == day(1)
    assert referrals.remove_referrer(register, empty).ids


def test_a_worker_of_another_organisation_is_refused(register):
    grove, hill = sender(register, "Grove"), sender(register, "Hill")
    dana = referrals.save_worker(register, None, WorkerDraft(name="Dana"), referrer_id=hill).ids[0]
    new = NewReferral(
        person=PersonDraft(given_name="Maryam"),
        referral=ReferralDraft(received_on=RECEIVED, referrer_id=grove, worker_id=dana),
    )
    assert codes(referrals.record(register, new, today=TODAY)) == ["worker_elsewhere"]


# --- letters -------------------------------------------------------------------------------------


def test_a_letter_is_noted_as_sent_and_taken_back(register):
    referral = refer(register)
    before = dump(register)
    done = referrals.note_sent(
        register, referral, "reply", day(28), sent_to="Dana", told="They came twice.", today=TODAY
    )
    (letter,) = whole(register, referral).letters
    assert (letter.kind, letter.sent_to, letter.told) == ("reply", "Dana", "They came twice.")
    undo(register)
    assert dump(register) == before
    assert codes(referrals.remove_letter(register, done.ids[0])) == ["letter_gone"]


def test_a_letter_cannot_be_sent_tomorrow_or_before_the_referral(register):
    referral = refer(register)
    early = referrals.note_sent(register, referral, "reply", day(1), today=TODAY)
    late = referrals.note_sent(register, referral, "reply", day(4, 11), today=TODAY)
    assert (codes(early), codes(late)) == (["step_before_received"], ["letter_future"])


def test_figures_and_the_list_say_the_same_of_every_state(small_example):
    """The figures find states in their own shared tables, the list row by row: they must agree."""
    with Register.open(small_example, write=False) as book:
        first = dt.date.fromisoformat(book.value("SELECT min(received_on) FROM referral"))
        for last in (TODAY, dt.date(2026, 5, 31)):
            period = Period(first=first, last=last)
            wanted = WantedReferrals(received_from=first, received_to=last)
            listed = referral_list.state_counts(book, wanted, last)
            reached = ("accepted", "started", "attending", "completed", "left_early", "moved_on")
            open_ones = ("received", "contacted", "accepted", "waiting")
            expected = {
                "referrals_received": sum(listed.values()),
                "referrals_accepted": sum(listed.get(State(one), 0) for one in reached),
                "referrals_open": sum(listed.get(State(one), 0) for one in open_ones),
                "referrals_waiting": listed.get(State.WAITING, 0),
                "referrals_not_accepted": listed.get(State.NOT_ACCEPTED, 0),
                "referrals_person_declined": listed.get(State.PERSON_DECLINED, 0),
                "referrals_no_contact": listed.get(State.NO_CONTACT, 0),
            }
            counted = count(book, Scope(period=period), ids=tuple(expected))
            assert {name: one.value for name, one in counted.values.items()} == expected

"""Answers to questionnaires, end to end below the window: kept, refused in place, due, in piles."""

import csv
import datetime as dt

import pytest

from app.domain.ids import PersonId
from app.domain.outcomes import BLANK, DECLINED, Answer, ItemState, Method, ResponseDraft, Stage
from app.domain.outcomes import ResponseState as State
from app.services import exports, outcomes, people, registers
from app.services.outcomes import Licence
from app.services.result import Done, Refused
from tests import builders
from tests.builders import TODAY

START = dt.date(2026, 6, 2)


def answers(**given):
    return {code: Answer(state=ItemState.ANSWERED, value=value) for code, value in given.items()}


def keep(register, who, measure="ons4", day=START, given=None, **more):
    given = {"satisfied": 6, "worthwhile": 7, "happy": 5, "anxious": 4} if given is None else given
    draft = ResponseDraft(
        person_id=PersonId(who), measure=measure, answered_on=day, answers=answers(**given), **more
    )
    return outcomes.record(register, draft, today=TODAY)


def codes(said):
    assert isinstance(said, Refused)
    return [(problem.code, problem.field) for problem in said.problems]


def test_answers_are_kept_with_their_scores(register):
    who = builders.person(register)
    done = keep(register, who)
    assert isinstance(done, Done)
    kept = outcomes.response(register, done.ids[0])
    assert kept.scores == {
        "ons4_satisfied": 6, "ons4_worthwhile": 7, "ons4_happy": 5, "ons4_anxious": 4,
    }  # fmt: skip
    assert outcomes.responses_of(register, who) == (kept,)


def test_a_question_left_empty_is_blank_and_a_declined_one_declined(register):
    who = builders.person(register)
    draft = ResponseDraft(
        person_id=who, measure="loneliness", answered_on=START,
        answers={**answers(companionship=2, left_out=1), "lonely": DECLINED},
    )  # fmt: skip
    done = outcomes.record(register, draft, today=TODAY)
    kept = outcomes.response(register, done.ids[0])
    assert kept.answers["isolated"] == BLANK
    assert kept.answers["lonely"] == DECLINED
    assert kept.scores == {}, "nothing is filled in"


def test_declined_and_not_asked_are_two_things_without_answers(register):
    who = builders.person(register)
    assert isinstance(keep(register, who, given={}, state=State.DECLINED), Done)
    second = keep(register, who, day=START + dt.timedelta(days=1), given={}, state=State.NOT_ASKED)
    assert isinstance(second, Done)
    assert [one.state for one in outcomes.responses_of(register, who)] == [
        State.NOT_ASKED,
        State.DECLINED,
    ]
    assert codes(keep(register, who, day=TODAY, state=State.DECLINED)) == [
        ("answers_not_wanted", "state")
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"given": {"satisfied": 11}}, [("answer_off_scale", "satisfied")]),
        ({"given": {"satisfied": 6.5}}, [("answer_off_scale", "satisfied")]),
        ({"given": {"cheerful": 6}}, [("question_unknown", "cheerful")]),
        ({"given": {}}, [("answers_needed", "answers")]),
        ({"day": TODAY + dt.timedelta(days=1)}, [("answered_future", "answered_on")]),
        ({"day": None}, [("date_needed", "answered_on")]),
        ({"stage": Stage.FOLLOW_UP}, [("follow_up_without_start", "answered_on")]),
        ({"measure": "happiness"}, [("measure_unknown", "measure")]),
    ],
)
def test_what_cannot_be_is_said_at_its_field(register, more, expected):
    who = builders.person(register)
    assert codes(keep(register, who, **more)) == expected
    assert outcomes.responses_of(register, who) == ()


def test_a_follow_up_comes_after_the_start(register):
    who = builders.person(register)
    keep(register, who)
    before = START - dt.timedelta(days=7)
    refused = keep(register, who, day=before, stage=Stage.FOLLOW_UP)
    assert codes(refused) == [("follow_up_before_start", "answered_on")]
    assert "Tue 2 Jun 2026" in refused.text


def test_the_same_measure_twice_on_a_day_is_corrected_instead(register):
    who = builders.person(register)
    first = keep(register, who).ids[0]
    assert codes(keep(register, who, given={"satisfied": 9})) == [
        ("answered_already", "answered_on")
    ]
    questions = outcomes.questions_for(register, who, "ons4", START)
    assert questions.on_day(START).id == first
    draft = ResponseDraft(
        person_id=who, measure="ons4", answered_on=START, answers=answers(satisfied=9)
    )
    assert isinstance(outcomes.correct(register, first, draft, today=TODAY), Done)
    assert outcomes.response(register, first).scores == {"ons4_satisfied": 9}


def test_ages_are_kept_to(register):
    child = builders.person(register, "Zara", born_on=dt.date(2017, 1, 1))
    young = builders.person(register, "Adam", born_on=dt.date(2013, 1, 1))
    assert codes(keep(register, child)) == [("too_young_for_measure", "measure")]
    assert codes(keep(register, young)) == [("question_too_old", "anxious")]
    asked = outcomes.questions_for(register, young, "ons4", START).items
    assert [item.code for item in asked] == ["satisfied", "worthwhile", "happy"]
    assert isinstance(keep(register, young, given={"satisfied": 8}), Done)
    assert set(outcomes.responses_of(register, young)[0].answers) == {
        "satisfied", "worthwhile", "happy",
    }  # fmt: skip


def test_answers_in_the_bin_are_gone_until_taken_out(register):
    who = builders.person(register)
    kept = keep(register, who).ids[0]
    outcomes.put_in_bin(register, kept)
    assert outcomes.responses_of(register, who) == ()
    assert [one.id for one in outcomes.binned_responses(register)] == [kept]
    again = keep(register, who)
    assert isinstance(again, Done), "the day is free"
    assert codes(outcomes.take_out_of_bin(register, kept)) == [("answered_already", "")]
    outcomes.put_in_bin(register, again.ids[0])
    assert isinstance(outcomes.take_out_of_bin(register, kept), Done)


def test_keeping_answers_can_be_undone(register):
    register.keep_undo()
    who = builders.person(register)
    before = builders.dump(register)
    keep(register, who)
    register.play(register.take_step(), use_case="undo")
    assert builders.dump(register) == before


def test_joined_records_answer_as_one(register):
    kept, joined = builders.person(register), builders.person(register, "Mariam")
    keep(register, joined)
    people.merge_people(register, kept, joined)
    assert codes(keep(register, kept)) == [("answered_already", "answered_on")]
    assert codes(keep(register, joined, day=TODAY)) == [("person_joined", "")]


# --- who is due ---------------------------------------------------------------------------------


def came(register, who, day):
    builders.mark(register, builders.session(register, day=day), who)


def test_whoever_came_and_was_never_asked_is_due_and_again_after_twelve_weeks(register):
    outcomes.use_measure(register, "ons4", asked=True)
    who = builders.person(register)
    assert outcomes.due_list(register, today=TODAY) == ()
    day = TODAY - dt.timedelta(days=84)
    came(register, who, day)
    (due,) = outcomes.due_list(register, today=TODAY)
    assert (due.person.id, due.stage, due.due_on) == (who, Stage.START, day)
    keep(register, who, day=day)
    (due,) = outcomes.due_list(register, today=TODAY)
    assert (due.stage, due.due_on, due.days_late(TODAY)) == (Stage.FOLLOW_UP, TODAY, 0)
    assert outcomes.due_list(register, today=TODAY - dt.timedelta(days=1)) == ()
    keep(register, who, day=TODAY)
    assert outcomes.due_list(register, today=TODAY) == ()


def test_of_joined_records_one_is_due_since_the_first_day_on_which_either_came(register):
    outcomes.use_measure(register, "ons4", asked=True)
    kept, joined, binned = (builders.person(register, name) for name in ("Ana", "Anna", "Ben"))
    first, last = TODAY - dt.timedelta(days=80), TODAY - dt.timedelta(days=3)
    came(register, kept, last)
    at = builders.session(register, day=first)
    for who in (joined, binned):
        builders.mark(register, at, who)
    both = builders.session(register, day=TODAY - dt.timedelta(days=40))
    for who in (kept, joined):
        builders.mark(register, both, who)
    people.merge_people(register, kept, joined)
    people.put_in_bin(register, binned)
    (due,) = outcomes.due_list(register, today=TODAY)
    assert (due.person.id, due.due_on, due.last_came_on) == (kept, first, last)
    assert outcomes.due_of(register, kept, today=TODAY) == (due,)
    assert outcomes.due_of(register, joined, today=TODAY) == ()


def test_what_one_person_is_due_is_what_the_list_says_of_them(small_example_made):
    with registers.open_register(small_example_made, write=False) as register:
        due = outcomes.due_list(register, today=TODAY)
        for person_id in sorted({one.person.id for one in due})[:40]:
            own = tuple(one for one in due if one.person.id == person_id)
            assert outcomes.due_of(register, person_id, today=TODAY) == own


def test_who_declined_is_not_asked_again_and_who_left_or_is_too_young_not_at_all(register):
    outcomes.use_measure(register, "ons4", asked=True, follow_up_days=28)
    declined, left = builders.person(register), builders.person(register, "Left")
    child = builders.person(register, "Zara", born_on=dt.date(2019, 1, 1))
    day = TODAY - dt.timedelta(days=40)
    at = builders.session(register, day=day)
    for who in (declined, left, child):
        builders.mark(register, at, who)
    people.leave(register, left, day=TODAY, reason="", today=TODAY)
    keep(register, declined, day=day, given={}, state=State.DECLINED)
    assert outcomes.due_list(register, today=TODAY) == ()


def test_a_measure_that_is_not_asked_is_not_due(register):
    came(register, builders.person(register), TODAY)
    assert outcomes.due_list(register, today=TODAY) == ()
    outcomes.use_measure(register, "ons4", asked=True)
    assert len(outcomes.due_list(register, today=TODAY)) == 1
    outcomes.use_measure(register, "ons4", asked=False)
    assert outcomes.due_list(register, today=TODAY) == ()


@pytest.mark.parametrize("days", [27, 731])
def test_days_until_asked_again_have_bounds(register, days):
    refused = outcomes.use_measure(register, "ons4", asked=True, follow_up_days=days)
    assert codes(refused) == [("follow_up_days_range", "follow_up_days")]


# --- piles --------------------------------------------------------------------------------------


def test_a_pile_is_entered_in_the_order_in_which_it_was_printed(register):
    first, second = builders.person(register, "Zoe"), builders.person(register, "Anna")
    done = outcomes.print_pile(register, "ons4", (first, second), large=True)
    pile = outcomes.pile(register, done.ids[0])
    assert [row.person.id for row in pile.rows] == [first, second]
    assert pile.printed.large_print
    assert len({row.code for row in pile.rows}) == 2
    assert all(len(row.code) == 5 for row in pile.rows)
    assert outcomes.whose_code(register, pile.rows[0].code.lower()) == first
    keep(register, first, print_id=done.ids[0])
    pile = outcomes.pile(register, done.ids[0])
    assert pile.next_row.person.id == second
    assert outcomes.piles(register)[0].entered == 1


def test_a_persons_code_stays_the_same(register):
    who = builders.person(register)
    outcomes.print_pile(register, "ons4", (who,))
    code = outcomes.codes_of(register, (who,))
    outcomes.print_pile(register, "loneliness", (who,))
    assert outcomes.codes_of(register, (who,)) == code


def test_what_is_licensed_is_printed_only_with_the_groups_own_licence_and_questions(register):
    who = builders.person(register)
    refused = outcomes.print_pile(register, "swemwbs", (who,))
    assert codes(refused) == [("licence_needed", "")]
    texts = {f"q{number}": f"Our question {number}" for number in range(1, 8)}
    part = Licence(holder="Tea Club", reference="123", item_texts={"q1": "One"})
    assert codes(outcomes.record_licence(register, "swemwbs", part)) == [
        ("licence_needed", "item_texts")
    ]
    whole = Licence(holder="Tea Club", reference="123", licensed_on=START, item_texts=texts)
    assert isinstance(outcomes.record_licence(register, "swemwbs", whole), Done)
    done = outcomes.print_pile(register, "swemwbs", (who,))
    assert outcomes.pile(register, done.ids[0]).measure.item("q3").wording == "Our question 3"


def test_supplied_numbers_are_not_printed_and_nobody_is_no_pile(register):
    who = builders.person(register)
    assert codes(outcomes.print_pile(register, "pam", (who,))) == [("not_for_print", "")]
    assert codes(outcomes.print_pile(register, "ons4", ())) == [("nobody_chosen", "")]
    assert codes(outcomes.print_pile(register, "ons4", (99,))) == [("person_gone", "")]
    given = {"score": 55.6, "level": 3}
    done = keep(register, who, "pam", given=given, method=Method.SUPPLIED)
    assert outcomes.response(register, done.ids[0]).scores == {"pam": 55.6, "pam_level": 3}


# --- goals and own measures ---------------------------------------------------------------------


def test_goals_are_rated_together_and_those_let_go_no_more(register):
    who = builders.person(register)
    assert codes(keep(register, who, "goals", given={"goal_1": 3})) == [("goals_missing", "")]
    first = outcomes.set_goal(register, who, "Walk to the shop", START, today=TODAY).ids[0]
    second = outcomes.set_goal(register, who, "Ring my sister", START, today=TODAY).ids[0]
    done = keep(register, who, "goals", given={f"goal_{first}": 3, f"goal_{second}": 6})
    assert outcomes.response(register, done.ids[0]).scores == {"goals": 4.5}
    outcomes.drop_goal(register, first, START + dt.timedelta(days=10))
    asked = outcomes.questions_for(register, who, "goals", TODAY).items
    assert [item.wording for item in asked] == ["Ring my sister"]
    too_early = outcomes.drop_goal(register, second, START - dt.timedelta(days=1))
    assert codes(too_early) == [("goal_dropped_before_set", "dropped_on")]


OWN = """
id = "garden"
version = 1
title = "Garden questions"
about = "What we ask in the garden."
source = "Our own."
licence = "Ours."

[[items]]
code = "outdoors"
wording = "On how many days were you outdoors last week?"
high = 7
unit = "days"

[[scales]]
id = "garden_days"
title = "Days outdoors"
items = ["outdoors"]
high = 7
"""


def test_a_group_adds_a_measure_of_its_own_and_may_take_it_away_while_unanswered(register):
    assert isinstance(outcomes.add_own_measure(register, OWN, today=TODAY), Done)
    here = outcomes.measure_here(register, "garden")
    assert (here.measure.own, here.use.asked) == (True, True)
    assert codes(outcomes.add_own_measure(register, OWN, today=TODAY)) == [("measure_taken", "")]
    who = builders.person(register)
    done = keep(register, who, "garden", given={"outdoors": 4})
    assert outcomes.response(register, done.ids[0]).scores == {"garden_days": 4}
    assert codes(outcomes.remove_own_measure(register, "garden")) == [("measure_has_answers", "")]


def test_a_faulty_measure_of_its_own_is_told_by_line_and_key(register):
    refused = outcomes.add_own_measure(
        register, OWN.replace("= 7\nunit", "= -1\nunit"), today=TODAY
    )
    assert codes(refused) == [("measure_faulty", "")]
    assert "line 11, items.1.high" in refused.text


# --- the open export ----------------------------------------------------------------------------


def test_every_answer_goes_out_with_each_scale_it_belongs_to(register, tmp_path):
    who = builders.person(register)
    given = {**answers(companionship=2, left_out=1, isolated=3), "lonely": DECLINED}
    draft = ResponseDraft(
        person_id=who, measure="loneliness", answered_on=START, answers=given, method=Method.PAPER
    )
    outcomes.record(register, draft, today=TODAY)
    keep(register, who, given={}, state=State.DECLINED)
    exports.export_everything(register, tmp_path / "out")
    with (tmp_path / "out" / "responses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:6] == ["person_id", "measure", "answered_on", "item", "value", "score"]
    found = [(r["measure"], r["item"], r["value"], r["score"], r["state"]) for r in rows]
    assert sorted(found) == [
        ("lonely", "lonely", "", "", "declined"),
        *((f"ons4_{one}", "", "", "", "declined") for one in ("anxious", "happy", "satisfied")),
        ("ons4_worthwhile", "", "", "", "declined"),
        ("ucla3", "companionship", "2", "6", "answered"),
        ("ucla3", "isolated", "3", "6", "answered"),
        ("ucla3", "left_out", "1", "6", "answered"),
    ]

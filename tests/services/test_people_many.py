"""Many at once, leaving and coming back: one step that says how many and who."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.consents import ConsentDraft
from app.domain.errors import RegisterLocked
from app.domain.ids import ActivityId
from app.domain.people import ConsentPurpose, PersonRole
from app.services import people, registers
from app.services.people import WholeDraft, many
from app.services.result import Done, to_its_end
from app.storage import register as storage
from tests import builders
from tests.builders import TODAY


@pytest.fixture
def five(register):
    return tuple(
        builders.person(register, given, "Begum") for given in ("Ann", "Bea", "Cy", "Dot", "Eve")
    )


def enrolled(register, activity, day=TODAY):
    wanted = people.Wanted(today=day, activity=activity.id)
    return {row.id for row in people.find_people(register, wanted).rows}


def undo(register):
    registers.undo(register, register.take_step())


@pytest.mark.parametrize(
    ("number", "who"),
    [(1, "Ann"), (2, "Ann and Bea"), (3, "Ann, Bea and Cy"), (5, "Ann, Bea and 3 others")],
)
def test_a_change_of_many_says_how_many_and_who(register, five, number, who):
    done = people.bin_many(register, five[:number])
    assert done.text == f"put {who} in the bin"
    assert done.ids == five[:number]


def test_a_change_of_many_is_one_step(register, five):
    before = builders.dump(register)
    tea = builders.activity(register)
    after = builders.dump(register)
    people.put_on_activity(register, five, tea.id, TODAY)
    assert enrolled(register, tea) == set(five)
    undo(register)
    assert builders.dump(register) == after != before


def test_a_change_of_many_is_noted_under_each(register, five):
    people.set_area(register, five, "  Linslade ")
    for who in five:
        assert people.history_of(register, who)[0].use_case == "person.area"
        assert people.get_person(register, who).area == "Linslade"


def test_who_is_on_it_already_is_not_put_on_twice(register, five):
    tea = builders.activity(register)
    people.put_on_activity(register, five[:2], tea.id, TODAY)
    done = people.put_on_activity(register, five, tea.id, TODAY)
    assert done.ids == five[2:]
    again = people.put_on_activity(register, five, tea.id, TODAY)
    assert again.problems[0].code == "nothing_to_change"


def test_taken_off_after_the_last_day_and_not_before(register, five):
    tea = builders.activity(register)
    people.put_on_activity(register, five, tea.id, TODAY - dt.timedelta(days=20))
    people.take_off_activity(register, five[:1], tea.id, TODAY)
    assert five[0] in enrolled(register, tea)
    assert five[0] not in enrolled(register, tea, TODAY + dt.timedelta(days=1))


def test_consent_on_paper_is_noted_for_all(register, five):
    draft = ConsentDraft(purpose=ConsentPurpose.CONTACT, asked_on=TODAY)
    people.agree(register, five, draft, today=TODAY)
    look = people.without_consent(register, ConsentPurpose.CONTACT)
    assert not run(look)
    ahead = ConsentDraft(purpose=ConsentPurpose.CONTACT, asked_on=TODAY + dt.timedelta(days=1))
    assert people.agree(register, five, ahead, today=TODAY).problems[0].code == "consent_future"


def run(look):
    while True:
        try:
            next(look)
        except StopIteration as end:
            return end.value


def test_leaving_takes_off_everything_and_coming_back_puts_back(register):
    whole = WholeDraft(
        person=people.PersonDraft(given_name="Ann"), roles=frozenset({PersonRole.COMMITTEE})
    )
    (who,) = people.save_whole(register, None, whole, today=dt.date(2026, 1, 5)).ids
    tea, art = builders.activity(register), builders.activity(register, name="Art")
    people.put_on_activity(register, (who,), tea.id, dt.date(2026, 1, 5))
    people.put_on_activity(register, (who,), art.id, dt.date(2026, 1, 5))
    people.take_off_activity(register, (who,), art.id, dt.date(2026, 6, 1))
    left = TODAY - dt.timedelta(days=1)
    people.leave(register, who, left, " Moved  away ", today=TODAY)
    person = people.get_person(register, who)
    assert (person.left_on, person.left_reason) == (left, "Moved  away")
    assert enrolled(register, tea) == set()
    assert people.read_whole(register, who, today=TODAY).roles == frozenset()
    people.come_back(register, who)
    assert people.get_person(register, who).left_on is None
    assert enrolled(register, tea) == {who}
    assert enrolled(register, art) == set(), "what had ended before stays ended"
    assert people.read_whole(register, who, today=TODAY).roles == {PersonRole.COMMITTEE}


def test_leaving_can_be_undone_whole(register, five):
    tea = builders.activity(register)
    people.put_on_activity(register, five, tea.id, TODAY)
    before = builders.dump(register)
    people.many_left(register, five, TODAY, "Closed", today=TODAY)
    assert people.list_people(register).total == 0
    undo(register)
    assert builders.dump(register) == before


def test_nobody_leaves_before_they_joined_or_twice(register):
    who = builders.person(register, joined_on=TODAY)
    early = people.leave(register, who, TODAY - dt.timedelta(days=1), today=TODAY)
    assert early.problems[0].code == "joined_after_left"
    assert people.leave(register, who, None, today=TODAY).problems[0].code == "left_needed"
    people.leave(register, who, TODAY, today=TODAY)
    assert people.leave(register, who, TODAY, today=TODAY).problems[0].code == "left_already"
    people.come_back(register, who)
    assert people.come_back(register, who).problems[0].code == "not_left"


def test_a_name_with_braces_is_said_as_it_is(register):
    who = builders.person(register, "{who}", "{0}")
    assert people.bin_many(register, (who,)).text == "put {who} in the bin"
    assert people.unbin_many(register, (who,)).text == "take {who} out of the bin"


NARROW = st.fixed_dictionaries(
    {
        "where": st.sampled_from(list(people.Where)),
        "no_phone": st.booleans(),
        "only_name": st.booleans(),
        "age_unknown": st.booleans(),
    }
)


@given(
    narrow=NARROW,
    typed=st.sampled_from(["", "beg", "ann", "qq"]),
    chosen=st.sets(st.integers(0, 4)),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_filter_never_narrows_what_is_kept(register, five, narrow, typed, chosen):
    wanted = people.Wanted(today=TODAY, **narrow)
    ids = [five[place] for place in sorted(chosen)]
    before = builders.dump(register)
    shown = people.find_ids(register, wanted, typed)
    done = people.set_area(register, ids, "Linslade")
    after = {row[0]: row for row in builders.dump(register)["person"]}
    changed = {row[0] for row in before["person"] if after[row[0]] != row}
    assert changed == set(ids), "exactly those chosen, in sight or not"
    assert after.keys() == {row[0] for row in before["person"]}
    assert people.find_ids(register, wanted, typed) == shown
    if isinstance(done, Done):
        undo(register)
    assert builders.dump(register) == before


def test_many_are_written_in_one_statement_each(register, five, monkeypatch):
    """Whatever their number: what is said to the book does not grow with it."""
    tea = builders.activity(register)
    yesterday, said = TODAY - dt.timedelta(days=1), []
    execute, execute_many = type(register).execute, type(register).execute_many
    monkeypatch.setattr(type(register), "execute", lambda *a: (said.append(a[1]), execute(*a))[1])
    monkeypatch.setattr(
        type(register), "execute_many", lambda *a: (said.append(a[1]), execute_many(*a))[1]
    )

    def times(do):
        said.clear()
        assert isinstance(do(), Done)
        return len(said)

    kinds = (
        lambda ids: people.set_area(register, ids, f"Ward {len(ids)}"),
        lambda ids: people.put_on_activity(register, ids, tea.id, yesterday),
        lambda ids: people.take_off_activity(register, ids, tea.id, TODAY),
        lambda ids: people.bin_many(register, ids),
        lambda ids: people.unbin_many(register, ids),
        lambda ids: people.many_left(register, ids, TODAY, "moved", today=TODAY),
    )
    for kind in kinds:
        assert times(lambda kind=kind: kind(five[:1])) == times(lambda kind=kind: kind(five[1:]))


PHOTOS = ConsentDraft(purpose=ConsentPurpose.PHOTOS, asked_on=TODAY)
IN_SLICES = {
    "area": (people.set_area, ("Linslade",), {}),
    "put on": (people.put_on_activity, (ActivityId(7), TODAY), {}),
    "take off": (people.take_off_activity, (ActivityId(8), TODAY), {}),
    "leave": (people.many_left, (TODAY, "moved"), {"today": TODAY}),
    "agree": (people.agree, (PHOTOS,), {"today": TODAY}),
    "bin": (people.bin_many, (), {}),
    "unbin": (people.unbin_many, (), {}),
}
"""Each change of many, and what it is called with after its people."""


@pytest.fixture
def seven(register, monkeypatch):
    """Two activities, and seven people on the second; three are read and two written at a turn."""
    monkeypatch.setattr(many, "_READ_AT_ONCE", 3)
    monkeypatch.setattr(many, "_AT_ONCE", 2)
    monkeypatch.setattr(storage, "ROWS_AT_ONCE", 2)
    chosen = tuple(builders.person(register, f"Ada{number}") for number in range(7))
    for key in (7, 8):
        with register.transaction("make"):
            register.insert("activity", {"id": key, "name": f"Tea {key}", "code": f"t{key}"})
    people.put_on_activity(register, chosen, ActivityId(8), TODAY - dt.timedelta(days=7))
    return chosen


def without_ids(register):
    """Return every row, but not the numbers that are given out new, nor who is in the journal."""
    made = builders.dump(register)
    noted = [
        row["subject_id"] for row in register.rows("SELECT subject_id FROM journal ORDER BY id")
    ]
    new = {"enrolment", "consent", "journal"}
    return noted, {
        table: [row[1:] if table in new else row for row in rows] for table, rows in made.items()
    }


@pytest.mark.parametrize("change", IN_SLICES)
def test_change_of_many_in_slices_is_whole_or_not_at_all(register, seven, change):
    use_case, given, more = IN_SLICES[change]
    if change == "unbin":
        people.bin_many(register, seven)
    register.take_step()
    before = builders.dump(register)
    steps = [*use_case.in_slices(register, seven, *given, **more)]
    assert [step.done for step in steps[-8:]] == [0, 2, 4, 6, 7, 7, 7, 7]
    assert {step.total for step in steps} == {7}
    after, step = builders.dump(register), register.take_step()
    assert step.text.endswith(("Ada0, Ada1 and 5 others", "left", "bin", "Tea 7", "Tea 8"))
    assert step.subject_ids == seven
    in_slices = without_ids(register)
    registers.undo(register, step)
    register.take_step()
    assert builders.dump(register) == before != after
    for turns in range(1, len(steps) + 1):
        work = use_case.in_slices(register, seven, *given, **more)
        for _ in range(turns):
            next(work)
        work.close()
        assert builders.dump(register) == before
        assert register.take_step() is None
    assert use_case(register, seven, *given, **more).ids == seven
    noted, rows = without_ids(register)
    assert rows == in_slices[1]
    assert noted[-7:] == in_slices[0][-7:] == list(seven)


def test_whoever_changed_somebody_between_the_slices_is_heard(register, seven):
    work = people.bin_many.in_slices(register, seven)
    next(work)
    people.put_in_bin(register, seven[0])
    assert to_its_end(work).ids == seven[1:]


def test_nothing_else_is_written_between_the_slices(register, seven):
    work = people.bin_many.in_slices(register, seven)
    while next(work).done == 0:
        pass
    with pytest.raises(RegisterLocked):
        people.put_in_bin(register, seven[0])
    work.close()

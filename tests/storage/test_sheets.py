"""What printed registers read beyond one session's lines."""

import datetime as dt

from app.domain.periods import Period
from app.services import activities
from app.storage.gaps import cancelled, gaps
from app.storage.sheets import grid, leader_notes
from tests import builders

TERM = Period(first=dt.date(2026, 9, 1), last=dt.date(2026, 12, 18))


def contact(register, number, person, position, **details):
    with register.transaction("contact"):
        register.insert(
            "emergency_contact",
            {"id": number, "person_id": person, "position": position, **details},
        )


def test_contacts_come_in_their_order_and_a_parent_only_where_there_is_none(register):
    ann, kim = builders.person(register, "Ann"), builders.person(register, "Kim")
    parent = builders.person(register, "Pat", "Kent", phone="07700 900009")
    contact(register, 1, ann, 2, name="Second")
    contact(register, 2, ann, 1, name="First", relationship="Sister", phone="07700 900001")
    with register.transaction("guardian"):
        for number, person in ((3, ann), (4, kim)):
            register.insert(
                "guardian", {"id": number, "person_id": person, "guardian_person_id": parent}
            )
    notes = leader_notes(register, (ann, kim, parent))
    assert notes[ann].contacts == ("First (sister)\n07700\u00a0900001", "Second")
    assert notes[kim].contacts == ("Pat Kent (parent or carer)\n07700\u00a0900009",)
    assert notes[parent].contacts == ()


def test_notes_of_a_person_never_print_themselves(register):
    ann = builders.person(register, "Ann")
    contact(register, 1, ann, 1, name="Secret Name")
    assert "Secret" not in repr(leader_notes(register, (ann,)))


def test_a_grid_holds_who_is_listed_or_marked_in_the_period(register):
    club = builders.activity(register)
    summer = builders.session(register, of=club, day=dt.date(2026, 6, 2))
    autumn = builders.session(register, of=club, day=dt.date(2026, 10, 6))
    ann, bea = builders.person(register, "Ann", "B"), builders.person(register, "Bea", "A")
    builders.mark(register, summer, ann)
    builders.mark(register, autumn, bea)
    builders.person(register, "Never", "Listed")
    found = grid(register, TERM, club.id)
    assert [one.list_name for one in found.people] == ["A, Bea", "B, Ann"]
    assert found.marks == {(autumn.id, bea): (("present", "participant"),)}
    before = Period(first=dt.date(2026, 5, 1), last=dt.date(2026, 6, 1))
    assert grid(register, before, club.id).people == ()


def test_gaps_of_a_period_are_counted_by_the_day_they_are_asked(register):
    club = builders.activity(register, start_time=None, end_time=None)
    for day in (6, 13, 20):
        at = builders.session(register, of=club, day=dt.date(2026, 10, day))
    builders.mark(register, at, builders.person(register))
    found = gaps(register, TERM, None, dt.date(2026, 10, 13))
    assert (found.untimed, found.unmarked) == (1, 1)
    assert found.begins_on == dt.date(2026, 10, 20)
    assert gaps(register, TERM, None, dt.date(2026, 12, 1)).unmarked == 2


def test_cancelled_sessions_come_by_day_of_one_activity_or_all(register):
    clubs = [builders.activity(register, name=name) for name in ("Art", "Boxing")]
    for club, day in zip(clubs, (20, 6), strict=True):
        at = builders.session(register, of=club, day=dt.date(2026, 10, day))
        activities.cancel_session(register, at, "weather", "Snow")
    found = cancelled(register, TERM, None)
    assert [(one.activity_name, one.session_on.day, one.reason, one.note) for one in found] == [
        ("Boxing", 6, "weather", "Snow"),
        ("Art", 20, "weather", "Snow"),
    ]
    assert [one.activity_name for one in cancelled(register, TERM, clubs[0].id)] == ["Art"]

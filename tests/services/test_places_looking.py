"""Places of some people, of one agreement, or read in parts, stand as when all are read at once."""

from app.services import places
from app.services.places import looking
from app.storage import place_counts
from app.storage.register import Register
from tests.builders import TODAY


def test_some_peoples_places_are_worked_out_as_everybodys(small_example):
    with Register.open(small_example, write=False) as register:
        everybody = place_counts.standings(register, TODAY)
        assert len(everybody) > 3
        for one in everybody:
            assert one in place_counts.standings(register, TODAY, person_id=one.person_id)
            assert one in place_counts.standings(register, TODAY, agreement_id=one.agreement_id)
            assert place_counts.standings(register, TODAY, place_id=one.place_id) == (one,)
            sessions = places.sessions_of_place(register, one.place_id)
            assert sum(s.used for s in sessions) == one.count.sessions
        assert sum(one.count.used for one in everybody) > 10
        assert any(one.referral_id for one in everybody)
        assert place_counts.standings(register, TODAY, place_id=0) == ()
        assert place_counts.standings(register, TODAY, people=()) == ()


def test_looking_some_people_at_a_time_finds_what_is_found_at_once(small_example, monkeypatch):
    monkeypatch.setattr(looking, "_PART", 2)
    with Register.open(small_example, write=False) as register:
        look, parts = places.look_at_places(register, today=TODAY), 0
        while True:
            try:
                next(look)
                parts += 1
            except StopIteration as end:
                found = end.value
                break
        assert parts > 1
        assert found.agreements == places.agreement_standings(register, today=TODAY)
        assert set(found.expiring) == set(places.expiring_places(register, today=TODAY))
        assert set(found.out) == set(places.out_of_places(register, today=TODAY))
        for one in found.agreements:
            assert places.standing_of(register, one.agreement.id, today=TODAY) == one

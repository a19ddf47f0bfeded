"""Requests and breaches are kept, listed by their clocks, changed, and taken back by name."""

import datetime as dt

import pytest

from app.domain.rights import BreachDraft, RequestDraft, RequestKind, Risk
from app.services import registers, rights
from app.services.result import Done, Refused
from app.storage.register import Register
from tests import builders

NOW = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def register():
    made = Register.in_memory()
    made.keep_undo()
    yield made
    made.close()


def _save(register, **values):
    draft = RequestDraft(**{"asked_by": "a parent", "received_on": dt.date(2026, 11, 3)} | values)
    return rights.save_request(register, draft, today=TODAY)


def test_request_of_a_person_is_found_with_them(register):
    person = builders.person(register, "Alba Pretend")
    assert isinstance(_save(register, person_id=person, kind=RequestKind.ERASURE), Done)
    _save(register)
    (found,) = rights.list_requests(register, person)
    assert (found.kind, found.person_id, found.open) == (RequestKind.ERASURE, person, True)
    assert len(rights.list_requests(register)) == 2


def test_open_requests_come_with_the_most_pressing_first(register):
    _save(register, received_on=dt.date(2026, 11, 20), asked_by="late")
    _save(register, received_on=dt.date(2026, 11, 1), asked_by="first")
    _save(register, received_on=dt.date(2026, 10, 1), answered_on=TODAY, outcome="sent")
    assert [one.asked_by for one in rights.open_requests(register)] == ["first", "late"]


def test_answer_is_kept_and_can_be_taken_back(register):
    (request_id,) = _save(register).ids
    draft = RequestDraft(
        asked_by="a parent", received_on=dt.date(2026, 11, 3), answered_on=TODAY, outcome="sent"
    )
    rights.save_request(register, draft, request_id, today=TODAY)
    assert rights.open_requests(register) == ()
    registers.undo(register, register.take_step())
    assert len(rights.open_requests(register)) == 1


def test_request_goes_into_the_bin(register):
    (request_id,) = _save(register).ids
    assert isinstance(rights.put_request_in_bin(register, request_id), Done)
    assert rights.list_requests(register) == ()
    assert isinstance(rights.put_request_in_bin(register, request_id), Refused)


def test_request_about_somebody_who_is_not_there_is_refused(register):
    refused = _save(register, person_id=12345)
    assert [problem.code for problem in refused.problems] == ["person_gone"]
    assert rights.list_requests(register) == ()


def test_breach_is_kept_and_settled(register):
    draft = BreachDraft(what="a bag was left on a bus", noticed_at=NOW, people=12, risk=Risk.SOME)
    (breach_id,) = rights.save_breach(register, draft, now=NOW).ids
    (kept,) = rights.list_breaches(register)
    assert (kept.noticed_at, kept.people, kept.settled) == (NOW, 12, False)
    told = BreachDraft(what=draft.what, noticed_at=NOW, people=12, told_ico_at=NOW)
    rights.save_breach(register, told, breach_id, now=NOW)
    assert rights.list_breaches(register)[0].settled
    assert isinstance(rights.save_breach(register, told, 99, now=NOW), Refused)

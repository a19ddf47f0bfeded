"""Requests and breaches are kept, listed by their clocks, changed, and taken back by name."""

import datetime as dt

import pypdfium2
import pytest

from app.domain.anonymising import Because
from app.domain.consents import ConsentDraft
from app.domain.people import ConsentPurpose
from app.domain.rights import BreachDraft, RequestDraft, RequestKind, Risk
from app.services import anonymising, consents, registers, returns, rights, rights_papers
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


def test_asking_is_noted_with_the_day(register):
    person = builders.person(register, "Alba", "Pretend")
    assert rights.ask(register, person, today=TODAY).ids
    (asked,) = rights.list_requests(register, person)
    assert (asked.kind, asked.received_on, asked.open) == (RequestKind.ACCESS, TODAY, True)
    assert rights.who_asks(register, asked) == "Alba Pretend"


def test_who_asks_for_somebody_else_is_named_with_them(register):
    person = builders.person(register, "Alba", "Pretend")
    _save(register, person_id=person)
    (asked,) = rights.list_requests(register)
    assert rights.who_asks(register, asked) == "a parent, about Alba Pretend"


def test_what_presses_is_what_is_not_answered_and_not_settled(register):
    _save(register)
    told = BreachDraft(what="a bag", noticed_at=NOW, told_ico_at=NOW)
    rights.save_breach(register, told, now=NOW)
    rights.save_breach(register, BreachDraft(what="a stick", noticed_at=NOW), now=NOW)
    found = rights.pressing(register)
    assert len(found.requests) == 1
    assert [one.what for one in found.breaches] == ["a stick"]
    assert isinstance(rights.put_breach_in_bin(register, found.breaches[0].id), Done)
    assert rights.pressing(register).breaches == ()
    assert isinstance(rights.put_breach_in_bin(register, found.breaches[0].id), Refused)


def _words(filled):
    pages = pypdfium2.PdfDocument(returns.render_pdf(filled).pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_page_of_a_breach_says_what_to_do_and_until_when(register):
    draft = BreachDraft(what="a bag was left on a bus", noticed_at=NOW, people=12, risk=Risk.SOME)
    rights.save_breach(register, draft, now=NOW)
    (breach,) = rights.list_breaches(register)
    later = NOW + dt.timedelta(hours=10)
    said = _words(rights_papers.breach_page(register, breach, now=later))
    for part in ("a bag was left on a bus", "25 November 2026", "62 hours left", "Some: it may hurt",
                 "within 72 hours", "Signed"):  # fmt: skip
        assert part in said
    late = rights_papers.breach_page(register, breach, now=NOW + dt.timedelta(hours=73))
    assert "that time is over: tell them now" in _words(late)


def test_page_of_a_name_taken_out_says_counts_and_no_name(register):
    person = builders.person(register, "Alba", "Pretend")
    builders.mark(register, builders.session(register), person)
    assert rights_papers.certificate(register, person, now=NOW) is None
    anonymising.anonymise(register, person, Because.ASKED)
    said = _words(rights_papers.certificate(register, person, now=NOW))
    assert "Sessions they were marked at: 1" in said
    assert "They asked for it" in said
    assert "Pretend" not in said


def _agreed(register, person, day, **more):
    draft = ConsentDraft(purpose=ConsentPurpose.PHOTOS, asked_on=day, taken_by="Bea", **more)
    consents.add(register, person, draft, today=TODAY)


def test_log_of_consents_names_whose_they_are_and_leaves_nameless_out(register):
    alba, gone = builders.person(register, "Alba", "Pretend"), builders.person(register, "Cat")
    _agreed(register, alba, dt.date(2026, 5, 1))
    _agreed(register, gone, dt.date(2026, 6, 1))
    anonymising.anonymise(register, gone, Because.ASKED)
    log = consents.log(register)
    assert [(one.full_name, one.consent.taken_by) for one in log.lines] == [("Alba Pretend", "Bea")]
    assert log.total == 1


def test_consent_is_renewed_after_two_years_and_when_a_child_is_grown_up(register):
    old, young, child, grown = (builders.person(register, name) for name in "ABCD")
    _agreed(register, old, dt.date(2024, 11, 1))
    _agreed(register, young, dt.date(2025, 11, 1))
    for person, born in ((child, "2012-01-01"), (grown, "2008-01-01")):
        with register.transaction("test"):
            register.update("person", person, {"born_on": born})
        _agreed(register, person, dt.date(2025, 11, 1), detail="Agreed by: Bea, mother")
    assert [one.person_id for one in consents.to_renew(register, TODAY)] == [old, grown]
    _agreed(register, old, dt.date(2026, 11, 1))
    assert [one.person_id for one in consents.to_renew(register, TODAY)] == [grown]


@pytest.mark.parametrize(
    ("table", "values", "sentence"),
    [
        (
            "rights_request",
            {"kind": "access", "received_on": "2026-11-01", "answered_on": "2026-11-02"},
            "A request is answered, and it is not said how",
        ),
        (
            "breach",
            {
                "noticed_at": "2026-11-02T10:00:00+00:00",
                "told_ico_at": "2026-11-01T10:00:00+00:00",
                "what": "a bag",
            },
            "The ICO was told of a breach before it was noticed",
        ),
    ],
)
def test_check_finds_what_cannot_be(register, table, values, sentence):
    with register.transaction("test"):
        register.insert(table, {"id": register.new_id()} | values)
    assert [one for one in registers.check(register) if one.startswith(sentence)]


def test_check_finds_a_name_that_came_back(register):
    person = builders.person(register, "Alba", "Pretend")
    anonymising.anonymise(register, person, Because.ASKED)
    assert registers.check(register) == ()
    with register.transaction("test"):
        register.update("person", person, {"phone": "07700 900123"})
    assert "named still" in registers.check(register)[0]

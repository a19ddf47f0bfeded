"""Whichever call to the database trips over the world, a use case is done whole or not at all.

Every call of each use case is tripped in turn with each of the codes where HALLBOOK_TIMES asks for
more; in the suite the first calls are, and some of the others, with one of the codes by turns. What is raised is a sentence; the register is as it was;
its check finds nothing; and the same use case goes through once the world is well again.
"""

import datetime as dt
import random
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.anonymising import Because
from app.domain.people import PersonDraft
from app.domain.referrals import ReferralDraft
from app.importers.base import Options
from app.services import activities, anonymising, imports, money, people, referrals, registers
from app.services.result import Refused
from app.services.returns import issuing
from app.storage import driver
from app.storage.register import Register
from tests import builders
from tests.services.returns.making import begun, own_form
from tests.storage.tripping import CODES, Tripping
from tests.times import times

THOROUGH = times(1) > 1
_EACH, _STRIDE = 25, 120
TODAY = dt.date(2026, 11, 3)
NOW = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)
PEOPLE = Path(__file__).parents[1] / "data" / "importers" / "people" / "two_row_header.xlsx"
_FIRST = dt.date(2026, 4, 1)


@pytest.fixture
def book(tmp_path):
    """A small book in a file, open as the window has it; its calls can be made to trip."""
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club").close()
    with Register.open(path, now=lambda: NOW) as register:
        register._connection = Tripping(register._connection)
        register.keep_undo()
        money.prepare_book(register, opened_on=_FIRST, bank_pence=100_00, cash_pence=20_00)
        own_form(register)
        at = builders.session(register)
        for name in ("Amy", "Bea", "Cai"):
            builders.mark(register, at, builders.person(register, name, notes="likes tea"))
        referrals.record(register, referrals.NewReferral(
            person=PersonDraft(given_name="Dee"), referral=ReferralDraft(received_on=TODAY),
        ), today=TODAY)  # fmt: skip
        yield register


def _everything(register):
    """Return every row there is, the journals' too."""
    tables = [row[0] for row in register.rows(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'person_search_%'"
    )]  # fmt: skip
    return {
        table: [tuple(row) for row in register.rows(f'SELECT * FROM "{table}"')] for table in tables
    }


def _who(register, name="Amy"):
    return register.value("SELECT id FROM person WHERE given_name = :name", {"name": name})


def _tick(register, _given):
    at = activities.get_session(register, register.value("SELECT id FROM session"))
    return builders.mark(register, at, _who(register, "Dee"))


def _person(register, _given):
    whole = people.WholeDraft(person=PersonDraft(given_name="Eve", family_name="Pretend"))
    return people.save_whole(register, None, whole, today=TODAY)


def _change(register, _given):
    amy = _who(register)
    return people.change_person(
        register, amy, PersonDraft(given_name="Amy", phone="07700 900123"), today=TODAY
    )


def _money(register, _given):
    known = money.books(register)
    account, fund = next(iter(known.accounts)), next(iter(known.funds))
    draft = builders.entry(TODAY, (account, fund, 25_00), payee="Parish council")
    return money.save_entry(register, draft, today=TODAY)


def _referral(register, _given):
    new = referrals.NewReferral(
        person=PersonDraft(given_name="Flo"), referral=ReferralDraft(received_on=TODAY)
    )
    return referrals.record(register, new, today=TODAY, anyway=True)


def _import(register, prepared):
    return imports.carry_out(register, prepared)


def _plan(register):
    return imports.prepare(register, "people", PEOPLE, Options(today=TODAY))


def _issue(register, draft):
    return issuing.issue(register, draft)


def _anonymise(register, _given):
    return anonymising.anonymise(register, _who(register), Because.ASKED)


def _undo(register, step):
    return registers.undo(register, step)


def _step(register):
    register.take_step()
    builders.person(register, "Gia", notes="quite new")
    return register.take_step()


USES = {
    "tick": _tick,
    "person": _person,
    "change": _change,
    "money": _money,
    "referral": _referral,
    "import": _import,
    "issue": _issue,
    "anonymise": _anonymise,
    "undo": _undo,
}
_PREPARED = {"import": _plan, "issue": begun, "undo": _step}


@pytest.mark.parametrize("use", USES)
def test_use_case_is_done_whole_or_not_at_all_whichever_call_trips(book, use):
    given = _PREPARED[use](book) if use in _PREPARED else None
    before, chance = _everything(book), random.Random(use)
    trips = book._connection
    at = tried = 0
    while True:
        # Of a long use case the suite tries some: most of its calls are alike.
        at += 1 if THOROUGH or at < _EACH else chance.randrange(1, _STRIDE)
        for code in CODES if THOROUGH else [CODES[at % len(CODES)]]:
            trips.trip(at, code)
            said = _said(USES[use], book, given)
            went_through = not trips.tripped
            trips.at = None
            if went_through:
                break
            tried += 1
            assert isinstance(said, errors.AppError | Refused), (use, at, code, said)
            assert said.text.endswith("."), said.text
            assert _everything(book) == before, (use, at, code)
            assert not book._connection.in_transaction
        if went_through:
            break
    print(f"{use}: {trips.calls} calls, {tried} trips")
    assert tried >= 5
    assert not isinstance(said, errors.AppError | Refused), said
    assert _everything(book) != before
    assert registers.check(book) == ()


def _said(use, register, given):
    try:
        return use(register, given)
    except errors.AppError as error:
        return error


@pytest.mark.parametrize("write", [True, False])
def test_opening_is_refused_in_a_sentence_whichever_call_trips(small_example, monkeypatch, write):
    before = builders.fingerprint(small_example)
    made, turn = [], {"at": 0, "code": ""}
    real = driver.connect

    def connect(*arguments, **options):
        made.append(Tripping(real(*arguments, **options)))
        made[-1].trip(turn["at"], turn["code"])
        return made[-1]

    monkeypatch.setattr(driver, "connect", connect)
    tripped = True
    while tripped:
        turn["at"] += 1
        for code in CODES:
            made.clear()
            turn["code"] = code
            try:
                Register.open(small_example, write=write).close()
            except errors.AppError as error:
                assert error.text.endswith(".")
            tripped = any(each.tripped for each in made)
            assert not small_example.with_name("movers.hallbook.lock").exists()
    assert turn["at"] > 10
    assert builders.fingerprint(small_example) == before

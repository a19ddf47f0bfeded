"""One statement under two names: noticed and asked about, never booked twice in silence."""

import pytest

from app.domain.errors import QuestionOpen
from app.domain.ledger import AccountDraft
from app.services import imports, money, statements
from tests.services.statements.test_statements import HEADER, TODAY, bring_in, plan_of, state

LINES = (
    "12/09/2026,Tea,-5.00,95.00",
    "14/09/2026,Subs,21.00,116.00",
    "20/09/2026,Hall,-45.00,71.00",
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "september.csv"
    path.write_text(HEADER + "\n".join(LINES) + "\n", encoding="utf-8")
    return path


def test_statement_is_not_booked_in_a_second_account_unless_somebody_says_so(register, path):
    first = bring_in(register, path, "Current account")
    before = state(register)
    with pytest.raises(
        QuestionOpen, match="All 3 lines of this statement stand in Current account"
    ):
        bring_in(register, path, "Savings")
    assert state(register) == before
    asked = statements.prepare(register, plan_of(path), "Savings", today=TODAY)
    assert [choice.value for choice in asked.questions[0].choices] == [first.account, ""]
    again = bring_in(register, path, "Savings", another_account=True)
    assert (again.account, again.added) == ("Savings", 3)


def test_the_other_account_may_have_it_again_once_it_was_said(register, path):
    bring_in(register, path, "Current account")
    bring_in(register, path, "Savings", another_account=True)
    again = bring_in(register, path, "Savings")
    assert (again.added, again.matched) == (0, 3)


def test_another_bank_s_words_for_the_same_days_and_amounts_are_noticed(register, path, tmp_path):
    bring_in(register, path, "Current account")
    other = tmp_path / "other.csv"
    told = HEADER + "\n".join(LINES).replace("Tea", "Corner shop").replace("Hall", "CARD HALL")
    other.write_text(told.replace("Subs", "FPI SUBS") + "\n", encoding="utf-8")
    with pytest.raises(QuestionOpen):
        bring_in(register, other, "Savings")


def test_one_line_that_two_accounts_share_is_not_asked_about(register, path, tmp_path):
    bring_in(register, path, "Current account")
    other = tmp_path / "other.csv"
    other.write_text(
        HEADER + "12/09/2026,Tea,-5.00,5.00\n13/09/2026,Fee,-1.00,4.00\n", encoding="utf-8"
    )
    assert bring_in(register, other, "Savings").added == 2


def test_what_was_taken_out_or_binned_there_is_no_reason_to_ask(register, path):
    first = bring_in(register, path, "Current account")
    imports.undo_import(register, first.import_id)
    second = bring_in(register, path, "Other bank")
    account = next(a for a in money.books(register).accounts.values() if a.name == "Other bank")
    for row in money.account_book(register, account.id):
        money.put_entry_in_bin(register, row.entry_id)
    assert second.added == 3
    draft = AccountDraft(name="Third", opened_on=TODAY.replace(month=9, day=1))
    money.save_account(register, draft, today=TODAY)
    assert bring_in(register, path, "Third").added == 3


def test_opening_is_said_where_the_file_does_not_tell(register, tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("Date,Description,Amount\n13/09/2026,Tea,-5.00\n", encoding="utf-8")
    prepared = statements.prepare(
        register, plan_of(path), "Co-op", today=TODAY, opening_pence=120_00
    )
    assert not prepared.opening_told
    assert prepared.begins_book
    assert "with Co-op from Sun 13 Sep 2026, holding £120.00" in " ".join(prepared.notes)
    statements.carry_out(register, prepared)
    assert state(register) == ({"Co-op": 115_00, "Petty cash": 0}, True)

"""The pretend bank: statements that lead from one to the next, rules, loans, what stands beside."""

from itertools import pairwise

from app.services import money, statements


def test_statements_lead_from_one_to_the_next_and_agree_with_the_book(book):
    listed = statements.list_statements(book)
    assert len(listed) >= 10
    for before, after in pairwise(listed):
        assert after.opening_pence == before.closing_pence
        assert (after.from_on - before.to_on).days == 1
    for one in listed[-3:]:
        assert one.difference_pence == 0
        assert money.account_balances(book, one.to_on)[one.account_id] == one.closing_pence
    assert [one.agreed for one in listed[-2:]] == [True, False]
    assert [one.import_id is not None for one in (listed[0], listed[-1])] == [False, True]


def test_every_page_of_money_has_something_to_show(book):
    assert len(money.list_rules(book)) >= 4
    loans = money.list_loans(book)
    assert sorted(loan.repaid_on is None for loan in loans) == [False, True]
    assert money.list_gifts(book)
    assert money.list_matches(book)
    assert money.list_items(book)


def test_what_was_learned_fits_what_was_paid(book):
    rules = money.list_rules(book)
    for rule in rules:
        assert rule.fits(rule.payee, rule.side)

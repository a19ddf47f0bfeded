"""The pages and dialogs of Money, and how to get there."""

from app.services import money


def _part(key):
    def go(window):
        window.frame.go_to("money")
        window.frame.money.tabs.show_part(key)

    return go


def _first_entry(frame):
    wanted = money.WantedMoney()
    work = money.look_through(frame.book.register, wanted)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value.ids[0]


def _promises(window):
    _part("funds")(window)
    return window.frame.money.funds_part.promises


PAGES = {
    "money": lambda w: w.frame.go_to("money"),
    "funds and grants": _part("funds"),
    "import statement": _part("statement"),
    "claims": _part("claims"),
    "year end": _part("year"),
}

DIALOGS = {
    "payment or receipt": lambda w: w.frame.page_of("money").add_entry(),
    "change an entry": lambda w: w.frame.page_of("money").open_entry(_first_entry(w.frame)),
    "add a grant": lambda w: w.frame.page_of("money").funds_part.add_grant(),
    "add a fund": lambda w: w.frame.page_of("money").funds_part.add_fund(),
    "add an account": lambda w: w.frame.page_of("money").funds_part.add_account(),
    "add a heading": lambda w: w.frame.page_of("money").funds_part.add_heading(),
    "headings": lambda w: w.frame.page_of("money").funds_part.show_headings(),
    "match funding": lambda w: w.frame.page_of("money").funds_part.beside.add_match(),
    "a gift in kind": lambda w: w.frame.page_of("money").funds_part.beside.add_gift(),
    "what a grant promised": lambda w: _promises(w).change_targets(),
    "note a loan": lambda w: w.frame.page_of("money").funds_part.add_loan(),
    "agree a statement from paper": lambda w: w.frame.page_of(
        "money"
    ).statement_part.past.add_paper(),
    "claim": lambda w: w.frame.page_of("money").claims_part.add_claim(),
    "owned or owed": lambda w: w.frame.page_of("money").year_part.add_item(),
}

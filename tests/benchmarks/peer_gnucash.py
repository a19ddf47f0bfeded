"""Writes a GnuCash book of 20,000 transactions, in its own XML."""

import datetime as dt

_TRANSACTIONS, _HEADINGS = 20_000, 12
_NAMES = " ".join(
    f'xmlns:{name}="http://www.gnucash.org/XML/{name}"'
    for name in ("gnc", "act", "book", "cd", "cmdty", "split", "trn", "ts")
)
_POUNDS = "<cmdty:space>CURRENCY</cmdty:space><cmdty:id>GBP</cmdty:id>"


def write_book(path):
    """Write the book: a bank account, twelve headings, a payment every few hours for ten years."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="utf-8" ?>\n<gnc-v2 {_NAMES}>\n')
        file.write('<gnc:count-data cd:type="book">1</gnc:count-data>\n<gnc:book version="2.0.0">')
        file.write(f'<book:id type="guid">{0:032x}</book:id>\n')
        for kind, count in (("account", _HEADINGS + 2), ("transaction", _TRANSACTIONS)):
            file.write(f'<gnc:count-data cd:type="{kind}">{count}</gnc:count-data>\n')
        file.write(f'<gnc:commodity version="2.0.0">{_POUNDS}</gnc:commodity>\n')
        file.write(_account(1, "Root Account", "ROOT"))
        file.write(_account(2, "Bank", "BANK", parent=1))
        for number in range(_HEADINGS):
            file.write(_account(3 + number, f"Heading {number}", "EXPENSE", parent=1))
        for number in range(_TRANSACTIONS):
            file.write(_payment(number))
        file.write("</gnc:book>\n</gnc-v2>\n")


def _account(number, name, kind, *, parent=None):
    above = f'<act:parent type="guid">{parent:032x}</act:parent>' if parent else ""
    unit = f"<act:commodity>{_POUNDS}</act:commodity><act:commodity-scu>100</act:commodity-scu>"
    return (
        f'<gnc:account version="2.0.0"><act:name>{name}</act:name><act:id type="guid">{number:032x}'
        f"</act:id><act:type>{kind}</act:type>{unit if parent else ''}{above}</gnc:account>\n"
    )


def _payment(number):
    day = dt.date(2016, 4, 1) + dt.timedelta(days=number * 3650 // _TRANSACTIONS)
    amount = 500 + number % 4_000
    first_id = 1_000 + 3 * number
    splits = _split(first_id + 1, -amount, 2) + _split(first_id + 2, amount, 3 + number % _HEADINGS)
    return (
        f'<gnc:transaction version="2.0.0"><trn:id type="guid">{first_id:032x}</trn:id>'
        f"<trn:currency>{_POUNDS}</trn:currency>"
        f"<trn:date-posted><ts:date>{day} 10:59:00 +0000</ts:date></trn:date-posted>"
        f"<trn:date-entered><ts:date>{day} 10:59:00 +0000</ts:date></trn:date-entered>"
        f"<trn:description>Payment {number}</trn:description>"
        f"<trn:splits>{splits}</trn:splits></gnc:transaction>\n"
    )


def _split(number, pence, account):
    return (
        f'<trn:split><split:id type="guid">{number:032x}</split:id>'
        "<split:reconciled-state>n</split:reconciled-state>"
        f"<split:value>{pence}/100</split:value><split:quantity>{pence}/100</split:quantity>"
        f'<split:account type="guid">{account:032x}</split:account></trn:split>'
    )

"""What the columns of the cash book's plain tables mean in the open export."""

from collections.abc import Mapping

MONEY_MEANINGS: Mapping[str, Mapping[str, str]] = {
    "fund": {
        "name": "its name",
        "kind": "unrestricted, designated, restricted, endowment",
        "purpose": "what it may be spent on",
        "opened_on": "the day it was opened",
    },
    "heading": {
        "name": "its name",
        "side": "receipt or payment",
    },
    "grant_instalment": {
        "due_on": "the day it is due",
        "condition": "what must be done first",
    },
    "statement": {
        "opening_pence": "balance before the first line",
        "closing_pence": "balance after the last line",
        "agreed_at": "when it was agreed with the book (UTC)",
    },
    "entry": {
        "kind": "receipt, payment or transfer",
        "entry_on": "the day",
        "payee": "who paid or was paid",
        "description": "what it was",
        "method": "bank_transfer, card, cash, cheque, direct_debit, online, not_recorded",
        "reference": "reference",
        "approved_by": "who approved it",
        "minute": "the minute that decided it",
        "note": "note",
        "bank_key": "fingerprint of the bank's line",
        "bank_text": "the bank's own words",
    },
    "attachment": {
        "media_type": "kind of file",
        "file_name": "name it came with",
        "sha256": "fingerprint of its bytes",
        "size": "bytes",
        "added_at": "when (UTC)",
    },
    "bank_rule": {
        "pattern": "words the bank's text holds",
        "side": "receipt or payment",
        "payee": "the name to use",
        "learned_at": "when (UTC)",
        "used": "times it was taken",
    },
    "fund_loan": {
        "from_fund_id": "the fund that lends",
        "to_fund_id": "the fund that borrows",
        "repaid_on": "the day it was paid back; blank if not",
        "minute": "the minute that decided it",
    },
    "claim": {
        "claimed_on": "the day",
        "approved_by": "who approved it",
        "approved_on": "the day it was approved",
        "note": "note",
    },
    "claim_line": {
        "kind": "expense, car, motorcycle, bicycle, passenger",
        "spent_on": "the day of the spending or the journey",
        "what": "what it was",
        "tenths_of_miles": "distance in tenths of a mile",
    },
    "balance_item": {
        "kind": "owed_to_us, investment, asset, owed_by_us",
        "details": "what it is",
        "cost_pence": "what it cost",
        "value_pence": "what it is worth now",
        "due_on": "when it is due",
    },
    "gift_in_kind": {
        "given_on": "the day",
        "giver": "who gave it",
        "what": "what was given",
        "value_pence": "its value",
        "basis": "how it was valued",
    },
    "match_funding": {
        "source": "who gives it",
        "kind": "cash or in_kind",
        "state": "applied, confirmed, withdrawn",
    },
    "closed_year": {
        "ends_on": "the last day of the year",
        "starts_on": "its first day",
        "approved_on": "the day the accounts were approved",
        "closed_at": "when it was closed (UTC)",
    },
    "money_journal": {
        "done_at": "when (UTC)",
        "who": "name of the computer account",
        "use_case": "what was done, as a code",
        "before": "the entry as it was, as JSON",
    },
}
"""By table and column."""

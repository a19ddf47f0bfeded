"""Money: accounts, funds and headings; receipts, payments and transfers; how things stand."""

from app.services.money.books import (
    Books,
    books,
    close_heading,
    prepare_book,
    remove_account,
    remove_fund,
    rename_heading,
    save_account,
    save_fund,
    save_heading,
)
from app.services.money.entries import (
    get_entry,
    put_entry_in_bin,
    save_entry,
    take_entry_out_of_bin,
    tidy_entry,
)
from app.services.money.grants import (
    find_grant,
    get_grant,
    grant_standings,
    list_grants,
    put_grant_in_bin,
    save_grant,
    warn_before_saving,
)
from app.services.money.looking import account_balances, account_book, fund_balances
from app.services.money.receipts import (
    keep_receipt,
    open_receipt,
    receipt_content,
    receipts_of,
    remove_receipt,
)

__all__ = [
    "Books",
    "account_balances",
    "account_book",
    "books",
    "close_heading",
    "find_grant",
    "fund_balances",
    "get_entry",
    "get_grant",
    "grant_standings",
    "keep_receipt",
    "list_grants",
    "open_receipt",
    "prepare_book",
    "put_entry_in_bin",
    "put_grant_in_bin",
    "receipt_content",
    "receipts_of",
    "remove_account",
    "remove_fund",
    "remove_receipt",
    "rename_heading",
    "save_account",
    "save_entry",
    "save_fund",
    "save_grant",
    "save_heading",
    "take_entry_out_of_bin",
    "tidy_entry",
    "warn_before_saving",
]

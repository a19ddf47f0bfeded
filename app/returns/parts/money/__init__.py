"""Parts about money: accounts, grants, receipts and the cash book."""

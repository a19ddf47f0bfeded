"""Referrals in the window: the board, the list, one referral, its letters, the referrer book."""

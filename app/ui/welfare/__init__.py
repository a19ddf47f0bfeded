"""Welfare notes: a window of their own, with a password of their own, that leaves nothing behind."""

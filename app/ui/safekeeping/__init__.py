"""Safekeeping: passwords and the lock, copies and restoring, where a book lives."""

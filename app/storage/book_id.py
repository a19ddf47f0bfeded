"""What a book is called by nobody but programs: the identifier of the first thing ever done in it."""

from app.storage.register import Register


def book_id(register: Register) -> int:
    """Return a number that this book and its copies have, and no other book; it never changes."""
    return int(register.value("SELECT min(id) FROM journal") or 0)

"""What a book is called by nobody but programs: the identifier of the first thing ever done in it."""

from typing import Any

from app.storage.register import Register


def book_id(source: Any) -> int:
    """Return a number that this book and its copies have, and no other book; it never changes.

    ``source`` is a Register or a connection to its file.
    """
    rows = source.rows if isinstance(source, Register) else source.execute
    ((first,),) = rows("SELECT min(id) FROM journal")
    return int(first or 0)

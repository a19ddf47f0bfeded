"""Identifiers for what is published: made from the book's own, so that they stay the same."""

import uuid
from dataclasses import dataclass

from app.domain.names import clean
from app.domain.org_ids import charity_id, company_id
from app.domain.settings import Settings
from app.storage.book_id import book_id
from app.storage.register import Register

_OURS = uuid.UUID("6d1f2b0a-5c1e-5b8e-9a55-0b9c9f6a7d42")
"""Of this program; what it names is told apart from all others' by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIds:
    """Gives out identifiers of one book: the same thing has the same one in every export."""

    book: int

    def of(self, kind: str, what: int | str) -> str:
        """Return the UUID of a thing of the book, by its kind and its identifier or name."""
        name = clean(what).casefold() if isinstance(what, str) else str(what)
        return str(uuid.uuid5(_OURS, f"{self.book}:{kind}:{name}"))

    def group(self) -> str:
        """Return the UUID of the group."""
        return self.of("group", self.book)


def public_ids(register: Register) -> PublicIds:
    """Return what gives out the identifiers of a book."""
    return PublicIds(book=book_id(register))


def registered_id(ours: Settings) -> str:
    """Return the group's identifier on a public register, or "" where it is on none that we know."""
    return charity_id(ours.charity_number) or company_id(ours.company_number)

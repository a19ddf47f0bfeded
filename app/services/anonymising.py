"""Make a person nameless: wiped by default, counts stay true, and it cannot be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.anonymising import Because, Span, span_of, words_to_find
from app.domain.changes import ALL_TOPICS
from app.domain.ids import PersonId
from app.domain.problems import Problem
from app.figures.bands import sets_of
from app.services import backups
from app.services.backups import Found
from app.services.result import Changing, Done, Refused, Sliced, Written
from app.storage import anonymising as storage
from app.storage import people, settings
from app.storage.anonymising import Standing
from app.storage.mentions import Mention, Place, counted, mentions
from app.storage.register import Register

__all__ = ["Because", "Mention", "Place", "Preview", "anonymise", "old_copies", "preview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What it would mean to make somebody nameless."""

    name: str = field(repr=False)
    records: int
    """How many records go together: those that were joined to the person go too."""
    mentions: tuple[tuple[str, int], ...]
    """Where the name still stands in text that somebody typed: where, and in how many rows."""
    places: tuple[Mention, ...] = field(default=(), repr=False)
    """The same one by one, to be opened and looked at."""


def preview(register: Register, person_id: PersonId) -> Preview | Refused:
    """Return what making somebody nameless would mean; nothing is changed."""
    found = _may(register, person_id)
    if isinstance(found, Refused):
        return found
    person = people.get(register, person_id)
    names = (person.given_name, person.family_name, person.known_as) if person else ("", "", "")
    places = mentions(register, words_to_find(*names), found.records)
    return Preview(
        name=person.full_name if person else "",
        records=len(found.records),
        mentions=counted(places),
        places=places,
    )


@Sliced
def anonymise(register: Register, person_id: PersonId, because: Because) -> Changing:
    """Wipe a person out of the register for ever; what counted goes on counting.

    Names, contacts, health, words of their own, stories and notes go; the age becomes the widest
    span that changes no figure of a past period, the postcode its first half. Returns that were
    issued stay as they were sent. It cannot be taken back, and what came before it in this sitting
    cannot either: whoever keeps steps to undo must forget them.
    """
    found = _may(register, person_id)
    if isinstance(found, Refused):
        return found
    span = _span(register, found)
    text, total = "make a person nameless", storage.everybody(register)
    yield Written(done=0, total=total)
    with register.transaction("person.anonymise", text=text, subject_id=person_id, bulk=True):
        for done in storage.wipe(register, person_id, found.records, span, because):
            yield Written(done=done, total=total)
    return Done(changes=ALL_TOPICS, text=text, ids=(person_id,))


def _may(register: Register, person_id: PersonId) -> Standing | Refused:
    found = storage.standing(register, person_id)
    person = people.get(register, person_id)
    if found is None or person is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if found.nameless:
        return Refused(problems=(Problem(code="person_nameless"),))
    if person.merged_into is not None:
        return Refused(problems=(Problem(code="person_joined"),))
    return found


def _span(register: Register, found: Standing) -> Span | None:
    if found.band is not None:
        return found.band if found.days else None
    bounds = {bound for each in sets_of(settings.read(register)).values() for bound in each.bounds}
    return span_of(found.born_on, found.birth_year, found.days, bounds)


def old_copies(
    book: Path,
    folders: tuple[Path, ...],
    *,
    secret: str | None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Found, ...]:
    """Return the copies of a book in some folders and beside it: they name whoever was wiped since.

    On the worker: each is opened. Copies of other books in the same folders are left out.
    """
    places = tuple(dict.fromkeys((*folders, book.parent)))
    found = backups.listing(places, password=secret, cancelled=cancelled)
    return tuple(
        one
        for one in found
        if one.path.stem.startswith(book.stem) and one.path.resolve() != book.resolve()
    )

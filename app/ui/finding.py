"""What the search at the top finds: people and referrals, each with what opens it."""

from collections.abc import Callable
from functools import partial

from app.domain.ids import PersonId, ReferralId
from app.services import people, referrals
from app.ui.book import Book
from app.ui.people.people_model import shown_name
from app.ui.referrals.words import suggested_words
from app.ui.widgets.suggestions import Suggestion

_FOUND = 8
_FOUND_REFERRALS = 3
"""At most so many of all are referrals: whoever is searched for is a person first."""


def find(
    book: Book,
    typed: str,
    open_person: Callable[[PersonId], None],
    open_referral: Callable[[ReferralId], None],
) -> tuple[Suggestion, ...]:
    """Return what is found by what is typed; the value of each is to be called when it is taken."""
    if not typed.strip():
        return ()
    sent = referrals.suggested(book.register, typed, today=book.today(), limit=_FOUND_REFERRALS)
    some = people.list_people(book.register, typed, left_too=True, limit=_FOUND - len(sent)).rows
    return (
        *(
            Suggestion(
                text=" · ".join(part for part in (shown_name(row), row.area) if part),
                value=partial(open_person, row.id),
            )
            for row in some
        ),
        *(
            Suggestion(text=suggested_words(row), value=partial(open_referral, row.id))
            for row in sent
        ),
    )

"""What the search at the top finds: people, referrals, payments, returns, each with what opens it."""

from functools import partial

from app.domain.money import pounds
from app.domain.periods import short_date
from app.services import found_returns, money, people, referrals
from app.ui.opening import Frame, open_found
from app.ui.people.people_model import shown_name
from app.ui.referrals.words import suggested_words
from app.ui.widgets.suggestions import Suggestion

_FOUND = 8
_FOUND_REFERRALS = 3
"""At most so many of all are referrals: whoever is searched for is a person first."""
_FOUND_RETURNS = 2
_FOUND_PAYMENTS = 2
"""The last of each payee that is so called; all of them are found under Money."""


def find(frame: Frame, typed: str) -> tuple[Suggestion, ...]:
    """Return what is found by what is typed; the value of each is to be called when it is taken."""
    if not typed.strip():
        return ()
    book = frame.book
    sent = referrals.suggested(book.register, typed, today=book.today(), limit=_FOUND_REFERRALS)
    paid = money.find_payments(book.register, typed, limit=_FOUND_PAYMENTS)
    written = found_returns.find(book.register, typed, limit=_FOUND_RETURNS)
    room = _FOUND - len(sent) - len(paid) - len(written)
    some = people.list_people(book.register, typed, left_too=True, limit=room).rows
    if not (some or sent or paid or written):
        return (Suggestion(text=f"Nothing is called “{typed.strip()}”", value=None),)
    return (
        *(
            Suggestion(
                text=" · ".join(part for part in (shown_name(row), row.area) if part),
                value=partial(frame.open_person, row.id),
            )
            for row in some
        ),
        *(
            Suggestion(text=suggested_words(row), value=partial(frame.open_referral, row.id))
            for row in sent
        ),
        *(
            Suggestion(
                text=f"{one.payee} · {pounds(abs(one.total_pence))} · {short_date(one.entry_on)}",
                value=partial(frame.open_entry, one.id),
            )
            for one in paid
        ),
        *(Suggestion(text=one.text, value=partial(open_found, frame, one)) for one in written),
    )

"""Find drafts and returns that were issued by what is typed: for the search at the top.

Not in the package of returns, which takes its time to read: whoever searches does not wait for it.
"""

from dataclasses import dataclass

from app.domain.ids import DraftId, IssuedId
from app.domain.names import plain
from app.domain.periods import short_date
from app.storage import drafts, issued
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReturn:
    """A draft, or a return that was issued; one of both ids is there."""

    text: str
    """End of grant report · being written."""
    draft_id: DraftId | None = None
    issued_id: IssuedId | None = None


def find(register: Register, typed: str, *, limit: int) -> tuple[FoundReturn, ...]:
    """Return what has every word typed in its title or in what it is about, the newest first."""
    words = plain(typed).split()
    if not words or limit <= 0:
        return ()
    found = [
        FoundReturn(text=f"{one.title} · being written", draft_id=one.id)
        for one in drafts.listed(register)
        if _fits(words, one.title)
    ]
    for kept in issued.listed(register):
        title = kept.settings.title
        if _fits(words, f"{title} {kept.about}"):
            day = short_date(kept.issued_at.date())
            about = f" · {kept.about}" if kept.about else ""
            found.append(FoundReturn(text=f"{title}{about} · issued {day}", issued_id=kept.id))
    return tuple(found[:limit])


def _fits(words: list[str], text: str) -> bool:
    inside = plain(text)
    return all(word in inside for word in words)

"""Welfare notes: what was seen or said about somebody's safety, and what was done about it.

They are kept apart from the register, in a file with its own password, and are never changed: what
turns out to be wrong is corrected by a later note. What a note holds: date and time, who was
there, what was said and done and by whom, the action taken, what comes next, why it was not
referred where it was not, and who signs it (NSPCC's list for records [S123]).
"""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem

SUFFIX = ".welfare"
"""The end of the name of the file beside a book: "Tea Club.welfare"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """A note as it is written; whom it is about is typed, not looked up, so that no name leaks."""

    about: str = field(default="", repr=False)
    happened_on: dt.date | None = None
    happened_at: str = field(default="", repr=False)
    """The time of day and the place, in words."""
    who_was_there: str = field(default="", repr=False)
    what_happened: str = field(default="", repr=False)
    action_taken: str = field(default="", repr=False)
    further_action: str = field(default="", repr=False)
    referred_to: str = field(default="", repr=False)
    """Whom it was passed on to: children's or adult social care, the police; "" for nobody."""
    why_not_referred: str = field(default="", repr=False)
    signed_by: str = field(default="", repr=False)
    corrects: int | None = None
    """The number of the note that this one corrects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it is kept, for ever; ``number`` counts from 1."""

    number: int
    written_at: dt.datetime
    about: str = field(repr=False)
    happened_on: dt.date
    happened_at: str = field(repr=False)
    who_was_there: str = field(repr=False)
    what_happened: str = field(repr=False)
    action_taken: str = field(repr=False)
    further_action: str = field(repr=False)
    referred_to: str = field(repr=False)
    why_not_referred: str = field(repr=False)
    signed_by: str = field(repr=False)
    corrects: int | None
    corrected_by: int | None = None


PARTS: tuple[tuple[str, str], ...] = (
    ("who_was_there", "Who was there, and who saw or heard it"),
    ("what_happened", "What was said and done, in their own words where you can"),
    ("action_taken", "What was done about it, by whom"),
    ("further_action", "What is to be done next"),
    ("referred_to", "Passed on to"),
    ("why_not_referred", "Why it was not passed on"),
)
"""The long parts of a note in the order in which they are asked and printed."""


def validate_note(draft: NoteDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a note can be kept: after that it never changes."""
    needed = {
        "about": "welfare_about_needed",
        "what_happened": "welfare_words_needed",
        "signed_by": "welfare_signed_needed",
    }
    problems = [
        Problem(code=code, field=name) for name, code in needed.items() if not getattr(draft, name)
    ]
    if draft.happened_on is None:
        problems.append(Problem(code="date_needed", field="happened_on"))
    elif draft.happened_on > today:
        values = {"value": short_date(draft.happened_on)}
        problems.append(Problem(code="welfare_future", field="happened_on", values=values))
    if not draft.referred_to and not draft.why_not_referred:
        problems.append(Problem(code="welfare_why_not", field="why_not_referred"))
    long = {name for name, _ in PARTS} - {"referred_to"}
    for name in ("about", "happened_at", "signed_by", "referred_to", *sorted(long)):
        limit = TEXT_LIMIT if name in long else NAME_LIMIT
        if len(getattr(draft, name)) > limit:
            values = {"limit": f"{limit:,}"}
            problems.append(Problem(code="text_too_long", field=name, values=values))
    return tuple(problems)

"""What an import did or would do: counts, problems, decisions, in one record."""

import datetime as dt
from dataclasses import dataclass, field

from app.importers.base import (
    ColumnDecision,
    ImportProblem,
    MarkMeaning,
    Question,
    Skipped,
    ValueMeaning,
)
from app.importers.matching import Likely


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The report of an import; ``import_id`` is None when nothing was written (a dry run)."""

    kind: str
    format: str
    file_name: str
    rows: int
    added: int
    matched: int
    skipped: int
    people: int
    """People added to the book."""
    people_matched: int
    activities: int
    sessions: int
    """Sessions added."""
    attendances: int
    """Participant attendances added: present or late."""
    marks: int
    """Marks of every kind and role added."""
    hours: int
    filled: int
    """Blanks filled in people who were in the book."""
    referrals: int
    """Referrals added."""
    referrals_matched: int
    """Referrals that were in the book already."""
    referrers: int
    """Organisations added to the referrer book."""
    workers: int
    """People added there who write referrals."""
    first_date: dt.date | None
    last_date: dt.date | None
    import_id: int | None = None
    problems: tuple[ImportProblem, ...] = field(default=(), repr=False)
    columns: tuple[ColumnDecision, ...] = field(default=(), repr=False)
    meanings: tuple[MarkMeaning, ...] = ()
    values: tuple[ValueMeaning, ...] = field(default=(), repr=False)
    """Answers that are not known by themselves, and what was said of them."""
    left_out: tuple[Skipped, ...] = field(default=(), repr=False)
    likely: tuple[Likely, ...] = ()
    person_rows: tuple[int, ...] = ()
    """The row in the file of each person of the plan, to which ``likely`` points."""
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    done_before: str = ""
    """When the very same file was imported already, the day."""

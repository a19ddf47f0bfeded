"""What every importer takes and gives: options in, a plan of drafts out, and nothing written."""

import datetime as dt
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from app.domain.activities import ActivityDraft, SessionState
from app.domain.attendance import Mark, Role
from app.domain.people import PersonDraft
from app.domain.referrals import StepDraft
from app.importers.workbook import Workbook

SET_ASIDE = "set aside"
"""The field of a column that is not taken."""


class DateOrder(StrEnum):
    """In which order a file writes day, month and year."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What somebody has answered beforehand: by the command line, the wizard, or a mapping file."""

    today: dt.date
    dates: DateOrder | None = None
    year: int | None = None
    """The year of the first date, where dates carry none."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Header text -> field, or `SET_ASIDE`."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Mark as written -> "present", "late", "absent", "apology", a role, or "blank"."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field -> text as written -> code of the answer, for sex, ethnicity and the like, and role."""
    activity: str = ""
    """The activity of everything that names none."""
    sheets: tuple[str, ...] = ()
    """The sheets to take; empty takes every sheet with a table that is not hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file: sheet, row as people count it (0: none), column letter ("": none)."""

    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProblem:
    """A value that could not be taken as it stands; nothing is put in its place."""

    place: Place
    code: str
    message: str = field(repr=False)
    value: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A row that is left out on purpose, and why."""

    place: Place
    why: str
    value: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One possible answer: the value to hand back, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something only a person can say; without the answer the import does not go on."""

    kind: str
    """Which option answers it: "dates", "year", "marks", "columns", "activity"."""
    text: str
    choices: tuple[Choice, ...] = ()
    default: str = ""
    """What is taken when nobody answers; empty: the import waits for the answer."""
    settled: str = field(default="", repr=False)
    """What to say when the default was taken."""
    about: str = field(default="", repr=False)
    """The mark or header it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDecision:
    """What a column was taken for, and by what: its header, its contents, or a person's say."""

    sheet: str
    column: str
    header: str
    taken_as: str
    """A field's name, "session" for a date across the top, or `SET_ASIDE`."""
    by: str
    """By "header", "content" or "mapping"; for a column set aside, why."""
    samples: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMeaning:
    """What a mark was taken to mean, and how often it stands there."""

    written: str
    count: int
    mark: Mark | None
    """None: nothing is recorded for it."""
    role: Role | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMeaning:
    """An answer, role or mark that is not known by itself, and what somebody said it means."""

    taken_as: str
    """What its column was taken for: a field's name; "mark" for the marks of a register."""
    header: str
    written: str = field(repr=False)
    count: int
    code: str = ""
    """The answer's code; "": nobody has said, so nothing is recorded for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """Somebody to ring in an emergency."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    relationship: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as a file has them."""

    place: Place
    draft: PersonDraft = field(repr=False)
    contact: ContactDraft | None = field(default=None, repr=False)
    access_needs: str = field(default="", repr=False)
    health: str = field(default="", repr=False)
    role: Role | None = None
    file_id: int | None = None
    """Their id in another Hallbook's export."""
    merged_into: int | None = None
    in_bin: bool = False
    anonymised: bool = False
    """Names were wiped on purpose; the person still counts."""
    known: bool = True
    """False: the file only has the id, so the person must be in the book already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One activity as a file has it."""

    draft: ActivityDraft
    file_id: int | None = None
    in_bin: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session as a file has it; ``activity`` is its place in the plan's activities."""

    place: Place
    activity: int
    day: dt.date
    start_time: str | None = None
    end_time: str | None = None
    state: SessionState = SessionState.HELD
    cancelled_reason: str = ""
    cancelled_note: str = ""
    guests: int | None = None
    file_id: int | None = None
    in_bin: bool = False
    known: bool = True
    moved_from: dt.date | None = None
    venue: str = ""
    leader: str = ""
    notes: str = ""


MARKS = tuple(Mark)
ROLES = tuple(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Attendances as columns, one entry each: millions of them must fit in memory.

    ``session`` and ``person`` are places in the plan's lists, ``mark`` and ``role`` in `MARKS` and
    `ROLES`.
    """

    session: "array[int]" = field(default_factory=lambda: array("i"))
    person: "array[int]" = field(default_factory=lambda: array("i"))
    mark: bytearray = field(default_factory=bytearray)
    role: bytearray = field(default_factory=bytearray)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.session)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRow:
    """Hours given outside sessions; ``person`` is a place in the plan's people."""

    person: int
    day: dt.date
    minutes: int
    what: str = ""
    activity: int | None = None
    """A place in the plan's activities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderRow:
    """Who sent somebody, as a file has them: an organisation, and who there wrote."""

    name: str = ""
    worker: str = field(default="", repr=False)
    job: str = ""
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    file_id: int | None = None
    """The organisation's id in another Hallbook's export, and the worker's."""
    worker_file_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """One referral as a file has it; ``person`` and ``activity`` are places in the plan's lists."""

    place: Place
    person: int
    received_on: dt.date
    activity: int | None = None
    sender: SenderRow = field(default_factory=SenderRow, repr=False)
    source_type: str = "not_recorded"
    channel: str = "not_recorded"
    reference: str = field(default="", repr=False)
    reasons: frozenset[str] = field(default=frozenset(), repr=False)
    needs: frozenset[str] = field(default=frozenset(), repr=False)
    what_helps: str = field(default="", repr=False)
    report_back: str = "not_asked"
    who_pays: str = "not_known"
    notes: str = field(default="", repr=False)
    steps: tuple[StepDraft, ...] = ()
    """What was done about it, the oldest first."""
    file_id: int | None = None
    agreement_file_id: int | None = None
    in_bin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraTable:
    """Rows of another table of the open export, as texts; ids in them are the file's own."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    before_referrals: bool = False
    """Whether referrals point to its rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that an import would do, before anything is done."""

    format: str
    rows: int
    """Rows of people or attendances found, the left out ones included."""
    people: tuple[PersonRow, ...] = field(default=(), repr=False)
    activities: tuple[ActivityRow, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    marks: Marks = field(default_factory=Marks)
    hours: tuple[HoursRow, ...] = ()
    referrals: tuple[ReferralRow, ...] = field(default=(), repr=False)
    extras: tuple[ExtraTable, ...] = ()
    columns: tuple[ColumnDecision, ...] = ()
    meanings: tuple[MarkMeaning, ...] = ()
    values: tuple[ValueMeaning, ...] = ()
    """Answers, roles and marks that are not known by themselves, commonest first."""
    questions: tuple[Question, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    """What was settled without asking, to be said."""
    date_order: DateOrder | None = None
    date_because: str = ""
    """By what the order was settled, in words: "the year comes first"."""


class Importer(Protocol):
    """A reader of one way of keeping people or attendance."""

    format: str

    def identify(self, workbook: Workbook) -> bool:
        """Say whether an opened file is of this kind."""

    def describe(self) -> str:
        """Say in a sentence what this kind is."""

    def read(self, workbook: Workbook, options: Options) -> Plan:
        """Read everything into a plan; raises CannotRead only for the file itself."""

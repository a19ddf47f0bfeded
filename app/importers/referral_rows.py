"""Turn the cells of a row into a referral: day, sender, reasons, and what was done on which day.

Nothing is made up and nothing is dropped: what is not known stands in the notes and is named.
"""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.activities import ActivityDraft, validate_activity
from app.domain.equality import NOT_ASKED
from app.domain.names import NAME_LIMIT, TEXT_LIMIT, clean
from app.domain.referrals import NOT_ACCEPTED_REASONS, ReferralDraft, validate_referral
from app.importers.base import ActivityRow, ImportProblem, Options, Place, ReferralRow, SenderRow
from app.importers.cells import Cell, Row, column_letters, is_blank, text_of
from app.importers.columns import Columns
from app.importers.fields import Field
from app.importers.people_rows import PeopleReader, clean_text
from app.importers.person_names import match_key
from app.importers.problem_texts import problem_text
from app.importers.referral_steps import Remarks, StepsReader
from app.importers.referral_values import LONGEST_WORD, known_code, parts_of
from app.importers.value_meanings import Sayings

_MOST_PROBLEMS = 1_000


@dataclass(slots=True)
class Activities:
    """The activities that are wanted, each once; they belong to the whole file."""

    rows: list[ActivityRow] = field(default_factory=list)
    _by_key: dict[str, int] = field(default_factory=dict)

    def place(self, name: str) -> int | None:
        """Return the place of an activity, None where its name cannot be one."""
        key = match_key(name, "")
        if key not in self._by_key:
            draft = ActivityDraft(name=name)
            if not key or validate_activity(draft):
                return None
            self._by_key[key] = len(self.rows)
            self.rows.append(ActivityRow(draft=draft))
        return self._by_key[key]


@dataclass(slots=True)
class ReferralReader:
    """Read rows of one table as referrals; problems and things to say collect in it."""

    columns: Columns
    sheet: str
    options: Options
    people: PeopleReader
    activities: Activities
    problems: list[ImportProblem] = field(default_factory=list)
    own_words: int = 0
    """Reasons in somebody's own words, which went into the notes."""
    without_reason: int = 0
    """Not accepted, and nobody says why."""
    accepted_by_end: int = 0
    """Ended, and nobody says on which day they were accepted."""
    sayings: Sayings = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what was said of answers."""
        self.sayings = Sayings(self.options.values)

    def read(self, number: int, row: Row, person: int) -> ReferralRow | str:
        """Return the referral of a row, or why the row is left out."""
        received = self._received(number, row)
        if received is None:
            return "it has no day on which it was received"
        remarks = Remarks()
        source_type, sender = self._sender(number, row, remarks)
        name = clean(self.text(row, Field.ACTIVITY)) or clean(self.options.activity)
        activity = self.activities.place(name) if name else None
        if name and activity is None:
            remarks.add("Activity wanted", name)
        reasons = self._several(number, row, Field.REASONS, remarks)
        needs = self._several(number, row, Field.NEEDS, remarks)
        steps = StepsReader(self, number, row, received).read(remarks)
        notes = self._joined(row, Field.NOTES)
        one = ReferralRow(
            place=Place(sheet=self.sheet, row=number),
            person=person,
            received_on=received,
            activity=activity,
            sender=sender,
            source_type=source_type,
            channel=self._code(number, row, Field.CHANNEL, remarks) or "not_recorded",
            reference=clean(self.text(row, Field.REFERENCE))[:NAME_LIMIT],
            reasons=reasons,
            needs=needs,
            what_helps=self.text(row, Field.WHAT_HELPS)[:TEXT_LIMIT],
            report_back=self._code(number, row, Field.REPORT_BACK, remarks) or "not_asked",
            who_pays=self._code(number, row, Field.WHO_PAYS, remarks) or "not_known",
            notes="\n".join(filter(None, (notes, *remarks.lines)))[:TEXT_LIMIT],
            steps=steps,
        )
        return one if self._may_stand(number, row, one) else "its day cannot be"

    def _may_stand(self, number: int, row: Row, one: ReferralRow) -> bool:
        draft = ReferralDraft(received_on=one.received_on)
        for problem in validate_referral(draft, today=self.options.today):
            cell = self.cell(row, Field.RECEIVED_ON)
            self.problem(number, Field.RECEIVED_ON, problem.code, text_of(cell), problem.text)
            return False
        return True

    # --- cells ---

    def cell(self, row: Row, column: Field) -> Cell:
        """Return the cell of a field, "" where there is none."""
        index = self.columns.one(column)
        return row[index] if 0 <= index < len(row) else ""

    def text(self, row: Row, column: Field) -> str:
        """Return the text of a field."""
        return clean_text(self.cell(row, column))

    def header(self, column: Field) -> str:
        """Return what stands over a field's column."""
        letters = column_letters(self.columns.one(column))
        return next((d.header for d in self.columns.decisions if d.column == letters), "")

    def day(self, row: Row, column: Field) -> tuple[dt.date | None, str]:
        """Return the day in a field's cell, or None and the code of what is wrong with it."""
        cell = self.cell(row, column)
        return (None, "") if is_blank(cell) else self.people.day_of(cell)

    def problem(self, number: int, column: Field, code: str, value: str, text: str = "") -> None:
        """Note a value that could not be taken as it stands."""
        if len(self.problems) >= _MOST_PROBLEMS:
            return
        index = self.columns.one(column)
        letters = column_letters(index) if index >= 0 else ""
        place = Place(sheet=self.sheet, row=number, column=letters)
        message = text or problem_text(code, value)
        self.problems.append(ImportProblem(place=place, code=code, message=message, value=value))

    def _joined(self, row: Row, column: Field) -> str:
        indexes = self.columns.by_field.get(column, ())
        texts = (clean_text(row[i]) for i in indexes if i < len(row))
        return "; ".join(text for text in texts if text)

    # --- parts of a referral ---

    def _received(self, number: int, row: Row) -> dt.date | None:
        found, code = self.day(row, Field.RECEIVED_ON)
        if code:
            value = text_of(self.cell(row, Field.RECEIVED_ON))
            self.problem(number, Field.RECEIVED_ON, "referral_day_unknown", value)
        return found

    def _code(self, number: int, row: Row, column: Field, remarks: Remarks) -> str:
        """Return the code of a field's answer, "" where there is none; what is unknown is kept."""
        text = self.text(row, column)
        if not text:
            return ""
        code = self.sayings.told(column, text) or known_code(column, text)
        if code is None:
            self.unknown(number, column, text, remarks)
        elif code == NOT_ASKED and known_code(column, text) != NOT_ASKED:
            remarks.add(self.header(column), text)
        return "" if code in {None, NOT_ASKED} else str(code)

    def unknown(self, number: int, column: Field, text: str, remarks: Remarks) -> None:
        """Count an answer that is not known, name it, and keep it in the notes."""
        self.sayings.unknown(column, text)
        self.problem(number, column, "referral_word_unknown", text)
        remarks.add(self.header(column), text)

    def _several(self, number: int, row: Row, column: Field, remarks: Remarks) -> frozenset[str]:
        codes: set[str] = set()
        for index in self.columns.by_field.get(column, ()):
            text = clean_text(row[index]) if index < len(row) else ""
            for part in parts_of(column, text):
                code = self.sayings.told(column, part) or known_code(column, part)
                if code == NOT_ASKED:
                    remarks.add(self.header(column), part)
                elif code:
                    codes.add(code)
                elif len(part) > LONGEST_WORD:
                    self.own_words += 1
                    remarks.add(self.header(column), part)
                else:
                    self.unknown(number, column, part, remarks)
        return frozenset(codes - {"not_told"} or codes)

    def _sender(self, number: int, row: Row, remarks: Remarks) -> tuple[str, SenderRow]:
        """Return the kind of sender and who it was; "GP" under an organisation is a kind."""
        name = clean(self.text(row, Field.ORGANISATION))
        text = self.text(row, Field.SOURCE_TYPE)
        told = self.sayings.told(Field.SOURCE_TYPE, text) if text else ""
        source = told or known_code(Field.SOURCE_TYPE, text) if text else None
        if text and source is None and not self.columns.has(Field.ORGANISATION):
            name = clean(text)  # a column of sources may name the surgery itself
        elif text and source is None:
            self.unknown(number, Field.SOURCE_TYPE, text, remarks)
        elif source == NOT_ASKED:
            remarks.add(self.header(Field.SOURCE_TYPE), text)
        if name and (kind := known_code(Field.SOURCE_TYPE, name)):
            source, name = source or kind, ""
        worker = clean(self.text(row, Field.WORKER))
        for label, value in (("Organisation", name), ("Referred by", worker)):
            if len(value) > NAME_LIMIT or (label == "Referred by" and value and not name):
                remarks.add(label, value)
        name = "" if len(name) > NAME_LIMIT else name
        sender = SenderRow(
            name=name,
            worker=worker if name and len(worker) <= NAME_LIMIT else "",
            job=self.text(row, Field.WORKER_JOB)[:NAME_LIMIT],
            phone=self.text(row, Field.WORKER_PHONE)[:NAME_LIMIT],
            email=self.text(row, Field.WORKER_EMAIL)[:NAME_LIMIT],
        )
        kept = source if source and source != NOT_ASKED else "not_recorded"
        return kept, sender

    def said(self) -> list[str]:
        """Return what was settled without asking."""
        notes: list[str] = []
        if self.own_words:
            notes.append(
                f"Reasons in somebody's own words were kept in the notes of the referrals: {self.own_words:,}."
            )
        if self.without_reason:
            notes.append(
                f"Not accepted without a reason that is known: {self.without_reason:,}. They are kept as "
                f"“{NOT_ACCEPTED_REASONS['other']}”."
            )
        if self.accepted_by_end:
            notes.append(
                "Ended, and the file does not say on which day they were accepted: "
                f"{self.accepted_by_end:,}. The day they ended stands for it, so the answer may count "
                "as late; correct it on the referral."
            )
        return notes

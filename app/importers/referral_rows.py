"""Turn the cells of a row into a referral: day, sender, reasons, and what was done on which day.

Nothing is made up and nothing is dropped: what is not known stands in the notes and is named.
"""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.activities import ActivityDraft, validate_activity
from app.domain.equality import NOT_ASKED
from app.domain.names import NAME_LIMIT, TEXT_LIMIT, clean
from app.domain.referrals import ReferralDraft, validate_referral
from app.importers.base import ActivityRow, Place, ReferralRow, SenderRow
from app.importers.cells import Row, text_of
from app.importers.fields import Field
from app.importers.people_rows import clean_text
from app.importers.person_names import match_key
from app.importers.referral_cells import ReferralCells, Remarks
from app.importers.referral_steps import StepsReader
from app.importers.referral_values import LONGEST_WORD, known_code, parts_of


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
class ReferralReader(ReferralCells):
    """Read rows of one table as referrals; problems and things to say collect in it."""

    activities: Activities = field(default_factory=Activities)

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
        notes = self.joined(row, Field.NOTES)
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
        """Return the kind of sender and who it was; "GP" as a name is a kind."""
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
        if worker and (kind := known_code(Field.SOURCE_TYPE, worker)):
            source, worker = source or kind, ""
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

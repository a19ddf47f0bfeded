"""What every block of a return is filled from: the group, the moment, the numbers, the answers."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.domain.grants import Grant
from app.domain.money import read_pounds, short_pounds
from app.domain.periods import MONTHS, Period, long_date
from app.domain.places import Agreement
from app.domain.problems import Problem
from app.domain.settings import LEGAL_FORMS, Settings
from app.returns.counting.numbers import Numbers
from app.returns.counting.small_numbers import RULES
from app.returns.filled import Json, Orientation, Text, plain
from app.returns.language.phrases import Phrase, Printed, Ref, fill
from app.returns.language.questions import AnsweredSpec
from app.returns.language.template import Template, phrases_of
from app.returns.options import ReturnOptions
from app.storage.register import Register


@dataclass(slots=True, kw_only=True)
class Filling:
    """A return while it is being filled; blocks add their tables, answers and warnings to it."""

    template: Template
    options: ReturnOptions
    period: Period
    settings: Settings
    activity: str
    counted_at: dt.datetime
    numbers: Numbers
    register: Register = field(repr=False)
    volunteer_rate: Callable[[], str]
    tables: list[Json] = field(default_factory=list, repr=False)
    answers: dict[str, Json] = field(default_factory=dict, repr=False)
    warnings: list[str] = field(default_factory=list)
    rules_said: set[str] = field(default_factory=set)
    """The rules that a note under a table has already told; later notes say "as above"."""
    reader_notes: list[str] = field(default_factory=list)
    """What the reader of the paper should know, not only who fills it."""
    agreement: Agreement | None = None
    """The agreement that the return is about, where it is about one."""
    grant: Grant | None = None
    """The grant that the return is about, where it is about one."""
    kept: dict[str, object] = field(default_factory=dict, repr=False)
    """What one block counted that others show too."""
    foot: tuple[str, ...] = ()
    orientation: Orientation = Orientation.AUTO

    def text(self, phrase: Phrase) -> Text:
        """Return a sentence with its figures and facts in it."""
        return fill(phrase, self.printed)

    def words(self, phrase: Phrase) -> str:
        """Return a sentence without its weights and sources, for headings."""
        return plain(self.text(phrase))

    def label(self, phrase: Phrase) -> str:
        """Return words that are no sentence, so that no capital begins them."""
        return plain(fill(phrase, self.printed, sentence=False))

    def printed(self, ref: Ref) -> Printed:
        """Return what stands in a sentence's place."""
        if ref.is_answer:
            return Printed(text=self._answer(ref.part))
        if ref.is_fact:
            return Printed(text=self._fact(ref.name))
        return self.numbers.printed(ref)

    def warn(self, sentence: str, *, on_paper: str = "") -> None:
        """Note something that whoever fills the return should know, once, and what readers should."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)
        if on_paper and on_paper not in self.reader_notes:
            self.reader_notes.append(on_paper)

    @property
    def _sum(self) -> str:
        pence = self.sum_pence
        return "a small sum" if pence is None else short_pounds(pence)

    @property
    def sum_pence(self) -> int | None:
        """The sum asked for: the return's own, else the answer's, else the planned grant's."""
        if self.options.sum_pence:
            return self.options.sum_pence
        typed = read_pounds(self.options.answers.get("sum", ""))
        if not isinstance(typed, Problem) and typed > 0:
            return typed
        return self.grant.applied_pence if self.grant is not None else None

    def _small_numbers(self) -> str:
        rule = RULES[self.numbers.mode]
        return f"{rule}." if rule else ""

    def _year_end(self) -> str:
        month, _, day = self.settings.year_end.partition("-")
        return f"{int(day)} {MONTHS[int(month) - 1]}"

    def _answer(self, question: str) -> str:
        """Return the words of an answer, its paragraphs one after the other."""
        found = next((one for one in self.template.questions() if one.id == question), None)
        parts = found.parts if isinstance(found, AnsweredSpec) else ()
        said = (phrase for part in parts for phrase in phrases_of(part))
        return " ".join(self.words(phrase) for phrase in said)

    def _fact(self, name: str) -> str:
        facts: Mapping[str, Callable[[], str]] = {
            "group": lambda: self.settings.group_name or "Our group",
            "tagline": lambda: self.settings.tagline,
            "contact": lambda: self.settings.contact,
            "period": lambda: self.period.text,
            "first": lambda: long_date(self.period.first),
            "last": lambda: long_date(self.period.last),
            "activity": lambda: self.activity or "All activities",
            "only": lambda: f" · {self.activity}" if self.activity else "",
            "counted": lambda: long_date(self.counted_at.date()),
            "volunteer_rate": self.volunteer_rate,
            "sum": lambda: self._sum,
            "legal_form": lambda: LEGAL_FORMS.get(self.settings.legal_form, ""),
            "charity_number": lambda: self.settings.charity_number,
            "company_number": lambda: self.settings.company_number,
            "year_end": self._year_end,
            "small_numbers": self._small_numbers,
        }
        return facts[name]()

"""What comes to light while a file is read: problems, rows left out, questions, things to say."""

from dataclasses import dataclass, field

from app.importers.base import Choice, ImportProblem, Place, Question, Skipped, ValueMeaning
from app.importers.cells import column_letters
from app.importers.problem_texts import problem_text

MOST_SKIPPED = 1_000
"""Rows left out that are listed one by one; a list of millions of notes helps nobody."""


@dataclass(slots=True)
class Findings:
    """Collected in the order of the file."""

    problems: list[ImportProblem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: list[ValueMeaning] = field(default_factory=list)
    date_because: str = ""
    """By what the order of the dates was settled."""

    def problem(
        self, sheet: str, row: int, column: int, code: str, value: str, *, text: str = "",
        rows: int = 1,
    ) -> None:  # fmt: skip
        """Note a value that could not be taken; ``column`` is -1 when it has none of its own."""
        message = text or problem_text(code, value)
        if rows > 1:
            message = f"{message} It stands in {rows:,} rows, first in this one."
        place = Place(sheet=sheet, row=row, column=column_letters(column) if column >= 0 else "")
        self.problems.append(ImportProblem(place=place, code=code, message=message, value=value))

    def skip(self, sheet: str, row: int, why: str, value: str) -> None:
        """Note a row that is left out on purpose."""
        if len(self.skipped) < MOST_SKIPPED:
            self.skipped.append(Skipped(place=Place(sheet=sheet, row=row), why=why, value=value))

    def note(self, text: str) -> None:
        """Say something that was settled without asking, once."""
        if text not in self.notes:
            self.notes.append(text)

    def ask(self, question: Question) -> None:
        """Ask something, once for each kind and what it is about."""
        if not any(q.kind == question.kind and q.about == question.about for q in self.questions):
            self.questions.append(question)

    def asks(self, *kinds: str) -> bool:
        """Say whether a question of one of the kinds waits for its answer."""
        return any(q.kind in kinds and not q.default for q in self.questions)

    def offer_activity(self, name: str, source: str) -> None:
        """Offer the name an activity was given, to be changed by who knows better."""
        self.ask(
            Question(
                kind="activity",
                text="What is the activity called?",
                choices=(Choice(value=name, words=name),),
                default=name,
                settled=f"The sessions go under “{name}”, after {source}.",
                about=name,
            )
        )

    def serials(self, count: int, *, epoch_1904: bool) -> None:
        """Say that bare numbers were read as dates."""
        if count:
            epoch = "1904" if epoch_1904 else "1900"
            self.note(f"{count:,} bare numbers were read as dates counted from {epoch}.")

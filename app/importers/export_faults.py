"""What is wrong in the files of an open export, with its place; the first thousand of it."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.problems import Problem
from app.importers.base import ImportProblem, Place
from app.importers.problem_texts import problem_text

_MOST_PROBLEMS = 1_000


@dataclass(slots=True)
class Faults:
    """Collected in the order of the files."""

    problems: list[ImportProblem] = field(default_factory=list)

    def problem(self, where: Place, code: str, value: str) -> None:
        """Note a value that could not be taken as it stands."""
        self._keep(where, code, problem_text(code, value), value)

    def broken_rule(self, where: Place, problem: Problem, value: str) -> None:
        """Note a value that the book itself would refuse."""
        self._keep(where, problem.code, problem.text, value)

    def day(self, text: str, where: Place, *, needed: bool = False) -> dt.date | None:
        """Return an ISO date, or None where there is none or it could not be read."""
        if not text and not needed:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self.problem(where, "date_unknown", text)
            return None

    def _keep(self, where: Place, code: str, message: str, value: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(
                ImportProblem(place=where, code=code, message=message, value=value)
            )

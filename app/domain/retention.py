"""How long each kind of record is kept, why, and what is done with it then."""

from dataclasses import dataclass
from enum import StrEnum

_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class KeepAction(StrEnum):
    """What is done with a record when its time is over."""

    ANONYMISE = "anonymise"
    DELETE = "delete"
    DESTROY = "destroy"
    REVIEW = "review"


ACTION_WORDS = {
    KeepAction.ANONYMISE: "made nameless",
    KeepAction.DELETE: "deleted",
    KeepAction.DESTROY: "shredded",
    KeepAction.REVIEW: "looked at again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long one kind of record is kept; ``months`` 0 where the group's own policy decides."""

    id: str
    title: str
    months: int
    from_what: str
    """From what the time is counted, in words."""
    reason: str
    action: KeepAction
    source: str

    @property
    def how_long(self) -> str:
        """The time in words: "two years after the last time …", or what decides it."""
        if not self.months:
            return self.from_what
        years, months = divmod(self.months, 12)
        parts = [_said(years, "year"), _said(months, "month")]
        return f"{' and '.join(part for part in parts if part)} after {self.from_what}"


def _said(number: int, unit: str) -> str:
    if not number:
        return ""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {unit}{'' if number == 1 else 's'}"

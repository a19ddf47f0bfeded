"""The register's own settings, each declared once with its default, title and help."""

import re
from dataclasses import dataclass, field, fields
from typing import Any

from app.domain.names import NAME_LIMIT
from app.domain.periods import month_end
from app.domain.problems import Problem

MOST_BLANK_ROWS = 40
"""Two full pages of them."""
_LEAP_YEAR = 2024


def _setting(default: Any, title: str, help_text: str, *, private: bool = False) -> Any:
    return field(default=default, repr=not private, metadata={"title": title, "help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the group has told the program about itself."""

    group_name: str = _setting("", "Group's name", "As it is printed on sheets and returns.")
    tagline: str = _setting("", "What you do and where", "One line under the name on reports.")
    contact: str = _setting(
        "", "Who to ask", "Printed on sheets: who to ask about what is kept.", private=True
    )
    year_end: str = _setting("03-31", "Year end", "Month and day on which your year ends.")
    age_bands: str = _setting(
        "standard", "Age bands", "The set of age bands shown first; returns may use another."
    )
    blank_rows: int = _setting(6, "Blank rows", "Empty rows at the foot of a printed register.")
    pretend: bool = _setting(False, "Pretend group", "Marks a book of pretend people to try with.")
    logo: str = _setting(
        "", "Logo", "A picture for reports, kept in the book (base 64).", private=True
    )


def setting_names() -> tuple[str, ...]:
    """Return the names of all settings."""
    return tuple(f.name for f in fields(Settings))


def validate_settings(settings: Settings) -> tuple[Problem, ...]:
    """Return what has to be corrected before settings can be kept."""
    problems: list[Problem] = []
    if not settings.group_name.strip():
        problems.append(Problem(code="group_name_needed", field="group_name"))
    for name in ("group_name", "tagline", "contact"):
        length = len(getattr(settings, name))
        if length > NAME_LIMIT:
            values = {"limit": str(NAME_LIMIT)}
            problems.append(Problem(code="text_too_long", field=name, values=values))
    if year_end(settings.year_end) is None:
        problems.append(Problem(code="year_end_unknown", field="year_end"))
    if not 0 <= settings.blank_rows <= MOST_BLANK_ROWS:
        values = {"limit": str(MOST_BLANK_ROWS)}
        problems.append(Problem(code="blank_rows_range", field="blank_rows", values=values))
    return tuple(problems)


def year_end(text: str) -> tuple[int, int] | None:
    """Return month and day of a year end kept as "03-31", or None when there is no such day."""
    match = re.fullmatch(r"([0-9]{2})-([0-9]{2})", text)
    if not match:
        return None
    month, day = int(match[1]), int(match[2])
    fits = 1 <= month <= 12 and 1 <= day <= month_end(_LEAP_YEAR, month).day
    return (month, day) if fits else None

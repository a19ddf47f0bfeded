"""The register's own settings, each declared once with its default, title and help."""

from dataclasses import dataclass, field, fields
from typing import Any


def _setting(default: Any, title: str, help_text: str, **extra: object) -> Any:
    return field(default=default, metadata={"title": title, "help": help_text, **extra})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the group has told the program about itself."""

    group_name: str = _setting("", "Group's name", "As it is printed on sheets and returns.")
    tagline: str = _setting("", "What you do and where", "One line under the name on reports.")
    contact: str = _setting("", "Who to ask", "Printed on sheets: who to ask about what is kept.")
    year_end: str = _setting("03-31", "Year end", "Month and day on which your year ends.")
    age_bands: str = _setting(
        "standard", "Age bands", "The set of age bands shown first; returns may use another."
    )
    blank_rows: int = _setting(6, "Blank rows", "Empty rows at the foot of a printed register.")
    pretend: bool = _setting(False, "Pretend group", "Marks a book of pretend people to try with.")
    logo: str = _setting("", "Logo", "A picture for reports, kept in the book (base 64).")


def setting_names() -> tuple[str, ...]:
    """Return the names of all settings."""
    return tuple(f.name for f in fields(Settings))

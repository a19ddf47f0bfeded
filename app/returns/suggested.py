"""Hold what could be changed in a template so that fewer of its numbers are hidden."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Bands or categories to add together: said in a sentence, and as the key to set."""

    sentence: str
    figure: str
    by: str
    key: str
    """The line to write in the block: ``merge = true``, ``by = "ethnicity_group"``."""
    hidden: int
    """How many numbers of the return are hidden now."""
    would_be: int
    """How many would be hidden then."""

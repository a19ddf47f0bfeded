"""Read a length of time as somebody types it."""

import re

_DECIMAL = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?|[.,]\d{1,2})\s*(?:h|hr|hrs|hour|hours)?")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|hr|hrs|hour|hours)\s*(\d{1,2})\s*(?:m|min|mins|minutes)?")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:m|min|mins|minutes)")


def read_minutes(typed: str) -> int | None:
    """Return the minutes in 1.5, 1 h 30, 1:30, 90 min, or None when it is no length of time."""
    text = typed.strip().casefold()
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    if match := _CLOCK.fullmatch(text):
        return int(match[1]) * 60 + int(match[2]) if int(match[2]) < 60 else None
    if match := _DECIMAL.fullmatch(text):
        return round(float(match[1].replace(",", ".")) * 60)
    return None

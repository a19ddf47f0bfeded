"""The words of the returns pages: whose eyes, which copy, what a file is called."""

import re

from app.domain.disclosure import Disclosure
from app.services.returns import Copy, FilledReturn
from app.ui.returns.making import Made

DISCLOSURES = {
    Disclosure.INTERNAL: "Ourselves: every number",
    Disclosure.FUNDER: "A funder: numbers under 5 hidden",
    Disclosure.NHS: "The NHS: 1 to 7 hidden, the rest rounded",
    Disclosure.PUBLIC: "The public: numbers under 10 hidden",
}
COPIES = {
    Copy.SIGN_IN: "To sign in on the night",
    Copy.LEADER: "The leader’s sealed copy",
}


def suggested_name(made: Made) -> str:
    """Return a file name that says what it is: Impact report, Tuesday Movers, 1 April 2025.pdf."""
    return name_of(made.filled)


def name_of(filled: FilledReturn) -> str:
    """Return the file name of a filled return's pages."""
    # Some titles name group and period already.
    more = (part for part in (filled.group, filled.period) if part and part not in filled.title)
    return safe_name(filled.title, *more)


def safe_name(*parts: str) -> str:
    """Return the name of a PDF that any computer takes, from parts of it."""
    name = re.sub(r"\s*:\s*", ", ", ", ".join(parts))
    return re.sub(r'[\\/*?"<>|]+', " ", name)[:120].strip() + ".pdf"

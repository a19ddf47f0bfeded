"""What titles, sheet names and file names tell: which activity, at what time, cancelled or not."""

import re
from collections.abc import Iterable, Sequence

from app.domain.activities import parse_time
from app.domain.attendance import Role
from app.domain.periods import MONTHS
from app.importers.cells import text_of
from app.importers.dates import read_text, weekday_of_text

_NOT_A_NAME = frozenset(
    [
        "register",
        "registers",
        "attendance",
        "attendances",
        "sheet",
        "sheets",
        "list",
        "lists",
        "record",
        "records",
        "log",
        "book",
        "signing",
        "sign",
        "in",
        "signin",
        "term",
        "terms",
        "autumn",
        "spring",
        "summer",
        "winter",
        "easter",
        "christmas",
        "half",
        "week",
        "weeks",
        "wk",
        "year",
        "years",
        "month",
        "months",
        "monthly",
        "weekly",
        "date",
        "dates",
        "session",
        "sessions",
        "from",
        "to",
        "of",
        "for",
        "the",
        "and",
        "as",
        "at",
        "on",
        "data",
        "copy",
        "final",
        "new",
        "old",
        "version",
        "v2",
        "v3",
        "draft",
        "updated",
        "import",
        "export",
        "members",
        "member",
        "participants",
        "participant",
        "names",
        "name",
        "class",
        "total",
        "present",
        "absent",
        "key",
        "no",
        "page",
        "st",
        "nd",
        "rd",
        "th",
        "q1",
        "q2",
        "q3",
        "q4",
        "quarter",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "csv",
        "xlsx",
        "calendar",
        "academic",
        "financial",
        "tracker",
        "tracking",
        "grid",
        "form",
        "forms",
        "sheet1",
        "sheet2",
        "sheet3",
        "sheet4",
        "workbook",
        "figures",
        "numbers",
        "headcount",
        "headcounts",
    ]
) | {m.casefold() for m in MONTHS}
_GROUP_WORDS = frozenset(
    [
        "group",
        "club",
        "class",
        "session",
        "choir",
        "café",
        "cafe",
        "lunch",
        "art",
        "arts",
        "craft",
        "crafts",
        "yoga",
        "walk",
        "walking",
        "walkers",
        "drop-in",
        "dropin",
        "social",
        "choir",
        "singing",
        "dance",
        "knit",
        "natter",
        "coffee",
        "morning",
        "tea",
        "shed",
        "garden",
        "gardening",
        "youth",
        "toddlers",
        "playgroup",
        "movement",
        "exercise",
        "bingo",
        "fitness",
        "friendship",
        "over",
    ]
)
_GENERIC_SHEET = re.compile(r"(?:sheet|table|tab|page|feuil|blad)\s*\d*", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:leader|tutor|venue|place|where|time|organiser|contact|run by|held at|key|day|"
                    r"printed|week commencing|date|notes?|page|at|from|room|hall)\b\s*[:=-]?", re.IGNORECASE)  # fmt: skip
_ACTIVITY_LABEL = re.compile(
    r"^(?:activity|group|club|class|session|name of group|group name|project)\s*[:=-]\s*",
    re.IGNORECASE,
)
_LONGEST = 80

_CLOCK = r"(\d{1,2}(?:[:.]\d{2})?)\s*(am|pm|a\.m\.|p\.m\.)?"
_RANGE = re.compile(
    rf"(?<![\d/.-]){_CLOCK}\s*(?:-|–|—|to|until|till)\s*{_CLOCK}(?![\d/-])", re.IGNORECASE
)

_CANCELLED: tuple[tuple[str, str], ...] = (
    ("bank holiday", "bank_holiday"), ("bank hol", "bank_holiday"), ("b/h", "bank_holiday"),
    ("bh", "bank_holiday"), ("good friday", "bank_holiday"), ("easter monday", "bank_holiday"),
    ("boxing day", "bank_holiday"), ("may day", "bank_holiday"), ("snow", "weather"),
    ("weather", "weather"), ("storm", "weather"), ("flood", "weather"), ("ice", "weather"),
    ("hall closed", "hall_closed"), ("no hall", "hall_closed"), ("venue closed", "hall_closed"),
    ("hall not available", "hall_closed"), ("no volunteers", "no_volunteers"),
    ("leader ill", "leader_away"), ("leader away", "leader_away"), ("leader sick", "leader_away"),
    ("tutor ill", "leader_away"), ("tutor away", "leader_away"), ("no tutor", "leader_away"),
    ("no leader", "leader_away"), ("no money", "no_money"), ("too few", "few_coming"),
    ("half term", "other"), ("half-term", "other"), ("halfterm", "other"), ("cancelled", "other"),
    ("canceled", "other"), ("no session", "other"), ("no class", "other"), ("no group", "other"),
    ("no club", "other"), ("no meeting", "other"), ("not on", "other"), ("closed", "other"),
    ("christmas", "other"), ("xmas", "other"), ("easter", "other"), ("covid", "other"),
    ("lockdown", "other"), ("election", "other"), ("holiday", "other"), ("holidays", "other"),
    ("break", "other"), ("did not run", "other"), ("not held", "other"),
)  # fmt: skip


def activity_in(text: str) -> str:
    """Return the name of the activity in a title, what is only about dates or paper left out; or ""."""
    text = text_of(text)
    if not text or len(text) > _LONGEST or _GENERIC_SHEET.fullmatch(text) or "=" in text:
        return ""
    labelled = _ACTIVITY_LABEL.match(text)
    if labelled:
        return text[labelled.end() :].strip()
    if _ABOUT.match(text) or read_text(text) is not None:
        return ""
    words = re.split(r"[\s_]+", _RANGE.sub(" ", text))
    # Only at the ends: "Register of the Over 60s Club, autumn term" is the Over 60s Club.
    kept = list(words)
    while kept and (_is_about_dates(kept[0]) or _is_small(kept[0])):
        kept = kept[1:]
    while kept and (_is_about_dates(kept[-1]) or _is_small(kept[-1])):
        kept.pop()
    while len(kept) > 1 and weekday_of_text(kept[-1].strip("-–—:,.&()")) >= 0:
        kept.pop()
    name = " ".join(kept).strip(" -–—:,.&()/|")
    real = [w for w in kept if weekday_of_text(w.strip("-–—:,.&()")) < 0]
    if not any(c.isalpha() for c in name) or not real:
        return ""
    return name if any(c.isupper() for c in name) else name.title()


def _is_small(word: str) -> bool:
    """Say whether a word only holds others together, or is a mark between them."""
    return word.casefold().strip("-–—:,.&()/|") in {"", "and", "of", "for", "the", "at", "on"}


def _is_about_dates(word: str) -> bool:
    bare = word.casefold().strip("-–—:,.()[]'’/|")
    if not bare:
        return not word.strip("|/()[]:,.")
    return bare in _NOT_A_NAME or bool(re.fullmatch(r"[\d/.–-]+(?:st|nd|rd|th)?|\d+-\d+|y\d", bare))


def activity_of(
    titles: Sequence[str], sheet: str, file_stem: str, *, sheets_tell: bool
) -> tuple[str, str]:
    """Return the activity of a table, and from what: "the title", "the sheet's name", "the file's name".

    ``sheets_tell``: the file has one sheet for each activity.
    """
    from_sheet = activity_in(sheet)
    if sheets_tell and from_sheet:
        return from_sheet, "the sheet's name"
    named = [(activity_in(title), title) for title in titles]
    found = [name for name, _ in named if name]
    if found:
        likely = [n for n in found if set(n.casefold().split()) & _GROUP_WORDS]
        return (likely or found)[0], "the title"
    if from_sheet and sheet != file_stem:
        return from_sheet, "the sheet's name"
    return activity_in(file_stem) or "Our sessions", "the file's name"


def times_in(texts: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the start and end ("HH:MM") of the first text that gives a range, as 2-4pm; or Nones."""
    for text in texts:
        for match in _RANGE.finditer(text):
            times = _times_of(*match.groups())
            if times is not None:
                return times
    return None, None


def is_clock(text: str) -> bool:
    """Say whether a text is a time of day and nothing else: 10:00, 2pm, 10.30am; not a bare number."""
    return not text.isdecimal() and parse_time(text) is not None


def times_over(texts: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the start and end of what stands over or under one date: a range, or one time or two."""
    found = times_in(texts)
    if found[0] is not None:
        return found
    clocks = [time for text in texts if is_clock(text) and (time := parse_time(text)) is not None]
    if not clocks:
        return None, None
    later = [time for time in clocks[1:] if time > clocks[0]]
    return clocks[0], later[0] if later else None


def _times_of(
    first: str, first_half: str | None, last: str, last_half: str | None
) -> tuple[str, str] | None:
    if not (first_half or last_half or ":" in first or "." in first):
        return None
    end = parse_time(last + (last_half or ""))
    start = parse_time(first + (first_half or last_half or ""))
    if first_half is None and last_half and start and end and start >= end:
        start = parse_time(first + "am")
    return (start, end) if start and end and start < end else None


def cancelled_in(text: str) -> tuple[str, str] | None:
    """Return (reason code, the words) when a text says that a session did not run, else None."""
    words = text_of(text)
    bare = words.casefold().strip(" .!*")
    if not 2 <= len(bare) <= _LONGEST:
        return None
    for phrase, reason in _CANCELLED:
        if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", bare):
            return reason, words
    return None


def cancelled_down(cells: Sequence[str]) -> tuple[str, str] | None:
    """Return why a session did not run when its column says so, in one cell or a letter a row."""
    if not cells:
        return None
    if all(len(cell) == 1 for cell in cells) and len(cells) >= 4:
        word = "".join(cells).casefold()
        found = cancelled_in(word)
        return (found[0], word.capitalize()) if found else None
    found_all = [cancelled_in(cell) for cell in cells]
    return found_all[0] if all(found_all) else None


def role_in(texts: Iterable[str]) -> Role | None:
    """Return the role of everybody in a table whose title or sheet says no more than "Volunteers"."""
    for text in texts:
        words = [w for w in text.split() if not _is_about_dates(w)]
        bare = " ".join(word.casefold().strip("-–—:,.()&") for word in words)
        if bare in {"volunteers", "volunteer", "helpers", "our volunteers", "volunteer helpers"}:
            return Role.VOLUNTEER
        if bare in {"staff", "leaders", "tutors"}:
            return Role.LEADER
    return None

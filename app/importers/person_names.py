"""One written name into its parts: "Smith, Jane", "Mrs Jane van der Berg", "Margaret (Peggy) Bell"."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.attendance import Role
from app.importers.cells import text_of

TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "master",
        "dr",
        "doctor",
        "rev",
        "revd",
        "reverend",
        "cllr",
        "councillor",
        "sir",
        "dame",
        "prof",
        "professor",
        "lady",
        "lord",
        "fr",
        "sr",
        "bro",
        "sis",
        "imam",
        "pastor",
    ]
)
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "bin",
        "ibn",
        "al",
        "el",
        "abu",
        "st",
        "saint",
        "mac",
        "mc",
        "zu",
        "ap",
        "ab",
        "y",
        "ó",
        "ní",
        "nic",
        "uí",
        "ua",
    ]
)
_ROLE_WORDS = {
    "v": Role.VOLUNTEER, "vol": Role.VOLUNTEER, "volunteer": Role.VOLUNTEER,
    "helper": Role.VOLUNTEER, "leader": Role.LEADER, "staff": Role.LEADER, "tutor": Role.LEADER,
    "carer": Role.CARER, "pa": Role.CARER, "support worker": Role.CARER,
}  # fmt: skip
_BRACKETED = re.compile(r"[(\[“\"‘]([^)\]”\"’]+)[)\]”\"’]")
_AFTER_DASH = re.compile(r"\s+[-–—]\s+([^-–—]+)$")
_NUMBERED = re.compile(r"^\d{1,4}[.):]?\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class WrittenName:
    """The parts of a name, and what else was written beside it."""

    given: str = field(default="", repr=False)
    family: str = field(default="", repr=False)
    known_as: str = field(default="", repr=False)
    role: Role | None = None
    remark: str = field(default="", repr=False)


@lru_cache(maxsize=100_000)
def split_name(text: str, *, family_first: bool = False) -> WrittenName:
    """Return the parts of a full name; one word alone is a given name.

    ``family_first`` is for lists headed "Surname First name" that have no comma.
    """
    text = _NUMBERED.sub("", text_of(text))
    known_as, role, remark = "", None, ""
    match = _BRACKETED.search(text)
    if match is None:
        match = _AFTER_DASH.search(text)
    if match:
        inside = match[1].strip()
        text = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
        role = _ROLE_WORDS.get(inside.casefold())
        if role is None:
            single = len(inside.split()) == 1 and inside[:1].isupper() and match.re is _BRACKETED
            known_as, remark = (inside, "") if single else ("", inside)
    given, family = _two_parts(text, family_first=family_first)
    return WrittenName(given, family, known_as, role, remark)


def _two_parts(text: str, *, family_first: bool) -> tuple[str, str]:
    if "," in text:
        family, _, given = text.partition(",")
        return without_title(given.strip(" ,")), family.strip()
    words = without_title(text).split()
    if len(words) < 2:
        # Mrs Patel is a family name; Patel alone, like Cher, is a given one.
        titled = len(text.split()) > len(words) and bool(words)
        return ("", words[0]) if titled else ("".join(words), "")
    if family_first or _is_han(words[0]):
        return " ".join(words[1:]), words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def without_title(text: str) -> str:
    """Return a name without Mr, Mrs, Dr and the like in front."""
    words = text.split()
    while words and words[0].rstrip(".").casefold() in TITLES and len(words) > 1:
        words = words[1:]
    return " ".join(words)


def initials(given: str, family: str) -> str:
    """Return the initials of a name in small letters: Jane van der Berg -> jvdb."""
    return "".join(word[0] for word in f"{given} {family}".split()).casefold()


def _is_han(word: str) -> bool:
    return all(unicodedata.name(c, "").startswith("CJK") for c in word)


def match_key(given: str, family: str, known_as: str = "") -> str:
    """Return the form in which two written names are the same: letters and spacing do not matter."""
    text = f"{given} {family}".strip() or known_as
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.sub(r"[.,]", " ", folded).split())

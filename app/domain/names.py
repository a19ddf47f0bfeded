"""How people's names are shown, put in order and found."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069]"
)
"""Marks nobody sees: they make two same names differ, or turn a line of writing round."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What no line keeps; the last are halves of a letter, as file names in another encoding arrive."""
_CONTROL_IN_LINES = re.compile(r"(?!\n)" + _CONTROL.pattern)
_LINE_END = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")

_ABROAD = re.compile(r"^\s*(?:\+|00)\s*44[\s-]*(?:\(0\)|0(?=\d{9}))?")
_NOT_WORD = re.compile(r"[\W_]+")
NAME_LIMIT = 200
"""Letters in one part of a name; long enough for any name, short enough to print."""
TEXT_LIMIT = 10_000
"""Letters in notes, an address and other long texts."""
WHOLE_NAME_LIMIT = 2 * NAME_LIMIT
"""Letters of a given and a family name: a longer line was pasted by mistake, and is nobody's."""
MOST_WORDS = 12
"""Words of a search that are looked for: more is something pasted by mistake."""


def plain(text: str) -> str:
    """Return a text in plain small letters: Łukasz -> lukasz, ਗੁਰਪ੍ਰੀਤ -> gurprit.

    Used for finding and ordering only, never shown.
    """
    composed = unicodedata.normalize("NFC", text)
    if not composed.isascii():
        # Imported here: most starts of the command line handle no name.
        from anyascii import anyascii

        composed = anyascii(composed)
    return _NOT_WORD.sub(" ", composed.lower()).strip()


def clean(text: str) -> str:
    """Return a typed line without control or unseen marks, composed, with single spaces."""
    return " ".join(_writable(text).split())


def clean_lines(text: str) -> str:
    """Return a typed text of several lines, each clean at its end, without empty ends."""
    composed = _LINE_END.sub("\n", unicodedata.normalize("NFC", text))
    lines = _CONTROL_IN_LINES.sub(" ", _UNSEEN.sub("", composed)).split("\n")
    return "\n".join(map(str.rstrip, lines)).strip()


def _writable(text: str) -> str:
    return _CONTROL.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))


def in_two(typed: str) -> tuple[str, str]:
    """Return given and family name of a name typed in one line.

    "Begum, Shaheda" says which is which; otherwise the last word of two or more is the family's.
    """
    family, comma, given = typed.partition(",")
    if comma and family.strip() and given.strip():
        return given.strip(), family.strip()
    first, _, last = typed.rpartition(" ")
    return (first, last) if first else (last, "")


NAMELESS = "(name taken out)"
"""What stands for somebody whose record was made nameless: nobody else has no name at all."""


def full_name(given: str, family: str, known_as: str = "") -> str:
    """Return the name as spoken: given name and family name, or what they are known as."""
    return " ".join(part for part in (given, family) if part) or known_as or NAMELESS


def list_name(given: str, family: str, known_as: str = "") -> str:
    """Return the name as listed on a register: "Begum, Shaheda", or what there is of it."""
    if family and given:
        return f"{family}, {given}"
    return family or given or known_as or NAMELESS


def sort_key(given: str, family: str, known_as: str = "") -> str:
    """Return the key that puts people in order, the same on paper and on the screen.

    Family name first, then given name, then known-as; the id breaks ties, so the order is total.
    """
    first = plain(family) or plain(given) or plain(known_as)
    return f"{first}\x1f{plain(given)}\x1f{plain(known_as)}"


def search_text(*, names: tuple[str, ...], phone: str, postcode: str) -> str:
    """Return every word by which a person may be found, for the full-text index."""
    words: list[str] = []
    for name in names:
        folded = plain(name)
        words += [unicodedata.normalize("NFC", name).lower(), folded, folded.replace(" ", "")]
    digits = re.sub(r"\D", "", at_home(phone))
    if digits:
        words += [digits, digits[-6:]]
    if postcode:
        words += [postcode.lower(), postcode.replace(" ", "").lower()]
    return " ".join(dict.fromkeys(w for w in words if w))


def search_query(typed: str) -> str:
    """Return an FTS5 query that finds people by the beginnings of every typed word, or ""."""
    digits = re.sub(r"[\s()+-]", "", at_home(typed))
    if digits.isdigit() and len(digits) >= 3:
        return f'"{digits}"*'
    raw = unicodedata.normalize("NFC", typed).lower()
    words = plain(raw).split() or _NOT_WORD.sub(" ", raw).split()
    return " ".join(f'"{word}"*' for word in words[:MOST_WORDS])


def at_home(phone: str) -> str:
    """Return a telephone number as dialled in Britain: +44 (0)7700 900123 -> 07700 900123."""
    return _ABROAD.sub("0", phone)


def normal_postcode(text: str) -> str:
    """Return a postcode in capitals with its one space: "lu71ab" -> "LU7 1AB"; others as typed."""
    packed = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", packed):
        return f"{packed[:-3]} {packed[-3:]}"
    return clean(text).upper()


def postcode_district(postcode: str) -> str:
    """Return the first half of a postcode: "LU7 1AB" -> "LU7"; "" when it is not a postcode."""
    outward, _, inward = postcode.partition(" ")
    return (
        outward if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", outward) and len(inward) in {0, 3} else ""
    )

"""How people's names are shown, put in order and found."""

import re
import unicodedata

from anyascii import anyascii

_NOT_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a text in plain small letters: Łukasz -> lukasz, ਗੁਰਪ੍ਰੀਤ -> gurprit.

    Used for finding and ordering only, never shown.
    """
    return _NOT_WORD.sub(" ", anyascii(unicodedata.normalize("NFC", text)).lower()).strip()


def clean(text: str) -> str:
    """Return a typed text without control marks, in composed form, with single spaces."""
    composed = unicodedata.normalize("NFC", text)
    kept = (c if unicodedata.category(c) not in {"Cc", "Zl", "Zp"} else " " for c in composed)
    return " ".join("".join(kept).split())


def full_name(given: str, family: str, known_as: str = "") -> str:
    """Return the name as spoken: given name and family name, or what they are known as."""
    return " ".join(part for part in (given, family) if part) or known_as


def list_name(given: str, family: str, known_as: str = "") -> str:
    """Return the name as listed on a register: "Begum, Shaheda", or what there is of it."""
    if family and given:
        return f"{family}, {given}"
    return family or given or known_as


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
    digits = re.sub(r"\D", "", phone)
    if digits:
        words += [digits, digits[-6:]]
    if postcode:
        words += [postcode.lower(), postcode.replace(" ", "").lower()]
    return " ".join(dict.fromkeys(w for w in words if w))


def search_query(typed: str) -> str:
    """Return an FTS5 query that finds people by the beginnings of every typed word, or ""."""
    digits = re.sub(r"[\s()+-]", "", typed)
    if digits.isdigit() and len(digits) >= 3:
        return f'"{digits}"*'
    raw = unicodedata.normalize("NFC", typed).lower()
    words = plain(raw).split() or _NOT_WORD.sub(" ", raw).split()
    return " ".join(f'"{word}"*' for word in words)


def normal_postcode(text: str) -> str:
    """Return a postcode in capitals with its one space: "lu71ab" -> "LU7 1AB"; others as typed."""
    packed = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", packed):
        return f"{packed[:-3]} {packed[-3:]}"
    return clean(text).upper()


def postcode_district(postcode: str) -> str:
    """Return the first half of a postcode: "LU7 1AB" -> "LU7"; "" when it has no two halves."""
    outward, _, inward = postcode.partition(" ")
    return outward if inward else ("" if len(postcode) > 4 else outward)

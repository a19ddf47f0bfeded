"""Choose a face for every letter, and say which letters no face has.

A face is opened when the first of its letters turns up, so the four megabytes of Chinese cost
nobody else anything; HarfBuzz looks into a face only for what it is asked.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from app import resources

EM = 1000  # widths are in thousandths of the type size, as PDF has them


class Family(NamedTuple):
    """A typeface: its regular file and its bold one (none: the bold is thickened).

    `scale` brings its letters to the size that Atkinson's look at the same type size.
    """

    regular: str
    bold: str | None
    scale: float = 1.0


def _family(name: str, scale: float = 1.0) -> Family:
    return Family(f"{name}-Regular", f"{name}-Bold", scale)


_ATKINSON = _family("AtkinsonHyperlegibleNext")
_DEJAVU = Family("DejaVuSans", "DejaVuSans-Bold", 0.93)
_DROID = Family("DroidSansFallbackFull", None)
_NASKH = _family("NotoNaskhArabic", 1.14)

# A script's own face goes before the general ones: DejaVu has Arabic letters too, but few.
_SCRIPTS: tuple[tuple[int, int, Family], ...] = (
    (0x0600, 0x08FF, _NASKH),
    (0xFB50, 0xFDFF, _NASKH),
    (0xFE70, 0xFEFC, _NASKH),
    (0x0900, 0x097F, _family("NotoSansDevanagari")),
    (0xA8E0, 0xA8FF, _family("NotoSansDevanagari")),
    (0x0980, 0x09FF, _family("NotoSansBengali")),
    (0x0A00, 0x0A7F, _family("NotoSansGurmukhi")),
    (0x0A80, 0x0AFF, _family("NotoSansGujarati")),
    (0x0B80, 0x0BFF, _family("NotoSansTamil")),
    (0x2E80, 0x9FFF, _DROID),
    (0xF900, 0xFAFF, _DROID),
    (0xFF00, 0xFFEF, _DROID),
)
_GENERAL = (_ATKINSON, _DEJAVU)
_ALL = (*_GENERAL, *dict.fromkeys(family for _, _, family in _SCRIPTS))

REPLACEMENT = "\ufffd"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u00ad]")
_JOINERS = "\u200c\u200d"
_SPACES = re.compile(r"[\t\v\f\u0085\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
_NO_LETTERS = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Face:
    """One opened font file."""

    __slots__ = ("_covered", "ascent", "descent", "fake_bold", "file", "font", "scale")

    def __init__(self, file: str, *, scale: float, fake_bold: bool) -> None:
        self.file = file
        # Read here, not by HarfBuzz: that opens no file under a name with accents on Windows.
        data = resources.path(f"fonts/{file}.ttf").read_bytes()
        self.font = hb.Font(hb.Face(hb.Blob(data)))
        self.font.scale = (EM, EM)
        self.scale = scale
        self.fake_bold = fake_bold
        extents = self.font.get_font_extents("ltr")
        self.ascent: int = extents.ascender
        self.descent: int = -extents.descender
        self._covered: dict[str, bool] = {}

    def covers(self, letters: str) -> bool:
        """Say whether the face has every visible letter of `letters`."""
        known = self._covered
        for one in letters:
            has = known.get(one)
            if has is None:
                glyph = self.font.get_nominal_glyph(ord(one))
                has = known[one] = bool(glyph or _INVISIBLE.match(one))
            if not has:
                return False
        return True


@cache
def _open(file: str, scale: float, fake_bold: bool) -> Face:
    return Face(file, scale=scale, fake_bold=fake_bold)


def face(family: Family, *, bold: bool) -> Face:
    """Return the family's face of that weight."""
    if not bold:
        return _open(family.regular, family.scale, False)
    return _open(family.bold or family.regular, family.scale, family.bold is None)


def base_face(*, bold: bool) -> Face:
    """Return the face that everything is set in unless it lacks the letter."""
    return face(_ATKINSON, bold=bold)


def clean(words: str) -> str:
    """Return `words` composed (NFC), without control characters, every kind of space plain.

    Line feeds and no-break spaces stay. Shaping, measuring and reading back all use this form.
    """
    if words.isascii() and words.isprintable():
        return words
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    words = _NO_LETTERS.sub(REPLACEMENT, _CONTROLS.sub("", _SPACES.sub(" ", words)))
    return unicodedata.normalize("NFC", words)


def letters(words: str) -> Iterator[str]:
    """Yield the letters of `words`, each with the marks that sit on it."""
    start = 0
    for at in range(1, len(words)):
        one = words[at]
        if unicodedata.category(one) in ("Mn", "Mc", "Me") or one in _JOINERS:
            continue
        if words[at - 1] == "\u200d":
            continue
        yield words[start:at]
        start = at
    if words:
        yield words[start:]


@lru_cache(maxsize=4096)
def family_of(letter: str) -> Family | None:
    """Return the family to set `letter` (with its marks) in, or None if no face has it."""
    code = ord(letter[0])
    own = next((family for first, last, family in _SCRIPTS if first <= code <= last), None)
    choice = (own, *_ALL) if own else _ALL
    return next((family for family in choice if face(family, bold=False).covers(letter)), None)


def split(words: str, *, bold: bool) -> list[tuple[Face, str]]:
    """Split `words` into stretches of one face; spaces and points stay with what goes before.

    A letter that no face has becomes the replacement mark: never nothing, never a black square.
    """
    base = base_face(bold=bold)
    if base.covers(words):
        return [(base, words)]
    parts: list[tuple[Face, str]] = []
    for letter in letters(words):
        if parts and _is_neutral(letter) and parts[-1][0].covers(letter):
            chosen = parts[-1][0]
        else:
            family = family_of(letter)
            chosen = face(family or _DEJAVU, bold=bold)
            if family is None:
                letter = REPLACEMENT  # noqa: PLW2901 - what is drawn instead of it
        if parts and parts[-1][0] is chosen:
            parts[-1] = (chosen, parts[-1][1] + letter)
        else:
            parts.append((chosen, letter))
    return parts


def _is_neutral(letter: str) -> bool:
    return unicodedata.bidirectional(letter[0]) in {"WS", "NSM", "ON", "CS", "ES", "ET", "BN"}


def missing_letters(words: str) -> str:
    """Return the letters of `words` that no face can print, each once, in order of appearance."""
    cleaned = clean(words)
    if base_face(bold=False).covers(cleaned.replace("\n", "")):
        return ""
    found = dict.fromkeys(
        letter for letter in letters(cleaned) if not letter.isspace() and family_of(letter) is None
    )
    return "".join(found)

"""The bundled faces: loaded once, in the order in which letters are looked for."""

from functools import cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFontDatabase

from app import resources

FACES = (
    "AtkinsonHyperlegibleNext-Regular",
    "AtkinsonHyperlegibleNext-Italic",
    "AtkinsonHyperlegibleNext-SemiBold",
    "AtkinsonHyperlegibleNext-Bold",
    "AtkinsonHyperlegibleNext-BoldItalic",
    "DejaVuSans",
    "DejaVuSans-Bold",
    "NotoNaskhArabic-Regular",
    "NotoNaskhArabic-Bold",
    "NotoSansBengali-Regular",
    "NotoSansBengali-Bold",
    "NotoSansGurmukhi-Regular",
    "NotoSansGurmukhi-Bold",
    "NotoSansDevanagari-Regular",
    "NotoSansDevanagari-Bold",
    "NotoSansGujarati-Regular",
    "NotoSansGujarati-Bold",
    "NotoSansTamil-Regular",
    "NotoSansTamil-Bold",
    "DroidSansFallbackFull",
)
"""The files of resources/fonts, first the face of the screen, then what it lacks."""


@cache
def load() -> tuple[str, ...]:
    """Make the bundled faces known to Qt; return their families in the order to ask them.

    A letter that the first family lacks is taken from the next that has it.
    """
    # Qt warns of every face it asks before the right one; asking in turn is what is meant here.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    families: dict[str, None] = {}
    for face in FACES:
        number = QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{face}.ttf")))
        # The first name is the family; a SemiBold face gives a second one of its own.
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)[:1]))
    return tuple(families)

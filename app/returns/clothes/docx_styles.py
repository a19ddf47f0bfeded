"""The styles of a Word document: real headings, quiet notes, a face that every computer has."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

_FACE = "Arial"
"""On every computer, plain, and Liberation Sans is as wide where it is not."""
_INK, _MUTED, _SAID, _EDGE = "1F2A44", "5B6478", "FFF8E9", "C98A2B"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """How a style looks; sizes and room in points."""

    size: float
    before: float = 0.0
    after: float = 0.0
    bold: bool = False
    colour: str = _INK
    stays: bool = False
    ground: str = ""
    edge: str = ""


_STYLES = {
    "Normal": _Style(size=10.5, after=6),
    "Heading 1": _Style(size=20, before=12, after=4, bold=True, stays=True),
    "Heading 2": _Style(size=13, before=16, after=4, bold=True, stays=True),
    "Heading 3": _Style(size=11, before=11, after=3, bold=True, stays=True),
    "Subtitle": _Style(size=11.5, after=8),
    "Kicker": _Style(size=9.5, colour=_MUTED, stays=True),
    "Caption": _Style(size=10.5, before=8, after=3, bold=True, stays=True),
    "Note": _Style(size=8.5, before=3, after=6, colour=_MUTED),
    "List Bullet": _Style(size=10.5, after=3),
    "Quote": _Style(size=11.5, before=10, after=0, ground=_SAID, edge=_EDGE),
    "Quote By": _Style(size=8.5, after=10, colour=_MUTED, ground=_SAID, edge=_EDGE),
    "Notice": _Style(size=18, before=10, after=4, bold=True, stays=True),
    "Table Text": _Style(size=9, before=2.5, after=2.5),
    "Table Small": _Style(size=8, before=2.5, after=2.5, colour=_MUTED),
    "Table Head": _Style(size=8.5, before=3, after=3, bold=True),
    "Fact Text": _Style(size=10.5, before=1.5, after=1.5),
    "Big Number": _Style(size=24, before=4, bold=True, stays=True),
    "Big Label": _Style(size=9.5, after=6, colour=_MUTED),
    "Header": _Style(size=9, bold=True),
    "Footer": _Style(size=8, colour=_MUTED),
}


def dress(document: Document, *, accent: str, language: str) -> None:
    """Give a document its styles, face and language."""
    for name, look in _STYLES.items():
        _fit(_style(document, name), look)
    notice = document.styles["Notice"]
    notice.element.get_or_add_pPr().append(_borders(accent, ("top", "left", "bottom", "right")))
    for faces in document.styles.element.iter(qn("w:rFonts")):
        for name in list(faces.attrib):
            del faces.attrib[name]
        for way in ("ascii", "hAnsi", "cs"):
            faces.set(qn(f"w:{way}"), _FACE)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for element in document.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)
    spacing = next(document.styles.element.iter(qn("w:pPrDefault"))).find(".//" + qn("w:spacing"))
    if spacing is not None:
        spacing.set(qn("w:after"), "0")
        spacing.set(qn("w:line"), "264")


def _style(document: Document, name: str) -> Any:
    if name in document.styles:
        return document.styles[name]
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    return made


def _fit(style: Any, look: _Style) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    room = style.paragraph_format
    room.space_before, room.space_after = Pt(look.before), Pt(look.after)
    room.keep_with_next = look.stays
    for spaced in style.element.xpath("./w:rPr/w:spacing"):
        spaced.getparent().remove(spaced)
    about = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:shd", "w:contextualSpacing"):
        for old in about.findall(qn(name)):
            about.remove(old)
    if look.edge:
        about.append(_borders(look.edge, ("left",), thick=18))
    if look.ground:
        about.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{look.ground}"/>'))
    _in_order(about)


def _borders(colour: str, sides: tuple[str, ...], *, thick: int = 12) -> Any:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{thick}" w:space="8" w:color="{colour}"/>'
        for side in sides
    )
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")


_ORDER = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "bidi",
    "spacing", "ind", "contextualSpacing", "jc", "outlineLvl",
)  # fmt: skip
"""Word takes the properties of a paragraph in this order only."""


def _in_order(about: Any) -> None:
    places = {qn(f"w:{name}"): at for at, name in enumerate(_ORDER)}
    about[:] = sorted(about, key=lambda one: places.get(one.tag, -1))

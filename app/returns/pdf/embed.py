"""Put the faces a document uses into it: only the glyphs it uses, by HarfBuzz's subsetter."""

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from app.returns.pdf.document import Document, Stream
from app.returns.pdf.fonts import EM
from app.returns.pdf.shaping import Shaper, UsedFont

_FLAGS = (
    hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
)
# Shaping is done; what remains is outlines and widths.
_DROPPED = ("GSUB", "GPOS", "GDEF", "name", "DSIG", "gasp", "kern", "vhea", "vmtx", "STAT", "BASE")
_SYMBOLIC = 4


def font_dictionary(document: Document, shaper: Shaper) -> PDFDictionary:
    """Return the page resource that names every face `shaper` used, embedded in `document`."""
    return PDFDictionary(
        {
            used.name: document.add(_composite(document, used, index))
            for index, used in enumerate(shaper.fonts.values())
        }
    )


def _composite(document: Document, used: UsedFont, index: int) -> PDFDictionary:
    """Return the font with two-byte codes that content uses (ISO 32000-1, 9.7)."""
    name = PDFName(f"{_tag(index)}+{used.face.file}")
    program, glyph_map = _subset(used)
    system = {
        "Registry": PDFString("Adobe"),
        "Ordering": PDFString("Identity"),
        "Supplement": 0,
    }
    descendant = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": document.add(_descriptor(document, used, name, program)),
            "W": PDFArray([1, PDFArray(used.widths)]),
            "CIDToGIDMap": document.add(Stream(glyph_map)),
        }
    )
    return PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": name,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.add(descendant)]),
            "ToUnicode": document.add(Stream(_to_unicode(used).encode("ascii"))),
        }
    )


def _descriptor(document: Document, used: UsedFont, name: str, program: bytes) -> PDFDictionary:
    face = used.face
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArray([-EM, -face.descent, 2 * EM, face.ascent]),
            "ItalicAngle": 0,
            "Ascent": face.ascent,
            "Descent": -face.descent,
            "CapHeight": face.font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT),
            "StemV": 120 if "Bold" in face.file else 80,
            "FontFile2": document.add(Stream(program, Length1=len(program))),
        }
    )


def _tag(index: int) -> str:
    """Return six letters that mark a face as partly embedded (ISO 32000-1, 9.6.4)."""
    letters = []
    for _ in range(6):
        index, letter = divmod(index, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(reversed(letters))


def _subset(used: UsedFont) -> tuple[bytes, bytes]:
    """Return the font program with the used glyphs only, and the map from our codes to them."""
    wanted = hb.SubsetInput()
    wanted.flags = _FLAGS
    wanted.glyph_set.update(used.codes)
    tags = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    tags.update(int.from_bytes(tag.ljust(4).encode("ascii"), "big") for tag in _DROPPED)
    plan = hb.SubsetPlan(used.face.font.face, wanted)
    new_numbers = dict(plan.old_to_new_glyph_mapping)
    program: bytes = plan.execute().blob.data
    glyphs = (0, *(new_numbers[glyph] for glyph in used.codes))
    return program, b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)


def _to_unicode(used: UsedFont) -> str:
    """Return the map from codes to text (ISO 32000-1, 9.10.3)."""
    rows = [
        f"<{code:04X}> <{(words or ' ').encode('utf-16-be').hex().upper()}>"
        for code, words in enumerate(used.texts, start=1)
    ]
    blocks = []
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar")
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )

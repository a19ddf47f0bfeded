"""Pictures in the page: the group's logo in the head, receipts each on their own."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName

from app.returns import filled as model
from app.returns.pdf import theme
from app.returns.pdf.boxes import Box
from app.returns.pdf.document import Document, Stream
from app.returns.pdf.surface import Surface, number
from app.returns.pdf.tags import text_entry

_LOGO_NAME = "Logo"
_LOGO_SIDE = 600
"""Dots of the longer side: 56 points at 300 to the inch are 233; more is only size."""
Known = dict[bytes, tuple[str, float]]
"""A picture's bytes -> what the page's resources call it, and its width divided by its height."""


def add_logo(
    document: Document, objects: PDFDictionary, logo: bytes | None
) -> tuple[str, float] | None:
    """Embed the logo on white; return its name and its width divided by its height.

    None where there is none, or what is kept as one is no picture: the initials stand in.
    """
    if not logo:
        return None
    from PIL import Image  # loaded only for groups that have a logo

    try:
        with Image.open(BytesIO(logo)) as opened:
            opened.thumbnail((_LOGO_SIDE, _LOGO_SIDE))
            seen = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    picture = Image.new("RGB", seen.size, theme.PAPER)
    picture.paste(seen, mask=seen.getchannel("A"))
    stream = _stream(picture.tobytes(), picture.size, packed=True)
    objects[_LOGO_NAME] = document.add(stream)
    return _LOGO_NAME, picture.width / picture.height


def add_pictures(
    document: Document, objects: PDFDictionary, blocks: Sequence[model.Block]
) -> Known:
    """Embed every picture of some blocks, JPEGs as they are; the same picture once."""
    known: Known = {}
    for picture in _pictures(blocks):
        if picture.content not in known:
            name = f"P{len(known) + 1}"
            shape = _add_jpeg(document, objects, name, picture.content)
            known[picture.content] = (name, shape)
    return known


def _pictures(blocks: Sequence[model.Block]) -> Iterator[model.Picture]:
    for block in blocks:
        if isinstance(block, model.Picture):
            yield block
        elif isinstance(block, model.KeepTogether):
            yield from _pictures(block.blocks)


def _add_jpeg(document: Document, objects: PDFDictionary, name: str, content: bytes) -> float:
    from PIL import Image  # loaded only for returns with pictures

    with Image.open(BytesIO(content)) as opened:
        size = opened.size
    stream = _stream(content, size, packed=False, Filter=PDFName("DCTDecode"))
    objects[name] = document.add(stream)
    return size[0] / size[1]


def _stream(content: bytes, size: tuple[int, int], *, packed: bool, **more: object) -> Stream:
    return Stream(
        content,
        packed=packed,
        Type=PDFName("XObject"),
        Subtype=PDFName("Image"),
        Width=size[0],
        Height=size[1],
        ColorSpace=PDFName("DeviceRGB"),
        BitsPerComponent=8,
        **more,
    )


class PictureBox(Box):
    """A picture as large as the width and the room of a page let it be."""

    def __init__(self, name: str, shape: float, alt: str, width: float, room: float) -> None:
        height = width / shape
        height = min(height, room)
        self._name, self._alt = name, alt
        self._wide = height * shape
        super().__init__(width, height)

    def draw(self, page: Surface, x: float, top: float) -> None:
        """Draw it at the left, tagged as a figure that says what it is."""
        left, bottom = x, top - self.height
        edges = " ".join(number(edge) for edge in (left, bottom, left + self._wide, top))
        alt = text_entry("Alt", self._alt)
        with page.tagged("Figure", f"{alt}/A<</O/Layout/Placement/Block/BBox[{edges}]>>"):
            page.picture(self._name, left, bottom, self._wide, self.height)

"""Receipts as pictures to print: photos as they are kept, pages of PDFs drawn as pictures.

A PDF put into ours page by page would break its structure for those who listen to it; as a
picture with words it is one figure among the others.
"""

import io

DOTS_PER_INCH = 120
"""Of a PDF's page: small print on an A4 invoice can still be read."""
_QUALITY = 80
_POINTS = 72


class Unreadable(Exception):  # noqa: N818 - the caller says it in a sentence
    """A receipt whose bytes cannot be shown."""


def pages_of(media_type: str, data: bytes) -> tuple[bytes, ...]:
    """Return a receipt as JPEG pictures, a page each. Raises Unreadable."""
    if media_type != "application/pdf":
        return (_checked(data),)
    # Imported here: only a bundle with a PDF in it needs them.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            return tuple(_drawn(document[number]) for number in range(len(document)))
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise Unreadable from error


def _drawn(page: object) -> bytes:
    image = page.render(scale=DOTS_PER_INCH / _POINTS).to_pil().convert("RGB")  # type: ignore[attr-defined]
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _checked(data: bytes) -> bytes:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            if image.format == "JPEG" and image.mode == "RGB":
                return data
            out = io.BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error
    return out.getvalue()

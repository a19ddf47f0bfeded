"""Receipts and invoices as files: photos made small and turned upright, PDFs taken as they are.

A photo from a telephone is 4 to 60 MB and carries where and when it was taken. What is kept is
large enough to read and to print, upright, and without any of that.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.importers.refusals import CannotRead, refuse

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1_600
"""Pixels: an A4 receipt at about 140 to the inch, read without a glass."""
QUALITY = 80
MOST_BYTES = 100 * 1024 * 1024
"""A file larger than this is not a photo of a receipt."""
MOST_PDF_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 250_000_000
"""Before decoding: a picture that says it is larger would take the computer's memory."""
_PDF_PAGES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFile:
    """A receipt ready to be kept."""

    media_type: str
    file_name: str = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The fingerprint by which the same receipt is known again."""
        return hashlib.sha256(self.content).hexdigest()


def read_receipt(path: Path) -> ReceiptFile:
    """Read a photo or a PDF of a receipt, small enough to keep in the book.

    May run on any thread. Raises CannotRead with the one sentence to show.
    """
    name = path.name
    try:
        if not path.is_file():
            raise refuse("missing" if not path.exists() else "not_a_file", name)
        size = path.stat().st_size
        if size == 0:
            raise refuse("receipt_empty", name)
        if size > MOST_BYTES:
            limit = MOST_BYTES // (1024 * 1024)
            raise refuse("receipt_too_large", name, size=size // (1024 * 1024), limit=limit)
        data = path.read_bytes()
    except PermissionError as error:
        raise refuse("no_permission", name) from error
    except OSError as error:
        raise refuse("unreadable", name) from error
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return _pdf(name, data)
    return _photo(name, data)


def _pdf(name: str, data: bytes) -> ReceiptFile:
    # Imported here: only who brings a PDF pays for it.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if len(data) > MOST_PDF_BYTES:
        limit = MOST_PDF_BYTES // (1024 * 1024)
        raise refuse("receipt_pdf_too_large", name, size=len(data) // (1024 * 1024), limit=limit)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise refuse("receipt_locked", name)
        pages = len(reader.pages)
    except CannotRead:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
    ) as error:
        raise refuse("receipt_damaged", name) from error
    if not 0 < pages <= _PDF_PAGES:
        raise refuse("receipt_pages", name, pages=pages, limit=_PDF_PAGES)
    return ReceiptFile(media_type="application/pdf", file_name=name, content=data)


def _photo(name: str, data: bytes) -> ReceiptFile:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Its own warning of large pictures: the bound below says it in a sentence.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(
                io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
            ) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise refuse("receipt_too_many_pixels", name)
                # A photo of 60 MB is decoded at an eighth of its size, never whole.
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return ReceiptFile(
                    media_type="image/jpeg", file_name=name, content=_small_and_upright(image)
                )
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise refuse("receipt_unknown", name) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise refuse("receipt_damaged", name) from error


def _small_and_upright(image: "Image") -> bytes:
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if turned.mode in {"RGBA", "LA", "P"}:
        # What is seen through is paper, not black.
        clear = turned.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        turned = paper
    out = io.BytesIO()
    # Nothing of the camera's notes is handed on: neither the place nor the time.
    turned.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()

"""Receipts as files: made small, turned upright, without where and when; or refused by name."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from app.importers.receipt_files import LONGEST_SIDE, MOST_PDF_BYTES, read_receipt
from app.importers.refusals import CannotRead
from tests.times import times

RED, GREEN = (200, 30, 30), (30, 160, 60)


def photo(width=400, height=300, **save):
    """Return a JPEG: its upper half red, its lower half green."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (0, height // 2, width, height))
    out = io.BytesIO()
    image.save(out, "JPEG", **save)
    return out.getvalue()


def pdf(pages=1, password=None):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def shown(receipt):
    image = Image.open(io.BytesIO(receipt.content))
    image.load()
    return image


def refusal(path):
    with pytest.raises(CannotRead) as caught:
        read_receipt(path)
    assert path.name in caught.value.text
    return caught.value.reason


def near(colour, wanted):
    return all(abs(a - b) < 40 for a, b in zip(colour, wanted, strict=True))


def test_a_photo_is_made_small(file):
    data = photo(6000, 4000, quality=100)
    receipt = read_receipt(file("till.jpg", data))
    assert receipt.media_type == "image/jpeg"
    assert max(shown(receipt).size) <= LONGEST_SIDE
    assert len(receipt.content) < len(data)


def test_a_small_photo_is_not_blown_up(file):
    assert shown(read_receipt(file("till.jpg", photo()))).size == (400, 300)


def test_a_photo_taken_sideways_is_turned_upright(file):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned to the right
    image = shown(read_receipt(file("till.jpg", photo(exif=exif))))
    assert image.size == (300, 400)
    assert near(image.getpixel((10, 200)), GREEN)
    assert near(image.getpixel((290, 200)), RED)


def test_where_and_when_a_photo_was_taken_is_not_kept(file):
    exif = Image.Exif()
    exif[0x010F] = "Telephone maker"
    exif.get_ifd(0x8825)[1] = "N"
    data = photo(exif=exif)
    assert b"Telephone maker" in data
    kept = read_receipt(file("till.jpg", data))
    assert b"Telephone maker" not in kept.content
    assert not shown(kept).getexif()


def test_what_is_seen_through_becomes_paper(file):
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    image = shown(read_receipt(file("till.png", out.getvalue())))
    assert near(image.getpixel((25, 25)), (255, 255, 255))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_other_pictures_become_the_same_kind(file, kind):
    out = io.BytesIO()
    Image.new("RGB", (60, 40), RED).save(out, kind)
    receipt = read_receipt(file(f"till.{kind.lower()}", out.getvalue()))
    assert receipt.media_type == "image/jpeg"
    assert near(shown(receipt).getpixel((30, 20)), RED)


def test_a_name_that_lies_does_not_matter(file):
    assert read_receipt(file("till.pdf", photo())).media_type == "image/jpeg"


def test_a_pdf_is_kept_as_it_is(file):
    data = pdf(2)
    receipt = read_receipt(file("invoice.pdf", data))
    assert (receipt.media_type, receipt.content) == ("application/pdf", data)
    assert len(PdfReader(io.BytesIO(receipt.content)).pages) == 2


def test_files_that_are_no_receipts_are_refused_by_name(file, tmp_path):
    whole = photo(800, 600)
    assert refusal(tmp_path / "gone.jpg") == "missing"
    assert refusal(file("empty.jpg", b"")) == "receipt_empty"
    assert refusal(file("words.jpg", b"Dear treasurer")) == "receipt_unknown"
    assert refusal(file("half.jpg", whole[: len(whole) // 2])) == "receipt_damaged"
    assert refusal(file("locked.pdf", pdf(password="x"))) == "receipt_locked"
    assert refusal(file("half.pdf", b"%PDF-1.7\n1 0 obj")) == "receipt_damaged"
    assert refusal(file("book.pdf", pdf(31))) == "receipt_pages"
    large = b"%PDF-1.7\n" + bytes(MOST_PDF_BYTES)
    assert refusal(file("scan.pdf", large)) == "receipt_pdf_too_large"


def test_a_photo_of_60_megabytes_is_made_small(file):
    large = photo(9_000, 6_000)
    note = b"\xff\xfe\xff\xff" + bytes(65_533)  # what a camera keeps beside the picture
    data = large[:2] + note * (60 * 1024 * 1024 // len(note)) + large[2:]
    assert len(data) > 59 * 1024 * 1024
    receipt = read_receipt(file("IMG_0001.JPG", data))
    assert max(shown(receipt).size) == 1600
    assert len(receipt.content) < 1024 * 1024


def test_a_file_far_too_large_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "film.jpg"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 101 * 1024 * 1024)
    assert refusal(path) == "receipt_too_large"


def test_a_picture_that_claims_to_be_vast_is_refused(file):
    out = io.BytesIO()
    Image.new("1", (20, 20)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = (60_000).to_bytes(4) + (60_000).to_bytes(4)
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)
    assert refusal(file("bomb.png", bytes(data))) in {"receipt_too_many_pixels", "receipt_unknown"}


@settings(max_examples=times(60), deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=400), st.binary(max_size=300).map(lambda b: b"%PDF-1.4\n" + b)
    )
)
def test_whatever_the_bytes_there_is_a_receipt_or_a_sentence(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "till.jpg"
    path.write_bytes(data)
    try:
        assert read_receipt(path).content
    except CannotRead as refused:
        assert refused.text.endswith(".")


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 3000), byte=st.integers(0, 255))
def test_one_wrong_byte_in_a_photo_is_a_receipt_or_a_sentence(tmp_path_factory, at, byte):
    data = bytearray(photo(200, 150))
    data[at % len(data)] = byte
    path = tmp_path_factory.mktemp("any") / "till.jpg"
    path.write_bytes(data)
    try:
        assert read_receipt(path).content
    except CannotRead as refused:
        assert refused.text.endswith(".")

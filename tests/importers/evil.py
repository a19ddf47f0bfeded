"""Spreadsheet files made to harm, or broken: each function writes one and returns its path."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlwt
from xlwt import CompoundDoc

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Register" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BOOK_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TAIL = "</sheetData></worksheet>"
A1 = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
MB = 1 << 20


def xlsx(
    path: Path, sheet: str | Callable, *, book: str = _BOOK, extra: dict | None = None
) -> Path:
    """Write an .xlsx whose one sheet is the XML given, or written in pieces by a function."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELS)
        if callable(sheet):
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                sheet(part)
        else:
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def claims_a_thousand_million(path: Path) -> Path:
    return xlsx(path, f'{HEAD}<dimension ref="A1:XFD1048576"/><sheetData>{A1}{TAIL}')


def two_cells_far_apart(path: Path) -> Path:
    far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return xlsx(path, f"{HEAD}<sheetData>{A1}{far}{TAIL}")


def far_apart_in_odd_words(path: Path) -> Path:
    """The same, written so that a look at the text does not find the cell."""
    far = "<row r='1048576'><c  s='1' r = 'XFD1048576' ><v>2</v></c></row>"
    return xlsx(path, f"{HEAD}<sheetData>{A1}{far}{TAIL}")


def unpacks_to_gigabytes(path: Path) -> Path:
    def write(part):
        part.write(f"{HEAD}<sheetData>".encode())
        piece = b" " * (16 * MB)
        for _ in range(70):
            part.write(piece)
        part.write(TAIL.encode())

    return xlsx(path, write)


def bomb_with_a_broken_fuse(path: Path) -> Path:
    """The same bomb with bytes changed inside: unpacking it would find it damaged."""
    data = bytearray(unpacks_to_gigabytes(path).read_bytes())
    start = data.find(b"sheet1.xml") + 100
    data[start : start + 2000] = bytes(2000)
    path.write_bytes(bytes(data))
    return path


def lies_about_its_size(path: Path) -> Path:
    """A bomb whose directory says that the sheet is small."""
    unpacks = unpacks_to_megabytes(path, 300)
    data = bytearray(unpacks.read_bytes())
    size = 300 * MB + len(HEAD) + len("<sheetData>") + len(TAIL)
    small = struct.pack("<I", 1000)
    packed = struct.pack("<I", size)
    assert data.count(packed) >= 1
    path.write_bytes(bytes(data).replace(packed, small))
    return path


def unpacks_to_megabytes(path: Path, megabytes: int) -> Path:
    def write(part):
        part.write(f"{HEAD}<sheetData>".encode())
        for _ in range(megabytes):
            part.write(b" " * MB)
        part.write(TAIL.encode())

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELS)
        body = io.BytesIO()
        write(body)
        archive.writestr("xl/worksheets/sheet1.xml", body.getvalue())
    return path


def one_huge_text(path: Path) -> Path:
    def write(part):
        part.write(f'{HEAD}<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'.encode())
        for _ in range(200):
            part.write(b"a" * MB)
        part.write(f"</t></is></c></row>{TAIL}".encode())

    return xlsx(path, write)


def bomb_of_entities(path: Path) -> Path:
    lol = "".join(
        f'<!ENTITY l{i} "{"".join(f"&l{i - 1};" for _ in range(10))}">' for i in range(1, 10)
    )
    sheet = HEAD.replace("?>", f'?><!DOCTYPE worksheet [<!ENTITY l0 "lol">{lol}]>', 1)
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return xlsx(path, f"{sheet}<sheetData>{cell}{TAIL}")


def thousands_of_parts(path: Path) -> Path:
    return xlsx(path, f"{HEAD}<sheetData>{A1}{TAIL}", extra={f"x/{i}": "" for i in range(6000)})


def a_million_styled_cells(path: Path) -> Path:
    """Not evil: one name, and colours down to the last row, as spreadsheet programs write them."""

    def write(part):
        part.write(f"{HEAD}<sheetData>{A1}".encode())
        for start in range(2, 300_001, 1000):
            rows = (f'<row r="{r}"><c r="A{r}" s="1"/></row>' for r in range(start, start + 1000))
            part.write("".join(rows).encode())
        part.write(TAIL.encode())

    return xlsx(path, write)


def truncated(path: Path) -> Path:
    whole = xlsx(path, f"{HEAD}<sheetData>{A1 * 50}{TAIL}").read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    return path


def corrupt_in_the_middle(path: Path) -> Path:
    whole = bytearray(xlsx(path, f"{HEAD}<sheetData>{A1 * 500}{TAIL}").read_bytes())
    start = whole.rfind(b"sheet1.xml", 0, len(whole) // 2 + 200)
    for i in range(start + 20, start + 60):
        whole[i] ^= 0x5A
    path.write_bytes(bytes(whole))
    return path


def nonsense_xml(path: Path) -> Path:
    return xlsx(
        path, f"{HEAD}<sheetData><row r='1'><c r='A1' t='s'><v>99999999</v></c></row>{TAIL}"
    )


def locked_xlsx(path: Path) -> Path:
    """An encrypted workbook is a compound file with a stream of that name."""
    document = CompoundDoc.XlsDoc()
    document.save(str(path), b"\x00" * 5000)
    data = path.read_bytes().replace("Workbook".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
    # The directory entry: name of 64 bytes, then its length with the ending nought.
    at = data.find("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    entry = name + b"\x00" * (64 - len(name)) + struct.pack("<H", len(name) + 2)
    path.write_bytes(data[:at] + entry + data[at + 66 :])
    return path


def locked_xls(path: Path) -> Path:
    """An older workbook with a password: a FILEPASS record after its beginning."""
    book = xlwt.Workbook()
    book.add_sheet("Register").write(0, 0, "Name")
    stream = book.get_biff_data()
    first = 4 + struct.unpack("<H", stream[2:4])[0]
    secret = struct.pack("<HH", 0x2F, 6) + b"\x00\x00\x12\x34\x56\x78"
    CompoundDoc.XlsDoc().save(str(path), stream[:first] + secret + stream[first:])
    return path


def locked_ods(path: Path) -> Path:
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        'manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data '
        'manifest:checksum="x"/></manifest:file-entry></manifest:manifest>'
    )
    return ods(path, "\x00\x01garbled", manifest)


def ods_of_repeats(path: Path) -> Path:
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        "<text:p>x</text:p></table:table-cell>"
    )
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return ods(path, rows)


def ods_with_empty_repeats(path: Path) -> Path:
    """Not evil: how spreadsheet programs end every sheet."""
    rows = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Jane Smith</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    return ods(path, rows)


def ods(path: Path, rows: str, manifest: str | None = None) -> Path:
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Register">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    plain = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/'
        'vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest or plain)
    return path


def xls_far_cell(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Register")
    sheet.write(0, 0, "Name")
    sheet.write(65535, 255, "far")
    book.save(str(path))
    return path


def xls_garbled(path: Path, seed: int) -> Path:
    """An older workbook with bytes changed all over: what makes readers panic."""
    import random

    chance = random.Random(seed)
    book = xlwt.Workbook()
    sheet = book.add_sheet("Register")
    for row in range(200):
        for column in range(8):
            sheet.write(row, column, f"name {row}" if column % 2 else row * 1.5)
    book.save(str(path))
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 60)):
        data[chance.randrange(512, len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))
    return path


def zipped(path: Path, names: tuple[str, ...]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "something")
    return path

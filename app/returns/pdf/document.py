"""Write the PDF file: ReportLab's document, packed and with what accessible archives need.

ReportLab 5.1 writes neither object streams nor structure trees. This document writes both, by
subclassing: nothing in ReportLab itself is changed, so other users of it notice nothing.
"""

import struct
import zlib
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from app import __version__, resources

_PER_STREAM = 500
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ZIP = (pdfdoc.PDFZCompress,)


class Stream(pdfdoc.PDFStream):
    """A stream with a line end before "endstream" and no empty filter list.

    WORKAROUND: ReportLab 5.1 writes neither as PDF/A asks (ISO 19005-2, 6.1.7.1); try again with
    the next version.
    """

    def __init__(self, content: bytes, *, packed: bool = True, **entries: object) -> None:
        super().__init__(dictionary=PDFDictionary(entries), content=content)
        self._packed = packed

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return dictionary and content."""
        entries = PDFDictionary(self.dictionary.dict)
        content: bytes = self.content
        if self._packed:
            content = zlib.compress(content)
            entries["Filter"] = PDFName("FlateDecode")
        entries["Length"] = len(content)
        head: bytes = entries.format(document)
        # Both CR and LF: after data that end in CR, a lone LF would leave the length in doubt.
        return head + b"\nstream\n" + content + b"\r\nendstream"


class Written:
    """An object whose bytes are made late, when the number of every other is known."""

    __slots__ = ("content",)

    def __init__(self) -> None:
        self.content = b"null"


class _Page(pdfdoc.PDFPage):
    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]  # noqa: RUF012 - ReportLab's way
    StructParents: Any
    Tabs: Any


class _Catalog(pdfdoc.PDFCatalog):
    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]  # noqa: RUF012 - ReportLab's way
    Pages: Any
    Outlines: Any
    Lang: Any
    MarkInfo: Any
    ViewerPreferences: Any
    Metadata: Any
    OutputIntents: Any
    StructTreeRoot: Any
    PageMode: Any


class Document(pdfdoc.PDFDocument):
    """One PDF 1.7 file. `moment` is its date; the clock is never read."""

    Pages: Any

    def __init__(
        self, *, title: str, author: str, subject: str, language: str, moment: datetime
    ) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))
        self.title, self.author, self.subject, self.language = title, author, subject, language
        self.moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._outlines = pdfdoc.PDFOutlines()
        catalog = _Catalog()
        catalog.Pages, catalog.Outlines = self.Pages, self._outlines
        self.Outlines = self._outlines
        self.Catalog = self._catalog = self._tagged_catalog = catalog
        self.page_refs: list[Any] = []
        self._written: dict[int, Written] = {}
        self._destinations: dict[str, PDFArray] = {}
        self._describe()

    def _describe(self) -> None:
        stamp = TimeStamp(invariant=1)
        stamp.YMDhms = self.moment.timetuple()[:6]
        self._timeStamp = stamp
        self.info.title, self.info.author = self.title, self.author
        self.info.subject, self.info.keywords = self.subject, ""
        self.info.creator = f"Hallbook {__version__}"
        catalog = self._tagged_catalog
        catalog.Lang = PDFString(self.language)
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = Stream(
            self._xmp(), packed=False, Type=PDFName("Metadata"), Subtype=PDFName("XML")
        )
        profile = Stream(resources.path("colour/srgb.icc").read_bytes(), N=3)
        catalog.OutputIntents = PDFArray(
            [
                PDFDictionary(
                    {
                        "Type": PDFName("OutputIntent"),
                        "S": PDFName("GTS_PDFA1"),
                        "OutputConditionIdentifier": PDFString("sRGB"),
                        "Info": PDFString("sRGB"),
                        "DestOutputProfile": self.add(profile),
                    }
                )
            ]
        )

    def add(self, thing: pdfdoc.PDFObject) -> pdfdoc.PDFObjectReference:
        """Give `thing` a number and return the reference to it."""
        reference: pdfdoc.PDFObjectReference = self.Reference(thing)  # type: ignore[no-untyped-call]
        return reference

    def add_written(self, thing: Written) -> int:
        """Give `thing` a number and return that; quicker than `add` for the thousands of a tree."""
        self.objectcounter += 1
        self._written[self.objectcounter] = thing
        return self.objectcounter

    def set_structure(self, root: Written) -> int:
        """Make `root` the root of the document's structure tree; return its number."""
        number = self.add_written(root)
        self._tagged_catalog.StructTreeRoot = f"{number} 0 R"
        return number

    def number(self, reference: pdfdoc.PDFObjectReference) -> int:
        """Return the object number behind a reference."""
        number: int = self.idToObjectNumberAndVersion[reference.name][0]
        return number

    def add_page(self, size: tuple[float, float], resource_ref: object) -> _Page:
        """Begin a page of `size` points; its content comes with `finish_page`."""
        page = _Page()
        page.MediaBox = PDFArray([0, 0, round(size[0], 2), round(size[1], 2)])
        page.Resources = resource_ref
        page.StructParents, page.Tabs = len(self.page_refs), PDFName("S")
        page.Parent = self.add(self.Pages)
        self.page_refs.append(self.thisPageRef())
        self.addPage(page)
        return page

    def finish_page(self, page: _Page, content: str) -> None:
        """Set the drawing operators of `page`."""
        page.Contents = Stream(content.encode("ascii"))

    def add_outline(self, title: str, level: int, top: float) -> None:
        """Add an entry that leads to `top` points above the foot of the newest page."""
        key = f"h{len(self._destinations)}"
        level = min(level, self._outlines.currentlevel + 1)
        self._destinations[key] = PDFArray(
            [self.page_refs[-1], PDFName("XYZ"), 0, round(top, 2), 0]
        )
        self._outlines.addOutlineEntry(key, level, title)

    # ReportLab's outline asks for places under this name.
    def _bookmarkReference(self, key: str) -> PDFArray:
        return self._destinations[key]

    def finished(self) -> bytes:
        """Return the file."""
        catalog = self._tagged_catalog
        self.add(catalog)
        self.add(self.info)
        self._outlines.prepare(self, self)
        if not self._destinations:
            catalog.Outlines = None
        else:
            catalog.PageMode = PDFName("UseOutlines")
        return self._packed_file()

    def _packed_file(self) -> bytes:
        """Return header, streams, packed objects and cross-reference (ISO 32000-1, 7.5.7-7.5.8)."""
        out = bytearray(_HEADER)
        entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        loose: list[tuple[int, bytes]] = []
        number = 0
        while number < self.objectcounter:  # formatting an object may bring new ones
            number += 1
            written = self._written.get(number)
            if written is not None:
                loose.append((number, written.content))
                continue
            thing: Any = self.idToObject[self.numberToId[number]]
            content: bytes = pdfdoc.pdfdocEnc(thing.format(self))
            if isinstance(thing, pdfdoc.PDFStream):
                entries[number] = (1, len(out), 0)
                out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
            else:
                loose.append((number, content))
        for start in range(0, len(loose), _PER_STREAM):
            number += 1
            chunk = loose[start : start + _PER_STREAM]
            entries[number] = (1, len(out), 0)
            entries |= {inside: (2, number, index) for index, (inside, _) in enumerate(chunk)}
            out += b"%d 0 obj\n%b\nendobj\n" % (number, self._object_stream(chunk))
        start = len(out)
        entries[number + 1] = (1, start, 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number + 1, self._cross_reference(entries, bytes(out)))
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)

    def _object_stream(self, chunk: list[tuple[int, bytes]]) -> bytes:
        places, at = [], 0
        for number, content in chunk:
            places.append(b"%d %d" % (number, at))
            at += len(content) + 1
        head = b" ".join(places) + b"\n"
        body = head + b"\n".join(content for _, content in chunk)
        return Stream(body, Type=PDFName("ObjStm"), N=len(chunk), First=len(head)).format(self)

    def _cross_reference(self, entries: dict[int, tuple[int, int, int]], body: bytes) -> bytes:
        rows = b"".join(struct.pack(">BIH", *entries[number]) for number in range(len(entries)))
        identity = PDFString(blake2b(body, digest_size=16).digest(), enc="raw")
        return Stream(
            _rows_less_above(rows, 7),
            Type=PDFName("XRef"),
            Size=len(entries),
            W=PDFArray([1, 4, 2]),
            DecodeParms=PDFDictionary({"Predictor": 12, "Columns": 7}),
            Root=self.add(self.Catalog),
            Info=self.add(self.info),
            ID=PDFArray([identity, identity]),
        ).format(self)

    def _xmp(self) -> bytes:
        stamp = self.moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        values = {
            "title": self.title,
            "author": self.author,
            "subject": self.subject,
            "language": self.language,
        }
        escaped = {name: value.translate(_XML) for name, value in values.items()}
        producer = self.info.producer.translate(_XML)
        return _XMP.format(
            **escaped, stamp=stamp, producer=producer, creator=f"Hallbook {__version__}"
        ).encode()


def _rows_less_above(rows: bytes, columns: int) -> bytes:
    """Return `rows` as PNG's "up" predictor has them: each less the one above, which packs better.

    All bytes are subtracted at once, as one long number; the highest bit of each is kept apart so
    that nothing is carried into its neighbour.
    """
    high = int.from_bytes(b"\x80" * len(rows), "big")
    low = int.from_bytes(b"\x7f" * len(rows), "big")
    here = int.from_bytes(rows, "big")
    above = int.from_bytes(bytes(columns) + rows[:-columns], "big")
    less = ((here | high) - (above & low)) ^ ((here ^ ~above) & high)
    plain = less.to_bytes(len(rows), "big")
    count = len(rows) // columns
    out = bytearray(b"\x02" * (count * (columns + 1)))
    for column in range(columns):
        out[column + 1 :: columns + 1] = plain[column::columns]
    return bytes(out)


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

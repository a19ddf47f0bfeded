"""Read a finished PDF with other people's libraries and say what is wrong with it.

Each function returns a list of faults in words, empty if there are none, or what it read. Other
tests import this module: it knows nothing of how our PDFs are made.
"""

import io
import re
import subprocess
import tempfile
import warnings as python_warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

MM = 72 / 25.4


@dataclass
class Mark:
    """What one mark (MCID) on a page encloses; `pieces` is its text, apart where it is set apart."""

    text: str = ""
    pieces: list[str] = field(default_factory=list)
    glyphs: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class Leaf:
    """A structure element with its own content: its tag, the tags above it, and its text."""

    tag: str
    path: tuple[str, ...]
    text: str
    alt: str


# -- the structure tree -----------------------------------------------------------------------


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[Dictionary, tuple[str, ...]]]:
    """Yield every structure element in reading order, with the tags above it."""
    if "/StructTreeRoot" in pdf.Root:
        yield from _walk(pdf.Root.StructTreeRoot.K, ())


def _walk(node: Any, path: tuple[str, ...]) -> Iterator[tuple[Dictionary, tuple[str, ...]]]:
    for kid in node if isinstance(node, Array) else [node]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid, path
            if "/K" in kid:
                yield from _walk(kid.K, (*path, str(kid.S)[1:]))


def own_marks(element: Dictionary) -> list[tuple[Any, int]]:
    """Return the (page, MCID) pairs of an element's own content."""
    found = []
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            found.append((element.Pg, int(kid)))
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            found.append((kid.get("/Pg", element.get("/Pg")), int(kid.MCID)))
    return found


def parent_tree_faults(data: bytes) -> list[str]:
    """Say which marks the parent tree or the structure tree forgets, on which page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is None or "/ParentTree" not in root:
            return ["There is no parent tree."]
        entries = root.ParentTree.Nums
        arrays = {int(entries[at]): entries[at + 1] for at in range(0, len(entries), 2)}
        owners: dict[tuple[tuple[int, int], int], tuple[int, int]] = {}
        for element, _ in elements(pdf):
            for page, mark in own_marks(element):
                owners[page.objgen, mark] = element.objgen
        faults = []
        for number, page in enumerate(pdf.pages, start=1):
            array = arrays.get(int(page.obj.get("/StructParents", -1)), [])
            marks = page_marks(page)
            claimed = {mark for objgen, mark in owners if objgen == page.obj.objgen}
            faults += [
                f"Page {number}: an element claims mark {mark}, which is not there."
                for mark in sorted(claimed - marks.keys())
            ]
            for mark in sorted(marks):
                if mark >= len(array) or not isinstance(array[mark], Dictionary):
                    faults.append(f"Page {number}: the parent tree has nothing for mark {mark}.")
                elif owners.get((page.obj.objgen, mark)) != array[mark].objgen:
                    faults.append(f"Page {number}: mark {mark} belongs to another element.")
        return faults


def leaves(data: bytes) -> list[Leaf]:
    """Return every element that has content of its own, in reading order, with its text."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: page_marks(page) for page in pdf.pages}
        return [
            Leaf(
                str(element.S)[1:],
                path,
                _element_text(element, pages),
                str(element.get("/Alt", "")),
            )
            for element, path in elements(pdf)
            if element.S != "/Span" and (_is_leaf(element) or "/Alt" in element)
        ]


def _is_leaf(element: Dictionary) -> bool:
    spans = [
        kid for kid in _kids(element) if isinstance(kid, Dictionary) and kid.get("/S") == "/Span"
    ]
    return bool(own_marks(element) or spans)


def _kids(element: Dictionary) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _element_text(element: Dictionary, pages: dict[Any, dict[int, Mark]]) -> str:
    """Return the text of an element as it is read out: what it says of itself goes first."""
    if "/ActualText" in element:
        return str(element.ActualText)
    words = []
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            words.append(_element_text(kid, pages))
            continue
        page, mark = (
            (kid.get("/Pg", element.get("/Pg")), int(kid.MCID))
            if isinstance(kid, Dictionary)
            else (element.Pg, int(kid))
        )
        words.append(pages[page.objgen].get(mark, Mark()).text)
    return " ".join(words)


def spoken(data: bytes) -> list[str]:
    """Return the texts of the document as they are read out, in order; figures by their Alt."""
    return [leaf.alt if leaf.tag == "Figure" else leaf.text for leaf in leaves(data)]


def tables(data: bytes) -> list[list[list[str]]]:
    """Return each table as rows of cell texts, as the structure tree has them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: page_marks(page) for page in pdf.pages}
        found: list[list[list[str]]] = []
        for element, _ in elements(pdf):
            tag = str(element.S)
            if tag == "/Table":
                found.append([])
            elif tag == "/TR":
                found[-1].append([])
            elif tag in {"/TH", "/TD"}:
                found[-1][-1].append(_element_text(element, pages))
        return found


# -- what is on a page ------------------------------------------------------------------------


def page_marks(page: pikepdf.Page) -> dict[int, Mark]:
    """Return what each mark of `page` encloses."""
    return _PageReader(page).marks


class _PageReader:
    """Follow a page's operators: marks, replacement texts, fonts and the text shown."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.marks: dict[int, Mark] = {}
        self.untagged: list[str] = []
        self._fonts = {name: _Font(font) for name, font in page.obj.Resources.Font.items()}
        self._stack: list[tuple[int | None, str | None, bool]] = []
        self._font: _Font | None = None
        self._font_name = ""
        self._apart = True
        for operands, operator in pikepdf.parse_content_stream(page):
            self._follow(list(operands), str(operator))

    def _follow(self, operands: list[Any], operator: str) -> None:
        if operator in {"BDC", "BMC"}:
            entries = operands[1] if len(operands) > 1 else {}
            mark = int(entries["/MCID"]) if "/MCID" in entries else None
            instead = str(entries["/ActualText"]) if "/ActualText" in entries else None
            self._stack.append((mark, instead, str(operands[0]) == "/Artifact"))
            if mark is not None:
                self.marks[mark] = Mark()
            if instead is not None:
                self._say(instead)
        elif operator == "EMC":
            self._stack.pop()
        elif operator == "Tf":
            self._font_name, self._font = str(operands[0]), self._fonts[str(operands[0])]
        elif operator == "Tm":
            self._apart = True
        elif operator in {"Tj", "TJ"}:
            self._show(operands[0])

    def _show(self, shown: Any) -> None:
        assert self._font is not None
        strings = shown if isinstance(shown, Array) else [shown]
        replaced = any(instead is not None for _, instead, _ in self._stack)
        for one in strings:
            if isinstance(one, pikepdf.String):
                for code in self._font.codes(bytes(one)):
                    self._note(code)
                    if not replaced:
                        self._say(self._font.texts.get(code, "\ufffd"))

    def _note(self, code: int) -> None:
        for mark, _, _ in self._stack:
            if mark is not None:
                self.marks[mark].glyphs.append((self._font_name, code))

    def _say(self, words: str) -> None:
        marks = [mark for mark, _, _ in self._stack if mark is not None]
        if marks:
            mark = self.marks[marks[-1]]
            mark.text += words
            if self._apart or not mark.pieces:
                mark.pieces.append("")
            mark.pieces[-1] += words
            self._apart = False
        elif not any(artifact for _, _, artifact in self._stack):
            self.untagged.append(words)


class _Font:
    """A font's codes and what they mean, by its own ToUnicode map."""

    def __init__(self, font: Dictionary) -> None:
        cmap = bytes(font.ToUnicode.read_bytes()).decode("ascii") if "/ToUnicode" in font else ""
        pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap.partition("endcodespacerange")[2])
        self.texts = {int(code, 16): bytes.fromhex(to).decode("utf-16-be") for code, to in pairs}
        glyphs = bytes(font.DescendantFonts[0].CIDToGIDMap.read_bytes())
        self.glyphs = [
            int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2)
        ]

    @staticmethod
    def codes(shown: bytes) -> list[int]:
        return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]


def untagged_text(data: bytes) -> list[str]:
    """Return text that is neither tagged nor marked as decoration."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [words for page in pdf.pages for words in _PageReader(page).untagged]


def glyph_faults(data: bytes) -> list[str]:
    """Say where a missing glyph, a black square or a code without a text would be printed."""
    faults = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            fonts = {name: _Font(font) for name, font in page.obj.Resources.Font.items()}
            for mark in page_marks(page).values():
                faults += [
                    f"Page {number}: {name} has no glyph for code {code}."
                    for name, code in mark.glyphs
                    if code >= len(fonts[name].glyphs) or not fonts[name].glyphs[code]
                ]
                if "\u25a0" in mark.text or "\ufffd" in mark.text:
                    faults.append(f"Page {number}: {mark.text!r} has a letter that is no letter.")
    return list(dict.fromkeys(faults))


# -- the page itself --------------------------------------------------------------------------


def frame_faults(data: bytes, *, margin_mm: float = 15.0) -> list[str]:
    """Say what is drawn outside the margins."""
    import pypdfium2

    faults = []
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        least = margin_mm * MM
        for thing in page.get_objects():
            # pdfium counts a line on the edge a line-width further, and the ink of a letter may
            # reach past its own width: a large j or f, and marks of some scripts by half a letter.
            slack = 5.5 if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT else 1.2
            left, bottom, right, top = thing.get_bounds()
            inside = (
                left >= least - slack
                and bottom >= least - slack
                and right <= width - least + slack
                and top <= height - least + slack
            )
            if not inside and right > left:
                edges = ", ".join(f"{edge:.1f}" for edge in (left, bottom, right, top))
                faults.append(f"Page {number}: something at {edges} is outside the margins.")
        page.close()
    document.close()
    return faults


def text_of(data: bytes) -> str:
    """Return the text that pdfium reads, all pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    words = []
    for page in document:
        text_page = page.get_textpage()
        words.append(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return "\n".join(words)


def poppler_text(data: bytes) -> str:
    """Return the text that poppler's pdftotext reads, all pages."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "read.pdf"
        file.write_bytes(data)
        made = subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True
        )
    return made.stdout.decode()


# -- the document -----------------------------------------------------------------------------


def document_faults(data: bytes, *, title: str, language: str = "en-GB") -> list[str]:
    """Say what the document does not tell about itself: title, language, outline."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        faults = []
        if str(pdf.docinfo.get("/Title", "")) != title:
            faults.append("The title is not set.")
        if not str(pdf.docinfo.get("/Author", "")):
            faults.append("The author is not set.")
        if str(pdf.Root.get("/Lang", "")) != language:
            faults.append("The language is not set.")
        if not bool(pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
            faults.append("Readers would show the file's name instead of the title.")
        if not bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)):
            faults.append("The document does not say that it is tagged.")
        with pdf.open_outline() as outline:
            if not outline.root:
                faults.append("There is no outline.")
        return faults


def outline_titles(data: bytes) -> list[tuple[int, str]]:
    """Return the outline: level (from 0) and title of each entry."""

    def flat(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, str(item.title)
            yield from flat(item.children, level + 1)

    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return list(flat(outline.root, 0))


def figure_faults(data: bytes) -> list[str]:
    """Say which figures do not have every number that is drawn in them in their Alt text."""
    faults = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: page_marks(page) for page in pdf.pages}
        for element, _ in elements(pdf):
            if element.S != "/Figure":
                continue
            alt = str(element.get("/Alt", ""))
            marks = [pages[page.objgen].get(mark, Mark()) for page, mark in own_marks(element)]
            shown = {one for mark in marks for piece in mark.pieces for one in _numbers(piece)}
            if len(alt.split()) < 3:
                faults.append(f"A figure's words are only {alt!r}.")
            elif shown - _numbers(alt):
                faults.append(
                    f"A figure's words lack {sorted(shown - _numbers(alt))}: {alt[:60]!r}."
                )
    return faults


def _numbers(words: str) -> set[str]:
    return {found.rstrip(".,") for found in re.findall(r"\d[\d,.]*", words)}


# -- the judges -------------------------------------------------------------------------------


def standard_faults(data: bytes) -> list[str]:
    """Return what page-validation finds against PDF/UA-1 and PDF/A-2a."""
    from page import SafetyLimits, ValidationProfile, validate_pdf

    # An outline of hundreds of entries is a chain of as many references, and a cash book of a year
    # is one table of thousands of rows.
    limits = SafetyLimits(max_reference_depth=100_000, max_table_grid_rows=100_000)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "judged.pdf"
        file.write_bytes(data)
        return [
            f"{profile.value}: {failure.rule_id} {failure.message}"
            for profile in (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A)
            for failure in validate_pdf(str(file), profile=profile, limits=limits).failures
        ]


def listening_faults(data: bytes, *, warnings: bool = False) -> list[str]:
    """Return outloud's errors (and warnings): what would go wrong when the file is read out."""
    with python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")  # of the judge's own libraries
        import outloud

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "judged.pdf"
            file.write_bytes(data)
            result = outloud.check(str(file))
    wanted = {"error", "warning"} if warnings else {"error"}
    found = [f"{one.rule} {one.message}" for one in result.findings if one.severity in wanted]
    return [*([result.error] if result.error else []), *found]


def faults(data: bytes, *, title: str) -> list[str]:
    """Return everything that our own checks and page-validation find wrong with a PDF."""
    return [
        *document_faults(data, title=title),
        *parent_tree_faults(data),
        *figure_faults(data),
        *glyph_faults(data),
        *frame_faults(data),
        *(f"Text without a tag: {words!r}" for words in untagged_text(data)),
        *standard_faults(data),
    ]

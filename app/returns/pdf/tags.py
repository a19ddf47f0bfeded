"""Build the structure tree: what each piece of a page is, in the order it is to be read.

A page's content carries numbered marks (MCIDs); the tree's elements point to them, and the parent
tree leads back from each mark to its element (ISO 32000-1, 14.7; PDF/UA-1).
"""

from app.returns.kept_text import kept
from app.returns.pdf.document import Document, Written

_HEADINGS = ("H1", "H2", "H3")


class Element(Written):
    """One structure element: a tag, its children, and its marks as (page index, MCID)."""

    __slots__ = ("entries", "kids", "number", "parent", "tag")

    def __init__(self, tag: str, parent: "Element | None", entries: str) -> None:
        super().__init__()
        self.tag = tag
        self.parent = parent
        self.entries = entries
        self.number = 0
        self.kids: list[Element | tuple[int, int]] = []


class Tree:
    """The structure tree of one document, and where in it the next content belongs."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._elements: list[Element] = []
        self._root = Written()
        self._root_number = document.set_structure(self._root)
        self._marks: list[list[Element]] = []
        self._level = -1
        self.here = self._new("Document", None, "")

    def _new(self, tag: str, parent: Element | None, entries: str) -> Element:
        element = Element(tag, parent, entries)
        element.number = self._document.add_written(element)
        self._elements.append(element)
        return element

    def open(self, tag: str, entries: str = "") -> Element:
        """Begin an element inside the current one and go into it."""
        if tag in _HEADINGS:  # the first is H1 and none is left out, whatever their sizes
            self._level = min(_HEADINGS.index(tag), self._level + 1)
            tag = _HEADINGS[self._level]
        element = self._new(tag, self.here, entries)
        self.here.kids.append(element)
        self.here = element
        return element

    def close(self) -> None:
        """Leave the current element."""
        if self.here.parent is None:
            raise ValueError("The structure tree has no element open to close.")
        self.here = self.here.parent

    def enter(self, element: Element) -> Element:
        """Go on inside `element`, begun on an earlier page; returns where we were."""
        was, self.here = self.here, element
        return was

    def new_page(self) -> None:
        """Begin the marks of the next page."""
        self._marks.append([])

    def mark(self) -> int:
        """Return the number of a new mark that belongs to the current element."""
        marks = self._marks[-1]
        self.here.kids.append((len(self._marks) - 1, len(marks)))
        marks.append(self.here)
        return len(marks) - 1

    def finish(self) -> None:
        """Write every element, now that all pages are known."""
        pages = [self._document.number(ref) for ref in self._document.page_refs]
        for element in self._elements:
            parent = element.parent.number if element.parent else self._root_number
            element.content = (
                f"<</S/{element.tag}/P {parent} 0 R{_kids(element, pages)}{element.entries}>>"
            ).encode("ascii")
        numbers = []
        for index, marks in enumerate(self._marks):
            array = Written()
            array.content = f"[{' '.join(f'{mark.number} 0 R' for mark in marks)}]".encode()
            numbers.append(f"{index} {self._document.add_written(array)} 0 R")
        parent_tree = Written()
        parent_tree.content = f"<</Nums[{' '.join(numbers)}]>>".encode()
        tree_number = self._document.add_written(parent_tree)
        self._root.content = (
            f"<</Type/StructTreeRoot/K {self._elements[0].number} 0 R"
            f"/ParentTree {tree_number} 0 R/ParentTreeNextKey {len(self._marks)}>>"
        ).encode()


def _kids(element: Element, pages: list[int]) -> str:
    """Return the /K entry (and /Pg where all marks are on one page)."""
    kids = element.kids
    if not kids:
        return ""
    on_pages = {kid[0] for kid in kids if not isinstance(kid, Element)}
    page = on_pages.pop() if len(on_pages) == 1 else None
    items = []
    for kid in kids:
        if isinstance(kid, Element):
            items.append(f"{kid.number} 0 R")
        elif page is not None:
            items.append(str(kid[1]))
        else:
            items.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    own = f"/Pg {pages[page]} 0 R" if page is not None else ""
    return f"{own}/K {items[0]}" if len(items) == 1 else f"{own}/K[{' '.join(items)}]"


def text_entry(key: str, words: str) -> str:
    """Return `/Alt`, `/ActualText` or another text entry, in UTF-16 (readable by all readers)."""
    return f"/{key}<FEFF{kept(words).encode('utf-16-be').hex().upper()}>"

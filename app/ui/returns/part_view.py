"""A part of a return as it is printed, each of its numbers to be chosen: Tab goes from one to the next."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.services.returns.shown import Line, LineKind, Said, Source
from app.ui.appearance import Appearance

_NUMBER = "number"
_IN_TABLE = frozenset({LineKind.HEADS, LineKind.ROW, LineKind.TOTAL})


class PartView(QTextBrowser):
    """Words and tables of a part; its numbers are links to what stands behind them."""

    number_chosen = Signal(object, str)
    """The Source of a number, and how it is printed."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._lines: tuple[Line, ...] = ()
        self._numbers: list[tuple[Source, str]] = []
        self.setObjectName("part")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName(self.tr("What is printed"))
        self.anchorClicked.connect(self._on_clicked)
        looks.changed.connect(self._show)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show a part; where nothing is new, what is in sight stays."""
        if tuple(lines) != self._lines or not self._numbers:
            self._lines = tuple(lines)
            self._show()

    @property
    def numbers(self) -> int:
        """How many numbers can be chosen."""
        return len(self._numbers)

    def choose(self, place: int) -> None:
        """Choose a number by its place, from 0."""
        self.number_chosen.emit(*self._numbers[place])

    def _show(self) -> None:
        at = self.verticalScrollBar().value()
        self._numbers = []
        self.document().setDefaultFont(self._looks.font())
        self.document().setDefaultStyleSheet(self._sheet())
        self.setHtml("".join(self._html()))
        self.verticalScrollBar().setValue(at)

    def _sheet(self) -> str:
        looks = self._looks
        colour = {name: looks.colour(name).name() for name in ("ink", "muted", "accent", "line")}
        return (
            f"body, p, td, th {{ color: {colour['ink']}; }}"
            f" a {{ color: {colour['accent']}; font-weight: 600; text-decoration: underline; }}"
            f" .note {{ color: {colour['muted']}; }} th {{ color: {colour['muted']}; text-align: left;"
            f" font-weight: 600; }} h3 {{ color: {colour['ink']}; font-size: {looks.px(16)}px; }}"
        )

    def _html(self) -> list[str]:
        found: list[str] = []
        rows: list[Line] = []
        for line in self._lines:
            if line.kind in _IN_TABLE:
                if line.kind is LineKind.HEADS and rows:
                    found, rows = [*found, self._table(rows)], []
                rows.append(line)
                continue
            if rows:
                found, rows = [*found, self._table(rows)], []
            found.append(self._words(line))
        return [*found, self._table(rows)] if rows else found

    def _words(self, line: Line) -> str:
        said = self._cell(line.cells[0])
        if line.kind is LineKind.TITLE:
            return f"<h3>{said}</h3>"
        if line.kind is LineKind.NOTE:
            return f'<p class="note">{said}</p>'
        return f"<p>{'• ' if line.kind is LineKind.BULLET else ''}{said}</p>"

    def _table(self, rows: Sequence[Line]) -> str:
        pad = self._looks.px(5)
        right = {
            place
            for row in rows
            if row.kind is LineKind.ROW
            for place, cell in enumerate(row.cells)
            if place and _is_number(cell)
        }
        made = "".join(self._row(row, right) for row in rows)
        return f'<table width="100%" cellspacing="0" cellpadding="{pad}">{made}</table>'

    def _row(self, row: Line, right: set[int]) -> str:
        tag = "th" if row.kind is LineKind.HEADS else "td"
        cells = []
        for place, cell in enumerate(row.cells):
            said = self._cell(cell)
            said = f"<b>{said}</b>" if row.kind is LineKind.TOTAL else said
            side = ' align="right"' if place in right else ' align="left"'
            cells.append(f"<{tag}{side}>{said}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Sequence[Said]) -> str:
        return "".join(self._said(one) for one in cell)

    def _said(self, one: Said) -> str:
        text = escape(one.text).replace("\n", "<br>")
        if one.source is None:
            return f"<b>{text}</b>" if one.bold else text
        self._numbers.append((one.source, one.text))
        return f'<a href="{_NUMBER}:{len(self._numbers) - 1}">{text}</a>'

    def _on_clicked(self, url: QUrl) -> None:
        self.choose(int(url.path()))


def _is_number(cell: Sequence[Said]) -> bool:
    text = "".join(one.text for one in cell).strip()
    return text[:1] in "£−-(" or text[:1].isdigit() or any(one.source for one in cell)

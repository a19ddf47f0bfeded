"""Where an answer is written: words, with numbers from the book among them as chips."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from app.services.returns import typed
from app.services.returns.typed import BLOCKS, PieceKind, TypedPiece
from app.ui.appearance import Appearance
from app.ui.returns.answer_chip import (
    CHIP,
    NAME,
    SAID,
    SHOWN,
    SIGN,
    SOURCE,
    ChipDrawer,
    chip_format,
)  # fmt: skip
from app.ui.returns.answer_words import safe, unmarked
from app.ui.speech import say

_SILENT = frozenset({PieceKind.TABLE, PieceKind.CHART})
"""What has no words to count."""
_KEPT = "application/x-hallbook-answer"
"""An answer on the clipboard with its places; other programs get the words."""
_LINE, _SPACE = 25, 12
"""Pixels at 100 % from line to line, and round the words."""
_LEAST_LINES = 6
_LONG = 6000
"""Letters from which an answer is read out anew only after a rest in typing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a chip shows: its words, what it is called, and its tone."""

    shown: str = field(repr=False)
    name: str = field(repr=False)
    tone: str = "good"
    said: str = field(default="", repr=False)
    """What is printed, where that is more than is shown."""


Faces = Callable[[TypedPiece], Face]
"""Gives the face of a place."""


class AnswerEditor(QTextEdit):
    """A text with chips. What is kept is its source, in which a chip is a place: {people}."""

    edited = Signal()
    """Something was typed, put in, taken away or taken back by whoever writes."""
    place_chosen = Signal(str)
    """The caret stands at a chip, or it was pressed: its source. "" when it stands at none."""

    def __init__(
        self, looks: Appearance, *, lines: int = _LEAST_LINES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._looks = looks
        self._lines = lines
        self._faces: Faces = lambda piece: Face(shown="…", name=piece.name)
        self._loading = False
        self._chosen = ""
        self._place = -1
        self.setObjectName("answer")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._describing = QTimer(self)
        self._describing.setSingleShot(True)
        self._describing.timeout.connect(self._describe)
        self._drawer = ChipDrawer(looks, self)
        self.document().documentLayout().registerHandler(CHIP, self._drawer)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)
        self.textChanged.connect(self._on_changed)
        self.cursorPositionChanged.connect(self._on_moved)
        self.selectionChanged.connect(self._on_selected)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    # --- what is in it -----------------------------------------------------------------------

    def show_answer(self, source: str, faces: Faces) -> None:
        """Show an answer; what could be taken back in it is forgotten."""
        self._faces, self._loading = faces, True
        self.clear()
        cursor = QTextCursor(self.document())
        self.document().setUndoRedoEnabled(False)
        self._put(cursor, source)
        self._space_lines()
        self.document().setUndoRedoEnabled(True)
        self._loading, self._chosen = False, ""
        self._describe()

    def show_faces(self, faces: Faces) -> None:
        """Let the chips show what was counted since; the caret and what is typed stay."""
        self._faces, self._loading = faces, True
        cursor = QTextCursor(self.document())
        changed = False
        for place, style in list(self._chips()):
            face = self._face(str(style.property(SOURCE)))
            if (style.property(SHOWN), style.property(NAME)) == (face.shown, face.name):
                continue
            if not changed:
                cursor.joinPreviousEditBlock()  # it is nothing to take back by itself
            changed = True
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._format(str(style.property(SOURCE))))
        if changed:
            cursor.endEditBlock()
        self._loading = False
        self._describe()

    @property
    def source(self) -> str:
        """The answer as it is kept."""
        return "".join(self._read(SOURCE))

    @property
    def printed(self) -> str:
        """The answer as it is printed and counted: tables and charts have no words."""
        return unmarked("".join(self._read(SAID, spoken=True))).strip()

    def _read(self, what: int, *, spoken: bool = False) -> Iterator[str]:
        """Yield the words, and of each chip what it is in the answer, or what it shows."""
        block = self.document().begin()
        while block.isValid():
            if block.blockNumber():
                yield "\n"
            inside = block.begin()
            while not inside.atEnd():
                fragment = inside.fragment()
                text = fragment.text().replace("\u2028", "\n")
                if SIGN in text:
                    said = _of_chip(fragment.charFormat(), what, spoken=spoken)
                    text = text.replace(SIGN, said)
                yield text
                inside += 1
            block = block.next()

    def _chips(self) -> Iterator[tuple[int, QTextCharFormat]]:
        """Yield where each chip stands, and its format."""
        block = self.document().begin()
        while block.isValid():
            inside = block.begin()
            while not inside.atEnd():
                fragment = inside.fragment()
                style = fragment.charFormat()
                if style.hasProperty(SOURCE):
                    for place, letter in enumerate(fragment.text()):
                        if letter == SIGN:
                            yield fragment.position() + place, style
                inside += 1
            block = block.next()

    # --- putting in --------------------------------------------------------------------------

    def insert(self, source: str) -> None:
        """Put words or a place in at the caret; a table, chart or quote gets a line of its own."""
        cursor = self.textCursor()
        if _piece(source).kind in BLOCKS:
            cursor.beginEditBlock()
            if cursor.block().text().strip():
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                cursor.insertBlock()
            self._put(cursor, source)
            cursor.insertBlock()
            cursor.endEditBlock()
        else:
            self._put(cursor, source)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _put(self, cursor: QTextCursor, source: str) -> None:
        cursor.beginEditBlock()
        for piece in typed.pieces(safe(source)):
            if piece.kind is PieceKind.WORDS:
                cursor.insertText(piece.source, QTextCharFormat())
            else:
                cursor.insertText(SIGN, self._format(piece.source))
        cursor.endEditBlock()

    def _format(self, source: str) -> QTextCharFormat:
        face = self._face(source)
        return chip_format(
            self._looks.font(), source=source, shown=face.shown, name=face.name, tone=face.tone,
            said=face.said,
        )  # fmt: skip

    def _face(self, source: str) -> Face:
        return self._faces(_piece(source))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words only."""
        return source.hasText() or source.hasFormat(_KEPT)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put in what was copied: our own with its places, anything else as plain words."""
        kept = source.data(_KEPT).data() if source.hasFormat(_KEPT) else b""
        self._put(self.textCursor(), bytes(kept).decode("utf-8") if kept else source.text())
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words for other programs, and the places for an answer."""
        cursor, data = self.textCursor(), QMimeData()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        words = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        chips = [style for place, style in self._chips() if first <= place < last]
        for kind, what in ((None, SAID), (_KEPT, SOURCE)):
            said = iter([str(style.property(what) or "") for style in chips])
            text = re.sub(SIGN, lambda _sign, said=said: next(said, ""), words)  # type: ignore[misc]
            if kind is None:
                data.setText(text)
            else:
                data.setData(kind, text.encode("utf-8"))
        return data

    # --- keys and the mouse ------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the book while there is nothing of one's own to take back here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            there = self.document()
            undo = event.matches(QKeySequence.StandardKey.Undo) and not there.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not there.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; a place that is typed out becomes a chip with its last brace."""
        if self._lines == 1 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        self._leave_chip()
        super().keyPressEvent(event)
        if event.text() == "}":
            self._take_typed_place()

    def _leave_chip(self) -> None:
        """Let what is typed beside a chip look as other words."""
        if self.currentCharFormat().hasProperty(SOURCE) and not self.textCursor().hasSelection():
            self.setCurrentCharFormat(QTextCharFormat())

    def _take_typed_place(self) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        place = before.rfind("{")
        typed_out = before[place:]
        if place < 0 or before[:place].endswith("{"):
            return
        if typed.place_of(typed_out) or _block_alone(cursor.block().text(), typed_out):
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed_out)
            )
            self._put(cursor, typed_out)
            self.setTextCursor(cursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the chip that was pressed."""
        super().mouseReleaseEvent(event)
        self._on_moved()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the rows of the chip at the caret again."""
        super().focusInEvent(event)
        self._chosen = ""
        self._on_moved()

    # --- telling -----------------------------------------------------------------------------

    def _on_changed(self) -> None:
        if not self._loading:
            self._describing.start(0 if self.document().characterCount() < _LONG else 300)
            self.edited.emit()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.printed)

    def _on_moved(self) -> None:
        if self._loading:
            return
        self._leave_chip()
        source, name = self._at_caret()
        self._drawer.chosen = self._place if source else -1
        self.viewport().update()
        if source != self._chosen:
            self._chosen = source
            if source and self.hasFocus():
                say(self, name)
            self.place_chosen.emit(source)

    def _at_caret(self) -> tuple[str, str]:
        """Return the source and the spoken name of the chip at the caret, the one before it first."""
        cursor, at = QTextCursor(self.document()), self.textCursor().position()
        for place in (at - 1, at):
            if place < 0 or self.document().characterAt(place) != SIGN:
                continue
            cursor.setPosition(place + 1)  # a format is asked for after its letter
            style = cursor.charFormat()
            if style.hasProperty(SOURCE):
                self._place = place
                name = f"{style.property(SHOWN)}, {style.property(NAME)}"
                return str(style.property(SOURCE)), name
        return "", ""

    def _on_selected(self) -> None:
        cursor = self.textCursor()
        self._drawer.selected = (cursor.selectionStart(), cursor.selectionEnd())
        self.viewport().update()

    # --- looks -------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return the height of what is written, within bounds."""
        line = self._looks.px(_LINE)
        around = 2 * self._looks.px(_SPACE) + 4
        whole = round(self.document().size().height())
        return QSize(super().sizeHint().width(), max(line * self._lines, whole) + around)

    def minimumSizeHint(self) -> QSize:
        """Return the least height: a few lines, the rest scrolls."""
        lines = min(self._lines, 4)
        around = 2 * self._looks.px(_SPACE) + 4
        return QSize(self._looks.px(160), self.fontMetrics().lineSpacing() * lines + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Give the chips the letters of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_drawer"):
            self._on_looks_changed()

    def _on_size(self) -> None:
        self.updateGeometry()

    def _on_looks_changed(self) -> None:
        self.document().setDocumentMargin(self._looks.px(_SPACE))
        self._loading, was = True, self._loading
        cursor = QTextCursor(self.document())
        for place, style in list(self._chips()):
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._format(str(style.property(SOURCE))))
        self._space_lines()
        self._loading = was
        self.updateGeometry()

    def _space_lines(self) -> None:
        """Give every line the same height, with a chip in it or without."""
        style = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        style.setLineHeight(self._looks.px(_LINE), kind)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(style)


def _of_chip(style: QTextCharFormat, what: int, *, spoken: bool) -> str:
    """Return one property of a chip; of a table or chart nothing where words are wanted."""
    if spoken and _piece(str(style.property(SOURCE) or "")).kind in _SILENT:
        return ""
    return str(style.property(what) or "")


def _piece(source: str) -> TypedPiece:
    found = typed.pieces(source)
    return found[0] if len(found) == 1 else TypedPiece(kind=PieceKind.WORDS, source=source)


def _block_alone(line: str, source: str) -> TypedPiece | None:
    piece = _piece(source)
    return piece if piece.kind in BLOCKS and line.strip() == source else None


def _plain_face(piece: TypedPiece) -> Face:
    return Face(shown="…", name=piece.name)

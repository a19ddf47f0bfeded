"""Labels: every kind of words on a page."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def words(text: str = "", look: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label; ``look`` is one of the sheet's: aside, small, heading, strong, figure, problem.

    Text is shown as it is: a name with < or & in it is not taken for markup.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    label.setWordWrap(wrap)
    return label


def tip(text: str) -> str:
    """Return the words of a tip so that they are shown as they are.

    A tip takes what looks like markup for markup: a name could bring a picture or a heading.
    """
    if "<" not in text:
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")


def rule() -> QFrame:
    """Return a thin line between things."""
    line = QFrame()
    line.setProperty("look", "rule")
    return line


def restyle(widget: QWidget) -> None:
    """Dress a widget again after one of its properties changed that the sheet asks for."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()

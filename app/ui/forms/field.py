"""One field of a form: its label, the place to type, and what is to correct under it."""

import re

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.words import restyle, words

_RUN = re.compile(r"\S{18}(?=\S)")
"""Where a word without a gap may wrap: what is quoted would else make its field as wide as it is."""
_LONG = 40
"""A label of more letters has a name in it, and wraps as names do; others keep their row even."""


class Field(QWidget):
    """A label over an editor; a problem is said under it, in words."""

    def __init__(
        self, label: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = words(look="strong")
        self._label.setBuddy(editor)
        self._show_label(label)
        self._problem = words("", "problem", wrap=True)
        self._problem.hide()
        self._said = ""
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addWidget(editor)
        self._told = words(hint, "small", wrap=True) if hint else None
        if self._told is not None:
            column.addWidget(self._told)
        column.addWidget(self._problem)
        column.addStretch(1)  # not an alignment: that would cut a problem of several lines
        self._hint = hint
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, label: str) -> None:
        """Show another label."""
        self._show_label(label)
        self.editor.setAccessibleName(label)

    def _show_label(self, label: str) -> None:
        self._name = label
        self._label.setText(_wrapping(label))
        self._label.setWordWrap(len(label) > _LONG)

    def show_problem(self, text: str) -> None:
        """Say what is to correct; "" when it is well."""
        self._said = text
        self._problem.setText(_wrapping(text))
        self._problem.setVisible(bool(text))
        self.show_hint(self._hint not in text)  # nothing is said twice
        self.editor.setProperty("wrong", "true" if text else "false")
        self.editor.setAccessibleDescription(text or self._hint)
        restyle(self.editor)

    def show_hint(self, wanted: bool) -> None:
        """Show what helps, or not while something else says it."""
        if self._told is not None:
            self._told.setVisible(wanted)

    @property
    def label(self) -> str:
        """What the field is called."""
        return self._name

    @property
    def problem(self) -> str:
        """What is said under the field."""
        return self._said


def _wrapping(text: str) -> str:
    return _RUN.sub("\\g<0>\u200b", text)

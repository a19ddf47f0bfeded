"""One field of a form: its label, the place to type, and what is to correct under it."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.words import restyle, words


class Field(QWidget):
    """A label over an editor; a problem is said under it, in words."""

    def __init__(
        self, label: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = words(label, "strong")
        self._label.setBuddy(editor)
        self._problem = words("", "problem", wrap=True)
        self._problem.hide()
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addWidget(editor)
        if hint:
            column.addWidget(words(hint, "small", wrap=True))
        column.addWidget(self._problem)
        column.addStretch(1)  # not an alignment: that would cut a problem of several lines
        self._hint = hint
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, label: str) -> None:
        """Show another label."""
        self._label.setText(label)
        self.editor.setAccessibleName(label)

    def show_problem(self, text: str) -> None:
        """Say what is to correct; "" when it is well."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.editor.setProperty("wrong", "true" if text else "false")
        self.editor.setAccessibleDescription(text or self._hint)
        restyle(self.editor)

    @property
    def problem(self) -> str:
        """What is said under the field."""
        return self._problem.text()

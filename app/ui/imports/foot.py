"""The foot of an import: back and on, and how far the reading or the writing is."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.short_words import ShortWords


class Foot(QWidget):
    """Buttons that go back and on; while something runs, its rows are counted and it can be stopped."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = ActionButton(looks, self.tr("&Back"), icon="arrow-left")
        self.next = ActionButton(looks, self.tr("&Next"), icon="arrow-right", primary=True)
        self.leave = ActionButton(looks, self.tr("Cancel"))
        self.next.setDefault(True)
        self.doing = ShortWords()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(looks.px(160))
        self.stop = ActionButton(looks, self.tr("Stop"), icon="x")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(10))
        row.addWidget(self.back)
        row.addWidget(self.doing, 1)
        for widget in (self.bar, self.stop, self.leave, self.next):
            row.addWidget(widget)

    def show_busy(self, *, on: bool, writing: bool) -> None:
        """Show that something runs, or that nothing does any more."""
        for widget in (self.bar, self.stop):
            widget.setVisible(on)
        # Stop stands where Cancel stood: both at once would say the same twice.
        self.leave.setVisible(not on)
        for button in (self.back, self.next):
            button.setEnabled(not on)
        self.bar.setAccessibleName(
            self.tr("How far the writing is") if writing else self.tr("How far the reading is")
        )
        if on:
            self.stop.setFocus()
        else:
            self.doing.say("")

    def say_rows(self, what: str, done: int, total: int) -> None:
        """Say how far it is in rows; without a total the bar only shows that something goes on."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        if total:
            text = self.tr("{what}: {n:,} of {all:,} rows").format(what=what, n=done, all=total)
        elif done:
            text = self.tr("{what}: {n:,} rows").format(what=what, n=done)
        else:
            text = self.tr("{what} …").format(what=what)
        self.doing.say(text)

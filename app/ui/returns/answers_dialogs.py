"""Answers written before: last time's, those to like questions, and those kept to be used again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.periods import short_date
from app.domain.returns import StandingAnswer
from app.services.result import Done
from app.services.returns import answers
from app.services.returns.answers import EarlierAnswer
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.returns.pick_dialog import Offer, PickDialog
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.line import Line
from app.ui.widgets.wrap_row import WrapRow

Printed = Callable[[str], str]
"""Gives the words of a kept answer with the numbers of today."""


class AnswersDialog(PickDialog):
    """Answers to choose from, the one in hand to be read whole."""

    def __init__(
        self, book: Book, title: str, printed: Printed, parent: QWidget | None = None
    ) -> None:
        super().__init__(book, title, "Use it", parent=parent)
        self._printed = printed
        self._texts: dict[str, str] = {}
        self.reading = QPlainTextEdit()
        self.reading.setReadOnly(True)
        self.reading.setTabChangesFocus(True)
        self.reading.setAccessibleName(self.tr("The answer in hand"))
        # Both grow with the dialog; so low that it is all in sight in the largest letters.
        self.reading.setMinimumHeight(book.looks.gap(80))
        self.reading.setMaximumHeight(book.looks.gap(140))  # the list has what is over
        self.table.keep_rows(2)
        self.extra.addWidget(self.reading, 1)

    def beside(self) -> Sequence[QWidget]:
        """Return the box in which the answer in hand is read."""
        return (self.reading,)

    def offer_texts(self, offered: list[tuple[str, str, str]]) -> None:
        """Offer (title, what is said of it, text)."""
        self._texts = {str(n): text for n, (_, _, text) in enumerate(offered)}
        self.offer(
            [
                Offer(key=str(n), title=title, more=more)
                for n, (title, more, _) in enumerate(offered)
            ]
        )
        if not offered:
            self.reading.clear()

    def on_in_hand(self, offer: Offer) -> None:
        """Show the whole answer, with the numbers of today."""
        self.reading.setPlainText(self._printed(self._texts.get(offer.key, "")))

    def source_of(self, offer: Offer) -> str:
        """Return the answer as it was typed."""
        return self._texts.get(offer.key, "")


def earlier_dialog(
    book: Book,
    found: tuple[tuple[EarlierAnswer, int], ...],
    printed: Printed,
    parent: QWidget | None = None,
) -> AnswersDialog:
    """Return a dialog of earlier answers: (answer, how like its question is, 100 for the same)."""
    dialog = AnswersDialog(book, "Last time’s answer", printed, parent)
    dialog.offer_texts([_earlier(one, likeness) for one, likeness in found])
    dialog.empty.say(
        "Not answered before",
        "When this question, or one like it, was answered in an earlier return, that answer is here.",
    )
    return dialog


def _earlier(one: EarlierAnswer, likeness: int) -> tuple[str, str, str]:
    sent = "issued" if one.issued else "draft"
    title = f"{one.title}, {short_date(one.on)} ({sent})"
    same = "The same question." if likeness == 100 else f"A question like it: {one.wording}"
    return title, same, one.text


class BankDialog(AnswersDialog):
    """The answers kept: use one, change one, take one away."""

    def __init__(self, book: Book, printed: Printed, parent: QWidget | None = None) -> None:
        super().__init__(book, "Answers kept", printed, parent)
        self._kept: tuple[StandingAnswer, ...] = ()
        self.change_button = ActionButton(book.looks, self.tr("Change…"), icon="pencil")
        self.remove_button = ActionButton(book.looks, self.tr("Take away"), icon="trash-2")
        self.change_button.clicked.connect(self._on_change)
        self.remove_button.clicked.connect(self._on_remove)
        self.buttons = WrapRow(book.looks)
        self.buttons.add(self.change_button)
        self.buttons.add(self.remove_button)
        self.extra.addWidget(self.buttons)
        self.empty.say(
            self.tr("No answers kept yet"),
            self.tr(
                "Answers that you write again and again are kept here: who you are, "
                "safeguarding. Write one once and choose “Keep this answer”."
            ),
        )
        self.read_again()

    def beside(self) -> Sequence[QWidget]:
        """Return the box in which the answer is read, and what can be done about it."""
        return (*super().beside(), self.buttons)

    def read_again(self) -> None:
        """Show the answers kept now."""
        self._kept = answers.bank(self.book.register)
        self.offer_texts([(one.name, "", one.text) for one in self._kept])

    @property
    def _standing(self) -> StandingAnswer | None:
        one = self.in_hand
        return self._kept[int(one.key)] if one is not None else None

    def _on_change(self) -> None:
        if self._standing is not None:
            dialog = KeepDialog(self.book, self._standing.text, self._standing, parent=self)
            dialog.kept.connect(self.read_again)
            dialog.open()

    def _on_remove(self) -> None:
        one = self._standing
        if one is not None:
            register = self.book.register
            self.book.commands.run(lambda: answers.remove(register, one.id))
            self.read_again()


class KeepDialog(FormDialog):
    """Keep an answer under a name, or change one that is kept."""

    kept = Signal()

    def __init__(
        self,
        book: Book,
        text: str,
        there: StandingAnswer | None = None,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            book.looks, "Change an answer kept" if there else "Keep this answer", "Keep it", parent
        )
        self._book = book
        self._there = there
        self.name_line = Line()
        self.name_line.setText(there.name if there else name)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(text)
        self.text.setMinimumHeight(book.looks.gap(180))
        self.add_field(
            "name", self.tr("Name"), self.name_line, hint=self.tr("Who we are, Safeguarding, …")
        )
        self.add_field(
            "text", self.tr("Answer"), self.text,
            hint=self.tr("What stands in braces, such as {people}, is counted anew each time."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Keep it; False when something is to correct."""
        register, there = self._book.register, self._there
        name, text = self.name_line.text(), self.text.toPlainText()
        answer = self._book.commands.run(
            lambda: answers.keep(register, name, text, there.id if there else None)
        )
        if answer is None:
            return False
        if not isinstance(answer, Done):
            self.show_problems(answer.problems)
            return False
        self.kept.emit()
        return True

"""The questions of one sheet, each with a short line for its answer; Enter goes on to the next."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.measures import Item
from app.domain.outcomes import Answer, ItemState, read_answer
from app.domain.problems import Problem
from app.ui.appearance import Appearance
from app.ui.outcomes import words as said
from app.ui.widgets.line import Line
from app.ui.widgets.words import restyle, words

_WIDTH = 92


class AnswerBox(Line):
    """A short line for one answer; Enter and Down go on, Up goes back."""

    went = Signal(int)
    """1 to the next, -1 to the one before."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about with Enter, Down and Up; everything else is typing."""
        steps = {
            Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1,
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        event.accept()
        self.went.emit(step)


class AnswerLine(QWidget):
    """One question: its words, the line, how it is answered, and what is to correct."""

    def __init__(
        self, looks: Appearance, item: Item, place: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        self.box = AnswerBox()
        self.box.setFixedWidth(looks.px(_WIDTH))
        asked = said.question(item, place)
        self.box.setAccessibleName(asked)
        self._hint = said.ends(item)
        self._wording = words(asked, "strong", wrap=True)
        self._problem = words("", "problem", wrap=True)
        self._read = words("", "aside")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(3))
        row = QHBoxLayout()
        row.setSpacing(looks.px(10))
        row.addWidget(self.box)
        row.addWidget(words(self._hint, "aside", wrap=True), 1)
        row.addWidget(self._read)
        column.addWidget(self._wording)
        column.addLayout(row)
        column.addWidget(self._problem)
        self.show_problem("")
        self.box.textChanged.connect(self._on_changed)

    @property
    def answer(self) -> Answer | Problem:
        """What is typed, as an answer, or what is wrong with it."""
        return read_answer(self.item, self.box.text())

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer that is kept."""
        if answer is None or answer.state is ItemState.BLANK:
            self.box.empty()
        elif answer.state is ItemState.DECLINED:
            self.box.setText("d")
        else:
            self.box.setText(said.score(answer.value or 0).replace("−", "-"))

    def show_problem(self, text: str) -> None:
        """Say what is to correct; "" when it is well."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.box.setProperty("wrong", "true" if text else "false")
        self.box.setAccessibleDescription(text or self._hint)
        restyle(self.box)

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text()

    def _on_changed(self, typed: str) -> None:
        answer = self.answer
        if not isinstance(answer, Problem):
            self.show_problem("")
        text = ""
        if isinstance(answer, Answer) and typed.strip():
            chosen = [c.text for c in self.item.choices if c.value == answer.value]
            declined = answer.state is ItemState.DECLINED
            text = self.tr("declined") if declined else "".join(chosen[:1])
        self._read.setText(text)


class AnswerLines(QWidget):
    """The questions of one sheet, one under the other."""

    finished = Signal()
    """Enter in the last line."""
    changed = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.lines: tuple[AnswerLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(looks.gap(14))

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show questions; what is typed to one that was there already is kept."""
        if tuple(line.item for line in self.lines) == items:
            return
        typed = self.typed
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.setParent(None)
            line.deleteLater()
        self.lines = tuple(
            AnswerLine(self._looks, item, place) for place, item in enumerate(items, start=1)
        )
        for line in self.lines:
            self._column.addWidget(line)
            line.box.went.connect(self._on_went)
            line.box.textEdited.connect(self.changed)
            line.box.editingFinished.connect(self._on_left)
        self.show_typed(typed)

    def show_answers(self, answers: Mapping[str, Answer]) -> None:
        """Show what is kept."""
        for line in self.lines:
            line.show_answer(answers.get(line.item.code))
            line.show_problem("")

    @property
    def typed(self) -> dict[str, str]:
        """What is typed, by question."""
        return {line.item.code: line.box.text() for line in self.lines}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show what was typed before."""
        for line in self.lines:
            line.box.setText(typed.get(line.item.code, ""))

    def read(self) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
        """Return the answers by question, and what cannot be read."""
        found = {line.item.code: line.answer for line in self.lines}
        answers = {code: one for code, one in found.items() if isinstance(one, Answer)}
        return answers, tuple(one for one in found.values() if isinstance(one, Problem))

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Say problems beside their questions; return those that belong to none."""
        by_code = {problem.field: problem for problem in problems}
        wrong = [line for line in self.lines if line.item.code in by_code]
        for line in self.lines:
            problem = by_code.pop(line.item.code, None)
            line.show_problem(problem.text if problem else "")
        if wrong:
            wrong[0].box.setFocus()
            wrong[0].box.selectAll()
        return tuple(by_code.values())

    def take_keyboard(self) -> None:
        """Begin with the first question."""
        if self.lines:
            self.lines[0].box.setFocus()
            self.lines[0].box.selectAll()

    def _place(self) -> int:
        boxes = [line.box for line in self.lines]
        sender = self.sender()
        return boxes.index(sender) if sender in boxes else -1

    def _on_went(self, step: int) -> None:
        place = self._place()
        if place < 0:
            return
        line = self.lines[place]
        if step > 0 and isinstance(line.answer, Problem):
            line.show_problem(line.answer.text)
            line.box.selectAll()
            return
        if place + step >= len(self.lines):
            self.finished.emit()
        elif place + step >= 0:
            following = self.lines[place + step].box
            following.setFocus()
            following.selectAll()

    def _on_left(self) -> None:
        place = self._place()
        if place < 0:  # taken away with the sheet before
            return
        line = self.lines[place]
        answer = line.answer
        line.show_problem(answer.text if isinstance(answer, Problem) else "")

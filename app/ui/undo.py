"""Undo and redo of this sitting: Qt's stack over the steps that storage noted."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.domain.errors import AppError
from app.services import registers
from app.services.registers import Register, UndoStep
from app.services.result import Done
from app.ui.events import RegisterEvents

STEPS_KEPT = 50
_TYPING = 1
"""How Qt tells steps that may become one from those that stay alone."""


class History(QObject):
    """The changes that can be taken back, newest last.

    An error inside Qt's own undo would leave its place in the stack wrong, so errors are caught,
    the stack is emptied, and ``failed`` says why.
    """

    failed = Signal(object)
    """An AppError: a step could not be taken back or made again, and the list is empty now."""
    changed = Signal()

    def __init__(
        self, register: Register, events: RegisterEvents, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._register = register
        self._events = events
        self._trouble: AppError | None = None
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(STEPS_KEPT)
        self._stack.indexChanged.connect(self._on_moved)

    def push(self, step: UndoStep, *, merges: str = "") -> None:
        """Put a change that was just made on the stack.

        A change that ``merges`` with the last one, by the same words, becomes one step with it.
        """
        self._stack.push(_StepCommand(self, step, merges))

    def push_whole(self, text: str, redo: Callable[[], Done], undo: Callable[[], Done]) -> None:
        """Put a change on the stack that has its own use cases to take it back and make it again."""
        self._stack.push(_WholeCommand(self, text, redo, undo))

    def undo(self) -> None:
        """Take the last change back."""
        self._stack.undo()
        self._after()

    def redo(self) -> None:
        """Make the last change that was taken back again."""
        self._stack.redo()
        self._after()

    def clear(self) -> None:
        """Forget every step: after what cannot be taken back."""
        self._stack.clear()

    @property
    def undo_text(self) -> str:
        """The name of the change that undo takes back, or nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """The name of the change that redo makes again, or nothing."""
        return self._stack.redoText()

    def play(self, step: UndoStep, *, back: bool) -> UndoStep | None:
        """Carry a step out; return the opposite one, or None when it went wrong."""
        self._events.saving.emit()
        try:
            work = registers.undo if back else registers.redo
            opposite, done = work(self._register, step)
        except AppError as error:
            self._trouble = error
            return None
        self._events.announce(done.changes)
        return opposite

    def play_whole(self, use_case: Callable[[], Done]) -> None:
        """Carry out a use case that takes a whole change back, or makes it again."""
        try:
            done = use_case()
        except AppError as error:
            self._trouble = error
            return
        self._register.take_step()
        self._events.announce(done.changes)

    def _after(self) -> None:
        if self._trouble is not None:
            trouble, self._trouble = self._trouble, None
            self._stack.clear()
            self.failed.emit(trouble)

    def _on_moved(self, _index: int) -> None:
        self.changed.emit()


class _StepCommand(QUndoCommand):
    """One change; it is already made when Qt first calls redo()."""

    def __init__(self, history: History, step: UndoStep, merges: str = "") -> None:
        super().__init__(step.text)
        self._history = history
        self.step: UndoStep | None = step
        self.merges = merges
        self._made = False

    def id(self) -> int:
        """Return a number that is the same for all steps of typing; -1 for every other step."""
        return _TYPING if self.merges else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take what was typed next into this step, if it goes on with the same."""
        if not isinstance(other, _StepCommand) or other.merges != self.merges:
            return False
        if self.step is None or other.step is None:
            return False
        self.step = other.step.after(self.step)
        return True

    def redo(self) -> None:
        """Make the change again; the first call comes from push() and has nothing to do."""
        if self._made:
            self._play(back=False)
        self._made = True

    def undo(self) -> None:
        """Take the change back."""
        self._play(back=True)

    def _play(self, *, back: bool) -> None:
        if self.step is not None:
            self.step = self._history.play(self.step, back=back)


class _WholeCommand(QUndoCommand):
    """A change too large to be noted row by row, such as an import."""

    def __init__(
        self, history: History, text: str, redo: Callable[[], Done], undo: Callable[[], Done]
    ) -> None:
        super().__init__(text)
        self._history = history
        self._redo = redo
        self._undo = undo
        self._made = False

    def redo(self) -> None:
        """Make the change again; the first call comes from push() and has nothing to do."""
        if self._made:
            self._history.play_whole(self._redo)
        self._made = True

    def undo(self) -> None:
        """Take the change back."""
        self._history.play_whole(self._undo)

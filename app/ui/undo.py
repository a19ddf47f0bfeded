"""Undo and redo of this sitting: Qt's stack over the steps that storage noted."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.domain.errors import AppError
from app.services import registers
from app.services.registers import Register, UndoStep
from app.services.result import Done, Written
from app.ui.events import RegisterEvents
from app.ui.slices import Slices, carry_out

STEPS_KEPT = 50
_TYPING = 1
"""How Qt tells steps that may become one from those that stay alone."""

Writing = Generator[Written, None, Done]
"""A change that is written some milliseconds at a time; first it says how large it is."""


class History(QObject):
    """The changes that can be taken back, newest last.

    Qt only keeps their order: a change is carried out first, at once or, where it touches many rows,
    in slices; then Qt's place in the list moves. When it cannot be carried out the list is emptied,
    and ``failed`` says why.
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
        self._slices: Slices | None = None
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(STEPS_KEPT)
        self._stack.indexChanged.connect(self._on_moved)

    def push(self, step: UndoStep, *, merges: str = "") -> None:
        """Put a change that was just made on the stack.

        A change that ``merges`` with the last one, by the same words, becomes one step with it.
        """
        self._stack.push(_StepChange(self._register, step, merges))

    def push_whole(
        self, text: str, redo: Callable[[], Writing], undo: Callable[[], Writing]
    ) -> None:
        """Put a change on the stack that has its own use cases to take it back and make it again."""
        self._stack.push(_WholeChange(text, redo, undo))

    def undo(self, then: Callable[[], None] | None = None) -> None:
        """Take the last change back; ``then`` is called once that is done."""
        self._carry_out(back=True, then=then)

    def redo(self) -> None:
        """Make the last change that was taken back again."""
        self._carry_out(back=False)

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

    def _carry_out(self, *, back: bool, then: Callable[[], None] | None = None) -> None:
        change = self._stack.command(self._stack.index() - back)
        if not isinstance(change, _StepChange | _WholeChange) or self._slices is not None:
            return
        self._events.saving.emit()
        self._slices = carry_out(
            change.writing(back=back),
            self,
            done=partial(self._on_done, change, back, then),
            failed=self._on_failed,
        )
        if self._slices is not None:
            self._slices.ended.connect(self._on_ended)
            said = self.tr("Undoing: {change}") if back else self.tr("Making again: {change}")
            self._events.lasting.emit(self._slices, said.format(change=change.text()))

    def _on_done(
        self,
        change: "_StepChange | _WholeChange",
        back: bool,
        then: Callable[[], None] | None,
        result: Any,
    ) -> None:
        self._slices = None
        done = change.taken(result)
        self._register.take_step()
        if back:
            self._stack.undo()
        else:
            self._stack.redo()
        self._events.announce(done.changes)
        if then is not None:
            then()

    def _on_failed(self, error: AppError) -> None:
        self._slices = None
        self._stack.clear()
        self.failed.emit(error)

    def _on_ended(self) -> None:
        self._slices = None

    def _on_moved(self, _index: int) -> None:
        self.changed.emit()


class _StepChange(QUndoCommand):
    """A change that was noted row by row, made already; Qt's own undo and redo only move past it."""

    def __init__(self, register: Register, step: UndoStep, merges: str = "") -> None:
        super().__init__(step.text)
        self._register = register
        self.step: UndoStep | None = step
        self.merges = merges

    def id(self) -> int:
        """Return a number that is the same for all steps of typing; -1 for every other step."""
        return _TYPING if self.merges else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take what was typed next into this step, if it goes on with the same."""
        if not isinstance(other, _StepChange) or other.merges != self.merges:
            return False
        if self.step is None or other.step is None:
            return False
        self.step = other.step.after(self.step)
        return True

    def writing(self, *, back: bool) -> Generator[Written, None, Any]:
        """Play the step, which gives the opposite one."""
        if self.step is None:  # it changed nothing
            return None, Done(changes=frozenset(), text=self.text())
        play = registers.undo_in_slices if back else registers.redo_in_slices
        return (yield from play(self._register, self.step))

    def taken(self, result: Any) -> Done:
        """Keep the opposite step for the way back."""
        done: Done
        self.step, done = result
        return done


class _WholeChange(QUndoCommand):
    """A change too large to be noted row by row, such as an import."""

    def __init__(self, text: str, redo: Callable[[], Writing], undo: Callable[[], Writing]) -> None:
        super().__init__(text)
        self._redo = redo
        self._undo = undo

    def writing(self, *, back: bool) -> Generator[Written, None, Any]:
        """Return the work of its own use case."""
        return self._undo() if back else self._redo()

    def taken(self, result: Any) -> Done:
        """Return what was changed."""
        done: Done = result
        return done

"""Run a use case: tell what the world did, push the undo step, announce what changed."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import AppError
from app.services.registers import Register
from app.services.result import Changing, Done, Refused, Written
from app.ui.events import RegisterEvents
from app.ui.slices import Slices, carry_out
from app.ui.undo import History, Writing


class Commands(QObject):
    """The one way in which pages change the register."""

    failed = Signal(object)
    """An AppError: the world stood in the way; nothing was changed."""

    def __init__(
        self,
        register: Register,
        events: RegisterEvents,
        history: History,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._register = register
        self._events = events
        self._history = history

    def run(
        self, use_case: Callable[[], Done | Refused], *, origin: QObject | None = None
    ) -> Done | Refused | None:
        """Carry out a use case and return its answer; None when an AppError was told.

        What is refused is for the caller to show beside the field, with what was typed kept.
        """
        self._events.saving.emit()
        try:
            answer = use_case()
        except AppError as error:
            self.failed.emit(error)
            return None
        self._note(answer, origin)
        return answer

    def run_in_slices(
        self, work: Changing, said: str, then: Callable[[Done | Refused], None]
    ) -> None:
        """Carry out a use case as `run` does, one of many rows a little at a time.

        ``then`` hears the answer, small changes before this returns. Whoever stops it is left with
        everything as it was, and ``then`` hears nothing.
        """
        self.run_long(work, said, partial(self._on_answer, then))

    def run_long(
        self, work: Generator[Written, None, Any], said: str, then: Callable[[Any], None]
    ) -> None:
        """Carry out a change that may touch many rows; ``then`` hears its result once it is done.

        ``said`` is what one reads while it lasts. An AppError is told, and nothing was changed.
        """
        self._events.saving.emit()
        slices = carry_out(work, self, done=then, failed=self.failed.emit)
        if slices is not None:
            self._events.lasting.emit(slices, said)

    def _on_answer(self, then: Callable[[Done | Refused], None], answer: Done | Refused) -> None:
        self._note(answer, None)
        then(answer)

    def _note(self, answer: Done | Refused, origin: QObject | None) -> None:
        if isinstance(answer, Done):
            step = self._register.take_step()
            if step is not None:
                self._history.push(step, merges=answer.merges)
            self._events.announce(answer.changes, origin)

    def begin_slices(self, work: Generator[Any, None, Any], parent: QObject) -> Slices:
        """Begin a change that is written a little at a time; tell `note_whole` when it is done."""
        self._events.saving.emit()
        return Slices(work, parent)

    def note_whole(
        self, text: str, done: Done, do: Callable[[], Writing], undo: Callable[[], Writing]
    ) -> None:
        """Note a change that was just carried out and that its own use case takes back."""
        self._register.take_step()
        self._history.push_whole(text, do, undo)
        self._events.announce(done.changes)

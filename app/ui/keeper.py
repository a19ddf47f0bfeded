"""Makes the copies of the open book: when it was opened, before what is large, when it is closed."""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.services import standing
from app.services.registers import Register
from app.services.standing import Standing, Wanted
from app.ui.jobs import Job, JobContext, JobRunner

_LOG = logging.getLogger(__name__)
_SETTLED_MS = 4_000
"""So long after a book was opened it is copied: its pages are made first."""
_QUIET_MS = 20_000
"""So long after a change that broke a copy off, it begins again."""
_LOOK_MS = 60_000
"""How often it is looked whether the second place is there."""
_FRESH = dt.timedelta(minutes=15)
"""A copy of this age is near enough before records are joined one after another."""


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Keeper(QObject):
    """One copy at a time, on a worker of its own: a slow stick holds up no preview.

    Whoever saves goes first: a copy is broken off and made again later.
    """

    changed = Signal()
    """How the book stands with its copies, or whether one is being made."""
    idle = Signal()
    """The last copy that was wanted is made, or cannot be."""

    def __init__(
        self,
        jobs: JobRunner,
        *,
        active: bool = True,
        now: Callable[[], dt.datetime] = _now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._active, self.now = jobs, active, now
        self._register: Register | None = None
        self._job: Job | None = None
        self._then: list[Callable[[], None]] = []
        self._next: Wanted | None = None
        """What is to be copied when the copy in hand is over: a book that was closed meanwhile."""
        self.book = ""
        self.known = Standing()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._minute = QTimer(self)
        self._minute.setInterval(_LOOK_MS)
        self._minute.timeout.connect(self._on_minute)

    # --- a book comes and goes ---------------------------------------------------------------

    def begin(self, register: Register) -> None:
        """Watch over a book that was opened."""
        want = standing.wanted(register)
        if not self._active or want is None:
            return
        self._register, self.book = register, want.book
        self.known = standing.standing(want.book)
        self._soon.start(_SETTLED_MS)
        self._minute.start()
        self.changed.emit()

    def end(self) -> None:
        """Make the last copy of the book that is being closed; nothing of it is needed open."""
        self._soon.stop()
        self._minute.stop()
        want = standing.wanted(self._register) if self._register is not None else None
        self._register = None
        self._then.clear()
        if want is None or not standing.is_due(want, self.known):
            return
        if self._job is None:
            self._start(want)
        else:
            self._next = want
            self._job.cancel()

    def pause(self) -> None:
        """Make no copy for now: the file is about to change as a whole, and is opened again."""
        self._soon.stop()
        self._minute.stop()
        self._register = None
        self._then.clear()
        self.stop()

    def forget(self) -> None:
        """Make no last copy: the book is thrown away."""
        self.pause()

    @property
    def busy(self) -> bool:
        """Whether a copy is being made."""
        return self._job is not None

    def stop(self) -> None:
        """Make no copy that is wanted; the one in hand is broken off."""
        self._next = None
        if self._job is not None:
            self._job.cancel()

    def when_idle(self, then: Callable[[], None]) -> None:
        """Go on when no copy is being made."""
        if self._job is None:
            then()
        else:
            self._then.append(then)

    def close(self, *, wait: bool = True) -> None:
        """End the worker; nobody hears of it any more. A stick that hangs need not be waited for."""
        self._job = None
        self._jobs.close(wait=wait)

    # --- copies ------------------------------------------------------------------------------

    def look(self) -> None:
        """Make a copy if one is due."""
        want = self._want()
        if want is not None and self._job is None and standing.is_due(want, self.known):
            self._start(want)

    def first(self, of: QObject, then: Callable[[], None], *, often: bool = False) -> None:
        """Make a copy here before something large, then go on if ``of`` is still there.

        Trouble with the copy stands in nobody's way.

        What is done ``often``, such as joining records, is content with a copy of this hour.
        """
        want = self._want()
        here = self.known.here
        young = often and here is not None and self.now() - here.made_at < _FRESH
        if want is None or young or (here is not None and not standing.is_due(want, self._here())):
            then()
            return
        self._then.append(partial(_go_on, of, then))
        if self._job is None:
            self._start(want, here_only=True)

    def copy_now(self) -> None:
        """Make a copy now, whether one is due or not."""
        want = self._want()
        if want is not None and self._job is None:
            self._start(want, anyway=True)

    def choose_second(self, folder: Path | None) -> None:
        """Keep where copies go off this computer, and try it at once."""
        self.known = standing.choose_second(self.book, folder)
        self.changed.emit()
        self.look()

    def give_way(self) -> None:
        """Break a copy off: somebody saves, and must not wait for it. It is made again later."""
        if self._job is not None and not self._then and self._register is not None:
            self._job.cancel()
            self._soon.start(_QUIET_MS)

    def _want(self) -> Wanted | None:
        if not self._active or self._register is None:
            return None
        try:
            return standing.wanted(self._register)
        except AppError:  # the file is gone: saving says so
            return None

    def _here(self) -> Standing:
        return Standing(here=self.known.here)

    def _start(self, want: Wanted, *, here_only: bool = False, anyway: bool = False) -> None:
        now = self.now()
        self._job = self._jobs.start(
            partial(_copy, want=want, now=now, here_only=here_only, anyway=anyway), background=True
        )
        self._job.done.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self.changed.emit()

    def _on_made(self, known: Standing) -> None:
        self.known = known

    def _on_failed(self, error: AppError) -> None:
        _LOG.warning("no copy was made: %s", type(error))
        self.known = standing.note_trouble(self.book, error.text)

    def _on_ended(self) -> None:
        self._job = None
        if self._next is not None:
            want, self._next = self._next, None
            self._start(want)
            return
        then, self._then = self._then, []
        self.changed.emit()
        for go in then:
            go()
        if self._job is None:
            self.idle.emit()

    def _on_minute(self) -> None:
        """Have the worker look whether the second place has appeared, if something waits for it."""
        want = self._want()
        here, away = self.known.here, self.known.away
        if want is None or self._job is not None or self.known.second is None or here is None:
            return
        # Ticking since then waits for the closing: a copy each minute would push out the old ones.
        if away is None or away.line < here.line:
            self._start(want)


def _go_on(of: QObject, then: Callable[[], None]) -> None:
    if shiboken6.isValid(of):  # a dialog may be gone meanwhile
        then()


def _copy(
    context: JobContext, want: Wanted, now: dt.datetime, *, here_only: bool, anyway: bool
) -> Standing:
    return standing.make_copies(
        want, now=now, stop=context.cancelled, here_only=here_only, anyway=anyway
    )

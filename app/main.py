"""Wire the window together and run it: the one place where its parts are made."""

import datetime as dt
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app import __version__, logs, paths
from app.ui import heap
from app.ui.appearance import Appearance
from app.ui.bookshelf import Bookshelf
from app.ui.jobs import JobRunner
from app.ui.keeper import Keeper
from app.ui.main_window import MainWindow
from app.ui.messages import Messages

_LOG = logging.getLogger(__name__)


def run(path: Path | None = None) -> int:
    """Open the window, on a book if one is given; return the exit status when it is closed."""
    heap.share_one_heap()
    logs.set_up(paths.log_folder())
    application = make_application()
    window = make_window(Messages())
    application.focusChanged.connect(window.follow_focus)
    gc.freeze()  # what is here now stays: sweeping it again and again would hold the window up
    window.begin(path)
    window.appear()
    gc.enable()
    status = application.exec()
    sys.excepthook = sys.__excepthook__
    return status


_SLOW_TYPING_MS = 1000
"""Letters typed within this time find one thing in a list: not everybody types fast."""


def make_application() -> QApplication:
    """Return Qt's application under our name."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("Hallbook")
    application.setApplicationDisplayName("Hallbook")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("hallbook")
    application.setKeyboardInputInterval(_SLOW_TYPING_MS)
    return application


def make_window(
    messages: Messages, today: Callable[[], dt.date] = dt.date.today, *, copies: bool = True
) -> MainWindow:
    """Make the window and everything it is given; nothing in it is reached any other way.

    Without ``copies`` it makes none by itself, for tests of other things.
    """
    stored = QSettings(str(paths.settings_file()), QSettings.Format.IniFormat)
    looks = Appearance(stored)
    looks.start()
    hook = FaultHook(messages)
    jobs = JobRunner(hook.tell)
    keeper = Keeper(JobRunner(hook.tell), active=copies)
    shelf = Bookshelf(looks, messages, jobs, keeper, stored, today)
    window = MainWindow(shelf, stored)
    hook.install()
    for part in (stored, looks, messages, jobs, keeper, shelf):
        part.setParent(window)
    return window


class FaultHook:
    """What happens when the program itself is at fault: said plainly, logged without values."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._telling = False

    def install(self) -> None:
        """Be asked about every exception that nobody caught."""
        sys.excepthook = self._on_exception

    def tell(self, fault: BaseException) -> None:
        """Tell of a fault once at a time; a report without personal values is folded away."""
        _LOG.error("a fault in the program", exc_info=fault)
        if self._telling:
            return
        self._telling = True
        try:
            self._messages.tell(
                None,
                "This is a fault in the program, not in anything you did.",
                more=(
                    "Everything up to your last change is saved. You can go on; if something looks "
                    "odd, close the book and open it again. Please send the report to whoever "
                    "looks after the program."
                ),
                details=_report(fault),
            )
        finally:
            self._telling = False

    def _on_exception(
        self, kind: type[BaseException], fault: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.tell(fault)


def _report(fault: BaseException) -> str:
    return f"Hallbook {__version__}, Python {sys.version.split()[0]}\n{logs.safe_traceback(fault)}"

"""Make the pages ahead, one small piece at a time, while the window has nothing else to do."""

from collections import deque
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain

from PySide6.QtCore import QObject, QTimer

from app.ui import heap
from app.ui.jobs import JobContext, JobRunner
from app.ui.making import MODULES, Making, parts
from app.ui.widgets.page import Page, PageStack

_PAUSE_MS = 60
"""Between two pieces: what was pressed meanwhile goes first."""
_WANTED = ("sessions", "people")
"""The pages of most sittings. The others take memory, and are made when they are first gone to."""
_DIALOGS = (
    "app.ui.people.person_dialog",
    "app.ui.imports.import_dialog",
    "app.ui.activities.plan_dialog",
)
"""Modules of the large dialogs."""


class Ahead(QObject):
    """Makes the pages that are wanted in most sittings, and reads the modules of the others.

    The other parts of a page take memory too, and few people open them all: they are made in the
    same way once their page is gone to, before anybody has read it.
    """

    def __init__(
        self,
        page_of: Callable[[str], Page | PageStack],
        jobs: JobRunner,
        making: Making,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page_of = page_of
        self._jobs = jobs
        self._making = making
        self._pieces: Iterator[None] = iter(())
        self._gone_to: deque[Page | PageStack] = deque()
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_idle)

    @property
    def active(self) -> bool:
        """Whether something is still to be made."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Begin; it goes on by itself."""
        self._begun = True
        self._pieces = self._each_piece()
        self._timer.start()

    def go_on(self, page: Page | PageStack) -> None:
        """Make the other parts of a page too: it was gone to."""
        if self._begun and any(name not in vars(page) for name in page.made_later):
            self._gone_to.append(page)
            if not self.active:
                self._pieces = self._each_part()
                self._timer.start()

    def stop(self) -> None:
        """Make nothing more."""
        self._begun = False
        self._timer.stop()

    def _on_idle(self) -> None:
        if next(self._pieces, self) is self:
            self._timer.stop()
            heap.give_back()

    def _each_piece(self) -> Iterator[None]:
        """Make everything, with a pause wherever it yields."""
        while self._making.active:
            yield
        # Two threads of Python hinder each other: nothing is made here meanwhile.
        libraries = self._jobs.start(_read_libraries, background=True)
        while libraries.running:
            yield
        for key in _WANTED:
            for module in MODULES[key]:
                import_module(module)
                yield
            page = self._page_of(key)
            yield
            if isinstance(page, PageStack):
                yield from parts(page, page.made_often)
        for module in chain(*MODULES.values(), _DIALOGS):
            import_module(module)
            yield
        yield from self._each_part()

    def _each_part(self) -> Iterator[None]:
        while self._gone_to:
            page = self._gone_to.popleft()
            yield from parts(page, page.made_later)


def _read_libraries(_context: JobContext) -> None:
    """Import what is large and will be wanted: so that no page or dialog waits for it later.

    Not the bank holidays, which take 20 MiB, nor what draws the pages of a return, which takes 10:
    in most sittings no term is planned and nothing printed. The worker reads what draws pages when
    Returns is first opened.
    """
    import rapidfuzz.fuzz  # noqa: F401 - wanted in memory, not here

    from app.services import imports, returns, statements  # noqa: F401 - wanted in memory
    from app.services.returns import (  # noqa: F401 - wanted in memory
        due,
        explaining,
        form_files,
        issuing,
        offers,
        typed,
    )

    returns.list_templates()  # reads every figure there is, once

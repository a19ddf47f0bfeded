"""The card of a preview: pages, which one is in sight, closer and farther, progress."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.services.registers import Taker
from app.services.returns import ReturnOptions
from app.ui.appearance import Appearance
from app.ui.jobs import Job, JobContext, JobRunner
from app.ui.returns.making import Made, Pages, make, read_pages
from app.ui.returns.preview import PagePreview
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_PATIENCE_MS = 250
"""Quick work shows no progress bar: it would only flicker."""


class PreviewCard(Card):
    """Makes a return on the worker and shows its pages."""

    made = Signal(object)
    """A Made."""
    shown = Signal(object)
    """The Pages that were made before are seen."""
    failed = Signal(str)

    def __init__(self, looks: Appearance, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(looks, parent=parent)
        self._jobs = jobs
        self._job: Job | None = None
        self.current: Made | None = None
        self.kept: Pages | None = None
        """Pages that were made before, where such are shown."""
        self.pages = PagePreview(looks, jobs)
        self.place = words("", "aside")
        self.farther = ActionButton(looks, self.tr("Smaller"), icon="zoom-out")
        self.closer = ActionButton(looks, self.tr("Larger"), icon="zoom-in")
        self.fit = ActionButton(looks, self.tr("Fit width"))
        row = WrapRow(looks)
        for widget in (self.farther, self.closer, self.fit, self.place):
            row.add(widget)
        self.body.addWidget(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self._build_progress())
        self.body.addWidget(self._stack, 1)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_over)
        self.pages.page_changed.connect(self._on_page)
        self.closer.clicked.connect(self._on_closer)
        self.farther.clicked.connect(self._on_farther)
        self.fit.clicked.connect(self.pages.fit)

    def _build_progress(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        self.progress_words = words("", "aside")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = ActionButton(self._looks, self.tr("Cancel"))
        self.cancel.clicked.connect(self.stop)
        column.addStretch(1)
        column.addWidget(self.progress_words)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        column.addLayout(row)
        column.addStretch(2)
        return holder

    # --- making ------------------------------------------------------------------------------

    def start(self, take: Taker, template_id: str, options: ReturnOptions) -> None:
        """Make a return and show it; work on another one is stopped."""

        def work(context: JobContext) -> Made:
            return make(context, take, template_id, options)

        self.start_work(work)

    def start_work(self, work: Callable[[JobContext], Made]) -> None:
        """Show what some work makes on the worker: a return that is filled already, for one."""
        self.stop()
        self._job = self._jobs.start(work)
        self._job.done.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.progressed.connect(self._on_progressed)
        self._job.ended.connect(self._on_ended)
        self._patience.start()

    def show_kept(self, pdf: bytes, title: str) -> None:
        """Show pages that were made before; there is nothing to make."""
        self.clear()
        job = self._job = self._jobs.start(partial(read_pages, pdf=pdf, title=title))
        job.done.connect(self._on_kept)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self._patience.start()

    def stop(self) -> None:
        """Stop what is being made."""
        if self._job is not None:
            for signal in (self._job.done, self._job.failed, self._job.ended):
                signal.disconnect()
            self._job.cancel()
            self._job = None
            self._settle()
            self.progress_words.setText("")

    def clear(self) -> None:
        """Show nothing."""
        self.stop()
        self.current = self.kept = None
        self.pages.show_made(None)

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._job is not None

    def _on_made(self, made: Made) -> None:
        self.current = made
        self.pages.show_made(made)
        self.made.emit(made)

    def _on_kept(self, kept: Pages) -> None:
        self.kept = kept
        self.pages.show_made(kept)
        self.shown.emit(kept)

    def _on_failed(self, error: AppError) -> None:
        self.current = None
        self.pages.show_made(None)
        self.failed.emit(error.text)

    def _on_ended(self) -> None:
        self._job = None
        self._settle()

    def _settle(self) -> None:
        self._patience.stop()
        waited = self.cancel.hasFocus()
        self._stack.setCurrentWidget(self.pages)
        if waited:
            self.pages.setFocus()

    def _on_patience_over(self) -> None:
        looking = self.pages.hasFocus()  # who chooses something else keeps the keyboard
        self._stack.setCurrentIndex(1)
        if looking:
            self.cancel.setFocus()

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        step = self.tr("Counting") if not done else self.tr("Drawing the pages")
        self.progress_words.setText(f"{step}: {done + 1} of {total}")

    # --- looking -----------------------------------------------------------------------------

    def _on_page(self, page: int, pages: int) -> None:
        self.place.setText(
            self.tr("Page {page} of {pages}").format(page=page, pages=pages) if pages else ""
        )
        for button in (self.farther, self.closer, self.fit):
            button.setEnabled(bool(pages))

    def _on_closer(self) -> None:
        self.pages.zoom_by(1)

    def _on_farther(self) -> None:
        self.pages.zoom_by(-1)

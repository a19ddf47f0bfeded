"""Exports of the File menu: everything as a spreadsheet, grants and activities for directories."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.domain.errors import AppError
from app.services import registers, settings
from app.services.registers import Snapshot, Taker
from app.ui.book import Book
from app.ui.jobs import Job, JobContext

_PATIENCE_MS = 400
"""Quick work shows no progress: it would only flicker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was written, in a sentence, and sentences about what could not be."""

    text: str
    more: str = ""


def _everything(snapshot: Snapshot, path: Path, _: dt.date, context: JobContext) -> Outcome:
    from app.services.everything_sheet import export_sheet

    counts = export_sheet(snapshot, path, check=context.check)
    return Outcome(
        text=f"Saved {path.name}: {sum(counts.values()):,} rows in {len(counts)} sheets."
    )


def _grants(snapshot: Snapshot, path: Path, _: dt.date, __: JobContext) -> Outcome:
    from app.services.open_data import export_360giving

    done = export_360giving(snapshot, path, now=snapshot.taken_at)
    grants = done.counts["grants"]
    text = f"Saved {path.name}: {grants} grant{'' if grants == 1 else 's'} awarded to the group."
    return Outcome(text=text, more="\n".join(done.left_out))


def _activities(snapshot: Snapshot, path: Path, today: dt.date, _: JobContext) -> Outcome:
    from app.services.open_data import export_openreferral

    services = export_openreferral(snapshot, path, today=today).counts["services"]
    many = "1 activity" if services == 1 else f"{services} activities"
    return Outcome(text=f"Saved {path.name}: {many}, as they stand today.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """An export: the title of its dialog, what its file is called and holds, and its work."""

    title: str
    name: str
    kinds: str
    work: Callable[[Snapshot, Path, dt.date, JobContext], Outcome]


_KINDS = {
    "everything": _Kind(
        title="Export everything as a spreadsheet",
        name="{group}, everything.xlsx",
        kinds="Spreadsheets (*.xlsx)",
        work=_everything,
    ),
    "grants": _Kind(
        title="Export the grants for the grants directory",
        name="{group}, grants.json",
        kinds="360Giving data (*.json)",
        work=_grants,
    ),
    "activities": _Kind(
        title="Export the activities for service directories",
        name="{group}, activities.json",
        kinds="Open Referral data (*.json)",
        work=_activities,
    ),
}


class Exporting(QObject):
    """Asks where, writes on the worker from one moment of the book, and says what was written."""

    def __init__(self, book: Book, over: QWidget) -> None:
        super().__init__(over)
        self._book, self._over = book, over
        self.job: Job | None = None

    def ask(self, key: str) -> None:
        """Ask where an export is to be saved: everything, grants or activities."""
        kind = _KINDS[key]
        group = settings.read(self._book.register).group_name or self.tr("Our group")
        plain = "".join(letter for letter in group if letter not in '\\/:*?"<>|')[:80]
        self._book.messages.ask_save_path(
            self._over,
            title=self.tr(kind.title),
            suggested=Path.home() / kind.name.format(group=plain.strip()),
            kinds=self.tr(kind.kinds),
            then=partial(self._start, kind),
        )

    def _start(self, kind: _Kind, path: Path) -> None:
        take = registers.take_snapshot_later(self._book.register)
        job = self._book.jobs.start(partial(_work, kind, take, path, self._book.today()))
        self.job = job
        waiting = QProgressDialog(
            self.tr("Writing {name} …").format(name=path.name),
            self.tr("Cancel"),
            0,
            0,
            self._over,
        )
        waiting.setWindowTitle("Hallbook")
        waiting.setWindowModality(Qt.WindowModality.WindowModal)
        waiting.setMinimumDuration(_PATIENCE_MS)
        waiting.canceled.connect(job.cancel)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.ended.connect(waiting.deleteLater)

    def _on_done(self, outcome: Outcome) -> None:
        self._book.messages.tell(self._over, outcome.text, more=outcome.more)

    def _on_failed(self, error: AppError) -> None:
        self._book.messages.tell(self._over, error.text)


def _work(kind: _Kind, take: Taker, path: Path, today: dt.date, context: JobContext) -> Outcome:
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        return kind.work(snapshot, path, today, context)

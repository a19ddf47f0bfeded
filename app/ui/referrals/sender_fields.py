"""Who sent somebody: the organisation and the worker, typed, offered from the referrer book."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app.domain.ids import ReferrerId, WorkerId
from app.domain.names import plain
from app.domain.referrals import SOURCE_TYPES
from app.services import referrals
from app.services.referrals import Referrer, ReferrerDraft, Worker, WorkerDraft
from app.ui.book import Book
from app.ui.widgets.suggestions import SuggestField, Suggestion

_MOST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, as typed: of the book, or new."""

    referrer_id: ReferrerId | None = None
    worker_id: WorkerId | None = None
    new_referrer: ReferrerDraft | None = field(default=None, repr=False)
    new_worker: WorkerDraft | None = field(default=None, repr=False)


class SenderFields(QObject):
    """Two lines that know each other; what is not in the book is added to it when saved."""

    source_known = Signal(str)
    """The source type of an organisation that was taken from the book."""

    def __init__(self, book: Book, parent: QObject) -> None:
        super().__init__(parent)
        self._book = book
        self._referrer: Referrer | None = None
        self._worker: Worker | None = None
        self.organisation = SuggestField(book.looks, "")
        self.worker = SuggestField(book.looks, "")
        self.organisation.wanted.connect(self._on_organisation)
        self.organisation.taken.connect(self._on_organisation_taken)
        self.worker.wanted.connect(self._on_worker)
        self.worker.taken.connect(self._on_worker_taken)

    def load(self, referrer: Referrer | None, worker: Worker | None) -> None:
        """Show who sent a referral that is changed."""
        self._referrer, self._worker = referrer, worker
        self.organisation.setText(referrer.name if referrer else "")
        self.worker.setText(worker.name if worker else "")

    def read(self) -> Sender:
        """Return who sends, as typed."""
        name, who = self.organisation.text().strip(), self.worker.text().strip()
        referrer = self._referrer if _same(name, self._referrer) else None
        worker = self._worker if referrer and _same(who, self._worker) else None
        return Sender(
            referrer_id=referrer.id if referrer else None,
            worker_id=worker.id if worker else None,
            new_referrer=ReferrerDraft(name=name) if name and referrer is None else None,
            new_worker=WorkerDraft(name=who) if who and worker is None else None,
        )

    def _on_organisation(self, typed: str) -> None:
        register = self._book.register
        rows = referrals.list_referrers(register, typed, limit=_MOST) if typed.strip() else ()
        if len(rows) < _MOST:
            rows = (*rows, *referrals.likely_referrers(register, typed))
        found = {row.referrer.id: row.referrer for row in rows}
        self.organisation.offer(
            tuple(
                Suggestion(text=f"{one.name} · {SOURCE_TYPES[one.source_type]}", value=one)
                for one in list(found.values())[:_MOST]
            )
        )

    def _on_organisation_taken(self, referrer: object) -> None:
        if isinstance(referrer, Referrer):
            self._referrer = referrer
            self.organisation.setText(referrer.name)
            self.source_known.emit(referrer.source_type)
            self.worker.setFocus()

    def _on_worker(self, typed: str) -> None:
        self.worker.offer(
            tuple(
                Suggestion(text=" · ".join(p for p in (one.name, one.job) if p), value=one)
                for one in self._workers()
                if plain(typed) in plain(one.name) and typed.strip()
            )
        )

    def _workers(self) -> tuple[Worker, ...]:
        if not _same(self.organisation.text().strip(), self._referrer) or self._referrer is None:
            return ()
        whole = referrals.get_referrer(self._book.register, self._referrer.id)
        return tuple(one for one in whole.workers if one.left_on is None) if whole else ()

    def _on_worker_taken(self, worker: object) -> None:
        if isinstance(worker, Worker):
            self._worker = worker
            self.worker.setText(worker.name)
            self.worker.setFocus()


def _same(typed: str, one: Referrer | Worker | None) -> bool:
    return one is not None and typed.casefold() == one.name.casefold()

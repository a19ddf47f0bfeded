"""One import as a change that is made, taken back and made again as a whole."""

from app.domain.changes import ALL_TOPICS
from app.services import imports
from app.services.imports import ImportReport, Prepared
from app.services.result import Done
from app.ui.book import Book
from app.ui.undo import Writing


class WholeImport:
    """One import as a change that is made, taken back and made again as a whole."""

    def __init__(self, book: Book, prepared: Prepared) -> None:
        self._register = book.register
        self.prepared = prepared
        self.name = f"import {prepared.path.name}"
        self.report: ImportReport | None = None

    def slices(self) -> imports.Writing:
        """Return the writing of it, a little at a time."""
        return imports.write_in_slices(self._register, self.prepared)

    def written(self, report: ImportReport) -> Done:
        """Take in what the writing did; return what was changed."""
        self.report = report
        return Done(changes=ALL_TOPICS, text=self.name)

    def do(self) -> Writing:
        """Write it again, after it was taken back: the copy made before the first time holds that book."""
        return self.written((yield from self.slices()))

    def undo(self) -> Writing:
        """Take it out whole."""
        if self.report is None or self.report.import_id is None:
            return Done(changes=frozenset(), text=self.name)
        done, _ = yield from imports.undo_import_in_slices(self._register, self.report.import_id)
        return done

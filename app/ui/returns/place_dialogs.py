"""What is put into an answer: a figure or one part of it, a table, a chart, a quote."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.ids import DraftId
from app.services import registers
from app.services.returns import offers, typed
from app.services.returns.offers import FigureOffer, Worth
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.returns.pick_dialog import Offer, PickDialog
from app.ui.returns.workspace_jobs import ToCount, count_offers, count_parts
from app.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from app.ui.jobs import Job

_WHOLE = ""
_FACT = "fact "


class FigureDialog(PickDialog):
    """A number, or one part of it: those who are 65 or over, as a number or as a share."""

    def __init__(self, book: Book, about: ToCount, parent: QWidget | None = None) -> None:
        super().__init__(book, "Put in a figure", "Put it in", value="Counted now", parent=parent)
        self._about = about
        self._figures = {one.id: one for one in offers.figures(book.register)}
        self._worth: dict[str, str] = {}
        self._figure: FigureOffer | None = None
        self._jobs: list[Job] = []
        self.cut = Choice(book.looks, self.tr("Which part of it"))
        self.share = Choice(book.looks, self.tr("How it is said"))
        self.share.addItem(self.tr("As a number"), "")
        self.share.addItem(self.tr("As a share of the whole"), ".share")
        self._cut_field = Field(self.tr("Which part of it"), self.cut)
        self._share_field = Field(self.tr("How it is said"), self.share)
        self.extra.addWidget(self._cut_field)
        self.extra.addWidget(self._share_field)
        self._share_field.hide()
        self.cut.activated.connect(self._on_cut)
        self.finished.connect(self._on_finished)
        self._offer_figures()
        self._count()

    def _offer_figures(self) -> None:
        numbers = [
            Offer(
                key=one.id, title=one.title, value=self._worth.get(one.id, "…"), more=one.definition
            )
            for one in self._figures.values()
        ]
        facts = [
            Offer(
                key=f"{_FACT}{source}", title=name, more=self.tr("Said as it stands, not counted.")
            )
            for source, name in typed.facts_offered()
        ]
        self.offer([*numbers, *facts])

    def _count(self) -> None:
        take = registers.take_snapshot_later(self.book.register)
        work = partial(count_offers, take=take, about=self._about, ids=tuple(self._figures))
        job = self.book.jobs.start(work)
        job.done.connect(self._on_counted)
        self._jobs.append(job)

    def _on_counted(self, worths: tuple[Worth, ...]) -> None:
        self._worth = {one.key: one.text for one in worths}
        if self.cut.currentData() in {None, _WHOLE}:
            self._offer_figures()

    def on_in_hand(self, offer: Offer) -> None:
        """Offer the breakdowns of the figure in hand."""
        figure = self._figures.get(offer.key)
        if self.cut.currentData() not in {None, _WHOLE} and figure is None:
            return  # a part of the figure is in hand
        if figure is self._figure and figure is not None:
            return
        self._figure = figure
        self.cut.clear()
        self.cut.addItem(self.tr("All of it"), _WHOLE)
        for by, title in figure.cuts if figure else ():
            self.cut.addItem(self.tr("By {cut}").format(cut=title.lower()), by)
        self._cut_field.setVisible(self.cut.count() > 1)

    def _on_cut(self) -> None:
        by, figure = self.cut.currentData(), self._figure
        self._share_field.setVisible(bool(by))
        self.search.blockSignals(True)  # another list: what was typed was for the one before
        self.search.empty()
        self.search.blockSignals(False)
        if not by or figure is None:
            self._offer_figures()
            self._take_in_hand(figure)
            return
        take = registers.take_snapshot_later(self.book.register)
        work = partial(count_parts, take=take, about=self._about, figure=figure.id, by=by)
        job = self.book.jobs.start(work)
        job.done.connect(self._on_parts)
        self._jobs.append(job)

    def _take_in_hand(self, figure: FigureOffer | None) -> None:
        for place, one in enumerate(self.rows.rows):
            if figure is not None and one.key == figure.id:
                self.table.setCurrentIndex(self.rows.index(place, 0))

    def _on_parts(self, parts: tuple[Worth, ...]) -> None:
        by, figure = self.cut.currentData(), self._figure
        if not by or figure is None:
            return
        self.offer(
            [
                Offer(
                    key=f"{figure.id}/{by}[{one.key}]", title=one.label, value=one.text,
                    more=f"{figure.title}, {self.cut.currentText().lower()}. {figure.definition}",
                )
                for one in parts
            ]
        )  # fmt: skip

    def source_of(self, offer: Offer) -> str:
        """Return the place of a figure, of one of its parts, or of a fact."""
        if offer.key.startswith(_FACT):
            return offer.key.removeprefix(_FACT)
        share = str(self.share.currentData()) if "[" in offer.key else ""
        return f"{{{offer.key}{share}}}"

    def _on_finished(self) -> None:
        for job in self._jobs:
            if job.running:
                job.done.disconnect()
                job.cancel()
        self._jobs = []


class BlockDialog(PickDialog):
    """A table or a chart of a figure, broken down."""

    def __init__(self, book: Book, kind: str, parent: QWidget | None = None) -> None:
        title = "Put in a table" if kind == "table" else "Put in a chart"
        super().__init__(book, title, "Put it in", parent=parent)
        self._kind = kind
        self._figures = {one.id: one for one in offers.figures(book.register) if one.cuts}
        self._figure = ""
        self.cut = Choice(book.looks, self.tr("Broken down by"))
        self.extra.addWidget(Field(self.tr("Broken down by"), self.cut))
        self.offer(
            [
                Offer(key=one.id, title=one.title, more=one.definition)
                for one in self._figures.values()
            ]
        )

    def on_in_hand(self, offer: Offer) -> None:
        """Offer the breakdowns of the figure in hand; the one chosen stays if it has it too."""
        if offer.key == self._figure:
            return
        self._figure, before = offer.key, self.cut.currentData()
        self.cut.clear()
        for by, title in self._figures[offer.key].cuts:
            self.cut.addItem(title, by)
        self.cut.setCurrentIndex(max(0, self.cut.findData(before)))

    def source_of(self, offer: Offer) -> str:
        """Return the line that becomes a table or a chart."""
        by = self.cut.currentData()
        return f"{{{self._kind}:{offer.key}/{by}}}" if by else ""


class QuoteDialog(PickDialog):
    """A quote or story: those may be used whose person agreed to this use."""

    def __init__(self, book: Book, draft_id: DraftId, parent: QWidget | None = None) -> None:
        super().__init__(book, "Put in a quote", "Put it in", parent=parent)
        self.empty.say(
            self.tr("No quotes yet"),
            self.tr(
                "What people say is kept under Outcomes, in “Stories and quotes”, with the uses to "
                "which they agreed. It can be put in here then."
            ),
        )
        self.offer(
            [
                Offer(
                    key=str(one.id),
                    title=f"“{one.text}”" if not one.why_not else f"Not to be used: “{one.text}”",
                    more=f"{one.text}\n{one.by}".strip(),
                    why_not=one.why_not,
                )
                for one in offers.quotes(book.register, draft_id)
            ]
        )

    def source_of(self, offer: Offer) -> str:
        """Return the line that becomes a quote."""
        return f"{{quote:{offer.key}}}"

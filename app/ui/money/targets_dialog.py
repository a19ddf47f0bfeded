"""What a grant promised: figures of the catalogue, or parts of them, each with its number."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.grants import Grant
from app.domain.names import plain
from app.domain.periods import Period
from app.domain.problems import Problem
from app.domain.returns import Target
from app.services import registers
from app.services.registers import Taker
from app.services.result import Done, Refused
from app.services.returns import due, offers
from app.services.returns.offers import FigureOffer
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.jobs import Job, JobContext
from app.ui.money.promise_words import number_words
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

Parts = dict[str, str]
"""The labels of the parts of a figure, by their keys."""
Cut = tuple[str, str]
"""A figure and what it is broken down by."""


def read_parts(
    context: JobContext, take: Taker, period: Period, wanted: tuple[Cut, ...]
) -> dict[Cut, Parts]:
    """Return the parts of some figures, on the worker: they are found by counting."""
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        return {
            (figure, by): {
                one.key: one.label for one in offers.parts(snapshot, period, None, figure, by)
            }
            for figure, by in wanted
        }


class TargetRow(QWidget):
    """One promise: what it is of, its number, how the funder calls it."""

    def __init__(self, form: "TargetsDialog", target: Target, name: str) -> None:
        super().__init__()
        self.target = target
        self.name = words(name, "strong", wrap=True)
        self.number, self.label = Line(), Line()
        self.number.setText(number_words(target.target) if target.target else "")
        self.number.setPlaceholderText("40")
        self.label.setText(target.label)
        self.label.setPlaceholderText(form.tr("as the funder calls it"))
        self.remove = ActionButton(form.looks, form.tr("Take away"), link=True)
        self.number.setFixedWidth(form.looks.px(90))
        row = QHBoxLayout()
        row.addWidget(self.number)
        row.addWidget(self.label, 1)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, form.looks.px(6))
        column.addWidget(self.name)
        column.addLayout(row)
        self.say(form, name)

    def say(self, form: "TargetsDialog", name: str) -> None:
        """Show what the promise is of."""
        self.name.setText(name)
        self.number.setAccessibleName(form.tr("Number promised: {what}").format(what=name))
        self.label.setAccessibleName(form.tr("The funder’s words: {what}").format(what=name))
        self.remove.setAccessibleName(form.tr("Take away: {what}").format(what=name))

    def read(self) -> Target | None:
        """Return the promise as typed, or None while its number cannot be read."""
        typed = self.number.text().strip().replace(",", "")
        try:
            value = float(typed)
        except ValueError:
            return None
        return Target(
            figure=self.target.figure, breakdown=self.target.breakdown, part=self.target.part,
            target=value, label=self.label.text(),
        )  # fmt: skip


class TargetsDialog(SmallForm):
    """Find a figure by its words, choose a part of it if one was promised, add it."""

    def __init__(
        self, book: Book, grant: Grant, period: Period, parent: QWidget | None = None
    ) -> None:
        super().__init__(book, "What the grant promised", "Save it", parent)
        self._grant, self._period = grant, period
        self._jobs: set[Job] = set()
        self._parts: dict[Cut, Parts] = {}
        self._figures = {one.id: one for one in offers.figures(book.register)}
        self.notice.tell(f"{grant.funder}, {grant.reference}", tone="plain")
        self.rows: list[TargetRow] = []
        self._rows = QVBoxLayout()
        self.form.addLayout(self._rows)
        self._build_finder()
        for target in due.targets_of(book.register, grant.id):
            self._add_row(target)
        self._read({(r.target.figure, r.target.breakdown) for r in self.rows if r.target.part})
        self._on_typed()
        self.finished.connect(self._on_finished)

    def _build_finder(self) -> None:
        tr, looks = self.tr, self.looks
        self.search, self.figure = Line(), Choice(looks, "")
        self.cut, self.part = Choice(looks, ""), Choice(looks, "")
        self.search.setPlaceholderText(tr("people, 65 and over, sessions…"))
        self.meaning = words("", "small", wrap=True)
        self.add_field("search", tr("Find what was promised"), self.search)
        self.add_field("figure", tr("What is counted"), self.figure)
        self.form.addWidget(self.meaning)
        row = self.add_row()
        self.add_field("cut", tr("Of whom, or of which"), self.cut, into=row)
        self.add_field("part", tr("Which part"), self.part, into=row)
        self.add_button = ActionButton(looks, tr("Add it to the promises"), icon="plus")
        self.form.addWidget(self.add_button)
        self.search.textChanged.connect(self._on_typed)
        self.figure.currentIndexChanged.connect(self._on_figure)
        self.cut.currentIndexChanged.connect(self._on_cut)
        self.add_button.clicked.connect(self._on_add)

    # --- finding -----------------------------------------------------------------------------

    def _on_typed(self) -> None:
        typed = plain(self.search.text()).split()
        fits = [one for one in self._figures.values() if _fits(typed, one)]
        self.figure.blockSignals(True)  # filled, not chosen
        fill(self.figure, [(one.title, one.id) for one in fits])
        self.figure.blockSignals(False)
        nothing = bool(typed) and not fits
        text = self.tr("Nothing is counted by these words. Try fewer of them.")
        self.fields["search"].show_problem(text if nothing else "")
        self._on_figure()

    def _on_figure(self) -> None:
        one = self._figures.get(str(self.figure.currentData() or ""))
        self.meaning.setText(one.definition if one else "")
        fill(
            self.cut,
            [(self.tr("All of it"), ""), *((t, by) for by, t in (one.cuts if one else ()))],
        )
        self.add_button.setEnabled(one is not None)
        self._on_cut()

    def _on_cut(self) -> None:
        figure, by = str(self.figure.currentData() or ""), str(self.cut.currentData() or "")
        self.fields["part"].setVisible(bool(by))
        if by and (figure, by) not in self._parts:
            self._read({(figure, by)})
        self._show_parts()

    def _show_parts(self) -> None:
        cut = (str(self.figure.currentData() or ""), str(self.cut.currentData() or ""))
        parts = self._parts.get(cut, {})
        waiting = [] if parts else [(self.tr("Counting…"), "")]
        fill(self.part, waiting + [(label, key) for key, label in parts.items()])
        self.part.setEnabled(bool(parts))
        self.add_button.setEnabled(bool(cut[0]) and (not cut[1] or bool(parts)))

    def _read(self, cuts: set[Cut]) -> None:
        if not cuts:
            return
        take = registers.take_snapshot_later(self.book.register)
        work = partial(read_parts, take=take, period=self._period, wanted=tuple(cuts))
        job = self.book.jobs.start(work)
        self._jobs.add(job)
        job.done.connect(self._on_parts)
        job.ended.connect(partial(self._jobs.discard, job))

    def _on_parts(self, found: dict[Cut, Parts]) -> None:
        self._parts |= found
        if (self.figure.currentData(), self.cut.currentData()) in found:
            self._show_parts()
        for row in self.rows:
            row.say(self, self._name(row.target))

    # --- the promises ------------------------------------------------------------------------

    def _name(self, target: Target) -> str:
        figure = self._figures.get(target.figure)
        title = figure.title if figure else target.figure
        if not target.part:
            return title
        labels = self._parts.get((target.figure, target.breakdown), {})
        return f"{title}: {labels.get(target.part, target.part)}"

    def _add_row(self, target: Target) -> TargetRow:
        row = TargetRow(self, target, self._name(target))
        row.remove.clicked.connect(partial(self._remove, row))
        self.rows.append(row)
        self._rows.addWidget(row)
        return row

    def _on_add(self) -> None:
        by = str(self.cut.currentData() or "")
        target = Target(
            figure=str(self.figure.currentData()), target=0, breakdown=by,
            part=str(self.part.currentData() or "") if by else "",
        )  # fmt: skip
        self._add_row(target).number.setFocus()

    def _remove(self, row: TargetRow, _checked: bool = False) -> None:
        self.rows.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.search.setFocus()

    def carry_out(self) -> Done | Refused:
        """Keep the promises."""
        read = [row.read() for row in self.rows]
        for row, one in zip(self.rows, read, strict=True):
            if one is None:
                row.number.setFocus()
                values = {"value": row.number.text()}
                return Refused(problems=(Problem(code="number_unknown", values=values),))
        wanted = tuple(one for one in read if one is not None)
        return due.set_targets(self.book.register, self._grant.id, wanted)

    def _on_finished(self) -> None:
        for job in tuple(self._jobs):
            job.done.disconnect()
            job.cancel()


def _fits(typed: list[str], one: FigureOffer) -> bool:
    inside = plain(f"{one.title} {one.definition} {one.id}")
    return all(word in inside for word in typed)

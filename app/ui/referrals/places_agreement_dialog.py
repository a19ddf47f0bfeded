"""Write an agreement down or change it: who pays, from when until when, for how many and whom."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.ids import ActivityId
from app.domain.places import (
    KINDS,
    Agreement,
    AgreementDraft,
    AgreementKind,
    CountedBy,
    PricePer,
)
from app.domain.problems import Problem
from app.domain.referrals import SOURCE_TYPES
from app.services import activities, places
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.referrals import places_words as said
from app.ui.referrals.places_fields import (
    day_of,
    number_of,
    pence_of,
    shown_number,
    shown_pence,
)
from app.ui.referrals.tick_group import TickGroup
from app.ui.widgets.choice import Choice
from app.ui.widgets.fold import Fold
from app.ui.widgets.line import Line
from app.ui.widgets.tick import TickBox

_NO_REFERRER = {"not_recorded"}


class AgreementDialog(FormDialog):
    """Funder and first day are needed; everything else can come later."""

    saved = Signal(object)
    """The id of the agreement."""

    def __init__(
        self, book: Book, agreement: Agreement | None = None, parent: QWidget | None = None
    ) -> None:
        title = "Change an agreement" if agreement else "Add an agreement"
        super().__init__(book.looks, title, "Save it" if agreement else "Add it", parent)
        self._book = book
        self._agreement = agreement
        self._build_who()
        self._build_places()
        self._build_whom()
        self._show(agreement or AgreementDraft(from_on=book.today()))
        self.kind.currentIndexChanged.connect(self._on_kind)

    # --- building ----------------------------------------------------------------------------

    def _build_who(self) -> None:
        looks = self.looks
        self.funder, self.reference = Line(), Line()
        self.kind = Choice(looks, "")
        for kind, text in KINDS.items():
            self.kind.addItem(self.tr(text), kind.value)
        self.first, self.last = DateLine(self._book.today), DateLine(self._book.today)
        row = self.add_row()
        self.add_field("funder", self.tr("Who pays"), self.funder, into=row)
        self.add_field("reference", self.tr("Their reference"), self.reference, into=row)
        self.add_field("kind", self.tr("Kind"), self.kind)
        row = self.add_row()
        self.add_field("from_on", self.tr("From"), self.first, into=row)
        self.add_field("to_on", self.tr("Last day"), self.last, into=row)
        self.last.setPlaceholderText(self.tr("open"))

    def _build_places(self) -> None:
        looks = self.looks
        self.places, self.units, self.price, self.quarterly = Line(), Line(), Line(), Line()
        self.counted_by, self.price_per = Choice(looks, ""), Choice(looks, "")
        for counted, text in said.COUNTED_BY.items():
            self.counted_by.addItem(said.tr(text), counted.value)
        for per, text in said.PRICE_PER.items():
            self.price_per.addItem(said.tr(text), per.value)
        row = self.add_row()
        self._places_field = self.add_field("places", self.tr("Places"), self.places, into=row)
        self.add_field("units_each", self.tr("Each place has"), self.units, into=row)
        self.add_field("counted_by", self.tr("Counted in"), self.counted_by, into=row)
        row = self.add_row()
        self.add_field("price_pence", self.tr("Price, £"), self.price, into=row)
        self.add_field("price_per", self.tr("The price is for"), self.price_per, into=row)
        self._quarterly_field = self.add_field(
            "quarterly_pence", self.tr("Each quarter, £"), self.quarterly, into=row
        )
        self.places.setPlaceholderText(self.tr("no number"))
        for line in (self.units, self.price, self.quarterly):
            line.setPlaceholderText(self.tr("not said"))
        self.no_show = TickBox(looks, self.tr("Not coming without a word uses a place up too"))
        self.form.addWidget(self.no_show)

    def _build_whom(self) -> None:
        looks = self.looks
        self.age_from, self.age_to = Line(), Line()
        row = self.add_row()
        self.add_field("age_from", self.tr("From age"), self.age_from, into=row)
        self.add_field("age_to", self.tr("To age"), self.age_to, into=row)
        for line in (self.age_from, self.age_to):
            line.setPlaceholderText(self.tr("no limit"))
        self.parent_consent = TickBox(
            looks, self.tr("A parent or carer has to agree before the first session")
        )
        self.form.addWidget(self.parent_consent)
        listed = activities.list_activities(self._book.register)
        self.activities = TickGroup(looks, {str(one.id): one.name for one in listed})
        self.sources = TickGroup(
            looks, {k: v for k, v in SOURCE_TYPES.items() if k not in _NO_REFERRER}
        )
        self.activities_fold = Fold(looks, "")
        self.sources_fold = Fold(looks, "")
        for fold, group, name in (
            (self.activities_fold, self.activities, self.tr("Activities it pays for")),
            (self.sources_fold, self.sources, self.tr("Kinds of referrer it pays for")),
        ):
            group.setAccessibleName(name)
            fold.body.addWidget(group)
            self.form.addWidget(fold)
            fold.setVisible(bool(group.boxes))
            for box in group.boxes.values():
                box.toggled.connect(self._say_folds)
        self.who_counts, self.notes = Line(), QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(looks.px(58))
        self.add_field(
            "who_counts", self.tr("Who counts"), self.who_counts,
            hint=self.tr("In the words of the agreement"),
        )  # fmt: skip
        self.add_field("notes", self.tr("Notes"), self.notes)

    def _say_folds(self) -> None:
        chosen = self.tr("{count} chosen")
        paid, sent = len(self.activities.ticked), len(self.sources.ticked)
        what = chosen.format(count=paid) if paid else self.tr("every activity")
        whom = chosen.format(count=sent) if sent else self.tr("anybody")
        self.activities_fold.say(self.tr("Pays for: {what}").format(what=what))
        self.sources_fold.say(self.tr("Sent by: {whom}").format(whom=whom))

    # --- showing -----------------------------------------------------------------------------

    def _show(self, draft: AgreementDraft) -> None:
        self.funder.setText(draft.funder)
        self.reference.setText(draft.reference)
        self.kind.setCurrentIndex(max(0, self.kind.findData(draft.kind.value)))
        self.first.show_day(draft.from_on)
        self.last.show_day(draft.to_on)
        self.places.setText(shown_number(draft.places))
        self.units.setText(shown_number(draft.units_each))
        self.counted_by.setCurrentIndex(max(0, self.counted_by.findData(draft.counted_by.value)))
        self.price.setText(shown_pence(draft.price_pence))
        self.price_per.setCurrentIndex(max(0, self.price_per.findData(draft.price_per.value)))
        self.quarterly.setText(shown_pence(draft.quarterly_pence))
        self.no_show.setChecked(draft.no_show_uses)
        self.age_from.setText(shown_number(draft.age_from))
        self.age_to.setText(shown_number(draft.age_to))
        self.parent_consent.setChecked(draft.parent_consent)
        self.activities.tick(frozenset(str(one) for one in draft.activities))
        self.sources.tick(frozenset(draft.source_types))
        self.who_counts.setText(draft.who_counts)
        self.notes.setPlainText(draft.notes)
        self._say_folds()
        self._on_kind()

    def _on_kind(self) -> None:
        kind = AgreementKind(self.kind.currentData())
        self._quarterly_field.setVisible(said.asks_quarterly(kind))
        self._places_field.setVisible(kind is not AgreementKind.SPOT)

    # --- saving ------------------------------------------------------------------------------

    def try_to_save(self) -> bool:
        """Keep the agreement; what cannot be read is said beside its field."""
        problems: list[Problem] = []
        draft = self._read(problems)
        if problems:
            self.show_problems(tuple(problems))
            return False
        register, today = self._book.register, self._book.today()
        agreement_id = self._agreement.id if self._agreement else None
        answer = self._book.commands.run(
            lambda: places.save_agreement(register, draft, agreement_id, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True

    def _read(self, problems: list[Problem]) -> AgreementDraft:
        kind = AgreementKind(self.kind.currentData())
        spot = kind is AgreementKind.SPOT
        contract = said.asks_quarterly(kind)
        return AgreementDraft(
            kind=kind,
            funder=self.funder.text(),
            reference=self.reference.text(),
            from_on=day_of(self.first, "from_on", problems),
            to_on=day_of(self.last, "to_on", problems),
            price_pence=pence_of(self.price, "price_pence", problems),
            price_per=PricePer(self.price_per.currentData()),
            places=None if spot else number_of(self.places, "places", problems),
            counted_by=CountedBy(self.counted_by.currentData()),
            units_each=number_of(self.units, "units_each", problems),
            age_from=number_of(self.age_from, "age_from", problems),
            age_to=number_of(self.age_to, "age_to", problems),
            parent_consent=self.parent_consent.isChecked(),
            no_show_uses=self.no_show.isChecked(),
            quarterly_pence=pence_of(self.quarterly, "quarterly_pence", problems)
            if contract
            else None,
            who_counts=self.who_counts.text(),
            notes=self.notes.toPlainText(),
            activities=tuple(ActivityId(int(one)) for one in sorted(self.activities.ticked)),
            source_types=tuple(sorted(self.sources.ticked)),
        )

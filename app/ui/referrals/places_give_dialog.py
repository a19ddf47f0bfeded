"""Give somebody a funded place, change the place they have, or end it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.ids import AgreementId, PersonId, ReferralId
from app.domain.periods import short_date
from app.domain.places import Agreement, FundedPlace, PlaceDraft, days_of
from app.domain.problems import Problem
from app.services import people, places, referrals
from app.services.places import PlaceStanding
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.people.people_model import shown_name
from app.ui.referrals import places_words as said
from app.ui.referrals.places_fields import (
    day_of,
    number_of,
    pence_of,
    shown_number,
    shown_pence,
)
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion
from app.ui.widgets.words import words

_FOUND = 8


class GivePlaceDialog(FormDialog):
    """Whom, under which agreement, from which referral, from when, for how much.

    What is only to be looked at is said once; the same pressed again gives it all the same.
    """

    saved = Signal(object)
    """The id of the place."""

    def __init__(
        self, book: Book, *, agreement: Agreement | None = None, place: FundedPlace | None = None,
        person_id: PersonId | None = None, referral_id: ReferralId | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = "Change a funded place" if place else "Give a funded place"
        self._save_words = "Save it" if place else "Give it"
        super().__init__(book.looks, title, self._save_words, parent)
        self._book = book
        self._place = place
        self._person_id = place.person_id if place else person_id
        self._warned: PlaceDraft | None = None
        self._build_whom(agreement)
        self._build_place()
        self._show(place, referral_id or (place.referral_id if place else None))

    # --- building ----------------------------------------------------------------------------

    def _build_whom(self, agreement: Agreement | None) -> None:
        looks = self.looks
        self.person = SuggestField(looks, self.tr("Who gets it"))
        self.person.setPlaceholderText(self.tr("Type a name"))
        self.person.wanted.connect(self._on_typed)
        self.person.taken.connect(self._on_taken)
        self.person.entered.connect(self._on_entered)
        self.add_field("person_id", self.tr("Who gets it"), self.person)
        self.person.setEnabled(self._person_id is None)
        self.agreement = Choice(looks, "")
        for one in self._open_agreements(agreement):
            self.agreement.addItem(said.title_of(one), one.id)
        field = self.add_field("agreement_id", self.tr("Under which agreement"), self.agreement)
        field.setVisible(agreement is None)
        self.terms = words("", "aside", wrap=True)
        self.form.addWidget(self.terms)
        self.referral = Choice(looks, "")
        self._referral_field = self.add_field(
            "referral_id", self.tr("From which referral"), self.referral
        )
        self.agreement.currentIndexChanged.connect(self._on_agreement)

    def _open_agreements(self, only: Agreement | None) -> tuple[Agreement, ...]:
        if only is not None:
            return (only,)
        today = self._book.today()
        every = places.list_agreements(self._book.register)
        return tuple(one for one in every if one.to_on is None or one.to_on >= today)

    def _build_place(self) -> None:
        self.first, self.last = DateLine(self._book.today), DateLine(self._book.today)
        self.units, self.price = Line(), Line()
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(self.looks.px(58))
        row = self.add_row()
        self.add_field("from_on", self.tr("From"), self.first, into=row)
        self.add_field("to_on", self.tr("Last day"), self.last, into=row)
        row = self.add_row()
        self._units_field = self.add_field("units", self.tr("How many"), self.units, into=row)
        self.add_field("price_pence", self.tr("Its own price, £"), self.price, into=row)
        self.add_field("notes", self.tr("Notes"), self.notes)

    # --- showing -----------------------------------------------------------------------------

    def _show(self, place: FundedPlace | None, referral_id: ReferralId | None) -> None:
        self.first.show_day(place.from_on if place else self._book.today())
        if place is not None:
            self.last.show_day(place.to_on)
            self.units.setText(shown_number(place.units))
            self.price.setText(shown_pence(place.price_pence))
            self.notes.setPlainText(place.notes)
        if self._person_id is not None:
            person = people.get_person(self._book.register, self._person_id)
            self.person.setText(person.full_name if person else "")
        self._show_referrals(referral_id)
        self._on_agreement()

    def _show_referrals(self, chosen: ReferralId | None) -> None:
        self.referral.clear()
        self.referral.addItem(self.tr("No referral"), None)
        rows = (
            referrals.of_person(self._book.register, self._person_id, today=self._book.today())
            if self._person_id is not None
            else ()
        )
        for row in rows:
            parts = (row.referrer, row.activity, short_date(row.received_on))
            self.referral.addItem(" · ".join(part for part in parts if part), row.id)
        if chosen is None and self._place is None and len(rows) == 1:
            chosen = rows[0].id
        self.referral.setCurrentIndex(max(0, self.referral.findData(chosen)))
        self._referral_field.setVisible(bool(rows))

    def _agreement(self) -> Agreement | None:
        agreement_id = self.agreement.currentData()
        if agreement_id is None:
            return None
        return places.get_agreement(self._book.register, AgreementId(agreement_id))

    def _on_agreement(self) -> None:
        one = self._agreement()
        if one is None:
            self.terms.setText(
                self.tr("No agreement is open. Write one down under Funded places first.")
            )
            return
        each = said.units(one.units_each, one.counted_by) if one.units_each else ""
        ages = said.ages_words(one)
        parts = (said.title_of(one), days_of(one), each, said.price_words(one), ages)
        self.terms.setText(" · ".join(part for part in parts if part))
        self.units.setPlaceholderText(
            self.tr("{count}, as agreed").format(count=one.units_each) if one.units_each else ""
        )
        self.last.setPlaceholderText(said.day_words(one.to_on))
        self.price.setPlaceholderText(
            shown_pence(one.price_pence) if one.price_pence is not None else self.tr("not said")
        )

    # --- whom --------------------------------------------------------------------------------

    def _found(self, typed: str) -> tuple[Suggestion, ...]:
        if not typed.strip():
            return ()
        found = people.list_people(self._book.register, typed, limit=_FOUND)
        return tuple(
            Suggestion(
                text=" · ".join(part for part in (shown_name(row), row.area) if part), value=row.id
            )
            for row in found.rows
        )

    def _on_typed(self, typed: str) -> None:
        self._person_id = None
        self.person.offer(self._found(typed))

    def _on_taken(self, person_id: PersonId) -> None:
        self._person_id = person_id
        person = people.get_person(self._book.register, person_id)
        self.person.setText(person.full_name if person else "")
        self.fields["person_id"].show_problem("")
        self._show_referrals(None)
        self.first.setFocus()
        self.first.selectAll()

    def _on_entered(self, typed: str) -> None:
        found = self._found(typed)
        if self._person_id is not None:
            self.first.setFocus()
        elif len(found) == 1:
            self._on_taken(found[0].value)
        else:
            self.fields["person_id"].show_problem(Problem(code="person_needed").text)

    # --- saving ------------------------------------------------------------------------------

    def _read(self, problems: list[Problem]) -> PlaceDraft:
        if self._person_id is None:
            problems.append(Problem(code="person_needed", field="person_id"))
        return PlaceDraft(
            agreement_id=self.agreement.currentData(),
            person_id=self._person_id,
            referral_id=self.referral.currentData(),
            from_on=day_of(self.first, "from_on", problems),
            to_on=day_of(self.last, "to_on", problems),
            units=number_of(self.units, "units", problems),
            price_pence=pence_of(self.price, "price_pence", problems),
            notes=self.notes.toPlainText(),
        )

    def try_to_save(self) -> bool:
        """Give it or change it; say what is to correct, or what is to be looked at first."""
        problems: list[Problem] = []
        draft = self._read(problems)
        if problems:
            self._say_problems(tuple(problems))
            return False
        if self._place is None and draft != self._warned and self._warn(draft):
            return False
        answer = self._book.commands.run(lambda: self._carry_out(draft))
        if isinstance(answer, Refused):
            self._say_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True

    def _carry_out(self, draft: PlaceDraft) -> Done | Refused:
        register, today = self._book.register, self._book.today()
        if self._place is None:
            return places.grant_place(register, draft, today=today)
        return places.change_place(register, self._place.id, draft, today=today)

    def _warn(self, draft: PlaceDraft) -> bool:
        today = self._book.today()
        found = places.place_cautions(self._book.register, draft, today=today)
        if not found:
            return False
        self.show_problems(())
        self._warned = draft
        self.notice.tell(" ".join(problem.text for problem in found))
        self.save_button.setText(self.tr("Give it all the same"))
        self.save_button.setFocus()
        return True

    def _say_problems(self, problems: tuple[Problem, ...]) -> None:
        self._warned = None
        self.save_button.setText(self._save_words)
        self.show_problems(problems)


class EndPlaceDialog(FormDialog):
    """The last day of somebody's place; what was used stays used."""

    def __init__(self, book: Book, place: PlaceStanding, parent: QWidget | None = None) -> None:
        name = said.person_name(place)
        super().__init__(book.looks, f"End the place of {name}", "End it", parent)
        self._book = book
        self._place = place
        self.last = DateLine(book.today)
        self.last.show_day(book.today())
        self.add_field("to_on", self.tr("Its last day"), self.last)
        self.form.addWidget(
            words(
                self.tr(
                    "{used} used; what is left after that day expires, and the sessions stay "
                    "counted."
                ).format(used=said.used_words(place.count, place.counted_by)),
                "aside", wrap=True,
            )
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """End it in one step."""
        problems: list[Problem] = []
        last = day_of(self.last, "to_on", problems)
        if last is None and not problems:
            problems.append(Problem(code="date_needed", field="to_on"))
        if last is None or problems:
            self.show_problems(tuple(problems))
            return False
        register, today = self._book.register, self._book.today()
        answer = self._book.commands.run(
            lambda: places.end_place(register, self._place.place_id, last, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(
                tuple(replace(problem, field="to_on") for problem in answer.problems)
            )
        return isinstance(answer, Done)

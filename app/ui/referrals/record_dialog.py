"""Record a referral: a first name is enough. Who is in the book already is offered while typing."""

from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.domain.names import clean, in_two, plain
from app.domain.people import PersonDraft
from app.domain.periods import short_date
from app.domain.phones import parted
from app.domain.problems import Problem
from app.domain.referrals import OPEN
from app.services import people, referrals
from app.services.people import Likely
from app.services.referrals import NewReferral, WholeReferral
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.people.age_fields import AgeFields
from app.ui.referrals import words as said
from app.ui.referrals.referral_form import ReferralForm, TypedReferral
from app.ui.widgets.fold import Fold
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion
from app.ui.widgets.words import words

_SAME = "same"
_PERSON_FIELDS = {"given_name", "family_name", "known_as", "person", ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNew:
    """Whom a new referral is about, and the referral, as they stand in the form."""

    person_id: PersonId | None
    person: PersonDraft = field(repr=False)
    typed: TypedReferral


class RecordDialog(ReferralForm):
    """Record a referral of somebody in the book, or of somebody new."""

    recorded = Signal(object, object)
    """The ids of the referral and of the person."""

    def __init__(
        self, book: Book, person_id: PersonId | None = None, *, parent: QWidget | None = None
    ) -> None:
        self._person_id: PersonId | None = None
        self._another = ""
        super().__init__(book, "Record referral", "Record it", parent)
        self.name.wanted.connect(self._on_name)
        self.name.textEdited.connect(self._on_name_edited)
        self.name.taken.connect(self._on_taken)
        self.name.entered.connect(self._on_save)
        self.notice.acted.connect(self._on_notice)
        if person_id is not None:
            self._take(person_id)
        self.remember()

    def build_person(self) -> None:
        """Add the name, and what else is known of somebody new."""
        self.name = SuggestField(self.looks, "")
        self.name.setPlaceholderText(self.tr("A first name is enough"))
        self.add_field("given_name", self.tr("Who was sent"), self.name)
        self.known = words("", "aside", wrap=True)
        self.form.addWidget(self.known)
        self.known.hide()
        self.about = Fold(self.looks, self.tr("Their telephone and age"))
        self.phone = Line()
        self.age = AgeFields(self.book)
        self.age.load(PersonDraft())
        self.about.body.addWidget(self.add_field("phone", self.tr("Telephone"), self.phone))
        self.about.body.addWidget(self.age)
        self.fields |= self.age.fields
        self.form.addWidget(self.about)

    def who(self) -> str:
        """Return the name typed."""
        return clean(self.name.text())

    def draft(self) -> tuple[TypedNew, tuple[Problem, ...]]:
        """Return everything as typed."""
        typed, problems = self.read_referral()
        name, phone = parted(clean(self.name.text()))
        given, family = in_two(name)
        person = PersonDraft(
            given_name=given, family_name=family, phone=self.phone.text().strip() or phone
        )
        unread: tuple[Problem, ...] = ()
        if self._person_id is None:
            person, unread = self.age.read(person)
        else:
            person = PersonDraft()
        new = TypedNew(person_id=self._person_id, person=person, typed=typed)
        return new, (*unread, *problems)

    def carry_out(self, draft: Any, *, anyway: bool) -> Done | Refused:
        """Record it."""
        sender = draft.typed.sender
        new = NewReferral(
            person_id=draft.person_id,
            person=replace(draft.person, joined_on=None),
            referral=draft.typed.referral,
            new_referrer=sender.new_referrer,
            new_worker=sender.new_worker,
        )
        register, today = self.book.register, self.book.today()
        return referrals.record(register, new, today=today, anyway=anyway)

    def after(self, done: Done) -> None:
        """Tell which referral it became."""
        self.recorded.emit(*done.ids)

    def try_to_save(self) -> bool:
        """Record it; somebody of the same name in the book is asked about once."""
        typed = self.who()
        if self._person_id is None and typed and typed != self._another:
            same = [one for one in self._likely() if plain(one.name) == plain(typed)]
            if same:
                self._ask_about(same[0], typed)
                return False
        return super().try_to_save()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with the name under the name, and open what is folded away."""
        placed = tuple(
            replace(problem, field="given_name")
            if problem.field in _PERSON_FIELDS - {""}
            else problem
            for problem in problems
        )
        if any(problem.field in {"phone", *self.age.fields} for problem in placed):
            self.about.open()
        super().show_problems(placed)

    # --- whom --------------------------------------------------------------------------------

    def _likely(self) -> tuple[Likely, ...]:
        return people.likely_doubles(self.book.register, parted(self.who())[0])

    def _ask_about(self, likely: Likely, typed: str) -> None:
        self._another = typed
        self._same = likely.row.id
        self.save_button.setText(self.tr("Somebody else: record it"))
        self.notice.tell(
            self.tr("Already in the book? {who}").format(who=texts.described(likely)),
            actions=((_SAME, self.tr("It is the same person")),),
        )

    _same: PersonId | None = None

    def _on_notice(self, key: str) -> None:
        if key == _SAME and self._same is not None:
            self._take(self._same)
            self.save_button.setFocus()

    def _on_name(self, typed: str) -> None:
        likely = self._likely() if len(typed.strip()) > 1 else ()
        self.name.offer(
            tuple(Suggestion(text=texts.described(one), value=one.row.id) for one in likely)
        )

    def _on_name_edited(self) -> None:
        if self._person_id is not None:
            self._person_id = None
            self.known.hide()
            self.about.show()

    def _on_taken(self, person_id: object) -> None:
        if isinstance(person_id, int):
            self._take(PersonId(person_id))
            self.received.setFocus()
            self.received.selectAll()

    def _take(self, person_id: PersonId) -> None:
        person = people.get_person(self.book.register, person_id)
        if person is None:
            return
        self._person_id = person.id
        self.name.setText(person.full_name)
        self.about.hide()
        self.notice.clear()
        self.save_button.setText(self._save_words)
        self.known.setText(self._known_words(person.id))
        self.known.show()

    def _known_words(self, person_id: PersonId) -> str:
        register, today = self.book.register, self.book.today()
        parts = [self.tr("In the book already")]
        seen = people.seen(register, person_id)
        if seen:
            times = texts.counted(seen[1], self.tr("time"), self.tr("times"))
            parts.append(
                self.tr("came {times}, last on {day}").format(times=times, day=short_date(seen[0]))
            )
        else:
            parts.append(self.tr("has not come yet"))
        parts += [
            self.tr("open referral, {sender}, received {day}").format(
                sender=said.sent_words(row), day=short_date(row.received_on)
            )
            for row in referrals.of_person(register, person_id, today=today)
            if row.state in OPEN
        ]
        return " · ".join(parts)


class ChangeDialog(ReferralForm):
    """Change what is known of a referral."""

    changed = Signal(object)
    """The Done."""

    def __init__(self, book: Book, whole: WholeReferral, *, parent: QWidget | None = None) -> None:
        self._whole = whole
        title = f"Change referral of {whole.row.full_name}"
        super().__init__(book, title, "Save", parent)
        self.sender_fields.load(whole.referrer, whole.worker)
        self.load(whole.referral)
        self.remember()

    def build_person(self) -> None:
        """Add nothing: whom a referral is about does not change."""

    def who(self) -> str:
        """Return the person's name."""
        return self._whole.row.full_name

    def draft(self) -> tuple[TypedReferral, tuple[Problem, ...]]:
        """Return the referral as typed."""
        return self.read_referral()

    def carry_out(self, draft: Any, *, anyway: bool) -> Done | Refused:
        """Change it."""
        return referrals.change(
            self.book.register,
            self._whole.referral.id,
            draft.referral,
            today=self.book.today(),
            new_referrer=draft.sender.new_referrer,
            new_worker=draft.sender.new_worker,
            anyway=anyway,
        )

    def after(self, done: Done) -> None:
        """Tell that it was changed."""
        self.changed.emit(done)

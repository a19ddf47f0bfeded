"""One person: who they are at a glance, and everything about them by name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.consents import PURPOSES, Consent, Standing, standing_of
from app.domain.ids import PersonId
from app.domain.people import ConsentPurpose, Person, PersonRole, may_be_child
from app.domain.periods import short_date
from app.services import consents, people
from app.services.people import PersonStanding
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.people import words as said
from app.ui.people.about_section import AboutSection
from app.ui.people.attendance_section import AttendanceSection
from app.ui.people.consent_dialogs import AgreedDialog, WithdrawnDialog
from app.ui.people.consent_section import ConsentSection
from app.ui.people.history_section import HistorySection
from app.ui.people.later_part import LaterPart, MorePart
from app.ui.people.many_dialogs import LeftDialog, ManyDialog
from app.ui.people.strip import KEY, Strip
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Chip
from app.ui.widgets.page import Page
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_CHIP_PURPOSES = (
    ConsentPurpose.HOLD_DETAILS,
    ConsentPurpose.PHOTOS,
    ConsentPurpose.CONTACT,
)
"""The purposes told in the head; the rest are under Consent."""
_OF_NAMELESS = ("attendance", "history", "rights")
"""The parts of somebody whose name was taken out."""


class PersonPage(Page):
    """One person's page."""

    topics = frozenset(
        {Topic.PEOPLE, Topic.ATTENDANCE, Topic.ACTIVITIES, Topic.VOLUNTEERS, Topic.SETTINGS,
         Topic.REFERRALS, Topic.OUTCOMES, Topic.STORIES, Topic.PLACES, Topic.MONEY, Topic.RIGHTS}
    )  # fmt: skip
    help_text = (
        "Everything in the book about one person. Change opens the form. Who leaves comes off every "
        "register and can come back with one press. A person put in the bin no longer counts, and "
        "can be taken out again."
    )
    left = Signal()
    edit_wanted = Signal(object)
    """The id of the person to change."""
    person_wanted = Signal(object)
    session_wanted = Signal(object)
    join_wanted = Signal(object)
    """The id of the person another record is to be joined with."""

    def __init__(
        self, book: Book, more: Sequence[MorePart] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(book, parent=parent, long=True)
        self._more = {one.key: LaterPart(one) for one in more}
        self._named = {one.key: one.name for one in more}
        self._person_id: PersonId | None = None
        self.person: Person | None = None
        self._build_head()
        self._build_glance()
        self._build_sections()
        self.notice.acted.connect(self._on_notice)

    def _build_head(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.back = ActionButton(looks, tr("All people"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.left_button = ActionButton(looks, tr("They left…"), icon="user-minus")
        self.return_button = ActionButton(looks, tr("Came back"), icon="user-check")
        self.bin_button = ActionButton(looks, tr("Put in the bin"), icon="trash-2")
        self.unbin_button = ActionButton(looks, tr("Take out of the bin"), icon="undo-2")
        self.edit_button = ActionButton(looks, tr("Change…"), icon="pencil", primary=True)
        for button in (
            self.left_button, self.return_button, self.bin_button, self.unbin_button,
            self.edit_button,
        ):  # fmt: skip
            self.head.add_action(button)
        self.back.clicked.connect(self.left)
        self.left_button.clicked.connect(self._on_left)
        self.return_button.clicked.connect(self._on_return)
        self.bin_button.clicked.connect(self._on_bin)
        self.unbin_button.clicked.connect(self._on_unbin)
        self.edit_button.clicked.connect(self._on_edit)

    def _build_glance(self) -> None:
        looks = self.book.looks
        self.chips = WrapRow(looks)
        self.helps = words("", "strong", wrap=True)
        self.strip = Strip(looks)
        self.strip_key = words(self.tr(KEY), "small", wrap=True)
        glance = QVBoxLayout()
        for widget in (self.chips, self.helps, self.strip, self.strip_key):
            glance.addWidget(widget)
        self._glance = glance
        self.body.addLayout(glance)

    def _build_sections(self) -> None:
        book = self.book
        self.about = AboutSection(book)
        self.consent = ConsentSection(book)
        self.attendance = AttendanceSection(book)
        self.history = HistorySection(book)
        self.tabs = Tabs(book.looks, self.tr("About this person"))
        for key, name, part in (
            ("about", self.tr("About"), self.about),
            ("consent", self.tr("Consent"), self.consent),
            ("attendance", self.tr("Attendance"), self.attendance),
            *((key, self._named[key], part) for key, part in self._more.items()),
            ("history", self.tr("History"), self.history),
        ):
            self.tabs.add(key, name, part)
        self.body.addWidget(self.tabs, 1)
        self.about.person_wanted.connect(self.person_wanted)
        self.attendance.session_wanted.connect(self.session_wanted)
        self.consent.ask_wanted.connect(self._on_ask)
        self.consent.withdraw_wanted.connect(self._on_withdraw)
        self.consent.correct_wanted.connect(self._on_correct)
        self.consent.remove_wanted.connect(self._on_remove_consent)
        self.history.part_wanted.connect(self._on_part)
        self.history.join_wanted.connect(self._on_join)

    def part(self, key: str) -> QWidget:
        """Return a part another subject gave to the page: "referrals", "questionnaires", "story"."""
        return self._more[key].part

    # --- showing -----------------------------------------------------------------------------

    def open_person(self, person_id: PersonId) -> None:
        """Show another person, from the first section on."""
        if person_id != self._person_id:
            self.tabs.show_part("about")
        self._person_id = person_id
        self.notice.clear()
        self.reload()
        self._area.verticalScrollBar().setValue(0)
        self.take_keyboard()

    def reload(self) -> None:
        """Read the person again; who was joined meanwhile is shown as who they are now."""
        if self._person_id is None:
            return
        register, today = self.book.register, self.book.today()
        person = people.get_person(register, self._person_id)
        if person is not None and person.merged_into is not None:
            person = people.get_person(register, person.merged_into)
        if person is None:  # taken away by an undo
            self.left.emit()
            return
        self.person, self._person_id = person, person.id
        standing = people.standing_of(register, person.id, today=today)
        self._show_head(person)
        self._show_chips(person, standing)
        self.helps.setText(self.tr("What helps: {what}").format(what=person.what_helps))
        self.helps.setVisible(bool(person.what_helps))
        self.strip.show_sittings(standing.strip)
        self.strip_key.setVisible(bool(standing.strip))
        self.about.show_person(person, standing)
        self.consent.show_standing(standing)
        self.attendance.show_standing(standing)
        for part in self._more.values():
            part.show_person(person)
        self.history.show_standing(standing, people.history_of(register, person.id))

    def _show_head(self, person: Person) -> None:
        known = self.tr("known as {name}").format(name=person.known_as) if person.known_as else ""
        age = said.age_words(person, self.book.today())
        aged = self.tr("aged {age}").format(age=age) if age else ""
        parts = (person.own_script_name, known, person.pronouns, aged, person.area)
        self.head.say(person.full_name, " · ".join(part for part in parts if part))
        gone = person.left_on is not None
        named = not person.nameless
        self.left_button.setVisible(named and not gone and not person.binned)
        self.return_button.setVisible(named and gone and not person.binned)
        self.bin_button.setVisible(named and not person.binned)
        self.unbin_button.setVisible(person.binned)
        self.edit_button.setVisible(named)
        self._offer_parts(named=named)

    def _offer_parts(self, *, named: bool) -> None:
        """Of somebody nameless nothing can be changed: what counts, what was done, and why."""
        if not named and self.tabs.key not in _OF_NAMELESS:
            self.tabs.show_part("rights")
        self.tabs.offer(self.tabs.keys if named else _OF_NAMELESS)
        self.history.join_button.setVisible(named)

    def _show_chips(self, person: Person, standing: PersonStanding) -> None:
        looks, today, tr = self.book.looks, self.book.today(), self.tr
        self.chips.clear()
        if person.nameless:
            self.chips.add(Chip(looks, tr("Name taken out"), tone="plain", icon="ban"))
        if person.binned:
            self.chips.add(
                Chip(looks, tr("In the bin: does not count"), tone="overdue", icon="trash-2")
            )
        if person.left_on is not None:
            text = tr("Left on {day}").format(day=short_date(person.left_on))
            self.chips.add(Chip(looks, text, tone="plain", icon="user-minus"))
        if may_be_child(person, today):
            self.chips.add(Chip(looks, tr("Under 18, or may be"), tone="due", icon="info"))
        roles = {
            PersonRole(one.role) for one in standing.memberships if one.role and one.now(today)
        }
        for role in PersonRole:
            if role in roles:
                text, icon = tr(said.ROLES[role]), said.ROLE_ICONS[role]
                self.chips.add(Chip(looks, text, tone="plain", icon=icon))
        for purpose in () if person.nameless else _CHIP_PURPOSES:
            text, tone, icon = said.standing_words(standing.consents, purpose)
            whole = f"{tr(PURPOSES[purpose])}: {text.lower()}"
            refused = standing_of(standing.consents, purpose) is not Standing.GIVEN
            if refused and purpose is not ConsentPurpose.HOLD_DETAILS:
                tone = "plain"
            self.chips.add(Chip(looks, whole, tone=tone, icon=icon))
        for chip in self.chips.findChildren(Chip):
            chip.show()

    # --- acting ------------------------------------------------------------------------------

    def _on_edit(self) -> None:
        if self.person is not None:
            self.edit_wanted.emit(self.person.id)

    def _on_join(self) -> None:
        if self.person is not None:
            self.join_wanted.emit(self.person.id)

    def _run(self, work: object, *, said_then: str = "", bin_too: bool = False) -> None:
        answer = self.book.commands.run(work)  # type: ignore[arg-type]
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)
        elif isinstance(answer, Done) and said_then:
            actions = (("bin", self.tr("Show the bin")),) if bin_too else ()
            self.notice.tell(said_then, tone="good", actions=(*actions, ("undo", self.tr("Undo"))))

    def _on_bin(self) -> None:
        if self.person is not None:
            person, register = self.person, self.book.register
            self._run(
                lambda: people.put_in_bin(register, person.id),
                said_then=self.tr(
                    "{name} is in the bin and does not count any more. The bin keeps the record "
                    "until you take it out."
                ).format(name=person.full_name),
                bin_too=True,
            )
            self.unbin_button.setFocus()

    def _on_unbin(self) -> None:
        if self.person is not None:
            person, register = self.person, self.book.register
            self._run(
                lambda: people.take_out_of_bin(register, person.id),
                said_then=self.tr("{name} is out of the bin and counts again.").format(
                    name=person.full_name
                ),
            )
            self.edit_button.setFocus()

    def _on_left(self) -> None:
        if self.person is not None:
            who = self.person.full_name
            self._open(LeftDialog(self.book, (self.person.id,), who, self.window()))

    def _on_return(self) -> None:
        if self.person is not None:
            person, register = self.person, self.book.register
            self._run(
                lambda: people.come_back(register, person.id),
                said_then=self.tr(
                    "{name} is back, on the registers they were on when they left."
                ).format(name=person.full_name),
            )
            self.edit_button.setFocus()

    def _on_ask(self, purpose: ConsentPurpose) -> None:
        if self.person is not None:
            who, ids = self.person.full_name, (self.person.id,)
            self._open(
                AgreedDialog(
                    self.book, ids, who, self.window(), purpose=purpose, agreed_by=self._parents()
                )
            )

    def _on_correct(self, consent: Consent) -> None:
        if self.person is not None:
            who, ids = self.person.full_name, (self.person.id,)
            self._open(
                AgreedDialog(
                    self.book, ids, who, self.window(), before=consent, agreed_by=self._parents()
                )
            )

    def _parents(self) -> tuple[str, ...] | None:
        """Name who may agree for somebody who is, or may be, under 18; None for a grown-up."""
        if self.person is None or not may_be_child(self.person, self.book.today()):
            return None
        guardians = people.standing_of(
            self.book.register, self.person.id, today=self.book.today()
        ).guardians
        return tuple(
            ", ".join(part for part in (one.shown_name, one.relationship.lower()) if part)
            for one in sorted(guardians, key=lambda one: not one.has_responsibility)
        )

    def _on_withdraw(self, consent: Consent) -> None:
        if self.person is not None:
            who = f"{self.person.full_name}: {PURPOSES[consent.purpose]}"
            self._open(WithdrawnDialog(self.book, consent.id, who, self.window()))

    def _on_remove_consent(self, consent: Consent) -> None:
        register = self.book.register
        self._run(
            lambda: consents.remove(register, consent.id),
            said_then=self.tr("The answer was taken away."),
        )

    def _on_part(self, record: PersonId) -> None:
        register = self.book.register
        self._run(
            lambda: people.unmerge_person(register, record),
            said_then=self.tr("They are two records again, as they were before."),
        )

    def _open(self, dialog: ManyDialog) -> None:
        dialog.open()

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()
        elif key == "bin":
            self.bin_wanted.emit()

    bin_wanted = Signal()

    def take_keyboard(self) -> None:
        """Begin with the form; of somebody nameless with the way back."""
        (self.back if self.edit_button.isHidden() else self.edit_button).setFocus()

    def escape(self) -> bool:
        """Close a notice, or go back to the list."""
        if not super().escape():
            self.left.emit()
        return True

"""Settings: every change is kept when it is left, and can be taken back by name."""

import datetime as dt
from functools import cached_property, partial
from itertools import takewhile
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.services import settings
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.settings.backups_card import BackupsCard
from app.ui.settings.group_card import GroupCard
from app.ui.settings.looks_card import LooksCard, PrintingCard
from app.ui.settings.password_card import PasswordCard
from app.ui.settings.questions_card import BandsCard, OwnSet, QuestionsCard
from app.ui.settings.rates_card import RatesCard
from app.ui.settings.retention_card import RetentionCard
from app.ui.settings.rights_card import RightsCard
from app.ui.settings.wellby_card import WellbyCard
from app.ui.widgets.page import Page

_Card = TypeVar("_Card", bound=QWidget)


class SettingsPage(Page):
    """Our group, questions, age bands, rates, printing, looks."""

    topics = frozenset({Topic.SETTINGS})
    help_text = (
        "What the book knows about your group, and how the program looks. Each change is kept when you "
        "leave its field; Undo takes it back."
    )

    due_wanted = Signal()
    """Show what is kept for longer than the rules say."""
    log_wanted = Signal(str)
    """Show a log of people's rights; "" where a clock runs first."""
    paper_wanted = Signal(str)
    """Show a page that anybody is given."""

    made_later = {  # noqa: RUF012 - read only
        "questions": "app.ui.settings.questions_card",
        "bands": "app.ui.settings.questions_card",
        "rates": "app.ui.settings.rates_card",
        "wellby": "app.ui.settings.wellby_card",
        "password": "app.ui.settings.password_card",
        "backups": "app.ui.settings.backups_card",
        "retention": "app.ui.settings.retention_card",
        "rights": "app.ui.settings.rights_card",
        "printing": "app.ui.settings.looks_card",
        "looks": "app.ui.settings.looks_card",
    }
    """The cards under the first, in the order in which they stand."""
    made_with = tuple(made_later)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Settings"), parent, long=True)
        self.head.say(
            self.tr("Settings"), self.tr("Every change is kept when you leave its field.")
        )
        # As wide as is comfortable to read, in a row that reckons heights by that width.
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(book.looks.gap(16))
        self._column = column
        self.group = self._put("group", GroupCard(book))
        self.group.changed_by_hand.connect(self._on_changed_by_hand)
        row = QHBoxLayout()
        row.addWidget(self._holder, 1)
        row.addStretch(0)
        self.body.addLayout(row)
        self.body.addStretch(1)
        book.looks.changed.connect(self._on_width)
        self._on_width()

    # --- cards that are made when they are first wanted ------------------------------------------

    def _put(self, key: str, card: _Card) -> _Card:
        """Put a card after those that stand above it."""
        above = [name for name in takewhile(key.__ne__, self.made_later) if name in vars(self)]
        self._column.insertWidget(0 if key == "group" else len(above) + 1, card)
        return card

    @cached_property
    def questions(self) -> QuestionsCard:
        """What people are asked about themselves."""
        card = self._put("questions", QuestionsCard(self.book))
        card.changed_by_hand.connect(self._on_changed_by_hand)
        return card

    @cached_property
    def bands(self) -> BandsCard:
        """Sets of age bands."""
        card = self._put("bands", BandsCard(self.book))
        card.changed_by_hand.connect(self._on_changed_by_hand)
        card.saved_by_hand.connect(self._on_bands)
        card.removed_by_hand.connect(self._on_bands_removed)
        return card

    @cached_property
    def rates(self) -> RatesCard:
        """What an hour of a volunteer is worth."""
        card = self._put("rates", RatesCard(self.book))
        card.stated.connect(self._on_rate)
        card.removed.connect(self._on_rate_removed)
        return card

    @cached_property
    def wellby(self) -> WellbyCard:
        """What a step of wellbeing is worth."""
        card = self._put("wellby", WellbyCard(self.book))
        card.changed_by_hand.connect(self._on_changed_by_hand)
        return card

    @cached_property
    def password(self) -> PasswordCard:
        """The book's password."""
        return self._put("password", PasswordCard(self.book))

    @cached_property
    def backups(self) -> BackupsCard:
        """Copies of the book."""
        return self._put("backups", BackupsCard(self.book))

    @cached_property
    def retention(self) -> RetentionCard:
        """How long everything is kept."""
        card = self._put("retention", RetentionCard(self.book))
        card.due_wanted.connect(self.due_wanted)
        return card

    @cached_property
    def rights(self) -> RightsCard:
        """People's rights."""
        card = self._put("rights", RightsCard(self.book))
        card.log_wanted.connect(self.log_wanted)
        card.paper_wanted.connect(self.paper_wanted)
        return card

    @cached_property
    def printing(self) -> PrintingCard:
        """How pages are printed."""
        card = self._put("printing", PrintingCard(self.book))
        card.changed_by_hand.connect(self._on_changed_by_hand)
        return card

    @cached_property
    def looks(self) -> LooksCard:
        """How the program looks."""
        return self._put("looks", LooksCard(self.book))

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Show what is kept; every card is wanted now."""
        for name in self.made_later:
            getattr(self, name)
        register = self.book.register
        ours = settings.read(register)
        for part in (self.group, self.questions, self.wellby, self.printing):
            part.show_settings(ours)
        self.bands.show_sets(settings.band_sets(register), ours.age_bands)
        self.rates.show_rates(settings.hour_rates(register))
        self.retention.reload()
        self.password.show_state()
        self.backups.show_state()

    def settle(self) -> None:
        """Keep what is typed and not left yet."""
        self.group.settle()
        if "password" in vars(self):
            self.password.settle()

    def take_keyboard(self) -> None:
        """Begin with the group's name."""
        self.group.lines["group_name"].setFocus()

    def _on_changed_by_hand(self, name: str, value: object) -> None:
        answer = self.book.commands.run(partial(settings.change, self.book.register, name, value))
        problem = answer.problems[0].text if isinstance(answer, Refused) else ""
        self.group.show_problem(name, problem)

    def _on_bands(self, row: OwnSet, set_id: str, title: str, typed: str) -> None:
        use_case = partial(settings.save_bands, self.book.register, title, typed, set_id)
        answer = self.book.commands.run(use_case)
        if isinstance(answer, Refused):
            row.show_problem(answer.problems[0].field, answer.problems[0].text)
        elif answer is not None and set_id:
            row.show_problem("", "")
        elif isinstance(answer, Done) and self.bands.rows:
            self.bands.rows[-1].title.setFocus()

    def _on_bands_removed(self, set_id: str) -> None:
        self.book.commands.run(partial(settings.remove_bands, self.book.register, set_id))
        self.bands.first.setFocus()

    def _on_rate(self, day: dt.date, pounds: str, source: str) -> None:
        use_case = partial(settings.state_rate, self.book.register, day, pounds, source)
        answer = self.book.commands.run(use_case)
        self.rates.show_problem(answer.problems[0] if isinstance(answer, Refused) else None)
        if isinstance(answer, Done):
            self.rates.clear_fields()

    def _on_rate_removed(self, day: dt.date) -> None:
        self.book.commands.run(partial(settings.remove_rate, self.book.register, day))

    def _on_width(self) -> None:
        self._holder.setMaximumWidth(self.book.looks.px(860))

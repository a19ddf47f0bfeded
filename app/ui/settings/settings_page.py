"""Settings: every change is kept when it is left, and can be taken back by name."""

import datetime as dt
from functools import partial

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


class SettingsPage(Page):
    """Our group, questions, age bands, rates, printing, looks."""

    topics = frozenset({Topic.SETTINGS})
    help_text = (
        "What the book knows about your group, and how the program looks. Each change is kept when you "
        "leave its field; Undo takes it back."
    )

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Settings"), parent, long=True)
        self.head.say(
            self.tr("Settings"), self.tr("Every change is kept when you leave its field.")
        )
        self.group = GroupCard(book)
        self.questions = QuestionsCard(book)
        self.bands = BandsCard(book)
        self.rates = RatesCard(book)
        self.wellby = WellbyCard(book)
        self.password = PasswordCard(book)
        self.backups = BackupsCard(book)
        self.retention = RetentionCard(book)
        self.rights = RightsCard(book)
        self.printing = PrintingCard(book)
        self.looks = LooksCard(book)
        # As wide as is comfortable to read, in a row that reckons heights by that width.
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(book.looks.gap(16))
        self._cards = (
            self.group, self.questions, self.bands, self.rates, self.wellby, self.password,
            self.backups, self.retention, self.rights, self.printing, self.looks,
        )  # fmt: skip
        for card in self._cards:
            column.addWidget(card)
        row = QHBoxLayout()
        row.addWidget(self._holder, 1)
        row.addStretch(0)
        self.body.addLayout(row)
        self.body.addStretch(1)
        for part in (self.group, self.questions, self.bands, self.wellby, self.printing):
            part.changed_by_hand.connect(self._on_changed_by_hand)
        self.bands.saved_by_hand.connect(self._on_bands)
        self.bands.removed_by_hand.connect(self._on_bands_removed)
        self.rates.stated.connect(self._on_rate)
        self.rates.removed.connect(self._on_rate_removed)
        book.looks.changed.connect(self._on_width)
        self._on_width()

    def reload(self) -> None:
        """Show what is kept."""
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

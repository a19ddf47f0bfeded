"""Stories and quotes: what was said, and what each may be used for."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.consents import METHODS
from app.domain.ids import StoryId
from app.domain.periods import short_date
from app.domain.stories import PURPOSES, Story, StoryKind, StoryPurpose, StoryUse
from app.services import people, stories
from app.ui import texts
from app.ui.book import Book
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.side import scrolling_card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

KINDS = {StoryKind.QUOTE: "Quote", StoryKind.STORY: "Story"}
_BIN = "bin"
_MOST_LETTERS = 90


def may_be_used(story: Story) -> str:
    """Return what a story may be used for now, in a few words."""
    allowed = [text for purpose, text in PURPOSES.items() if story.usable_for(purpose)]
    if len(allowed) > 1:
        return f"{len(allowed)} of {len(PURPOSES)} uses"
    return allowed[0] if allowed else "Nothing yet"


def opening(story: Story) -> str:
    """Return the first words of a story."""
    line = " ".join(story.wording.split())
    return line if len(line) <= _MOST_LETTERS else f"{line[:_MOST_LETTERS].rstrip()}…"


def use_words(use: StoryUse | None) -> tuple[str, str, str]:
    """Return how a use stands as (words, tone, icon)."""
    if use is None:
        return ("Not asked", "plain", "circle")
    if use.withdrawn_on is not None:
        return (f"Taken back {texts.day_and_month(use.withdrawn_on)}", "due", "undo-2")
    return ("Agreed", "good", "circle-check") if use.given else ("Said no", "plain", "ban")


STORY_COLUMNS: tuple[Column[Story], ...] = (
    Column(
        key="told", title="Told on", text=lambda s: short_date(s.told_on), width=150, spare=True,
        look="aside",
    ),
    Column(key="kind", title="Kind", text=lambda s: KINDS[s.kind], width=76, spare=True),
    Column(key="words", title="What was said", text=opening, look="strong"),
    Column(
        key="uses", title="May be used for", text=may_be_used, width=190, least=170,
        chip=lambda s: ("good", "check") if any(u.stands for u in s.uses) else ("plain", "lock"),
    ),
)  # fmt: skip

UseLine = tuple[StoryPurpose, StoryUse | None]
USE_COLUMNS: tuple[Column[UseLine], ...] = (
    Column(key="purpose", title="Use", text=lambda u: PURPOSES[u[0]], look="strong"),
    Column(
        key="stands", title="Stands", text=lambda u: use_words(u[1])[0], width=176,
        chip=lambda u: use_words(u[1])[1:],
    ),
    Column(
        key="how", title="Asked", width=240, look="aside", spare=True,
        text=lambda u: f"{short_date(u[1].asked_on)}, {METHODS.get(u[1].method, '')}" if u[1] else "",
    ),
)  # fmt: skip


class StoriesPart(QWidget):
    """The list; beside it the whole of the one in hand, and each use by itself."""

    add_wanted = Signal()
    change_wanted = Signal(object)
    """The Story to correct."""
    use_wanted = Signal(object, object)
    """The Story, and the StoryPurpose to note an answer for."""
    withdraw_wanted = Signal(object, object)
    """The Story, and the StoryPurpose that is taken back."""
    bin_wanted = Signal(object)
    """The Story to put in the bin, or to take out of it."""
    person_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._build()
        self.show_choice.currentIndexChanged.connect(self.reload)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_change)
        self.add_button.clicked.connect(self.add_wanted)
        self.empty.acted.connect(self.add_wanted)
        self.change_button.clicked.connect(self._on_change)
        self.bin_button.clicked.connect(self._on_bin)
        self.person_button.clicked.connect(self._on_person)
        self.uses.opened.connect(self._on_use)
        self.use_button.clicked.connect(self._on_use)
        self.withdraw_button.clicked.connect(self._on_withdraw)
        self.uses.selectionModel().currentRowChanged.connect(self._on_use_row)

    def _build(self) -> None:
        looks, tr = self._book.looks, self.tr
        self.show_choice = Choice(looks, tr("Which stories"))
        self.show_choice.addItem(tr("All of them"), "")
        for purpose, text in PURPOSES.items():
            self.show_choice.addItem(tr("May be used for: {use}").format(use=text), purpose.value)
        self.show_choice.addItem(tr("In the bin"), _BIN)
        self.add_button = ActionButton(looks, tr("Add a story or quote…"), icon="quote")
        self.model = RowsModel(STORY_COLUMNS, self)
        self.table = LedgerTable(looks, tr("Stories and quotes"))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self.none = words(tr("None of that kind."), "aside")
        row = WrapRow(looks)
        row.add(self.show_choice)
        row.add(self.add_button)
        card = Card(looks)
        card.body.addWidget(row)
        card.body.addWidget(self.none)
        card.body.addWidget(self.table, 1)
        card.body.addStretch(0)
        self.empty = EmptyState(
            looks, icon="quote", title=tr("No stories yet"),
            text=tr(
                "What people say in their own words, and how things went for them. Each use is asked "
                "for by itself and can be taken back."
            ),
            action=tr("Add a story or quote…"),
        )  # fmt: skip
        self.columns = TwoColumns(looks, card, self._build_side(), needed=900, side_width=430)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns, 1)
        column.addWidget(self.empty, 1)

    def _build_side(self) -> QWidget:
        looks, tr = self._book.looks, self.tr
        self.side = Card(looks)
        self.said = words("", "", wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.by = words("", "aside", wrap=True)
        self.change_button = ActionButton(looks, tr("Change…"), icon="pencil")
        self.bin_button = ActionButton(looks, tr("Put in the bin"), icon="trash-2")
        self.person_button = ActionButton(looks, tr("Open this person"), icon="user")
        row = WrapRow(looks)
        for button in (self.change_button, self.bin_button, self.person_button):
            row.add(button)
        self.use_model = RowsModel(USE_COLUMNS, self)
        self.uses = LedgerTable(looks, tr("What it may be used for"))
        self.uses.setModel(self.use_model)
        self.use_button = ActionButton(looks, tr("Note an answer…"), icon="pencil")
        self.withdraw_button = ActionButton(looks, tr("Taken back…"), icon="undo-2")
        self.use_row = WrapRow(looks)
        self.use_row.add(self.use_button)
        self.use_row.add(self.withdraw_button)
        for widget in (self.said, self.by, row, self.uses, self.use_row):
            self.side.body.addWidget(widget)
        self.side.body.addStretch(1)
        self._area = scrolling_card(self.side)
        return self._area

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the stories again."""
        register, wanted = self._book.register, self.show_choice.currentData()
        before = self.story
        if wanted == _BIN:
            rows = stories.binned_stories(register)
        elif wanted:
            rows = stories.usable_for(register, StoryPurpose(wanted))
        else:
            rows = stories.stories_listed(register)
        self.model.set_rows(rows)
        some = bool(rows) or bool(wanted) or bool(stories.binned_stories(register))
        self.columns.setVisible(some)
        self.empty.setVisible(not some)
        self.none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self._area.setVisible(bool(rows))
        if rows:
            ids = [one.id for one in rows]
            place = ids.index(before.id) if before and before.id in ids else 0
            self.table.setCurrentIndex(self.model.index(place, 0))
            self._show(rows[place])

    def choose(self, story_id: StoryId) -> None:
        """Take a story in hand, whatever was shown."""
        self.show_choice.setCurrentIndex(0)
        ids = [one.id for one in self.model.rows]
        if story_id in ids:
            self.table.setCurrentIndex(self.model.index(ids.index(story_id), 0))

    @property
    def story(self) -> Story | None:
        """The story in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, Story) else None

    @property
    def purpose(self) -> StoryPurpose | None:
        """The use in hand."""
        line = self.uses.currentIndex().data(ROW_ROLE)
        return line[0] if line else None

    def _on_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, Story):
            self._show(one)

    def _show(self, story: Story) -> None:
        place = max(0, self.uses.currentIndex().row())
        self.said.setText(f"“{story.wording}”" if story.kind is StoryKind.QUOTE else story.wording)
        self.by.setText(self._by(story))
        self.person_button.setVisible(story.person_id is not None)
        self.bin_button.setText(
            self.tr("Take out of the bin") if story.binned else self.tr("Put in the bin")
        )
        self.change_button.setVisible(not story.binned)
        by_purpose = {use.purpose: use for use in story.uses}
        self.use_model.set_rows(tuple((p, by_purpose.get(p)) for p in PURPOSES))
        fit(self.uses, most=len(PURPOSES))
        self.uses.setCurrentIndex(self.use_model.index(place, 0))
        self.use_row.setVisible(not story.binned)
        self._on_use_row()

    def _by(self, story: Story) -> str:
        person = (
            people.get_person(self._book.register, story.person_id)
            if story.person_id is not None
            else None
        )
        parts = [
            story.credited_as or self.tr("without a name"),
            self.tr("told by {name}").format(name=person.full_name) if person else "",
            short_date(story.told_on),
        ]
        return " · ".join(part for part in parts if part)

    def _on_use_row(self, *_index: object) -> None:
        line = self.uses.currentIndex().data(ROW_ROLE)
        self.withdraw_button.setEnabled(bool(line and line[1] is not None and line[1].stands))

    # --- acting ------------------------------------------------------------------------------

    def _on_change(self, *_index: QModelIndex | QPersistentModelIndex | bool) -> None:
        if self.story is not None and not self.story.binned:
            self.change_wanted.emit(self.story)

    def _on_bin(self) -> None:
        if self.story is not None:
            self.bin_wanted.emit(self.story)

    def _on_person(self) -> None:
        if self.story is not None and self.story.person_id is not None:
            self.person_wanted.emit(self.story.person_id)

    def _on_use(self, *_index: QModelIndex | QPersistentModelIndex | bool) -> None:
        if self.story is not None and not self.story.binned and self.purpose is not None:
            self.use_wanted.emit(self.story, self.purpose)

    def _on_withdraw(self) -> None:
        if self.story is not None and self.purpose is not None:
            self.withdraw_wanted.emit(self.story, self.purpose)

    def take_keyboard(self) -> None:
        """Begin with the list."""
        (self.table if self.model.rows else self.empty.button).setFocus()

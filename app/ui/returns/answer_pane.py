"""The middle pane of a workspace: the question, its prompt, the answer, and what can be put into it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.domain import words as counting
from app.services.returns import shown
from app.services.returns.state import PartState
from app.services.returns.typed import Asked
from app.ui.appearance import Appearance
from app.ui.returns.answer_boxes import ChoiceBoxes, CostRows
from app.ui.returns.answer_editor import AnswerEditor, Faces
from app.ui.returns.part_view import PartView
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.page import scrolling_in_card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

PAUSE_MS = 600
"""What was typed is saved when nothing more is typed for so long."""
_USE = "use"
_LONG = 6000
"""Letters from which an answer is counted only after a rest in typing."""
_REST_MS = 200


class AnswerPane(Card):
    """One question or one part at a time."""

    typed = Signal()
    """A pause in typing: `source` is to be saved."""
    insert_wanted = Signal(str)
    """figure, table, chart or quote."""
    earlier_wanted = Signal()
    bank_wanted = Signal()
    keep_wanted = Signal()
    done_wanted = Signal(bool)
    place_chosen = Signal(str)
    """The source of the place at the caret, or "" for none."""
    number_chosen = Signal(object, str)
    """A Source of a part from the book, and how it is printed."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(looks, parent=parent)
        self.asked: Asked | None = None
        self._state: PartState | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.typed)
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(_REST_MS)
        self._count.timeout.connect(self._say_counts)
        self.title = words("", "heading", wrap=True)
        self.prompt = words("", "aside", wrap=True)
        self.notice = NoticeBar(looks)
        self.notice.acted.connect(self._on_notice)
        self._build_boxes()
        self._build_tools()
        for label in (self.title, self.prompt, self.notice):
            self.body.addWidget(label)
        self.body.addWidget(self._stack, 1)
        looks.changed.connect(self._on_count_looks)
        self._on_count_looks()

    def _build_boxes(self) -> None:
        looks = self._looks
        self.text = AnswerEditor(looks)
        self.number = AnswerEditor(looks, lines=1)
        self.choices = ChoiceBoxes(looks)
        self.costs = CostRows(looks)
        self.part = PartView(looks)
        self._stack = QStackedWidget()
        self._written = QWidget()
        column = QVBoxLayout(self._written)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        for box in (self.text, self.number, self.choices, self.costs):
            column.addWidget(box)
        self._area = scrolling_in_card(self._written)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.part)
        for box in (self.text, self.number, self.choices, self.costs):
            box.edited.connect(self._on_edited)
        self.text.place_chosen.connect(self.place_chosen)
        self.number.place_chosen.connect(self.place_chosen)
        self.part.number_chosen.connect(self.number_chosen)

    def _build_tools(self) -> None:
        looks, tr = self._looks, self.tr
        self.figure = ActionButton(looks, tr("Figure"), icon="hash")
        self.table = ActionButton(looks, tr("Table"), icon="table")
        self.chart = ActionButton(looks, tr("Chart"), icon="chart-column")
        self.quote = ActionButton(looks, tr("Quote"), icon="quote")
        self.earlier = ActionButton(looks, tr("Last time’s answer"), icon="history")
        self.bank = ActionButton(looks, tr("Answers kept"), icon="book-open")
        self.keep = ActionButton(looks, tr("Keep it"), icon="save")
        self.keep.setToolTip(tr("Keep this answer under a name, to use it again"))
        self.keep.setAccessibleName(tr("Keep this answer"))
        self._inserts = {
            "figure": self.figure, "table": self.table, "chart": self.chart, "quote": self.quote,
        }  # fmt: skip
        self._tools = WrapRow(looks)
        for key, button in self._inserts.items():
            button.setProperty("key", key)
            button.clicked.connect(self._on_insert)
            self._tools.add(button)
        self._other = WrapRow(looks)
        for button, signal in (
            (self.earlier, self.earlier_wanted), (self.bank, self.bank_wanted),
            (self.keep, self.keep_wanted),
        ):  # fmt: skip
            button.clicked.connect(signal)
            self._other.add(button)
        self.used = words("", "strong", wrap=True)
        self.counts = words("", "small", wrap=True)
        self.done = QCheckBox(tr("This answer is done"))
        self.done.clicked.connect(self.done_wanted)
        self.warnings = words("", "problem", wrap=True)
        for widget in (
            self.used, self.counts, self._tools, self._other, self.warnings, self.done,
        ):  # fmt: skip
            self._column.addWidget(widget)
        self._column.addStretch(1)

    # --- showing -----------------------------------------------------------------------------

    def show_question(self, number: int, asked: Asked, source: str, faces: Faces) -> None:
        """Show a question with its answer as it is kept."""
        self._pause.stop()
        self.asked, self._state = asked, None
        self._stack.setCurrentWidget(self._area)
        self.title.setText(f"{number} {asked.text}")
        self.prompt.setText(_prompt(asked))
        self.prompt.setVisible(bool(self.prompt.text()))
        for box in (self.text, self.number, self.choices, self.costs):
            box.setVisible(box is self._box)
        self._box_named(asked.text)
        self.load(source, faces)
        words_taken = asked.box == "words"
        for key, button in self._inserts.items():
            button.setVisible(words_taken or (key == "figure" and asked.box == "number"))
        for button in (self.earlier, self.bank, self.keep):
            button.setVisible(words_taken or button is self.earlier)
        self.warnings.setText("")

    def load(self, source: str, faces: Faces) -> None:
        """Show another answer to the same question: it was taken back, or put in from elsewhere."""
        box, asked = self._box, self.asked
        if isinstance(box, AnswerEditor):
            box.show_answer(source, faces)
        elif box is not None and asked is not None:
            box.show_answer(asked, source)
        self._say_counts()

    def show_part(self, part: PartState) -> None:
        """Show a part that comes from the book."""
        self._pause.stop()
        self.asked, self._state = None, part
        self.title.setText(part.title)
        said = " ".join((self.tr("From the book: nothing to write here."), *part.warnings))
        self.prompt.setText(said)
        self.prompt.show()
        self.notice.clear()
        self.part.show_lines(shown.lines(part.blocks))
        self._stack.setCurrentWidget(self.part)

    def show_state(self, part: PartState) -> None:
        """Show what was found out about the question in hand: warnings, whether it is done."""
        self._state = part
        if self.asked is None:
            self.part.show_lines(shown.lines(part.blocks))
            return
        own = tuple(one for one in part.warnings if not one.endswith("is not answered yet."))
        self.warnings.setText("\n".join(own))
        self.warnings.setVisible(bool(own))
        self._offer_suggestion()

    def show_done(self, *, done: bool) -> None:
        """Show whether somebody said that the answer is done."""
        self.done.setChecked(done)

    def show_faces(self, faces: Faces) -> None:
        """Show the numbers in the answer as they were counted just now."""
        if isinstance(self._box, AnswerEditor):
            self._box.show_faces(faces)
        self._say_counts()

    def _offer_suggestion(self) -> None:
        asked = self.asked
        if asked is None or not asked.suggestion or self.source.strip():
            self.notice.clear()
            return
        said = self.tr("Until you write something, our own sentence with your numbers is printed.")
        if not self.notice.text:
            self.notice.tell(said, tone="plain", actions=((_USE, self.tr("Begin with it")),))

    def _on_notice(self, key: str) -> None:
        if key == _USE and self.asked is not None:
            self.insert(self.asked.suggestion)

    @property
    def _box(self) -> AnswerEditor | ChoiceBoxes | CostRows | None:
        if self.asked is None:
            return None
        boxes: dict[str, AnswerEditor | ChoiceBoxes | CostRows] = {
            "number": self.number, "choices": self.choices, "costs": self.costs,
        }  # fmt: skip
        return boxes.get(self.asked.box, self.text)

    def _box_named(self, name: str) -> None:
        if isinstance(self._box, AnswerEditor):
            self._box.setAccessibleName(name)

    # --- what is typed -----------------------------------------------------------------------

    @property
    def source(self) -> str:
        """The answer as it stands in the pane."""
        return self._box.source if self._box is not None else ""

    @property
    def waiting(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._pause.isActive()

    def stop_waiting(self) -> None:
        """Let nothing be saved by itself any more: it is saved."""
        self._pause.stop()

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self._box.textCursor().position() if isinstance(self._box, AnswerEditor) else 0

    def put_caret(self, place: int) -> None:
        """Put the caret somewhere."""
        if isinstance(self._box, AnswerEditor):
            cursor = self._box.textCursor()
            cursor.setPosition(min(place, self._box.document().characterCount() - 1))
            self._box.setTextCursor(cursor)

    def insert(self, source: str) -> None:
        """Put something in at the caret."""
        if isinstance(self._box, AnswerEditor):
            self._box.insert(source)
            self._box.setFocus()

    def take_keyboard(self) -> None:
        """Begin to write, or to choose a number."""
        box = self._box
        if isinstance(box, AnswerEditor):
            box.setFocus()
        elif box is not None:
            box.take_keyboard()
        else:
            self.part.setFocus()

    def _on_edited(self) -> None:
        box = self._box
        if isinstance(box, AnswerEditor) and box.document().characterCount() > _LONG:
            self._count.start()  # long ones after a rest: typing goes before counting
        else:
            self._say_counts()
            self._offer_suggestion()
        self._pause.start()

    def _on_insert(self) -> None:
        self.insert_wanted.emit(str(self.sender().property("key")))

    def _say_counts(self) -> None:
        """Count as one types: the way the form does, and both ways where they differ."""
        asked, box = self.asked, self._box
        counted = asked is not None and asked.box == "words"
        self.used.setVisible(counted)
        self.counts.setVisible(counted)
        if asked is None or not isinstance(box, AnswerEditor) or not counted:
            return
        printed = box.printed
        said, over = used_words(asked, printed)
        self.used.setText(said)
        self.used.setProperty("look", "problem" if over else "strong")
        self._on_count_looks()
        self.counts.setText(both_counts(printed))
        self.used.setAccessibleName(said)

    def _on_count_looks(self) -> None:
        self.used.style().polish(self.used)
        self.used.setFont(self._looks.font(15, QFont.Weight.DemiBold))
        self._column.setSpacing(self._looks.px(10))
        self._written.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)


Count = Callable[[str], int]


def used_words(asked: Asked, printed: str) -> tuple[str, bool]:
    """Return what is used of a limit in words, and whether it is over."""
    count: Count = counting.safe_count if asked.strict else counting.plain_count
    number, letters = count(printed), counting.letter_count(printed)
    parts, over = [], False
    if asked.words_to:
        left = asked.words_to - number
        over = left < 0
        more = f"{-left:,} too many" if over else f"{left:,} left"
        parts.append(f"{number:,} of {asked.words_to:,} words, {more}")
    else:
        parts.append("1 word" if number == 1 else f"{number:,} words")
    if asked.words_from and number < asked.words_from:
        parts.append(f"at least {asked.words_from:,} are asked for")
    if asked.letters_to:
        left = asked.letters_to - letters
        over = over or left < 0
        more = f"{-left:,} too many" if left < 0 else f"{left:,} left"
        parts.append(f"{letters:,} of {asked.letters_to:,} letters, {more}")
    return " · ".join(parts), over


def both_counts(printed: str) -> str:
    """Return the strict and the plain count, as forms differ."""
    strict, plain = counting.strict_count(printed), counting.plain_count(printed)
    letters = counting.letter_count(printed)
    return f"Strictly counted {strict:,}, plainly {plain:,}; {letters:,} letters with spaces"


def _prompt(asked: Asked) -> str:
    limits = []
    if asked.words_to:
        limits.append(f"Up to {asked.words_to:,} words.")
    if asked.letters_to:
        limits.append(f"Up to {asked.letters_to:,} letters, spaces counted.")
    if asked.rows_to:
        limits.append(f"Up to {asked.rows_to} rows.")
    if asked.box == "number":
        limits.append("A single number.")
    if asked.whole_pounds:
        limits.append("In whole pounds.")
    if asked.choices:
        limits.append("Tick what fits." if asked.several else "Tick one.")
    return " ".join(part for part in (asked.prompt, *limits) if part)

"""Outcomes: what is due, what people reported, their stories, and the measures in use."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.changes import Topic
from app.domain.stories import Story, StoryPurpose
from app.services import outcomes, stories
from app.services.outcomes import MeasureHere
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.outcomes.due_part import DuePart
from app.ui.widgets.page import Page
from app.ui.widgets.tabs import Tabs

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.outcomes.measures_part import MeasuresPart
    from app.ui.outcomes.results_part import ResultsPart
    from app.ui.outcomes.stories_part import StoriesPart

_MOST_FILE = 200_000


class OutcomesListPage(Page):
    """Four parts under their names."""

    topics = frozenset(
        {
            Topic.OUTCOMES, Topic.STORIES, Topic.PEOPLE, Topic.ATTENDANCE, Topic.SESSIONS,
            Topic.ACTIVITIES, Topic.SETTINGS,
        }
    )  # fmt: skip
    help_text = (
        "Due: who is to be asked, for the first time or again. Print a pile, and enter it in the order "
        "in which it was printed. Results: what people asked twice reported, before and after. Stories "
        "and quotes: each use is agreed to by itself. Measures: what you ask."
    )
    made_later = {  # noqa: RUF012 - read only
        "results": "app.ui.outcomes.results_part",
        "stories": "app.ui.outcomes.stories_part",
        "measures": "app.ui.outcomes.measures_part",
    }
    enter_wanted = Signal(object)
    pile_wanted = Signal(object)
    person_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Outcomes"), parent)
        self._asked = 0
        self.due = DuePart(book)
        self.tabs = Tabs(book.looks, self.tr("Outcomes"))
        self.tabs.add("due", self.tr("Due"), self.due)
        self.tabs.add_later("results", self.tr("Results"), lambda: self.results)
        self.tabs.add_later("stories", self.tr("Stories and quotes"), lambda: self.stories)
        self.tabs.add_later("measures", self.tr("Measures"), lambda: self.measures)
        self.body.addWidget(self.tabs, 1)
        self._connect()

    # --- parts that are made when they are first wanted ----------------------------------------

    @cached_property
    def results(self) -> "ResultsPart":
        """What people reported, before and after."""
        from app.ui.outcomes.results_part import ResultsPart

        part = ResultsPart(self.book)
        part.measures_wanted.connect(self.show_measures)
        part.person_wanted.connect(self.person_wanted)
        self.tabs.put("results", part)
        return part

    @cached_property
    def stories(self) -> "StoriesPart":
        """Stories and quotes."""
        from app.ui.outcomes.stories_part import StoriesPart

        part = StoriesPart(self.book)
        part.add_wanted.connect(self.add_story)
        part.change_wanted.connect(self.change_story)
        part.use_wanted.connect(self.note_use)
        part.withdraw_wanted.connect(self.take_back)
        part.bin_wanted.connect(self._on_story_bin)
        part.person_wanted.connect(self.person_wanted)
        self.tabs.put("stories", part)
        part.reload()
        return part

    @cached_property
    def measures(self) -> "MeasuresPart":
        """What is asked."""
        from app.ui.outcomes.measures_part import MeasuresPart

        part = MeasuresPart(self.book)
        part.ask_wanted.connect(self._on_ask)
        part.days_wanted.connect(self.set_days)
        part.licence_wanted.connect(self.record_licence)
        part.remove_wanted.connect(self._on_remove)
        part.own_wanted.connect(self.add_own)
        part.file_wanted.connect(self._on_file)
        self.tabs.put("measures", part)
        part.show_measures(outcomes.measures_here(self.book.register))
        return part

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab)
        self.notice.acted.connect(self._on_notice)
        self.due.enter_wanted.connect(self.enter_wanted)
        self.due.pile_wanted.connect(self.pile_wanted)
        self.due.pages_wanted.connect(self.show_pages)
        self.due.print_wanted.connect(self.print_pile)
        self.due.measures_wanted.connect(self.show_measures)
        self.due.counted.connect(self._say_how_many)

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read everything again; results are counted when they are looked at."""
        here = outcomes.measures_here(self.book.register)
        self.due.show_due(here)
        if self._is_made("measures"):
            self.measures.show_measures(here)
        if self._is_made("stories"):
            self.stories.reload()
        if self._is_made("results"):
            self.results.forget()
        self._asked = sum(one.use.asked for one in here)
        self._say_how_many()

    def _say_how_many(self) -> None:
        said = texts.counted(self._asked, "measure asked", "measures asked")
        if (number := self.due.number) is not None:
            due = texts.counted(number, "questionnaire due", "questionnaires due")
            said = f"{due} · {said}"
        self.head.say(self.tr("Outcomes"), said)

    def show_part(self, key: str) -> None:
        """Show one of the parts."""
        self.tabs.show_part(key)

    def show_measures(self) -> None:
        """Show the measures, with the keyboard on them."""
        self.tabs.show_part("measures")
        self.measures.take_keyboard()

    def settle(self) -> None:
        """Count no further when the page is left."""
        if self._is_made("results"):
            self.results.stop()

    def _is_made(self, part: str) -> bool:
        return part in vars(self)

    def take_keyboard(self) -> None:
        """Begin with what is shown."""
        self.fresh()
        self._part().take_keyboard()

    def _part(self) -> "DuePart | ResultsPart | StoriesPart | MeasuresPart":
        part: DuePart | ResultsPart | StoriesPart | MeasuresPart = getattr(self, self.tabs.key)
        return part

    def _on_tab(self, key: str) -> None:
        self.notice.clear()
        if key == "results":
            self.results.begin()

    # --- printing ----------------------------------------------------------------------------

    def print_pile(self, measure: str = "") -> None:
        """Ask for whom to print."""
        from app.ui.outcomes.print_dialog import PrintDialog  # draws PDFs: a heavy import

        dialog = PrintDialog(self.book, measure, self.window())
        dialog.made.connect(self.show_pages)
        dialog.open()

    def show_pages(self, print_id: int) -> None:
        """Show the pages of a pile."""
        from app.ui.outcomes.print_dialog import PilePagesDialog

        pile = outcomes.pile(self.book.register, print_id)
        if pile is not None:
            count = texts.counted(len(pile.rows), self.tr("sheet"), self.tr("sheets"))
            title = f"{pile.measure.title}: {count}"
            PilePagesDialog(self.book, print_id, title, self.window()).open()

    # --- stories -----------------------------------------------------------------------------

    def add_story(self) -> None:
        """Open the form for a story."""
        from app.ui.outcomes.story_dialogs import StoryDialog

        StoryDialog(self.book, self.window()).open()

    def change_story(self, story: Story) -> None:
        """Open the form of a story."""
        from app.ui.outcomes.story_dialogs import StoryDialog

        StoryDialog(self.book, self.window(), story=story).open()

    def note_use(self, story: Story, purpose: StoryPurpose) -> None:
        """Ask what the person said to a use."""
        from app.ui.outcomes.story_dialogs import UseDialog

        UseDialog(self.book, story, purpose, self.window()).open()

    def take_back(self, story: Story, purpose: StoryPurpose) -> None:
        """Ask when a use was taken back."""
        from app.ui.outcomes.story_dialogs import TakenBackDialog

        TakenBackDialog(self.book, story, purpose, self.window()).open()

    def _on_story_bin(self, story: Story) -> None:
        register = self.book.register
        if story.binned:
            answer = self.book.commands.run(lambda: stories.take_out_of_bin(register, story.id))
            text = self.tr("It is out of the bin.")
        else:
            answer = self.book.commands.run(lambda: stories.put_in_bin(register, story.id))
            text = self.tr("It is in the bin and is not used any more.")
        self._say(answer, text)

    # --- measures ----------------------------------------------------------------------------

    def _on_ask(self, here: MeasureHere) -> None:
        register, asked = self.book.register, not here.use.asked
        answer = self.book.commands.run(
            lambda: outcomes.use_measure(register, here.measure.id, asked=asked)
        )
        self._say(answer, "")

    def set_days(self, here: MeasureHere) -> None:
        """Ask after how many days it is asked again."""
        from app.ui.outcomes.measure_dialogs import DaysDialog

        DaysDialog(self.book, here, self.window()).open()

    def record_licence(self, here: MeasureHere) -> None:
        """Open the form for a licence."""
        from app.ui.outcomes.measure_dialogs import LicenceDialog

        LicenceDialog(self.book, here, self.window()).open()

    def add_own(self) -> None:
        """Open the form for the group's own questions."""
        from app.ui.outcomes.measure_dialogs import OwnMeasureDialog

        dialog: QDialog = OwnMeasureDialog(self.book, self.window())
        dialog.open()

    def _on_remove(self, here: MeasureHere) -> None:
        register = self.book.register
        answer = self.book.commands.run(
            lambda: outcomes.remove_own_measure(register, here.measure.id)
        )
        self._say(answer, self.tr("{title} was taken away.").format(title=here.measure.title))

    def _on_file(self) -> None:
        self.book.messages.ask_open_path(
            self.window(), title=self.tr("Add a measure from a file"), folder=Path.home(),
            kinds=self.tr("Measures (*.toml)"), then=self.add_file,
        )  # fmt: skip

    def add_file(self, path: Path) -> None:
        """Add a measure of a file, or say what is to mend in it."""
        text = _text_of(path)
        if text is None:
            said = self.tr("{name} could not be read as a measure. Choose its .toml file.")
            self.notice.tell(said.format(name=path.name), tone="overdue")
            return
        register, today = self.book.register, self.book.today()
        answer = self.book.commands.run(
            lambda: outcomes.add_own_measure(register, text, today=today)
        )
        self._say(answer, self.tr("It was added, and is asked from now on."))

    def _say(self, answer: Done | Refused | None, text: str) -> None:
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Done) and text:
            self.notice.tell(text, tone="good", actions=(("undo", self.tr("Undo")),))
        elif isinstance(answer, Done):
            self.notice.clear()

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()


def _text_of(path: Path) -> str | None:
    """Return a small text file's text, or None."""
    try:
        return path.read_text("utf-8") if path.stat().st_size <= _MOST_FILE else None
    except (OSError, UnicodeDecodeError):
        return None

"""The forms for stories: what was said, and what the person said to each use."""

import datetime as dt

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.consents import METHODS
from app.domain.ids import PersonId
from app.domain.problems import Problem
from app.domain.stories import PURPOSES, Story, StoryDraft, StoryKind, StoryPurpose, StoryUse
from app.services import activities, people, stories
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.outcomes.stories_part import KINDS, opening
from app.ui.people.people_model import shown_name
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion

_FOUND = 8


class StoryDialog(FormDialog):
    """A story or quote, new or corrected."""

    def __init__(
        self, book: Book, parent: QWidget, *, story: Story | None = None,
        person_id: PersonId | None = None,
    ) -> None:  # fmt: skip
        title = "Change what was said" if story else "Add a story or quote"
        super().__init__(book.looks, title, "Keep it", parent)
        self._book, self._story = book, story
        self._person_id = story.person_id if story else person_id
        self._make_editors()
        self._lay_out()
        self._load(story)
        self.person.wanted.connect(self._on_typed)
        self.person.taken.connect(self._on_taken)

    def _make_editors(self) -> None:
        looks, book = self.looks, self._book
        self.kind, self.activity = Choice(looks, ""), Choice(looks, "")
        for kind, text in KINDS.items():
            self.kind.addItem(self.tr(text), kind.value)
        self.activity.addItem(self.tr("No one activity"), None)
        for activity in activities.list_activities(book.register):
            self.activity.addItem(activity.name, activity.id)
        self.wording = QPlainTextEdit()
        self.wording.setTabChangesFocus(True)
        self.wording.setFixedHeight(looks.px(120))
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.person, self.credited = SuggestField(looks, ""), Line()

    def _lay_out(self) -> None:
        tr = self.tr
        self.add_field("wording", tr("What was said"), self.wording)
        row = self.add_row()
        self.add_field("kind", tr("Kind"), self.kind, into=row)
        self.add_field("told_on", tr("Told on"), self.day, into=row)
        self.add_field(
            "person_id", tr("Who said it"), self.person,
            hint=tr("Type a name and choose it; left blank, it belongs to nobody by name."),
        )  # fmt: skip
        self.add_field(
            "credited_as", tr("How they want to be named"), self.credited,
            hint=tr("“A walker, 78”. Left blank, it is used without a name."),
        )  # fmt: skip
        self.add_field("activity_id", tr("About"), self.activity)

    def _load(self, story: Story | None) -> None:
        if self._person_id is not None:
            person = people.get_person(self._book.register, self._person_id)
            self.person.setText(person.full_name if person else "")
        if story is None:
            return
        self.wording.setPlainText(story.wording)
        self.kind.setCurrentIndex(self.kind.findData(story.kind.value))
        self.day.show_day(story.told_on)
        self.credited.setText(story.credited_as)
        self.activity.setCurrentIndex(max(0, self.activity.findData(story.activity_id)))

    def try_to_save(self) -> bool:
        """Keep the story."""
        day = self.day.day("told_on")
        named = bool(self.person.text().strip())
        problems: tuple[Problem, ...] = (day,) if isinstance(day, Problem) else ()
        if named and self._person_id is None:
            problems += (Problem(code="person_needed", field="person_id"),)
        answer = Refused(problems=problems) if problems else self._kept(day, named=named)
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

    def _kept(self, day: object, *, named: bool) -> Done | Refused | None:
        register, today, story = self._book.register, self._book.today(), self._story
        draft = StoryDraft(
            kind=StoryKind(self.kind.currentData()),
            told_on=day if isinstance(day, dt.date) else None,
            wording=self.wording.toPlainText(),
            credited_as=self.credited.text(),
            person_id=self._person_id if named else None,
            activity_id=self.activity.currentData(),
        )
        if story is None:
            return self._book.commands.run(lambda: stories.add(register, draft, today=today))
        return self._book.commands.run(
            lambda: stories.change(register, story.id, draft, today=today)
        )

    def _on_typed(self, typed: str) -> None:
        self._person_id = None
        found = people.list_people(self._book.register, typed, left_too=True, limit=_FOUND).rows
        offered = found if typed.strip() else ()
        self.person.offer(
            tuple(
                Suggestion(text=shown_name(row), value=(row.id, row.full_name)) for row in offered
            )
        )

    def _on_taken(self, chosen: tuple[PersonId, str]) -> None:
        self._person_id = chosen[0]
        self.person.setText(chosen[1])


class UseDialog(FormDialog):
    """What the person said to one use."""

    def __init__(self, book: Book, story: Story, purpose: StoryPurpose, parent: QWidget) -> None:
        super().__init__(book.looks, PURPOSES[purpose], "Note it", parent)
        self._book, self._story, self._purpose = book, story, purpose
        self.notice.tell(opening(story), tone="plain")
        kept = next((use for use in story.uses if use.purpose is purpose), None)
        self.answer, self.method = Choice(book.looks, ""), Choice(book.looks, "")
        self.answer.addItem(self.tr("Yes: they agreed"), True)
        self.answer.addItem(self.tr("No: they said no"), False)
        for code, text in METHODS.items():
            self.method.addItem(self.tr(text), code)
        self.day, self.taken_by = DateLine(book.today), Line()
        self.day.show_day(book.today())
        if kept is not None:
            self.answer.setCurrentIndex(0 if kept.given else 1)
            self.day.show_day(kept.asked_on)
            self.method.setCurrentIndex(max(0, self.method.findData(kept.method)))
            self.taken_by.setText(kept.taken_by)
        row = self.add_row()
        self.add_field("given", self.tr("Answer"), self.answer, into=row)
        self.add_field("asked_on", self.tr("Asked on"), self.day, into=row)
        row = self.add_row()
        self.add_field("method", self.tr("How"), self.method, into=row)
        self.add_field("taken_by", self.tr("Who asked"), self.taken_by, into=row)

    def try_to_save(self) -> bool:
        """Note the answer."""
        day, register, today = self.day.day("asked_on"), self._book.register, self._book.today()
        if not isinstance(day, dt.date):
            self.show_problems((day or Problem(code="date_needed", field="asked_on"),))
            return False
        use = StoryUse(
            purpose=self._purpose, given=bool(self.answer.currentData()), asked_on=day,
            method=self.method.currentData(), taken_by=self.taken_by.text(),
        )  # fmt: skip
        answer = self._book.commands.run(
            lambda: stories.note_use(register, self._story.id, use, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)


class TakenBackDialog(FormDialog):
    """A use taken back: one, or every one."""

    def __init__(self, book: Book, story: Story, purpose: StoryPurpose, parent: QWidget) -> None:
        super().__init__(book.looks, "Taken back", "Note it", parent)
        self._book, self._story = book, story
        self.notice.tell(opening(story), tone="plain")
        self.what = Choice(book.looks, "")
        self.what.addItem(PURPOSES[purpose], purpose)
        if sum(use.stands for use in story.uses) > 1:
            self.what.addItem(self.tr("Every use they agreed to"), None)
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.add_field("purpose", self.tr("What they took back"), self.what)
        self.add_field(
            "withdrawn_on", self.tr("On"), self.day,
            hint=self.tr("That it was agreed before stays to be seen."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Note it."""
        register, today, story_id = self._book.register, self._book.today(), self._story.id
        day, purpose = self.day.day("withdrawn_on"), self.what.currentData()
        if not isinstance(day, dt.date):
            self.show_problems((day or Problem(code="date_needed", field="withdrawn_on"),))
            return False
        if purpose is None:
            answer = self._book.commands.run(
                lambda: stories.withdraw_all(register, story_id, day, today=today)
            )
        else:
            answer = self._book.commands.run(
                lambda: stories.withdraw(
                    register, story_id, StoryPurpose(purpose), day, today=today
                )
            )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

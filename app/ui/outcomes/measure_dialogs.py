"""The forms for measures: when again, the licence, the group's own questions."""

import datetime as dt

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.measures import Better
from app.domain.outcomes import LEAST_FOLLOW_UP, MOST_FOLLOW_UP
from app.domain.own_measures import OwnMeasureDraft, OwnScoring
from app.domain.problems import Problem
from app.services import outcomes
from app.services.outcomes import Licence, MeasureHere
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.choice import Choice, Counter
from app.ui.widgets.line import Line

_FURTHEST = 1000
SCORINGS = {
    OwnScoring.EACH: "Each question by itself",
    OwnScoring.MEAN: "Together: the mean of the answers",
    OwnScoring.SUM: "Together: the sum of the answers",
}
BETTER = {Better.HIGHER: "Higher is better", Better.LOWER: "Lower is better"}


class DaysDialog(FormDialog):
    """After how many days a measure is asked again."""

    def __init__(self, book: Book, here: MeasureHere, parent: QWidget) -> None:
        super().__init__(book.looks, "Ask again after", "Keep it", parent)
        self._book, self._here = book, here
        self.notice.tell(here.measure.title, tone="plain")
        self.days = Counter(book.looks, "")
        self.days.setRange(LEAST_FOLLOW_UP, MOST_FOLLOW_UP)
        self.days.setValue(here.use.follow_up_days)
        self.add_field(
            "follow_up_days", self.tr("Days after the first answers"), self.days,
            hint=self.tr("84 days are twelve weeks. A pair needs 28 days or more between."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Keep the days."""
        if self.days.value() == self._here.use.follow_up_days:
            return True
        register, measure, days = self._book.register, self._here.measure.id, self.days.value()
        answer = self._book.commands.run(
            lambda: outcomes.use_measure(register, measure, asked=True, follow_up_days=days)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)


class LicenceDialog(FormDialog):
    """The group's own licence, and its own copy of the questions."""

    def __init__(self, book: Book, here: MeasureHere, parent: QWidget) -> None:
        super().__init__(book.looks, "Licence", "Keep it", parent)
        self._book, self._here = book, here
        self.notice.tell(here.measure.licence, tone="plain")
        use = here.use
        self.holder, self.reference, self.day = Line(), Line(), DateLine(book.today)
        self.holder.setText(use.licence_holder)
        self.reference.setText(use.licence_reference)
        self.day.show_day(use.licensed_on)
        self.questions = QPlainTextEdit()
        self.questions.setTabChangesFocus(True)
        self.questions.setFixedHeight(book.looks.px(150))
        texts = [use.item_texts.get(item.code, "") for item in here.measure.items]
        self.questions.setPlainText("\n".join(texts).strip())
        tr = self.tr
        self.add_field("holder", tr("Who holds it"), self.holder)
        row = self.add_row()
        self.add_field("reference", tr("Number, or date of the letter"), self.reference, into=row)
        self.add_field("licensed_on", tr("Given on"), self.day, into=row)
        self.add_field(
            "item_texts", tr("Your own copy of the questions"), self.questions,
            hint=tr(
                "{count} questions, each on its own line, in their order. Left blank, only answers "
                "can be entered and nothing is printed."
            ).format(count=len(here.measure.items)),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Keep the licence."""
        day = self.day.day("licensed_on")
        if isinstance(day, Problem):
            self.show_problems((day,))
            return False
        items = self._here.measure.items
        lines = [line.strip() for line in self.questions.toPlainText().split("\n") if line.strip()]
        if lines and len(lines) != len(items):
            values = {"measure": self._here.measure.title}
            self.show_problems((Problem(code="licence_needed", field="item_texts", values=values),))
            return False
        texts = {item.code: line for item, line in zip(items, lines, strict=False)}
        licence = Licence(
            holder=self.holder.text(), reference=self.reference.text(), licensed_on=day,
            item_texts=texts,
        )  # fmt: skip
        register, measure = self._book.register, self._here.measure.id
        answer = self._book.commands.run(
            lambda: outcomes.record_licence(register, measure, licence)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)


class OwnMeasureDialog(FormDialog):
    """The group's own questions, with one scale for all of them."""

    def __init__(self, book: Book, parent: QWidget) -> None:
        super().__init__(book.looks, "Our own questions", "Add them", parent)
        self._book = book
        self.title_line, self.intro = Line(), Line()
        self.questions = QPlainTextEdit()
        self.questions.setTabChangesFocus(True)
        self.questions.setFixedHeight(book.looks.px(110))
        self.low, self.high = Counter(book.looks, ""), Counter(book.looks, "")
        for counter, value in ((self.low, 0), (self.high, 10)):
            counter.setRange(-_FURTHEST, _FURTHEST)
            counter.setValue(value)
        self.low_words, self.high_words = Line(), Line()
        self.scoring, self.better = Choice(book.looks, ""), Choice(book.looks, "")
        for scoring, text in SCORINGS.items():
            self.scoring.addItem(self.tr(text), scoring.value)
        for better, text in BETTER.items():
            self.better.addItem(self.tr(text), better.value)
        self.change = Counter(book.looks, "")
        self.change.setRange(0, _FURTHEST)
        self._lay_out()

    def _lay_out(self) -> None:
        tr = self.tr
        self.add_field("title", tr("Title"), self.title_line)
        self.add_field("intro", tr("Said before the questions"), self.intro)
        self.add_field("questions", tr("Questions, one a line"), self.questions)
        row = self.add_row()
        self.add_field("low", tr("Lowest answer"), self.low, into=row)
        self.add_field("low_words", tr("It means"), self.low_words, into=row)
        row = self.add_row()
        self.add_field("high", tr("Highest answer"), self.high, into=row)
        self.add_field("high_words", tr("It means"), self.high_words, into=row)
        row = self.add_row()
        self.add_field("scoring", tr("What they come to"), self.scoring, into=row)
        self.add_field("better", tr("Which way is better"), self.better, into=row)
        self.add_field(
            "meaningful_change", tr("Least change that counts as better or worse"), self.change,
            hint=tr("0 counts any change."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Add the questions as a measure that is asked."""
        draft = OwnMeasureDraft(
            title=self.title_line.text(),
            intro=self.intro.text(),
            questions=self.questions.toPlainText(),
            low=self.low.value(),
            high=self.high.value(),
            low_words=self.low_words.text(),
            high_words=self.high_words.text(),
            scoring=OwnScoring(self.scoring.currentData()),
            better=Better(self.better.currentData()),
            meaningful_change=self.change.value(),
        )
        register, today = self._book.register, self._today()
        answer = self._book.commands.run(
            lambda: outcomes.add_own_questions(register, draft, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

    def _today(self) -> dt.date:
        return self._book.today()

"""The form for a breach: what happened, when it was noticed, what was done, whether the ICO was told."""

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.problems import Problem
from app.domain.rights import BREACH_HOURS, Breach, BreachDraft, Risk
from app.services import rights, rights_papers
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.rights.moment_line import MomentLine
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line


class BreachDialog(FormDialog):
    """Something was lost, stolen, or seen by who should not see it."""

    def __init__(self, book: Book, parent: QWidget, breach: Breach | None = None) -> None:
        title = "A breach" if breach is None else "What became of a breach"
        super().__init__(book.looks, title, "Keep it", parent)
        self._book, self._breach = book, breach
        self.notice.tell(
            self.tr(
                "Stop it first, then write it down. Where there is a risk to people, the ICO is told "
                "within {hours} hours of noticing: ico.org.uk, 0303 123 1113."
            ).format(hours=BREACH_HOURS),
            tone="plain",
        )
        looks = self.looks
        self.noticed, self.told_ico = (MomentLine(looks, book.today) for _ in range(2))
        self.what, self.done_about_it = self._long(), self._long()
        self.people, self.why_not_told = Line(), Line()
        self.told_people = DateLine(book.today)
        self.risk = Choice(looks, "")
        for risk, text in rights_papers.RISKS.items():
            self.risk.addItem(self.tr(text), risk.value)
        self._lay_out()
        self._load(breach)

    def _long(self) -> QPlainTextEdit:
        editor = QPlainTextEdit()
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(self.looks.px(84))
        return editor

    def _lay_out(self) -> None:
        tr = self.tr
        self.add_field("what", tr("What happened"), self.what,
                       hint=tr("“A bag with two sign-in sheets was left on the 14 bus.”"))  # fmt: skip
        self.add_field("noticed_at", tr("When it was noticed"), self.noticed)
        row = self.add_row()
        self.add_field("people", tr("How many people"), self.people, into=row,
                       hint=tr("Blank where it is not known."))  # fmt: skip
        self.add_field("risk", tr("What it may mean for them"), self.risk, into=row)
        self.add_field("done_about_it", tr("What was done about it"), self.done_about_it)
        self.add_field("told_ico_at", tr("When the ICO was told"), self.told_ico,
                       hint=tr("Blank while it is not."))  # fmt: skip
        self.add_field("why_not_told", tr("Or why it need not be told"), self.why_not_told)
        self.add_field("told_people_on", tr("When the people were told"), self.told_people,
                       hint=tr("Without delay where the risk is high."))  # fmt: skip

    def _load(self, breach: Breach | None) -> None:
        if breach is None:
            self.noticed.show_moment(self._now())
            return
        self.what.setPlainText(breach.what)
        self.done_about_it.setPlainText(breach.done_about_it)
        self.noticed.show_moment(breach.noticed_at)
        self.told_ico.show_moment(breach.told_ico_at)
        self.told_people.show_day(breach.told_people_on)
        self.people.setText("" if breach.people is None else str(breach.people))
        self.risk.setCurrentIndex(self.risk.findData(breach.risk.value))
        self.why_not_told.setText(breach.why_not_told)

    def _now(self) -> dt.datetime:
        return dt.datetime.combine(self._book.today(), self._book.keeper.now().timetz())

    def _draft(self) -> tuple[BreachDraft, tuple[Problem, ...]]:
        read = {
            "noticed_at": self.noticed.moment("noticed_at"),
            "told_ico_at": self.told_ico.moment("told_ico_at"),
            "told_people_on": self.told_people.day("told_people_on"),
        }
        problems = [one for one in read.values() if isinstance(one, Problem)]
        typed = self.people.text().strip()
        if typed and not typed.isdecimal():
            problems.append(Problem(code="breach_people_range", field="people"))
        known = {name: None if isinstance(one, Problem) else one for name, one in read.items()}
        draft = BreachDraft(
            what=self.what.toPlainText(),
            people=int(typed) if typed.isdecimal() else None,
            risk=Risk(self.risk.currentData()),
            done_about_it=self.done_about_it.toPlainText(),
            why_not_told=self.why_not_told.text(),
            **known,  # type: ignore[arg-type]
        )
        return draft, tuple(problems)

    def try_to_save(self) -> bool:
        """Keep the breach."""
        draft, problems = self._draft()
        breach_id = self._breach.id if self._breach else None
        work = partial(rights.save_breach, self._book.register, draft, breach_id, now=self._now())
        answer = Refused(problems=problems) if problems else self._book.commands.run(work)
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

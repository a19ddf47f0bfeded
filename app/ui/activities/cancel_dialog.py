"""Cancel a session with its reason; end an activity with its last day."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from app.domain.activities import CANCEL_REASONS, Activity, Session
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services import activities
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.words import words


class CancelDialog(FormDialog):
    """Why a session does not take place: it counts as evidence later."""

    def __init__(self, book: Book, session: Session, parent: QWidget | None = None) -> None:
        name = f"{session.activity_name}, {short_date(session.session_on)}"
        super().__init__(book.looks, f"Cancel {name}", "Cancel the session", parent)
        self._book = book
        self._session = session
        self.cancel_button.setText(self.tr("Leave it as it is"))
        self.reason = Choice(book.looks, "")
        self.reason.addItem(self.tr("Choose a reason"), "")
        for code, text in CANCEL_REASONS.items():
            self.reason.addItem(text, code)
        self.note = Line()
        self.add_field("cancelled_reason", self.tr("Why"), self.reason)
        self.add_field(
            "cancelled_note", self.tr("More about it"), self.note,
            hint=self.tr("For yourselves; it can be brought back at any time"),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Cancel it."""
        register, session = self._book.register, self._session
        reason, note = self.reason.currentData(), self.note.text()
        answer = self._book.commands.run(
            lambda: activities.cancel_session(register, session, reason, note)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)


class EndDialog(FormDialog):
    """The last day of an activity; what took place stays and stays counted."""

    def __init__(self, book: Book, activity: Activity, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, f"End {activity.name}", "End it", parent)
        self._book = book
        self._activity = activity
        self.last = DateLine(book.today)
        self.last.show_day(book.today())
        self.summary = words("", "aside", wrap=True)
        self.add_field("last", self.tr("Its last day"), self.last)
        self.form.addWidget(self.summary)
        self.last.settled.connect(self._on_settled)
        self._on_settled()

    def try_to_save(self) -> bool:
        """End it in one step."""
        last = self._day()
        if last is None:
            return False
        register, activity, today = self._book.register, self._activity, self._book.today()
        answer = self._book.commands.run(
            lambda: activities.end_activity(register, activity.id, last, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

    def _day(self) -> dt.date | None:
        day = self.last.day("last")
        if isinstance(day, dt.date):
            self.show_problems(())
            return day
        self.show_problems((day or Problem(code="date_needed", field="last"),))
        return None

    def _on_settled(self) -> None:
        day = self.last.day("last")
        if not isinstance(day, dt.date):
            self.summary.setText("")
            return
        rest = activities.planned_after(self._book.register, self._activity.id, day)
        goes = texts.counted(rest, "session planned after it goes", "sessions planned after it go")
        self.summary.setText(
            self.tr(
                "Everybody comes off its register after that day, and {goes} in the bin. "
                "Everything that took place stays and stays counted."
            ).format(goes=goes)
        )

"""The form for what somebody asks about their own data, or complains of, and for its answer."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.ids import PersonId
from app.domain.problems import Problem
from app.domain.rights import REQUESTS, Request, RequestDraft, RequestKind
from app.services import people, rights
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.people.people_model import shown_name
from app.ui.widgets.choice import Choice
from app.ui.widgets.fold import Fold
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion

_FOUND = 8
_DAYS = ("received_on", "proved_on", "answered_on")


class RequestDialog(FormDialog):
    """A request, new, changed or answered."""

    def __init__(
        self, book: Book, parent: QWidget, *, request: Request | None = None,
        person_id: PersonId | None = None, answering: bool = False,
        kind: RequestKind = RequestKind.ACCESS,
    ) -> None:  # fmt: skip
        title = "What somebody asked" if request is None else "What was asked, and the answer"
        super().__init__(book.looks, title, "Keep it", parent)
        self._book, self._request = book, request
        self._person_id = request.person_id if request else person_id
        self._make_editors()
        self._lay_out()
        self._load(request, kind)
        if answering and not self.days["answered_on"].text():
            self.days["answered_on"].show_day(book.today())
        self.person.wanted.connect(self._on_typed)
        self.person.taken.connect(self._on_taken)

    def _make_editors(self) -> None:
        looks, book = self.looks, self._book
        self.kind = Choice(looks, "")
        for kind, text in REQUESTS.items():
            self.kind.addItem(self.tr(text), kind.value)
        self.person, self.asked_by, self.outcome = SuggestField(looks, ""), Line(), Line()
        self.extended, self.note = Line(), QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(looks.px(84))
        self.days = {name: DateLine(book.today) for name in _DAYS}

    def _lay_out(self) -> None:
        tr = self.tr
        self.add_field("kind", tr("What they ask"), self.kind)
        self.add_field(
            "person_id", tr("Who it is about"), self.person,
            hint=tr("Type a name and choose it; blank for somebody who is not in the book."),
        )  # fmt: skip
        self.add_field(
            "asked_by", tr("Who asks for them"), self.asked_by,
            hint=tr("A parent, a solicitor; blank where they ask themselves."),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("received_on", tr("Came on"), self.days["received_on"], into=row)
        self.add_field("proved_on", tr("Showed who they are on"), self.days["proved_on"], into=row)
        self.add_field(
            "answered_on", tr("Answered on"), self.days["answered_on"],
            hint=tr("Within one month of the day it came. Blank while it waits."),
        )  # fmt: skip
        self.add_field(
            "outcome", tr("What was answered"), self.outcome, hint=tr("“Gave her the pages.”")
        )
        self.add_field("note", tr("What was said or done"), self.note)
        more = Fold(self.looks, tr("It takes longer"))
        self.form.addWidget(more)
        self.add_field(
            "extended_because", tr("Why two months more are needed"), self.extended,
            hint=tr("Only where it is complex or there are many; tell them within the first month."),
        )  # fmt: skip
        more.body.addWidget(self.fields["extended_because"])
        self.more = more

    def _load(self, request: Request | None, kind: RequestKind) -> None:
        if self._person_id is not None:
            person = people.get_person(self._book.register, self._person_id)
            self.person.setText(person.full_name if person else "")
        chosen = request.kind if request else kind
        self.kind.setCurrentIndex(self.kind.findData(chosen.value))
        if request is None:
            self.days["received_on"].show_day(self._book.today())
            return
        for name, line in self.days.items():
            line.show_day(getattr(request, name))
        self.asked_by.setText(request.asked_by)
        self.outcome.setText(request.outcome)
        self.note.setPlainText(request.note)
        self.extended.setText(request.extended_because)
        self.more.open(bool(request.extended_because))

    def _draft(self) -> tuple[RequestDraft, tuple[Problem, ...]]:
        days: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, line in self.days.items():
            day = line.day(name)
            if isinstance(day, Problem):
                problems.append(day)
            else:
                days[name] = day
        named = bool(self.person.text().strip())
        if named and self._person_id is None:
            problems.append(Problem(code="person_gone", field="person_id"))
        draft = RequestDraft(
            kind=RequestKind(self.kind.currentData()),
            person_id=self._person_id if named else None,
            asked_by=self.asked_by.text(),
            extended_because=self.extended.text(),
            outcome=self.outcome.text(),
            note=self.note.toPlainText(),
            **days,
        )
        return draft, tuple(problems)

    def try_to_save(self) -> bool:
        """Keep the request."""
        draft, problems = self._draft()
        work = partial(
            rights.save_request,
            self._book.register,
            draft,
            self._request.id if self._request else None,
            today=self._book.today(),
        )
        answer = Refused(problems=problems) if problems else self._book.commands.run(work)
        if isinstance(answer, Refused):
            if any(one.field == "extended_because" for one in answer.problems):
                self.more.open()
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

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

"""The fields of a person's form: filled from a record, read as typed, problems beside them."""

import datetime as dt
from dataclasses import fields, replace
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.equality import ANSWERS, Question
from app.domain.people import Person, PersonDraft, may_be_child
from app.domain.problems import Problem
from app.domain.settings import shown_questions
from app.services import settings
from app.services.people import AccessNotes, WholeDraft
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.forms.form_dialog import FormDialog
from app.ui.forms.problem_summary import ProblemSummary
from app.ui.people import words as said
from app.ui.people.age_fields import AgeFields
from app.ui.people.contact_rows import ContactRows, GuardianRows, line
from app.ui.widgets.choice import Choice
from app.ui.widgets.fold import Fold
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import rule, words

LINES = (
    "given_name", "family_name", "known_as", "own_script_name", "pronouns", "phone", "email",
    "postcode", "area",
)  # fmt: skip
TEXTS = ("address", "what_helps", "notes")
ACCESS = ("access_needs", "health")
DATES = ("joined_on", "left_on")
NAMES = ("given_name", "family_name", "known_as", "own_script_name")


class PersonForm(FormDialog):
    """Every field there is of a person, in calm sections."""

    def __init__(
        self, book: Book, whole: WholeDraft, title: str, *, new: bool, parent: QWidget | None
    ) -> None:
        super().__init__(book.looks, title, "Save", parent)
        self._book = book
        self._whole = whole
        self._new = new
        self._folds: dict[str, Fold] = {}
        self._make_editors()
        self._build()
        self._load(whole)

    # --- building ----------------------------------------------------------------------------

    def _make_editors(self) -> None:
        looks, book = self.looks, self._book
        self.lines = {name: line() for name in LINES}
        self.texts = {name: QPlainTextEdit() for name in (*TEXTS, *ACCESS)}
        self.dates = {name: DateLine(book.today) for name in DATES}
        self.reason = line()
        self.age = AgeFields(book)
        self.questions = {question: Choice(looks, "") for question in Question}
        self.roles = {role: TickBox(looks, self.tr(text)) for role, text in said.ROLES.items()}
        self.contacts = ContactRows(book)
        self.guardians = GuardianRows(book)
        self.summary = ProblemSummary(looks)
        self.summary.chosen.connect(self.go_to)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(2, self.summary)

    def _build(self) -> None:
        tr = self.tr
        self._pair(("given_name", tr("First name")), ("family_name", tr("Family name")))
        self._pair(("known_as", tr("Known as")), ("pronouns", tr("Pronouns")))
        self._pair(("phone", tr("Phone")), ("email", tr("Email")))
        self._text("what_helps", tr("What helps"), tr("Shown beside the name on registers."))
        self._section(tr("Age"))
        self._part(self.age, self.age.fields)
        self._section(tr("Address"))
        self._text("address", tr("Address"), "")
        self._pair(("postcode", tr("Postcode")), ("area", tr("Area or ward")))
        self._section(tr("In an emergency"))
        self._part(self.contacts, self.contacts.fields)
        self.guardian_head = self._section(tr("Parent or carer"))
        self._part(self.guardians, self.guardians.fields)
        self._build_folds()
        self._section(tr("With the group"))
        self._build_roles()
        row = self.add_row()
        self.add_field("joined_on", tr("Joined"), self.dates["joined_on"], into=row)
        self.add_field("left_on", tr("Left"), self.dates["left_on"], into=row)
        self.add_field("left_reason", tr("Why they left"), self.reason)
        self._text("notes", tr("Notes"), tr("For everything else. Never printed on registers."))
        self.form.addStretch(1)
        self.contacts.changed.connect(self._on_rows)
        self.guardians.changed.connect(self._on_rows)
        self.age.changed.connect(self._on_age)

    def _build_folds(self) -> None:
        tr = self.tr
        self.form.addWidget(rule())
        own = self._fold(tr("Name in their own script"))
        self._into(own, "own_script_name", tr("Name in their own script"),
                   self.lines["own_script_name"])  # fmt: skip
        access = self._fold(tr("Access needs and health"))
        access.body.addWidget(
            words(
                tr("Kept apart, and shown only where it is needed. Ask before you note it."),
                "aside", wrap=True,
            )
        )  # fmt: skip
        self._into(access, "access_needs", tr("Access needs"), self.texts["access_needs"])
        self._into(access, "health", tr("Health"), self.texts["health"])
        equality = self._fold(tr("Equality questions"))
        for question, choice in self.questions.items():
            for code, text in ANSWERS[question].items():
                choice.addItem(tr(text), code)
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(12)
            field = Field(tr(said.QUESTIONS[question]), choice)
            self.fields[question.value] = field
            self._folds[question.value] = equality
        self._asked = QGridLayout()
        self._asked.setHorizontalSpacing(self.looks.px(12))
        self._asked.setColumnStretch(0, 1)
        self._asked.setColumnStretch(1, 1)
        equality.body.addLayout(self._asked)
        self.equality, self.access, self.own_script = equality, access, own

    def show_questions(self, answered: PersonDraft) -> None:
        """Show the questions the group asks, and any other that has an answer."""
        shown = shown_questions(settings.read(self._book.register), answered)
        for question in Question:
            field = self.fields[question.value]
            self._asked.removeWidget(field)
            field.setParent(self.equality)  # before it is shown or hidden: it is no window
            field.hide()
        for place, question in enumerate(shown):
            field = self.fields[question.value]
            self._asked.addWidget(field, place // 2, place % 2)
            field.show()
        self.equality.setVisible(bool(shown))

    def _build_roles(self) -> None:
        grid = QGridLayout()
        for place, (role, tick) in enumerate(self.roles.items()):
            tick.setAccessibleName(self.tr("Role: {role}").format(role=said.ROLES[role]))
            grid.addWidget(tick, place // 3, place % 3)
        self.form.addLayout(grid)

    def _pair(self, *named: tuple[str, str]) -> None:
        row = self.add_row()
        for key, label in named:
            self.add_field(key, label, self.lines[key], into=row)

    def _text(self, key: str, label: str, hint: str) -> None:
        self._calm(self.texts[key])
        self.add_field(key, label, self.texts[key], hint=hint)

    def _calm(self, text: QPlainTextEdit) -> None:
        text.setTabChangesFocus(True)
        text.setFixedHeight(self.looks.px(66))

    def _into(self, fold: Fold, key: str, label: str, editor: QWidget) -> None:
        if isinstance(editor, QPlainTextEdit):
            self._calm(editor)
        field = Field(label, editor)
        self.fields[key] = field
        self._folds[key] = fold
        fold.body.addWidget(field)

    def _fold(self, title: str) -> Fold:
        fold = Fold(self.looks, title)
        self.form.addWidget(fold)
        return fold

    def _section(self, title: str) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, self.looks.px(6), 0, 0)
        column.addWidget(rule())
        column.addWidget(words(title, "heading"))
        self.form.addWidget(head)
        return head

    def _part(self, part: QWidget, fields: dict[str, Field]) -> None:
        self.form.addWidget(part)
        self.fields.update(fields)

    # --- filling and reading -----------------------------------------------------------------

    def _load(self, whole: WholeDraft) -> None:
        person = whole.person
        for name, editor in self.lines.items():
            editor.setText(getattr(person, name))
        for name in TEXTS:
            self.texts[name].setPlainText(getattr(person, name))
        for name in ACCESS:
            self.texts[name].setPlainText(getattr(whole.access, name))
        for name, date in self.dates.items():
            date.show_day(getattr(person, name))
        self.reason.setText(person.left_reason)
        for question, choice in self.questions.items():
            codes = list(ANSWERS[question])
            choice.setCurrentIndex(codes.index(getattr(person, question.value)))
        for role, tick in self.roles.items():
            tick.setChecked(role in whole.roles)
        self.show_questions(person)
        self.contacts.load(whole.contacts)
        self.guardians.load(whole.guardians)
        self.age.load(person)
        self.own_script.open(bool(person.own_script_name))
        self.fields["left_reason"].setVisible(person.left_on is not None)
        self.fields["left_on"].setVisible(not self._new)

    def draft(self) -> PersonDraft:
        """Return the person as typed; what cannot be read is left out."""
        return self.whole()[0].person

    def whole(self) -> tuple[WholeDraft, tuple[Problem, ...]]:
        """Return everything as typed, and what could not be read."""
        problems: list[Problem] = []
        values: dict[str, Any] = {name: editor.text() for name, editor in self.lines.items()}
        values |= {name: self.texts[name].toPlainText() for name in TEXTS}
        values |= {q.value: choice.currentData() for q, choice in self.questions.items()}
        values["left_reason"] = self.reason.text()
        for name, editor in self.dates.items():
            day = editor.day(name)
            if isinstance(day, Problem):
                problems.append(day)
            values[name] = day if isinstance(day, dt.date) else None
        before = self._whole.person
        plain = replace(_only_draft(before), **values)
        person, age_problems = self.age.read(plain)
        guardians, guardian_problems = self.guardians.read()
        access = AccessNotes(
            access_needs=self.texts["access_needs"].toPlainText(),
            health=self.texts["health"].toPlainText(),
        )
        whole = WholeDraft(
            person=person,
            access=access,
            contacts=self.contacts.read(),
            guardians=guardians,
            roles=frozenset(role for role, tick in self.roles.items() if tick.isChecked()),
        )
        return whole, (*problems, *age_problems, *guardian_problems)

    def typed(self, *, names_too: bool = True) -> tuple[str, ...]:
        """Return everything as it stands in the form, to see whether anything was typed."""
        names = () if names_too else tuple(self.lines[name] for name in NAMES)
        found = [one.text() for one in self.findChildren(QLineEdit) if one not in names]
        found += [text.toPlainText() for text in self.findChildren(QPlainTextEdit)]
        found += [str(choice.currentIndex()) for choice in self.findChildren(Choice)]
        found += [str(tick.isChecked()) for tick in self.findChildren(TickBox)]
        return tuple(one for one in found if one)

    # --- showing ---------------------------------------------------------------------------------

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem beside its field and in the summary, and go to the first."""
        by_field: dict[str, str] = {}
        for problem in problems:
            by_field.setdefault(problem.field, problem.text)
        for key, field in self.fields.items():
            field.show_problem(by_field.get(key, ""))
        order = [key for key in self.fields if key in by_field]
        order += [key for key in by_field if key not in self.fields]
        self.summary.show_problems(tuple((key, self._named(key) + by_field[key]) for key in order))
        if order:
            self.go_to(order[0])

    def _named(self, key: str) -> str:
        """Return the label of a field for its line above: two dates may be amiss in one way."""
        field = self.fields.get(key)
        return f"{field.label}: " if field is not None else ""

    def go_to(self, key: str) -> None:
        """Bring a field into sight and give it the keyboard."""
        field = self.fields.get(key)
        if field is None:
            return
        if key in self._folds:
            self._folds[key].open()
        field.setVisible(True)
        field.editor.setFocus()
        self._area.ensureWidgetVisible(field)

    def _on_age(self) -> None:
        child = may_be_child(self.age.read(PersonDraft())[0], self._book.today())
        if child:
            self.guardians.wants_one()
        self.guardian_head.setVisible(child or self.guardians.count > 0)
        self.guardians.setVisible(child or self.guardians.count > 0)

    def _on_rows(self) -> None:
        self.fields.update(self.contacts.fields)
        self.fields.update(self.guardians.fields)

    def showEvent(self, event: QShowEvent) -> None:
        """Open wide enough for two fields beside one another."""
        super().showEvent(event)
        room = self.screen().availableGeometry()
        px = self.looks.px
        self.resize(min(px(760), room.width() - 40), min(px(700), room.height() - 60))
        self.lines["given_name"].setFocus()


def _only_draft(person: PersonDraft) -> PersonDraft:
    if not isinstance(person, Person):
        return person
    return PersonDraft(**{f.name: getattr(person, f.name) for f in fields(PersonDraft)})

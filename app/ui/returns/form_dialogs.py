"""The dialogs of a form of our own: its head, a question, words of its own."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.services.returns import form_editing
from app.services.returns.own_forms import FormPart, OwnForm, Place, QuestionDraft
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.tick import TickBox

_LARGEST = 9_999_999
_WORDS, _NUMBER, _ONE, _SEVERAL = "words", "number", "one", "several"
_KINDS = (("Heading", "heading"), ("Paragraph", "text"), ("Note in small letters", "note"))


class FormHeadDialog(SmallForm):
    """What a form is called, and for whom it is."""

    def __init__(self, book: Book, form: OwnForm, parent: QWidget | None = None) -> None:
        super().__init__(book, "Title and funder", "Save it", parent)
        self._form = form
        self.title_line, self.whom = Line(), Line()
        self.title_line.setText(form.title)
        self.whom.setText(form.for_whom)
        self.add_field("title", self.tr("What it is called"), self.title_line)
        self.add_field("for_whom", self.tr("For whom it is"), self.whom)

    def carry_out(self) -> Done | Refused:
        """Change it."""
        return form_editing.change_head(
            self.book.register,
            self._form.id,
            title=self.title_line.text(),
            for_whom=self.whom.text(),
        )


class QuestionDialog(SmallForm):
    """A question: its words, what helps to answer it, how it is answered, its limits."""

    def __init__(
        self,
        book: Book,
        form_id: str,
        part: FormPart | None = None,
        *,
        after: Place | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "Change a question" if part else "Add a question"
        super().__init__(book, title, "Save it", parent)
        self._form_id, self._part, self._after = form_id, part, after
        shown = part.question if part and part.question else QuestionDraft(text="")
        tr = self.tr
        self.text, self.prompt = self.text_box(shown.text), self.text_box(shown.prompt)
        self.kind = Choice(self.looks, "")
        kinds = [
            (tr("In words"), _WORDS), (tr("With one number"), _NUMBER),
            (tr("By ticking one of some"), _ONE), (tr("By ticking any of some"), _SEVERAL),
        ]  # fmt: skip
        fill(self.kind, kinds, _kind_of(shown))
        self.choices = self.text_box("\n".join(shown.choices))
        self.add_field("text", tr("The question"), self.text)
        self.add_field("prompt", tr("What helps to answer it"), self.prompt,
                       hint=tr("Shown beside the answer; not printed as an answer."))  # fmt: skip
        self.add_field("kind", tr("It is answered"), self.kind)
        self.add_field("choices", tr("The choices, one a line"), self.choices)
        self._build_limits(shown)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind()

    def _build_limits(self, shown: QuestionDraft) -> None:
        tr = self.tr
        self.limits: dict[str, Line] = {}
        row = self.add_row()
        for name, label in (
            ("words_from", tr("Words, at least")), ("words_to", tr("Words, at most")),
            ("letters_to", tr("Letters, at most")),
        ):  # fmt: skip
            line = self.limits[name] = Line()
            value = getattr(shown, name)
            line.setText("" if value is None else str(value))
            self.add_field(name, label, line, into=row)
        self.strict = TickBox(self.looks, tr("Count as the strictest portal does"))
        self.strict.setToolTip(tr("“well-being” is two words then; no form finds more than we do."))
        self.strict.setChecked(shown.strict)
        self.form.addWidget(self.strict)

    def _on_kind(self) -> None:
        kind = self.kind.currentData()
        self.fields["choices"].setVisible(kind in {_ONE, _SEVERAL})
        for name in self.limits:
            self.fields[name].setVisible(kind == _WORDS)
        self.strict.setVisible(kind == _WORDS)

    def read(self) -> QuestionDraft:
        """Return the question as typed."""
        kind = self.kind.currentData()
        in_words, ticked = kind == _WORDS, kind in {_ONE, _SEVERAL}
        choices = tuple(line.strip() for line in self.choices.toPlainText().splitlines())
        chosen = tuple(line for line in choices if line) if ticked else ()
        if ticked and len(chosen) < 2:
            self._unread.append(Problem(code="choices_needed", field="choices"))
        return QuestionDraft(
            text=self.text.toPlainText(), prompt=self.prompt.toPlainText(), number=kind == _NUMBER,
            words_from=self._limit("words_from") if in_words else None,
            words_to=self._limit("words_to") if in_words else None,
            letters_to=self._limit("letters_to") if in_words else None,
            strict=self.strict.isChecked(), choices=chosen, several=kind == _SEVERAL,
        )  # fmt: skip

    def _limit(self, name: str) -> int | None:
        typed = self.limits[name].text().strip().replace(",", "")
        if typed and not (typed.isascii() and typed.isdigit() and int(typed) <= _LARGEST):
            values = {"value": typed}
            self._unread.append(Problem(code="number_unknown", field=name, values=values))
            return None
        return int(typed) if typed else None

    def carry_out(self) -> Done | Refused:
        """Keep the question."""
        register, question = self.book.register, self.read()
        if self._part is not None:
            return form_editing.change_question(register, self._form_id, self._part.place, question)
        return form_editing.add_question(register, self._form_id, question, after=self._after)


class FormTextDialog(SmallForm):
    """A heading, a paragraph or a note; or the words of another part."""

    def __init__(
        self,
        book: Book,
        form_id: str,
        part: FormPart | None = None,
        *,
        after: Place | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(book, "Change the words" if part else "Add words", "Save it", parent)
        self._form_id, self._part, self._after = form_id, part, after
        self.kind = Choice(self.looks, "")
        fill(self.kind, [(self.tr(text), kind) for text, kind in _KINDS])
        self.text: QPlainTextEdit = self.text_box(part.text if part else "")
        self.text.setFixedHeight(self.looks.px(120))
        if part is None:
            self.add_field("kind", self.tr("What it is"), self.kind)
        self.add_field(
            "text", self.tr("Its words"), self.text,
            hint=self.tr("{people} stands for the number of people, and so with every figure."),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Keep the words."""
        register, text = self.book.register, self.text.toPlainText()
        if self._part is not None:
            return form_editing.change_text(register, self._form_id, self._part.place, text)
        kind = str(self.kind.currentData())
        return form_editing.add_text(register, self._form_id, kind, text, after=self._after)


def _kind_of(shown: QuestionDraft) -> str:
    if shown.choices:
        return _SEVERAL if shown.several else _ONE
    return _NUMBER if shown.number else _WORDS

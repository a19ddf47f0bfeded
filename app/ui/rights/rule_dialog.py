"""The form for how long a group keeps one kind of record, and why."""

from functools import partial

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.problems import Problem
from app.domain.retention import ACTION_WORDS, OwnRule, Rule
from app.services import retention
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.line import Line

_REASON = 64
"""Pixels at 100 % of the reason: the suggested ones take two lines."""


class RuleDialog(FormDialog):
    """Months and reason; blank months leave it to be decided each time."""

    def __init__(self, book: Book, rule: Rule, parent: QWidget) -> None:
        super().__init__(book.looks, rule.kept.title, "Keep it so", parent)
        self._book, self._rule = book, rule
        suggested = rule.suggested
        self.notice.tell(
            self.tr("The program suggests: {how_long}, {reason}. Then: {action}.").format(
                how_long=suggested.how_long,
                reason=suggested.reason,
                action=ACTION_WORDS[suggested.action],
            ),
            tone="plain",
        )
        self.months, self.reason = Line(), QPlainTextEdit()
        self.months.setText(str(rule.kept.months) if rule.kept.months else "")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(book.looks.px(_REASON))
        self.reason.setPlainText(rule.kept.reason)
        counted = suggested.from_what if suggested.months else self.tr("the last entry")
        self.add_field(
            "months", self.tr("Months it is kept"), self.months,
            hint=self.tr("24 is two years. Counted from {what}. Blank: you decide each time.").format(
                what=counted
            ),
        )  # fmt: skip
        self.add_field(
            "reason", self.tr("Why so long"), self.reason,
            hint=self.tr("It stands on the privacy notice and on what people are shown."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Keep the rule."""
        typed = self.months.text().strip()
        if typed and not typed.isdecimal():
            self.show_problems((Problem(code="retention_months_range", field="months"),))
            return False
        rule = OwnRule(
            kind=self._rule.suggested.id,
            months=int(typed) if typed else None,
            reason=" ".join(self.reason.toPlainText().split()),
        )
        answer = self._book.commands.run(partial(retention.save_rule, self._book.register, rule))
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

"""The form of a report that is due: for whom, when, on which form, about which days."""

from PySide6.QtWidgets import QWidget

from app.domain.ids import GrantId
from app.domain.periods import Period, short_date
from app.domain.problems import Problem
from app.domain.returns import ReportDueDraft
from app.services import money, places, returns
from app.services.reports_due import ReportDue
from app.services.result import Done, Refused
from app.services.returns import due
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.returns import about
from app.ui.widgets.choice import Choice


class DueDialog(SmallForm):
    """Add a report that is due, or change one."""

    def __init__(
        self,
        book: Book,
        one: ReportDue | None = None,
        *,
        grant_id: GrantId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "Change a report that is due" if one else "Add a report that is due"
        super().__init__(book, title, "Save it", parent)
        self._one = one
        chosen: about.About = (one.grant_id, one.agreement_id) if one else (grant_id, None)
        tr = self.tr
        self.whose, self.form_choice = Choice(self.looks, ""), Choice(self.looks, "")
        self._fill(chosen, one.template_id if one else "")
        self.day = self.day_line(one.due_on if one else None)
        self.first = self.day_line(one.period.first if one and one.period else None)
        self.last = self.day_line(one.period.last if one and one.period else None)
        self.note = self.text_box(one.note if one else "")
        self.add_field("grant_id", tr("For which grant or agreement"), self.whose)
        row = self.add_row()
        self.add_field("due_on", tr("Due on"), self.day, into=row)
        self.done_on = self.day_line(one.done_on if one else None)
        self.add_field("done_on", tr("Done on, if it is"), self.done_on, into=row)
        self.add_field(
            "template_id", tr("On which form"), self.form_choice,
            hint=tr("Leave it open if you do not know yet; it is asked when you write it."),
        )  # fmt: skip
        days = self.add_row()
        self.add_field("first_on", tr("About the days from"), self.first, into=days)
        self.add_field("last_on", tr("to, that day included"), self.last, into=days)
        self.add_field("note", tr("Note"), self.note)

    def _fill(self, chosen: about.About, form: str) -> None:
        register, tr = self.book.register, self.tr
        named = [
            *(
                (f"{grant.funder}, {grant.reference}", (grant.id, None))
                for grant in money.list_grants(register)
            ),
            *(
                (f"{one.funder}, {one.reference}" if one.reference else one.funder, (None, one.id))
                for one in places.list_agreements(register)
            ),
        ]
        self._whose: list[about.About] = [one for _, one in named]
        fill(self.whose, [(text, place) for place, (text, _) in enumerate(named)])
        if chosen in self._whose:
            self.whose.setCurrentIndex(self._whose.index(chosen))
        forms = [
            (info.title, info.id)
            for info in returns.list_templates(register)
            if about.can_be_written(info)
        ]
        fill(self.form_choice, [(tr("Not known yet"), ""), *forms], form)

    def read(self) -> ReportDueDraft:
        """Return the report as typed."""
        place = self.whose.currentIndex()
        whose = self._whose[place] if place >= 0 else about.NOTHING
        return ReportDueDraft(
            grant_id=whose[0], agreement_id=whose[1],
            template_id=str(self.form_choice.currentData() or ""),
            due_on=self.day_of(self.day, "due_on"), period=self._period(),
            done_on=self.day_of(self.done_on, "done_on"), note=self.note.toPlainText(),
        )  # fmt: skip

    def _period(self) -> Period | None:
        first, last = self.day_of(self.first, "first_on"), self.day_of(self.last, "last_on")
        if first is None or last is None:
            if first != last and not self._unread:
                field = "first_on" if first is None else "last_on"
                self._unread.append(Problem(code="date_needed", field=field))
            return None
        if last < first:
            values = {"start": short_date(first), "end": short_date(last)}
            self._unread.append(Problem(code="period_backwards", field="last_on", values=values))
            return None
        return Period(first=first, last=last)

    def carry_out(self) -> Done | Refused:
        """Keep the report."""
        return due.save(self.book.register, self.read(), self._one.id if self._one else None)

"""What a return is about: its form, title, period, grant, activity, for whose eyes, by when, the sum."""

from PySide6.QtWidgets import QWidget

from app.domain.returns import Draft, DraftSettings
from app.services import activities, returns, settings
from app.services.result import Done, Refused
from app.services.returns import TemplateInfo, drafts
from app.ui.book import Book
from app.ui.forms.choosing import fill, take
from app.ui.forms.small_form import SmallForm
from app.ui.returns import about
from app.ui.returns.period_choice import PeriodChoice
from app.ui.returns.words import DISCLOSURES
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line

_AS_FORM = ""


class DraftDialog(SmallForm):
    """Begin to write a return, or change what one is about; ``saved`` tells the Done."""

    def __init__(
        self,
        book: Book,
        draft: Draft | None = None,
        *,
        wanted: DraftSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        heading = "What the return is about" if draft else "Write a return"
        super().__init__(book, heading, "Save it" if draft else "Start writing", parent)
        self._draft = draft
        self._whose: list[about.About] = []
        self._forms = {
            info.id: info
            for info in returns.list_templates(book.register)
            if about.can_be_written(info)
        }
        shown = draft or wanted or DraftSettings(template_id="", title="")
        self._build(shown)
        self._on_form()
        self.show_settings(shown)
        self.form_choice.currentIndexChanged.connect(self._on_form)

    def _build(self, shown: DraftSettings) -> None:
        tr, looks, register = self.tr, self.looks, self.book.register
        self.form_choice = Choice(looks, "")
        fill(
            self.form_choice,
            [(info.title, info.id) for info in self._forms.values()],
            shown.template_id,
        )
        self.title_line = Line()
        year_end = settings.read(register).year_end
        self.period = PeriodChoice(looks, self.book.today, year_end)
        self.whose, self.activity, self.eyes = (Choice(looks, "") for _ in range(3))
        fill(
            self.activity,
            [
                (tr("All activities"), None),
                *((one.name, one.id) for one in activities.list_activities(register)),
            ],
        )
        fill(
            self.eyes,
            [
                (tr("As the form says"), _AS_FORM),
                *((text, mode.value) for mode, text in DISCLOSURES.items()),
            ],
        )
        self.day, self.sum = self.day_line(shown.due_on), self.amount_line(shown.sum_pence)
        self.add_field("template_id", tr("Form"), self.form_choice)
        self.form_choice.setEnabled(self._draft is None)  # its answers belong to its questions
        self.add_field("title", tr("What to call it"), self.title_line)
        self.add_field("agreement_id", tr("For which grant or agreement"), self.whose)
        self.add_field("period", tr("Period"), self.period)
        self.add_field("sum_pence", tr("The sum asked for (£)"), self.sum)
        self.add_field("due_on", tr("Due on"), self.day)
        self.add_field("activity_id", tr("Activity"), self.activity)
        self.add_field("disclosure", tr("For whose eyes"), self.eyes)

    @property
    def info(self) -> TemplateInfo | None:
        """The form chosen."""
        return self._forms.get(str(self.form_choice.currentData() or ""))

    def _on_form(self) -> None:
        """Ask what the form needs; its own title stands until another is typed."""
        info = self.info
        given = {*info.needs, *info.may_have} if info else set()
        titles = {one.title for one in self._forms.values()}
        if info is not None and (not self.title_line.text() or self.title_line.text() in titles):
            self.title_line.setText(info.title)
        found = about.offered(self.book.register, info) if info else ()
        before = self._about()
        pairs = [(about.about_of(self.book.register, name), text) for name, text in found]
        if info is not None and "grant" not in info.needs:
            pairs.insert(0, (about.NOTHING, self.tr("None yet")))
        self._whose = [one for one, _ in pairs]
        fill(self.whose, [(text, place) for place, (_, text) in enumerate(pairs)])
        self._choose(before)
        self.fields["agreement_id"].setVisible(bool(found))
        self.fields["period"].setVisible("period" in given)
        self.fields["activity_id"].setVisible("activity" in given)
        self.fields["sum_pence"].setVisible(info is not None and about.asks(info))

    def _about(self) -> about.About:
        place = self.whose.currentIndex()
        return self._whose[place] if 0 <= place < len(self._whose) else about.NOTHING

    def _choose(self, wanted: about.About) -> None:
        if wanted in self._whose:
            self.whose.setCurrentIndex(self._whose.index(wanted))

    def show_settings(self, shown: DraftSettings) -> None:
        """Show what a return is about."""
        if shown.title:
            self.title_line.setText(shown.title)
        if shown.period is not None:
            self.period.show_period(shown.period)
        self._choose((shown.grant_id, shown.agreement_id))
        take(self.activity, shown.activity_id)
        take(self.eyes, shown.disclosure)

    def read(self) -> DraftSettings:
        """Return what was chosen; what the form does not ask is not kept."""
        info = self.info
        given = {*info.needs, *info.may_have} if info else set()
        grant_id, agreement_id = self._about()
        return DraftSettings(
            template_id=info.id if info else "",
            title=self.title_line.text(),
            period=self.period.period if "period" in given else None,
            activity_id=self.activity.currentData() if "activity" in given else None,
            grant_id=grant_id,
            agreement_id=agreement_id,
            disclosure=str(self.eyes.currentData() or ""),
            due_on=self.day_of(self.day, "due_on"),
            sum_pence=self.pence_of(self.sum, "sum_pence") if info and about.asks(info) else None,
        )

    def carry_out(self) -> Done | Refused:
        """Start the draft, or change it."""
        if self._draft is not None:
            return drafts.change(self.book.register, self._draft.id, self.read())
        return drafts.start(self.book.register, self.read())

"""The front of Returns: its parts, pages and dialogs, and how to get there."""

from app.domain.returns import DraftSettings
from app.services import reports_due
from app.services.returns import drafts, issuing, own_forms
from app.ui.returns.sent_dialogs import SentDialog, WithdrawDialog


def part(key):
    def go(window):
        window.frame.go_to("returns")
        window.frame.returns.show_part(key)

    return go


def front(window):
    window.frame.go_to("returns")
    return window.frame.returns.front


def first_draft(window):
    """The id of a draft with questions, made when there is none."""
    register = window.frame.book.register
    there = drafts.listed(register, today=window.frame.book.today())
    if there:
        return there[0].draft.id
    return drafts.start(register, DraftSettings(template_id="small-grant", title="")).ids[0]


def first_issued(window):
    """A return that was issued; one is issued when there is none."""
    register = window.frame.book.register
    if not issuing.listed(register):
        assert issuing.issue(register, first_draft(window)).ids
    return issuing.listed(register)[0]


def own_form(window):
    """A form of our own, copied when there is none."""
    register = window.frame.book.register
    if not own_forms.list_forms(register):
        assert own_forms.copy(register, "small-grant", "Hill Trust, small grants").ids
        register.take_step()
    return own_forms.list_forms(register)[0]


def issued_page(window):
    one = first_issued(window)
    front(window)
    window.frame.returns.open_issued(one.id)


def form_page(window):
    form = own_form(window)
    front(window)
    window.frame.returns.open_form(form.id)
    return window.frame.returns.form


def _change_due(window):
    page = front(window)
    page.show_part("due")
    page.due._on_change(reports_due.listed(page.book.register, today=page.book.today())[0])


def _issue(window):
    draft = first_draft(window)
    front(window)
    window.frame.returns.issue(draft)


def _question(window):
    page = form_page(window)
    places = [row for row, one in enumerate(page.model.rows) if one.question is not None]
    page.table.setCurrentIndex(page.model.index(places[0], 0))
    page.change_part()


PAGES = {
    "returns due": part("due"),
    "returns being written": part("drafts"),
    "returns sent": part("sent"),
    "returns to print": part("printing"),
    "our own forms": lambda w: (own_form(w), part("forms")(w)),
    "return as it was sent": issued_page,
    "form of our own": form_page,
}
DIALOGS = {
    "add a report due": lambda w: front(w).due.add(),
    "change a report due": _change_due,
    "write a return": lambda w: front(w).drafts.add(),
    "issue a return": _issue,
    "note a return as sent": lambda w: SentDialog(w.frame.book, first_issued(w), parent=w).open(),
    "take a return back": lambda w: WithdrawDialog(w.frame.book, first_issued(w), parent=w).open(),
    "copy a form": lambda w: front(w).forms.add(),
    "change a question": _question,
    "add a question to a form": lambda w: form_page(w).add_question(),
    "add words to a form": lambda w: form_page(w).add_text(),
    "title of a form": lambda w: form_page(w)._on_head(),
}

"""The workspace and its dialogs, and how to get there."""

from app.domain.returns import DraftSettings
from app.services.returns import drafts


def workspace(window):
    """Open the draft with the most questions; one is begun when there is none."""
    frame = window.frame
    listed = drafts.listed(frame.book.register, today=frame.book.today())
    if listed:
        draft_id = max(listed, key=lambda line: line.questions).draft.id
    else:
        settings = DraftSettings(template_id="small-grant", title="A small grant")
        draft_id = drafts.start(frame.book.register, settings).ids[0]
        frame.book.register.take_step()
    frame.go_to("returns")
    frame.returns.open_draft(draft_id)
    return frame.returns.workspace


def _from(window, button):
    page = workspace(window)
    question = next(one.id for one in page.draft.asked.values() if one.box == "words")
    page.go_to_question(question)
    getattr(page.answer, button).click()


def _preview(window):
    workspace(window).preview_button.click()


PAGES = {"workspace": workspace, "workspace, its pages": _preview}
DIALOGS = {
    "put in a figure": lambda w: _from(w, "figure"),
    "put in a table": lambda w: _from(w, "table"),
    "put in a chart": lambda w: _from(w, "chart"),
    "put in a quote": lambda w: _from(w, "quote"),
    "last time's answer": lambda w: _from(w, "earlier"),
    "answers kept": lambda w: _from(w, "bank"),
    "keep an answer": lambda w: _from(w, "keep"),
    "what a return is about": lambda w: workspace(w).about_button.click(),
}

"""The window on the small pretend group, with a draft of a return open in its workspace."""

import pytest

from app.services.returns import drafts
from tests.conftest import TODAY


def draft_of(frame, template_id):
    """Return the draft of a form that the pretend group has begun."""
    listed = drafts.listed(frame.book.register, today=TODAY)
    return next(line.draft for line in listed if line.draft.template_id == template_id)


def counted(qtbot, workspace):
    """Wait until the worker has counted everything that stands in the draft now."""
    qtbot.waitUntil(lambda: workspace.draft.is_fresh, timeout=30_000)


@pytest.fixture
def workspace(frame, qtbot):
    """The workspace of the report at the end of a grant."""
    frame.go_to("returns")
    frame.returns.open_draft(draft_of(frame, "end-of-grant").id)
    page = frame.returns.workspace
    counted(qtbot, page)
    return page

"""A window in which nothing happens does nothing: no layout asks for another for ever."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.ui.returns.conftest import draft_of

_ARRANGING = {QEvent.Type.LayoutRequest, QEvent.Type.Resize}
_SETTLES_IN, _LOOKED_AT = 40, 20
"""Rounds of the event loop."""


class _Arrangements(QObject):
    """Counts what is arranged, and where."""

    def __init__(self, parent):
        super().__init__(parent)
        self.seen = Counter()

    def eventFilter(self, watched, event):
        if event.type() in _ARRANGING:
            self.seen[f"{event.type().name} {type(watched).__name__}"] += 1
        return False


def _arranged_at_rest(window):
    """Return what is still being arranged once a window had time to settle."""
    for _ in range(_SETTLES_IN):
        QApplication.processEvents()
    watching = _Arrangements(window)
    QApplication.instance().installEventFilter(watching)
    try:
        for _ in range(_LOOKED_AT):
            QApplication.processEvents()
    finally:
        QApplication.instance().removeEventFilter(watching)
    return watching.seen


def test_pages_come_to_rest(frame, window):
    for key in ("home", "people", "money"):
        frame.go_to(key)
        assert not _arranged_at_rest(window), key


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)], ids=str)
def test_the_workspace_comes_to_rest(frame, window, size):
    window.resize(*size)
    frame.go_to("returns")
    frame.returns.open_draft(draft_of(frame, "end-of-grant").id)
    frame.returns.workspace.go_to_question("learning")
    assert not _arranged_at_rest(window)

"""The workspace and its dialogs by keyboard alone: every control named, reached, in reading order."""

from itertools import pairwise

import pytest

from tests.ui.returns.workspace_rooms import DIALOGS, PAGES
from tests.ui.rooms import close, open_dialog, settle
from tests.ui.test_keyboard import against_reading, complaints, name_of, reachable, walked


@pytest.mark.parametrize("size", [100, 200])
def test_tab_goes_through_the_workspace_as_one_reads(window, frame, size):
    window.shelf.looks.set_text_size(size)
    said = []
    for name, go in PAGES.items():
        go(window)
        settle()
        said += complaints(window, name)
        met = walked(window, frame.rail.buttons["settings"])
        on_page = [w for w in met if frame.page.isAncestorOf(w)]
        missed = set(reachable(frame.page)) - set(on_page)
        said += [f"{name}: Tab never comes to {name_of(w)!r}" for w in missed]
        for one, other in pairwise(on_page):
            if against_reading(one, other, window):
                said.append(f"{name}: {name_of(other)!r} comes after {name_of(one)!r}")
    assert said == [], "\n".join(said)


def test_dialogs_of_the_workspace_are_named_and_walked(window):
    said = []
    for name in DIALOGS:
        dialog = open_dialog(window, name)
        said += complaints(dialog, name)
        first = min(reachable(dialog), key=lambda w: w.mapTo(dialog, w.rect().topLeft()).y())
        met = walked(dialog, first)
        missed = set(reachable(dialog)) - set(met)
        said += [f"{name}: Tab never comes to {name_of(w)!r}" for w in missed]
        for one, other in pairwise(met):
            if against_reading(one, other, dialog):
                said.append(f"{name}: {name_of(other)!r} comes after {name_of(one)!r}")
        close(dialog)
    assert said == [], "\n".join(said)

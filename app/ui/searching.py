"""The search field at the top: what is found while typing, and where Enter leads."""

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # brings in what reads every subject
    from app.ui.opening import Frame


def connect_search(frame: "Frame") -> None:
    """Offer what is found, and go to what is taken."""
    search = frame.top.search
    search.wanted.connect(partial(_offer, frame))
    search.taken.connect(_take)
    search.entered.connect(partial(_enter, frame))


def _offer(frame: "Frame", typed: str) -> None:
    from app.ui.finding import find  # reads much of every subject

    frame.top.search.offer(find(frame, typed))


def _take(go: object) -> None:
    if callable(go):
        go()


def _enter(frame: "Frame", typed: str) -> None:
    if typed.strip():
        frame.top.search.empty()
        frame.visit("people", lambda: frame.people.search_for(typed))

"""Carry out something with the welfare notes: what the world does is told in place, and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.domain.errors import AppError

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stood in the way, to be shown; nothing was changed."""

    text: str
    error: AppError


def told(work: Callable[[], Answer]) -> Answer | Told:
    """Return what the work returns, or what stood in its way; never by undo, events or the log."""
    try:
        return work()
    except AppError as error:
        return Told(text=error.text, error=error)

"""Move the open book into a folder of one's own."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.errors import AppError
from app.services import keeping, moving, standing
from app.ui.bookshelf import Bookshelf
from app.ui.start.places import books_folder

Then = Callable[[str, AppError | None], None]


def ask_where(over: QWidget, shelf: Bookshelf, then: Then) -> None:
    """Ask for a folder, then move the book there; ``then`` hears what to say."""

    def chosen(folder: Path) -> None:
        move_to(shelf, folder, then)

    shelf.messages.ask_folder(
        over, title=shelf.tr("Where the book is to live"), folder=books_folder(), then=chosen
    )


def move_to(shelf: Bookshelf, folder: Path, then: Then) -> None:
    """Move the open book to a folder and open it there."""
    book = shelf.book
    if book is None or book.register.path is None or folder == book.register.path.parent:
        return
    known, now = standing.book_of(book.register), dt.datetime.now().astimezone()
    told: list[str] = []

    def work(path: Path, secret: str | None) -> tuple[Path, str | None]:
        moving.may_write(folder)
        moved = moving.move(path, folder, book=known, secret=secret, now=now)
        stays = f" What was in {path.parent} stays there as a backup." if moved.left else ""
        told.append(f"The book lives in {folder} now.{stays} {keeping.advice(moved.path)}".strip())
        return moved.path, secret

    def over(error: AppError | None) -> None:
        then(told[0] if told else "", error)

    shelf.while_closed(work, over)

"""The dialogs of safekeeping, and how to open each."""

from app.ui.safekeeping.sheet_form import SheetForm

DIALOGS = {
    "set a password": lambda w: w.safe.change_password("set"),
    "change the password": lambda w: w.safe.change_password("change"),
    "make a recovery sheet": lambda w: SheetForm(w.shelf.book, parent=w).open(),
    "restore a backup": lambda w: w.safe.restore(),
    "moving to a new laptop": lambda w: w.safe.show_new_laptop(),
    "password of a book": lambda w: w.shelf.password_wanted.emit(
        w.shelf.book.register.path, "movers.hallbook has a password. Type it to open the book."
    ),
}

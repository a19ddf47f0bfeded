"""A register to fill with tiny books, made once and emptied between."""

import pytest

from app.storage.register import Register
from tests.figures import book as books


@pytest.fixture(scope="session")
def shared_register():
    register = Register.in_memory()
    yield register
    register.close()


@pytest.fixture
def filled(shared_register):
    """Return a function that puts a book into an empty register and gives the register."""

    def fill(book):
        books.empty(shared_register)
        books.fill(shared_register, book)
        return shared_register

    yield fill
    books.empty(shared_register)

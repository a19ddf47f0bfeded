"""The parts of a pretend book, in the order in which their tables refer to each other.

A part is one module with ``write(writer)``. It draws from ``world.chance("its own name")``, so that
a new part changes nothing of the others: referrals, measures and money are added as such.
"""

from collections.abc import Callable

from app.services.example.parts import (
    belonging,
    contacts,
    group,
    money,
    outcomes,
    people,
    places,
    referrals,
    registers,
    sessions,
    volunteering,
)
from app.services.example.writing import Writer

PARTS: tuple[Callable[[Writer], None], ...] = (
    group.write,
    people.write,
    sessions.write,
    registers.write,
    belonging.write,
    contacts.write,
    volunteering.write,
    referrals.write,
    places.write,
    outcomes.write,
    money.write,
)

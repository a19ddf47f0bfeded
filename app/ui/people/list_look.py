"""Who is in the list of people: quick looks at once, slow ones a little at a time."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.ids import PersonId
from app.services import people
from app.services.people import Came, Order, PeopleList, PersonRow, Wanted
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.people.filters import Filters
from app.ui.people.people_model import PersonLine, line_of
from app.ui.tables.blocks_model import BLOCK

_CAME = frozenset({Order.LAST_CAME, Order.TIMES})


class ListLook(QObject):
    """What was asked of the list, and what was found; what slow looks found is kept till it changes."""

    ready = Signal()
    """Everything that is needed was found: the list can be shown."""
    progressed = Signal(int, int)
    failed = Signal(object)
    """An AppError."""

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._filters = Filters()
        self._asked = Wanted(today=book.today())
        self._typed = ""
        self._came: Came | None = None
        self._away: dict[PersonId, int] | None = None
        self._without: tuple[PersonId, ...] | None = None
        self._ordered: tuple[PersonId, ...] | None = None
        """Everybody in the list in its order, once somebody searched or scrolled."""
        self._gathering = Gathering(self)
        self._gathering.found.connect(self._on_found)
        self._gathering.progressed.connect(self.progressed)
        self._gathering.failed.connect(self.failed)

    @property
    def running(self) -> bool:
        """Whether a slow look goes on."""
        return self._gathering.running

    @property
    def waits_for_coming(self) -> bool:
        """Whether the order needs to know when everybody came, and it is not known yet."""
        return self._asked.order in _CAME and self._came is None

    def forget(self) -> None:
        """Look at everything again next time: the book changed."""
        self._came = self._away = self._without = None

    def ask(self, filters: Filters, asked: Wanted, typed: str) -> None:
        """Ask for a list; ``ready`` is told now, or after a slow look."""
        if filters.consent is not self._filters.consent:
            self._without = None
        self._filters, self._asked, self._typed = filters, asked, typed
        self._look()

    def _look(self) -> None:
        register, today = self._book.register, self._asked.today
        self._gathering.stop()
        if self._filters.not_seen and self._away is None:
            self._gathering.start(people.not_seen(register, today))
        elif self._filters.consent is not None and self._without is None:
            self._gathering.start(people.without_consent(register, self._filters.consent))
        elif self.waits_for_coming:
            self._gathering.start(people.everybody_came(register, today))
        else:
            self._put_in_order()
            self.ready.emit()

    def _on_found(self, found: object) -> None:
        if self._filters.not_seen and self._away is None and isinstance(found, dict):
            self._away = found
        elif isinstance(found, tuple):
            self._without = found
        elif isinstance(found, dict):
            self._came = found
        self._look()

    def _put_in_order(self) -> None:
        self._ordered = None
        wanted, register = self.wanted, self._book.register
        if wanted.order in _CAME and self._came is not None:
            self._ordered = people.in_order_of_coming(register, wanted, self._typed, self._came)
        elif self._typed:
            # One look finds who and how many; the rest is read as it comes into sight.
            self._ordered = people.find_ids(register, wanted, self._typed)

    # --- what was found ----------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        """What the register is asked for, with what slow looks found."""
        if self._ordered is not None:
            return replace(self._asked, among=self._ordered, as_given=True)
        among = self._among()
        return self._asked if among is None else replace(self._asked, among=among)

    def _among(self) -> tuple[PersonId, ...] | None:
        without = self._without if self._filters.consent is not None else None
        if not self._filters.not_seen or self._away is None:
            return without
        away = self._away
        return tuple(away) if without is None else tuple(one for one in without if one in away)

    def page(self, offset: int = 0) -> PeopleList:
        """Return one block of the list; past the first, it is found out once who all is in it."""
        if offset and self._ordered is None:
            self._ordered = self.ids()
        return people.find_people(
            self._book.register, self.wanted, self._typed, limit=BLOCK, offset=offset
        )

    def ids(self) -> tuple[PersonId, ...]:
        """Return everybody in the list, in its order."""
        return people.find_ids(self._book.register, self.wanted, self._typed)

    def hidden(self, ids: frozenset[PersonId]) -> int:
        """Return how many of some people the filters and the search leave out."""
        among = self._among()
        asked = tuple(ids if among is None else ids.intersection(among))
        wanted = replace(self._asked, among=asked, order=Order.NAME, as_given=False)
        return len(ids) - len(people.find_ids(self._book.register, wanted, self._typed))

    def lines(self, rows: tuple[PersonRow, ...], columns: Sequence[str]) -> tuple[PersonLine, ...]:
        """Return what the columns shown tell of some people."""
        today = self._asked.today
        besides = people.besides(
            self._book.register,
            tuple(row.id for row in rows),
            today=today,
            columns=frozenset(columns),
        )
        away = self._away if self._filters.not_seen and self._away else {}
        return tuple(line_of(row, besides, today, away.get(row.id, 0)) for row in rows)

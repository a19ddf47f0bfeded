"""What was found of the referrals: quick looks at once, how all of them stand a little at a time."""

from collections.abc import Generator, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.ids import ReferralId
from app.services import referrals
from app.services.referrals import LANES, Looked, Order, ReferralRow
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.referrals.board import CARDS
from app.ui.referrals.filters import BIN, Filters
from app.ui.tables.blocks_model import BLOCK


class ReferralLook(QObject):
    """How the referrals asked for stand, and the list of them in its order, read in blocks."""

    looked = Signal()
    """How all of them stand was found: the board can be shown."""
    listed = Signal()
    """The list can be shown."""
    progressed = Signal(int, int)
    failed = Signal(object)
    """An AppError."""

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._filters = Filters()
        self._typed = ""
        self._order, self._down = Order.RECEIVED, True
        self.found: Looked | None = None
        self._ordered: tuple[ReferralId, ...] | None = None
        self._gathering = Gathering(self)
        self._gathering.found.connect(self._on_found)
        self._gathering.progressed.connect(self.progressed)
        self._gathering.failed.connect(self.failed)
        self._look: Generator[tuple[int, int], None, Looked] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_later)

    @property
    def running(self) -> bool:
        """Whether a look goes on."""
        return self._later.isActive() or self._gathering.running

    def stop(self) -> None:
        """Look no further."""
        self._later.stop()
        self._gathering.stop()

    def ask(
        self, filters: Filters, typed: str, order: Order, *, down: bool, at_once: bool = True
    ) -> None:
        """Ask for the board and the list; what is known already is told at once.

        How all of them stand is looked at from now on, or else once the page is drawn.
        """
        self.stop()
        self._filters, self._typed = filters, typed
        self._order, self._down = order, down
        self._ordered = None
        board = replace(filters.wanted(), bin=False)
        if not filters.states:
            self.listed.emit()
        look = referrals.look_at_all(self._book.register, board, typed, today=self._book.today())
        if at_once:
            self._gathering.start(look)
        else:
            self._look = look
            self._later.start(0)

    def _on_later(self) -> None:
        if self._look is not None:
            self._gathering.start(self._look, at_once=False)
            self._look = None

    def order(self, order: Order, *, down: bool) -> None:
        """Put the list into another order."""
        self._order, self._down = order, down
        self._ordered = None
        if not self.waits:
            self.listed.emit()

    @property
    def waits(self) -> bool:
        """Whether the list needs to know how all of them stand, and it is not known yet."""
        return bool(self._filters.states) and self.running

    def _on_found(self, found: Looked) -> None:
        self.found = found
        self.looked.emit()
        if self._filters.states:
            self._ordered = None
            self.listed.emit()

    # --- the board ---------------------------------------------------------------------------

    def cards(self) -> tuple[Mapping[str, tuple[ReferralRow, ...]], Mapping[str, int]]:
        """Return the first cards of each column as they stand now, and how many there are in all.

        A card that was moved by a step is in its new column at once, before all were looked at.
        """
        if self.found is None:
            return {}, {}
        lanes = self.found.lanes
        first = {lane.key: lanes[lane.key][:CARDS] for lane in LANES}
        every = tuple(one for ids in first.values() for one in ids)
        rows = referrals.rows_of(self._book.register, every, today=self._book.today())
        totals = {key: len(ids) for key, ids in lanes.items()}
        cards: dict[str, list[ReferralRow]] = {lane.key: [] for lane in LANES}
        was = {one: key for key, ids in first.items() for one in ids}
        lane_of = {state: lane.key for lane in LANES for state in lane.states}
        for row in rows:
            if row.binned:
                totals[was[row.id]] -= 1
                continue
            now = lane_of[row.state]
            if now != was[row.id]:
                totals[was[row.id]] -= 1
                totals[now] += 1
            cards[now].append(row)
        return {key: tuple(some) for key, some in cards.items()}, totals

    # --- the list ----------------------------------------------------------------------------

    def page(self, offset: int = 0) -> tuple[tuple[ReferralRow, ...], int]:
        """Return one block of the list, and how long the list is."""
        register, today = self._book.register, self._book.today()
        wanted = self._filters.wanted(self._order, down=self._down)
        if self._ordered is None and not self._filters.states and not offset:
            found = referrals.listed(register, wanted, self._typed, today=today, limit=BLOCK)
            return found.rows, found.total
        ids = self._all()
        return referrals.rows_of(register, ids[offset : offset + BLOCK], today=today), len(ids)

    def _all(self) -> tuple[ReferralId, ...]:
        """Return everything in the list in its order, found out once."""
        if self._ordered is None:
            wanted = self._filters.wanted(self._order, down=self._down)
            ids = referrals.find_ids(
                self._book.register, wanted, self._typed, today=self._book.today()
            )
            if self._filters.states and self.found is not None:
                states, wanted_states = self.found.states, self._filters.states
                ids = tuple(one for one in ids if states.get(one) in wanted_states)
            self._ordered = ids
        return self._ordered

    @property
    def in_bin(self) -> bool:
        """Whether the list shows the bin."""
        return self._filters.stands == BIN

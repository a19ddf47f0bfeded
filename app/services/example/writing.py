"""Write a pretend book down: rows into tables, with ids of their own, in bulk."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from app.domain.errors import Cancelled
from app.domain.settings import Settings
from app.services.example.leaving import gone
from app.services.example.world import World
from app.storage import bulk, settings
from app.storage.register import Register

if TYPE_CHECKING:
    from app.services.example.referring import Referral

Progress = Callable[[int, int], bool]
"""Told how many of how many are done; answers whether to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Money somebody pays for places: each quarter of an agreement, or once for a referral."""

    group: int
    funder: str
    first: int
    last: int
    """Days as ordinals."""
    pence: int
    agreement_id: int | None = None
    referral_id: int | None = None


class Writer:
    """One book being written by its parts; ``counts`` says what is in it so far."""

    def __init__(self, register: Register, world: World, progress: Progress | None) -> None:
        self.world = world
        self.left = gone(world)
        self.sort_keys: list[str] = []
        """Of the members, once the people are written: the order on paper."""
        self.counts: dict[str, int] = {}
        self.referrals: tuple[Referral, ...] = ()
        """Once they are written; the first has the first id of its table, and so on."""
        self.promised: list[Promise] = []
        """Once the agreements are written: what they bring in."""
        self._next: dict[str, int] = {}
        self._register = register
        self._progress = progress
        self._ids = {table: world.first_id(table) for table in ("person", "activity", "session")}

    def rows(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> int:
        """Add rows that count their own ids on, and return how many they were."""
        first = self.next_id(table)
        made = 0

        def numbered() -> Iterator[Sequence[Any]]:
            nonlocal made
            for row in rows:
                yield (first + made, *row)
                made += 1

        self.fill(table, f"id {columns}", numbered())
        self._next[table] = first + made
        return made

    def next_id(self, table: str) -> int:
        """Return the id of a table's next row: of the first, or where another part stopped."""
        return self._next.get(table) or self.world.first_id(table)

    def fill(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows that bring their whole key."""
        bulk.fill(self._register, table, columns.split(), rows)

    def change(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change rows that are written: each is the new values, then the id."""
        bulk.change(self._register, table, columns.split(), rows)

    def indexes_made_after(self, table: str) -> AbstractContextManager[None]:
        """Leave a large table's indexes out while it is filled."""
        return bulk.indexes_made_after(self._register, table)

    def settings(self, group: Settings) -> None:
        """Keep what the group says of itself."""
        settings.write(self._register, group)

    def came(self) -> dict[int, int]:
        """Return how many came to each session, by its id, once the registers are written."""
        return bulk.came(self._register)

    def keep_going(self, done: int, total: int) -> None:
        """Say how far the writing is; raise Cancelled when it is to stop."""
        if self._progress and not self._progress(done, total):
            raise Cancelled("Stopped. The pretend book was not made.")

    @overload
    def person(self, index: int) -> int: ...
    @overload
    def person(self, index: int | None) -> int | None: ...
    def person(self, index: int | None) -> int | None:
        """Return the id of a member, or None for nobody."""
        return None if index is None else self._ids["person"] + index

    def activity(self, index: int | None) -> int | None:
        """Return the id of an activity, or None for none."""
        return None if index is None else self._ids["activity"] + index

    def session(self, index: int) -> int:
        """Return the id of a session."""
        return self._ids["session"] + index

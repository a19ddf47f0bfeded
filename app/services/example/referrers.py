"""Pretend referrers: who sends people, who there writes the referral, and why people are sent."""

import random
import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app import resources
from app.domain.names import full_name
from app.services.example import names
from app.services.example.chance import Weighted
from app.services.example.places import places
from app.services.example.size import Size
from app.services.example.telling import phone_of
from app.services.example.world import World

GROWN = 18
_LEFT_SHARE, _ORDINARY_JOB = 0.15, "Worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody at an organisation who refers people."""

    index: int
    name: str = field(repr=False)
    job: str
    phone: str = field(repr=False)
    left: int | None
    """Days before the book's end on which they left, if they did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One line of the referrer book."""

    index: int
    name: str
    source_type: str
    phone: str = field(repr=False)
    workers: tuple[Worker, ...]


@cache
def book() -> dict[str, Any]:
    """Return the file of referrers."""
    return tomllib.loads(resources.path("example/referrers.toml").read_text("utf-8"))


@cache
def odds(*keys: str) -> Weighted[str]:
    """Return one table of the file to choose from."""
    table: Any = book()
    for key in keys:
        table = table[key]
    return Weighted(table)


class Referrers:
    """The referrer book of one pretend group, and who of it sends somebody."""

    def __init__(self, world: World) -> None:
        chance = world.chance("referrers")
        self.organisations: list[Organisation] = []
        self._by_town: dict[tuple[str, str], list[Organisation]] = {}
        self._workers = 0
        for town in sorted({plan.town for plan in world.plans}):
            for kind, listed in book()["organisations"].items():
                for name in listed[: book()["names"][world.size]]:
                    called = f"{name}, {town}" if world.size is Size.UMBRELLA else name
                    self._add(called, kind, town, chance)

    def _add(self, name: str, kind: str, town: str, chance: random.Random) -> None:
        jobs = book()["jobs"].get(kind, (_ORDINARY_JOB,))
        people = places()[town].people
        workers = []
        for _ in range(chance.choice((1, 1, 2, 3))):
            named = names.draw(chance, people.pick(chance), chance.randrange(2), 40)
            worker = Worker(
                index=self._workers,
                name=full_name(named.given, named.family),
                job=chance.choice(jobs),
                phone=phone_of(chance, landline=0.6),
                left=chance.randrange(30, 900) if chance.random() < _LEFT_SHARE else None,
            )
            self._workers += 1
            workers.append(worker)
        made = Organisation(
            index=len(self.organisations),
            name=name,
            source_type=kind,
            phone=phone_of(chance, landline=1),
            workers=tuple(workers),
        )
        self.organisations.append(made)
        self._by_town.setdefault((town, kind), []).append(made)

    def pick(
        self, town: str, age: float, chance: random.Random
    ) -> tuple[str, Organisation | None, Worker | None]:
        """Choose who sends somebody of an age: source type, organisation and worker as far as told."""
        kind = odds("young" if age < GROWN else "adult").pick(chance)
        listed = self._by_town.get((town, kind))
        if not listed or chance.random() < 0.03:
            return kind, None, None
        # The first named send most: one link worker is half of it.
        organisation = listed[int(len(listed) * chance.random() ** 1.7)]
        worker = chance.choice(organisation.workers) if chance.random() < 0.85 else None
        return kind, organisation, worker


def some(chance: random.Random, first: Weighted[str], share: float) -> tuple[str, ...]:
    """Choose one, and with the chance of ``share`` more, each once, in the order of the alphabet."""
    found = {first.pick(chance)}
    while chance.random() < share and len(found) < 4:
        found.add(first.pick(chance))
    return tuple(sorted(found))

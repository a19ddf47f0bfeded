"""Part: the cash book: accounts, funds, grants, every receipt and payment, what is beside them."""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Sequence
from typing import Any

from app.services.example import prices
from app.services.example.drawn import receipt
from app.services.example.granting import Grant, grants
from app.services.example.parts import banking
from app.services.example.parts import grants as awards
from app.services.example.programme import group_facts
from app.services.example.size import SCALES, Size
from app.services.example.till import Entry, Till
from app.services.example.wishes import ALWAYS, JOURNEY, Wish, mile_pence, wishes
from app.services.example.world import World
from app.services.example.writing import Writer

_NEAR = 0.005
"""How near the number of lines comes to the one wanted, as a share."""
_RESERVE_SHARE, _TIN = 0.3, 4_000
_BINNED_SHARE, _PICTURES = 0.012, {Size.SMALL: 6, Size.BUSY: 10, Size.UMBRELLA: 0}
_PICTURED = (prices.MATERIALS, prices.REFRESHMENTS, prices.EQUIPMENT)
_APPROVED_AFTER = 150
"""Days after a year's end on which its accounts have been approved."""
_ENTRY = (
    "kind entry_on payee description method reference approved_by minute session_id person_id"
    " binned_at"
)
_LINE = (
    "entry_id position account_id fund_id heading_id activity_id grant_id agreement_id referral_id"
    " is_asset amount_pence"
)

Row = tuple[Any, ...]


def write(writer: Writer) -> None:
    """Write the whole cash book."""
    world, chance = writer.world, writer.world.chance("money")
    made = grants(world, chance)
    till = _kept(writer, made, chance)
    _accounts(writer, till)
    headings = awards.headings(writer)
    awards.write(writer, made, headings, chance)
    _entries(writer, till.entries, headings, chance)
    _claims(writer, till.entries, headings)
    _pictures(writer, till.entries)
    banking.write(writer, till, headings)
    _closed(writer)
    writer.counts["money_lines"] = sum(len(entry.lines) for entry in till.entries)
    writer.counts["grants"] = len(made)


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _kept(writer: Writer, made: list[Grant], chance: random.Random) -> Till:
    """Return the book kept with as many wishes as give the lines wanted, near enough."""
    world = writer.world
    every = sorted(wishes(writer, made, chance), key=lambda wish: wish.rank)
    fixed = [wish for wish in every if wish.rank == ALWAYS]
    wanted = target = SCALES[world.size].money_lines
    room = sum(wish.lines for wish in fixed)
    for _ in range(6):
        lines, upto = room, len(fixed)
        while upto < len(every) and lines < target:
            lines += every[upto].lines
            upto += 1
        till = _till(world, made, every[:upto])
        found = sum(len(entry.lines) for entry in till.entries)
        if abs(found - wanted) <= _NEAR * wanted:
            break
        target += wanted - found
    return till


def _till(world: World, made: list[Grant], chosen: Sequence[Wish]) -> Till:
    groups = 1 + max((plan.group for plan in world.plans), default=0)
    cost = sum(wish.pence for wish in chosen if wish.order > 1) // SCALES[world.size].years
    reserve = max(80_000, int(cost * _RESERVE_SHARE) // 1_000 * 1_000)
    till = Till(
        grants=made, chance=world.chance("till"), tins=[_TIN] * groups, bank=reserve,
        target=reserve, groups=groups,
    )  # fmt: skip
    for wish in sorted(chosen, key=lambda wish: (wish.day, wish.order)):
        till.meet(wish)
    till.target = reserve
    return till


def _accounts(writer: Writer, till: Till) -> None:
    """Write the accounts and funds with what they held on the first day, all of it free money."""
    world = writer.world
    bank, fund, opened = writer.next_id("account"), writer.next_id("fund"), world.first.isoformat()
    tins = [(name, "cash", opened) for name in _tins(world, len(till.tins))]
    writer.rows("account", "name kind opened_on", [("Current account", "bank", opened), *tins])
    pots = [("Free money", "unrestricted", ""), ("Repairs and renewals", "designated", "")]
    pots += [
        (f"{one.title} ({one.reference})", "restricted", f"What {one.funder} gave it for")
        for one in till.grants
        if one.awarded
    ]
    writer.rows("fund", "name kind purpose", pots)
    held = [till.target, *[_TIN] * len(till.tins)]
    writer.fill(
        "account_opening", "account_id fund_id amount_pence",
        ((bank + at, fund, pence) for at, pence in enumerate(held)),
    )  # fmt: skip


def _tins(world: World, groups: int) -> Iterator[str]:
    if world.size is not Size.UMBRELLA:
        yield "Petty cash"
        return
    places = {plan.group: plan.draft.place for plan in reversed(world.plans)}
    for group in range(groups):
        yield f"Tin {group + 1}, {places.get(group, 'in the cupboard')}"


def _entries(
    writer: Writer, entries: list[Entry], headings: dict[tuple[str, str], int],
    chance: random.Random,
) -> None:  # fmt: skip
    """Write the entries in the order of their days, then those in the bin, then all the lines."""
    world = writer.world
    chosen = chance.sample(entries, int(len(entries) * _BINNED_SHARE) + 1)
    twice = sorted((one for one in chosen if one.kind != "transfer"), key=lambda one: one.day)
    first = writer.next_id("entry")
    with writer.indexes_made_after("entry"):
        writer.rows("entry", _ENTRY, _entry_rows(writer, entries, twice))
    grant, fund, account = (world.first_id(name) for name in ("grant_award", "fund", "account"))

    def lines() -> Iterator[Row]:
        for number, entry in enumerate((*entries, *twice)):
            wish = entry.wish
            for place, line in enumerate(entry.lines, start=1):
                yield (
                    first + number, place, account + line.account, fund + line.fund,
                    headings.get((entry.kind, line.heading)), writer.activity(line.activity),
                    None if line.grant is None else grant + line.grant,
                    wish.agreement_id if wish else None, wish.referral_id if wish else None,
                    int(line.asset), line.pence,
                )  # fmt: skip

    with writer.indexes_made_after("entry_line"):
        writer.rows("entry_line", _LINE, lines())


def _entry_rows(writer: Writer, entries: list[Entry], twice: list[Entry]) -> Iterator[Row]:
    names = prices.book()["names"]["treasurers"]
    for number, entry in enumerate((*entries, *twice)):
        wish = entry.wish
        binned = None
        if number >= len(entries):
            binned = f"{_text(min(entry.day + 2, writer.world.ending.toordinal()))}T19:30:00+00:00"
        yield (
            entry.kind, _text(entry.day), entry.name, entry.what, entry.method,
            f"INV{number:05}" if entry.kind == "payment" and entry.method != "cash" else "",
            names[entry.day // 900 % len(names)] if entry.kind == "payment" else "", entry.minute,
            wish.session if wish else None, writer.person(wish.person) if wish else None, binned,
        )  # fmt: skip


def _claims(writer: Writer, entries: list[Entry], headings: dict[tuple[str, str], int]) -> None:
    """Write the claims that were paid, and one that waits."""
    world = writer.world
    first, claim = world.first_id("entry"), writer.next_id("claim")
    paid = [(n, e.wish) for n, e in enumerate(entries) if e.wish and e.wish.what == "claim"]
    names = prices.book()["names"]["treasurers"]
    rows: list[Row] = []
    lines: list[Row] = []
    waiting = [(None, paid[-1][1])] if paid else []
    for place, (number, wish) in enumerate([*paid, *waiting]):
        day = wish.day if number is not None else world.ending.toordinal() - 1
        by, on = (names[0], _text(day)) if number is not None else ("", None)
        entry = None if number is None else first + number
        rows.append((writer.person(wish.person), _text(day - 4), by, on, entry))
        heading, activity = headings["payment", wish.heading], writer.activity(wish.activity)
        common = (heading, world.first_id("fund"), activity)
        miles = (wish.pence * mile_pence(day - JOURNEY) + 5) // 10
        at = claim + place
        lines.append(
            (at, "expense", _text(day - JOURNEY), "Bus and milk", None, wish.more, *common)
        )
        lines.append(
            (at, "car", _text(day - JOURNEY), "There and back", wish.pence, miles, *common)
        )
    writer.rows("claim", "person_id claimed_on approved_by approved_on entry_id", rows)
    writer.rows(
        "claim_line",
        "claim_id kind spent_on what tenths_of_miles amount_pence heading_id fund_id activity_id",
        lines,
    )


def _pictures(writer: Writer, entries: list[Entry]) -> None:
    """Keep pictures of the last receipts of what was bought in shops."""
    world = writer.world
    paid = [
        (number, entry)
        for number, entry in enumerate(entries)
        if entry.kind == "payment" and entry.lines[0].heading in _PICTURED
    ][-_PICTURES[world.size] :] if _PICTURES[world.size] else []  # fmt: skip
    first, rows, contents = writer.next_id("attachment"), [], []
    for place, (number, entry) in enumerate(paid):
        pence = -sum(line.pence for line in entry.lines)
        day = f"{dt.date.fromordinal(entry.day):%d.%m.%Y}"
        data = receipt(world.size, entry.name, entry.what, pence, day, number)
        rows.append(
            (world.first_id("entry") + number, "image/jpeg", f"receipt-{place + 1}.jpg",
             hashlib.sha256(data).hexdigest(), len(data), world.now().isoformat())
        )  # fmt: skip
        contents.append((first + place, data))
    writer.rows("attachment", "entry_id media_type file_name sha256 size added_at", rows)
    writer.fill("attachment_content", "attachment_id content", contents)


def _closed(writer: Writer) -> None:
    """Close the years whose accounts have been approved by now."""
    world = writer.world
    today = world.ending.toordinal()
    ends = prices.year_ends(
        group_facts(world.size)["year_end"], world.first.toordinal(), today - _APPROVED_AFTER
    )
    years = (
        (
            end.isoformat(), _text(_day_after_a_year_before(end)),
            _text(end.toordinal() + _APPROVED_AFTER), world.now().isoformat(),
        )
        for end in ends
    )  # fmt: skip
    writer.fill("closed_year", "ends_on starts_on approved_on closed_at", years)


def _day_after_a_year_before(end: dt.date) -> int:
    last = (
        end.replace(year=end.year - 1, day=28) if end.month == 2 else end.replace(year=end.year - 1)
    )
    return last.toordinal() + 1

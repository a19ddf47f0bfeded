"""Part of the cash book: headings, grants with their budgets, and what is beside the accounts."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from app.domain.ledger import FIRST_HEADINGS
from app.services.example import prices
from app.services.example.granting import REPORT_AFTER, Grant
from app.services.example.size import SCALES, Size
from app.services.example.writing import Writer

_AWARD = (
    "reference funder programme title purpose conditions state fund_id applied_on applied_pence"
    " decided_on awarded_pence starts_on ends_on report_due_on apply_again_on most_budget_rows"
)
_CONDITIONS = "Spend it by the last day. Say in public who paid."
_GIFTS = {Size.SMALL: 4, Size.BUSY: 60, Size.UMBRELLA: 400}
_MATCHED = 0.4

Row = tuple[Any, ...]


def headings(writer: Writer) -> dict[tuple[str, str], int]:
    """Write the headings; return their ids by side and name."""
    first = writer.next_id("heading")
    listed = [(side, name) for side, names in FIRST_HEADINGS.items() for name in names]
    rows = (
        (name, side, int(side == "payment" and name == prices.EQUIPMENT), place)
        for place, (side, name) in enumerate(listed)
    )
    writer.rows("heading", "name side is_asset position", rows)
    return {key: first + place for place, key in enumerate(listed)}


def write(
    writer: Writer, made: list[Grant], known: dict[tuple[str, str], int], chance: random.Random
) -> None:
    """Write the grants with all that belongs to them."""
    first, today = writer.next_id("grant_award"), writer.world.ending.toordinal()
    fund = writer.world.first_id("fund")
    writer.rows("grant_award", _AWARD, (_award(one, fund, today) for one in made))
    writer.rows(
        "grant_instalment", "grant_id due_on amount_pence",
        (
            (first + one.index, _text(day), pence)
            for one in made if one.awarded
            for day, pence in one.instalments()
        ),
    )  # fmt: skip
    writer.rows(
        "budget_row", "grant_id heading_id position budget_pence",
        (
            (first + one.index, known["payment", name], place, pence)
            for one in made
            for place, (name, pence) in enumerate(one.budget.items())
        ),
    )  # fmt: skip
    writer.fill(
        "grant_activity", "grant_id activity_id",
        ((first + one.index, writer.activity(at)) for one in made for at in one.activities),
    )  # fmt: skip
    matched = (
        one for one in made if one.awarded and (one.index == 1 or chance.random() < _MATCHED)
    )
    columns = "grant_id source kind state amount_pence from_on"
    writer.rows("match_funding", columns, _matched(matched, first, chance))
    _beside(writer, made, first, chance)


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _award(one: Grant, fund: int, today: int) -> Row:
    asked = one.first - 75
    decided = one.state in {"awarded", "closed", "refused"}
    return (
        one.reference, one.funder, one.programme, one.title,
        f"{one.title}: the room, who leads, and what we use" if one.awarded else "",
        _CONDITIONS if one.awarded else "", one.state,
        fund + one.fund if one.awarded else None,
        None if one.state == "planned" else _text(min(asked, today - 20)), one.pence,
        _text(one.first - 10) if decided else None, one.pence if one.awarded else None,
        _text(one.first), _text(one.last), _text(one.last + REPORT_AFTER) if one.awarded else None,
        _text(one.first + 365) if one.state == "refused" else None, one.rows,
    )  # fmt: skip


def _matched(matched: Iterator[Grant], first: int, chance: random.Random) -> Iterator[Row]:
    for one in matched:
        state = "confirmed" if chance.random() < 0.8 else "applied"
        pence = one.pence // 20_000 * 2_500 + 5_000
        kind = "cash" if chance.random() < 0.7 else "in_kind"
        source = chance.choice(prices.book()["names"]["donors"])
        yield (first + one.index, source, kind, state, pence, _text(one.first))


def _beside(writer: Writer, made: list[Grant], first: int, chance: random.Random) -> None:
    """Write gifts in kind, and what is owned and owed besides cash."""
    world = writer.world
    start, today = world.first.toordinal(), world.ending.toordinal()
    fund = world.first_id("fund")
    given: list[Row] = []
    for _ in range(_GIFTS[world.size]):
        gift, day = chance.choice(prices.book()["gift"]), chance.randrange(start, today)
        running = [one.index for one in made if one.awarded and one.first <= day <= one.last]
        grant = first + chance.choice(running) if running and chance.random() < 0.5 else None
        met = chance.choice(world.plans).index if chance.random() < 0.6 else None
        given.append(
            (_text(day), gift["giver"], gift["what"], gift["pence"], gift["basis"],
             writer.activity(met), grant)
        )  # fmt: skip
    given.sort(key=lambda row: row[0])
    columns = "given_on giver what value_pence basis activity_id grant_id"
    writer.rows("gift_in_kind", columns, given)
    items = [
        ("asset", "Folding tables", fund, _text(start + 30), None, 24_000, None, None),
        ("asset", "Loudspeaker", fund + 1, _text(start + SCALES[world.size].years * 180), None,
         12_900, None, None),
        ("owed_to_us", "Subs for last month, promised", fund, _text(today - 9), None, None, 2_400,
         _text(today + 21)),
        ("owed_by_us", "Hall hire not billed yet", fund, _text(today - 6), None, None, 4_500,
         _text(today + 14)),
    ]  # fmt: skip
    columns = "kind details fund_id from_on to_on cost_pence value_pence due_on"
    writer.rows("balance_item", columns, items)

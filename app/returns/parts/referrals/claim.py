"""A claim for funded places: each place by its reference, what it used, its price, what it comes to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.money import pounds
from app.domain.periods import long_date, short_date
from app.domain.places import PricePer, worth_pence
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    KeepTogether,
    Note,
    Paragraph,
    Table,
    bold,
    text,
)
from app.returns.language.spec import Spec
from app.storage import referrals
from app.storage.place_counts import PlaceStanding, standings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One place, what of it was used in the period, and what that comes to."""

    place: PlaceStanding = field(repr=False)
    used: int
    sessions: int
    pence: int | None


def claim(filling: Filling, _: Spec) -> Sequence[Block]:
    """Return the lines of a claim with their sum: places that had begun by the period's last day."""
    lines = _lines(filling)
    filling.foot = (
        filling.settings.group_name or "Our group",
        filling.period.text,
        "in confidence, for whoever pays",
        f"counted {long_date(filling.counted_at.date())}",
    )
    unpriced = sum(one.pence is None for one in lines)
    if unpriced:
        filling.warn(f"{unpriced:,} of these places have no price, so nothing is claimed for them.")
    total = sum(one.pence or 0 for one in lines)
    table = _table(filling, lines, total)
    filling.tables.append(
        {
            "id": "claim",
            "columns": [column.title for column in table.columns],
            "rows": [[cell.text for cell in row] for row in table.rows],
            "total_pence": total,
        }
    )
    return (
        table,
        Note(
            runs=text(
                "No names are on this claim: the reference is the one you gave with the referral, or "
                "ours where you gave none. A price for a place is claimed once, in the period in "
                "which it began; a price for a session for each session used in this period. "
                "Nothing you have paid already is taken off."
            )
        ),
        KeepTogether(blocks=(Paragraph(runs=text("To be paid: ", bold(pounds(total)))),)),
    )


def _table(filling: Filling, lines: Sequence[_Line], total: int) -> Table:
    return Table(
        id="claim",
        columns=(
            Column(title="Reference", weight=2.0),
            Column(title="Place from", weight=1.6),
            Column(title="To", weight=1.6),
            Column(title="Granted", align=Align.RIGHT),
            Column(title="Used now", align=Align.RIGHT),
            Column(title="Price", align=Align.RIGHT),
            Column(title="Amount", align=Align.RIGHT),
        ),
        rows=tuple(_row(filling, number, one) for number, one in enumerate(lines, start=1)),
        total=(
            Cell(text="To be paid", bold=True),
            *(Cell(),) * 5,
            Cell(text=pounds(total), bold=True),
        ),
        summary="What is claimed for each place",
        empty_text="No place began or was used in this period.",
    )


def _lines(filling: Filling) -> tuple[_Line, ...]:
    """Return the places with what each comes to in this period, so that nothing is claimed twice."""
    agreement, period = filling.agreement, filling.period
    chosen = agreement.id if agreement else None
    before = period.first - dt.timedelta(days=1)
    earlier = {
        one.place_id: one.count
        for one in standings(filling.register, before, agreement_id=chosen, begun=True)
    }
    lines = []
    for one in standings(filling.register, period.last, agreement_id=chosen, begun=True):
        was = earlier.get(one.place_id)
        sessions = one.count.sessions - (was.sessions if was else 0)
        used = one.count.used - (was.used if was else 0)
        fresh = one.from_on in period
        if fresh or used or sessions:
            pence = worth_pence(
                one.price_pence, one.price_per, places=int(fresh), sessions=sessions
            )
            lines.append(_Line(place=one, used=used, sessions=sessions, pence=pence))
    return tuple(lines)


def _row(filling: Filling, number: int, line: _Line) -> tuple[Cell, ...]:
    one = line.place
    referral = referrals.get(filling.register, one.referral_id) if one.referral_id else None
    reference = referral.reference if referral else ""
    per = "session" if one.price_per is PricePer.SESSION else "place"
    texts = (
        reference or f"Place {number} of {one.from_on:%d/%m/%Y}",
        short_date(one.from_on),
        short_date(one.last_on) if one.last_on else "open",
        f"{one.count.granted:,} {one.counted_by.value}",
        f"{line.used:,}",
        "no price" if one.price_pence is None else f"{pounds(one.price_pence)} a {per}",
        "" if line.pence is None else pounds(line.pence),
    )
    return tuple(Cell(text=said) for said in texts)

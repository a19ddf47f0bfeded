"""How large a pretend book is."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """The three pretend books."""

    SMALL = "small"
    BUSY = "busy"
    UMBRELLA = "umbrella"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What a size amounts to."""

    years: int
    people: int
    """People who count: joined records and the bin are beside them."""
    sessions: int
    """Held, cancelled and planned together."""
    attendances: int
    """Participant attendances; guests come on top."""
    referrals: int
    """Referrals that count; the bin is beside them."""
    money_lines: int
    """Lines of the cash book that count; the bin is beside them."""
    groups: int
    stay: int
    """Days somebody usually stays, as a first guess."""
    more: float
    """Further activities a person comes to, on average."""
    casual: float
    """Share of people who come only a few times."""
    weeks_ahead: int


SCALES = {
    Size.SMALL: Scale(
        years=1,
        people=80,
        sessions=154,
        attendances=2_465,
        referrals=60,
        money_lines=300,
        groups=1,
        stay=1_900,
        more=1.3,
        casual=0.12,
        weeks_ahead=3,
    ),
    Size.BUSY: Scale(
        years=10,
        people=3_000,
        sessions=8_000,
        attendances=149_500,
        referrals=4_000,
        money_lines=20_000,
        groups=1,
        stay=1_250,
        more=0.55,
        casual=0.28,
        weeks_ahead=6,
    ),
    Size.UMBRELLA: Scale(
        years=10,
        people=50_000,
        sessions=100_000,
        attendances=2_465_000,
        referrals=60_000,
        money_lines=300_000,
        groups=40,
        stay=1_250,
        more=0.45,
        casual=0.26,
        weeks_ahead=6,
    ),
}

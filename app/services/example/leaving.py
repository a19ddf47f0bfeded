"""Who has left a pretend group for good, and why."""

from app.services.example.telling import phrases
from app.services.example.world import World

LINGER = 55
"""Days for which nobody notices that somebody has stopped coming."""
_NOTED_SHARE, _REASON_SHARE = 0.6, 0.8

Left = dict[int, tuple[int, str]]
"""By member: the day, and what they said."""


def gone(world: World) -> Left:
    """Return who has left for good, on which day and why; not everybody's leaving was noted."""
    chance = world.chance("leaving")
    end: dict[int, int] = {}
    for spell in world.spells:
        end[spell.person] = max(end.get(spell.person, 0), spell.last)
    left: Left = {}
    today = world.ending.toordinal()
    for member in world.members:
        last = end.get(member.index, today)
        noted = chance.random() < _NOTED_SHARE
        key = "young_left_reason" if member.age(last) < 19 else "left_reason"
        reason = chance.choice(phrases()[key]) if chance.random() < _REASON_SHARE else ""
        if noted and last < today - LINGER:
            left[member.index] = (max(last, member.joined) + 1 + chance.randrange(20), reason)
    return left

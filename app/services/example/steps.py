"""What was done about pretend referrals: dated steps, most of them in good time, some late."""

import random

from app.services.example.chance import Weighted
from app.services.example.referrers import odds

Step = tuple[str, int, str]
"""Step, day as an ordinal, reason."""

_LATE_SHARE, _UNWRITTEN_SHARE, _CLOSED_SHARE = 0.18, 0.09, 0.6
_TIDIED_AFTER = 150
"""Days after which nothing stays open: the group tidies its list once in a while."""
_LATELY = Weighted(
    {"received": 40, "contacted": 22, "accepted": 17, "waiting": 12, "not_accepted": 9}
)
_IN_THE_END = Weighted(
    {
        "not_accepted": 36,
        "person_declined": 21,
        "no_contact": 17,
        "gave_up_waiting": 8,
        "accepted": 9,
        "waiting": 4,
        "contacted": 3,
        "received": 2,
    }
)


def started(
    received: int,
    came: int,
    chance: random.Random,
    *,
    ended: int | None,
    helps: int | None,
    today: int,
) -> list[Step]:
    """Return the steps of somebody who came; ``ended``: their last day here, ``helps``: the first as a helper."""
    made: list[Step] = []
    answer = min(_answer(received, chance), came)
    if chance.random() >= _UNWRITTEN_SHARE:  # some just came, and nobody wrote more
        made = _reached(received, answer, chance)
        wait = came - answer
        roll = chance.random()
        if wait > 18 and roll < 0.09:
            made.append(("not_accepted", answer, "full"))
            again = answer + wait // 2
            made += [("reopened", again, ""), ("accepted", again + 1, "")]
        elif wait > 9 and roll < 0.3:
            made += [("waiting", answer, ""), ("accepted", came - chance.randrange(1, 7), "")]
        else:
            made.append(("accepted", answer, ""))
    if helps is not None and helps > came and chance.random() < 0.8:
        made.append(("moved_on", helps, ""))
    elif ended is not None and ended >= came and chance.random() < _CLOSED_SHARE:
        day = ended + 3 + chance.randrange(24)
        if ended - came > 45 and chance.random() < 0.6:
            made.append(("completed", day, ""))
        else:
            made.append(("left_early", day, odds("left").pick(chance)))
    return [step for step in made if step[1] <= today]


def ends(count: int, chance: random.Random, *, lately: bool) -> list[str]:
    """Return how so many referrals ended whose people did not come: also of few, some of each kind."""
    odds_now = _LATELY if lately else _IN_THE_END
    dealt = [odds_now.at((turn + 0.5) / count) for turn in range(count)]
    chance.shuffle(dealt)
    return dealt


def not_started(end: str, received: int, chance: random.Random, *, today: int) -> list[Step]:
    """Return the steps of a referral whose person did not come, towards an end."""
    answer = _answer(received, chance)
    made = _reached(received, answer, chance) if end != "received" else []
    if end == "no_contact":
        made = [("tried", received + 2 + 5 * turn + chance.randrange(4), "") for turn in range(3)]
        made.append(("no_contact", made[-1][1] + chance.randrange(1, 9), ""))
    elif end == "not_accepted":
        made.append((end, answer, odds("not_accepted").pick(chance)))
    elif end == "person_declined":
        made.append((end, answer + chance.randrange(5), odds("declined").pick(chance)))
    elif end == "gave_up_waiting":
        made.append(("waiting", answer, ""))
        gave_up = answer + chance.randrange(20, 120)
        made.append(("person_declined", gave_up, odds("declined").pick(chance)))
    elif end in {"accepted", "waiting"} or (end == "contacted" and not _spoken(made)):
        made.append((end, answer, ""))
    if end in {"received", "contacted", "accepted", "waiting"} and received < today - _TIDIED_AFTER:
        asked = answer + chance.randrange(60, 110)
        made.append(("person_declined", asked, odds("declined").pick(chance)))
    return [step for step in made if step[1] <= today]


def _spoken(made: list[Step]) -> bool:
    return any(step == "contacted" for step, _, _ in made)


def _answer(received: int, chance: random.Random) -> int:
    """Return the day of a first answer: mostly within a week, some after the fourteenth day."""
    if chance.random() < _LATE_SHARE:
        return received + 13 + int(chance.expovariate(1 / 9))
    return received + min(int(chance.expovariate(1 / 4.5)), 14)


def _reached(received: int, answer: int, chance: random.Random) -> list[Step]:
    """Return the calls before an answer."""
    made: list[Step] = []
    day = received
    if answer > received + 2 and chance.random() < 0.25:
        day = received + chance.randrange(1, answer - received)
        made.append(("tried", day, ""))
    if chance.random() < 0.55:
        made.append(("contacted", chance.randrange(day, answer + 1), ""))
    return made

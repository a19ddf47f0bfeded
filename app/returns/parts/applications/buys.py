"""What a sum of money buys, at what things really cost: "£200 = 5 more Tuesdays"."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.activities import SessionState
from app.domain.money import pounds, short_pounds
from app.domain.periods import WEEKDAYS
from app.returns.counting.filling import Filling
from app.returns.counting.how import short_period
from app.returns.filled import BigNumber, BigNumbers, Block, Note, Paragraph, Text, bold, text
from app.returns.language.page_kinds import BuysSpec, Costed
from app.storage import activities

NO_SUM = "The sum is not written down yet, so what it would buy is not worked out."
NO_COST = "What a session costs us is not known yet: no payments are written down for this period."
_A_YEAR = range(363, 372)
_MOST_WEEKDAY = 0.9
"""From this share of the sessions on one weekday on, they are called by it."""


def buys(filling: Filling, spec: BuysSpec) -> Sequence[Block]:
    """Return what the sum buys, or in a sentence why that is not known."""
    pence = filling.sum_pence
    if pence is None:
        filling.warn("Say how much you ask for, and what it buys is worked out.")
        return (Note(runs=text(NO_SUM)),)
    costs = {one: _cost(filling, one) for one in spec.of}
    known = {one: cost for one, cost in costs.items() if cost}
    if not known:
        filling.warn(f"{NO_COST} Enter them under Money, then print again.")
        return (Note(runs=text(NO_COST)),)
    sums = short_pounds(pence)
    enough = {one: cost for one, cost in known.items() if cost <= pence}
    blocks: list[Block] = []
    if enough:
        items = tuple(_big(filling, one, pence // cost) for one, cost in enough.items())
        blocks.append(BigNumbers(items=items))
        blocks.append(Paragraph(runs=_sentence(filling, sums, pence, enough)))
    blocks += [
        Paragraph(runs=text(_too_little(filling, sums, pence, cost)))
        for one, cost in known.items()
        if cost > pence and one is Costed.SESSION
    ]
    return (*blocks, Note(runs=text(_how(filling, known))))


def _cost(filling: Filling, one: Costed) -> int:
    """Return what one costs, as it is printed: in whole pence, or 0 where it may not be said."""
    printed = filling.numbers.total(f"cost_per_{one.value}_pence")
    return round(printed.number or 0)


def _big(filling: Filling, one: Costed, number: int) -> BigNumber:
    source = filling.numbers.total(f"cost_per_{one.value}_pence").source
    return BigNumber(value=f"{number:,}", label=_word(filling, one, number), source=source)


def _word(filling: Filling, one: Costed, number: int) -> str:
    single = number == 1
    if one is Costed.ATTENDANCE:
        return "more attendance" if single else "more attendances"
    if one is Costed.PERSON:
        return f"{'person' if single else 'people'}, {_as_long(filling)}"
    day = _weekday(filling)
    return f"more {day or 'session'}{'' if single else 's'}"


def _weekday(filling: Filling) -> str:
    """Return the weekday on which nearly all sessions of the period were held, or nothing."""
    found = activities.sessions(filling.register, filling.period, filling.options.activity_id)
    held = [one for one in found if one.state is not SessionState.CANCELLED]
    if (
        len({one.activity_id for one in held}) != 1
    ):  # two sessions of one Tuesday are no two Tuesdays
        return ""
    days = Counter(one.session_on.weekday() for one in held)
    day, times = days.most_common(1)[0]
    return WEEKDAYS[day] if times >= _MOST_WEEKDAY * days.total() else ""


def _as_long(filling: Filling) -> str:
    return "for a year" if filling.period.days in _A_YEAR else "for as long as this period"


def _sentence(filling: Filling, sums: str, pence: int, costs: Mapping[Costed, int]) -> Text:
    """Return it in words: "£200 = 5 more Tuesdays, or 75 more attendances"."""
    said = [
        f"{pence // cost:,} {_word(filling, one, pence // cost)}" for one, cost in costs.items()
    ]
    return text(bold(f"{sums} = {said[0]}"), "".join(f", or {one}" for one in said[1:]), ".")


def _too_little(filling: Filling, sums: str, pence: int, cost: int) -> str:
    day = _weekday(filling) or "session"
    share = max(1, round(pence * 100 / cost))
    return f"One {day} costs us {pounds(cost)} to run: {sums} pays for {share}% of one."


def _how(filling: Filling, costs: Mapping[Costed, int]) -> str:
    each = {
        Costed.SESSION: "a session costs",
        Costed.ATTENDANCE: "an attendance",
        Costed.PERSON: "a person",
    }
    said = ", ".join(f"{each[one]} {pounds(cost)}" for one, cost in costs.items())
    said = f"{said[:1].upper()}{said[1:]}"
    return (
        f"What it really cost us from {short_period(filling.period)}: {said}. That is what we paid "
        "for running things, without purchases that last and without volunteers’ time, divided by "
        "what was held and who came. Only whole ones are counted."
    )

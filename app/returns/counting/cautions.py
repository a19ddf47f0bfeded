"""Warn of what a reader should know before a return goes out: what is missing, what is not over."""

from app.domain.disclosure import LEAST_BASE, Disclosure
from app.domain.periods import long_date
from app.figures.breakdowns import breakdown, known_parts
from app.figures.definition import Subject
from app.returns.counting.filling import Filling
from app.returns.counting.numbers import TOO_FEW, wanted_figures
from app.returns.language.template import Need
from app.storage.gaps import Gaps, gaps

_MUCH = 0.25
"""From this share of *not asked* on, a table about people says too little."""


def warn(filling: Filling) -> None:
    """Note every warning of a return before its blocks are filled."""
    _of_kind(filling)
    if filling.numbers.totals:
        today = filling.counted_at.date()
        found = gaps(filling.register, filling.period, filling.options.activity_id, today)
        _of_period(filling)
        _of_gaps(filling, found)
        _of_not_asked(filling)
        _of_few(filling)
        _of_parts(filling)
    _of_grant(filling)
    _of_answers(filling)


def _of_grant(filling: Filling) -> None:
    grant, asks = filling.grant, filling.template
    may_be = Need.ACTIVITY in {*asks.needs, *asks.may_have}
    if may_be and grant is not None and len(grant.activities) > 1 and not filling.activity:
        filling.warn(
            "The grant is for some of your activities, and all are counted. Choose one of them, "
            "and only that is."
        )


def _of_few(filling: Filling) -> None:
    """Name the percentages and means that have too few behind them to be given."""
    numbers = filling.numbers
    for name in wanted_figures(filling.template):
        figure = numbers.figure(name)
        if figure.subject is Subject.OUTCOMES:
            continue  # they say so under their own table
        if numbers.total(name).text == TOO_FEW:
            filling.warn(
                f"{figure.title}: too few stand behind it to be given outside the group, as "
                f"{LEAST_BASE} are needed."
            )


def _of_parts(filling: Filling) -> None:
    """Name the parts that sentences ask for and the book does not have: they print nought."""
    for ref in filling.template.refs():
        if not ref.by or not ref.part or known_parts(ref.by) is not None:
            continue
        cut = filling.numbers.broken_down(ref.name, ref.by)
        if not any(ref.part in {part.key, part.label} for part in cut.parts):
            filling.warn(
                f"{cut.breakdown.title} has no “{ref.part}” in this period, so 0 is printed for it. "
                "Check how it is written in the book."
            )


def _of_kind(filling: Filling) -> None:
    template, asked = filling.template, filling.options.disclosure
    if template.names_people and asked not in {None, Disclosure.INTERNAL}:
        filling.warn(
            f"{template.title} names people, so no numbers are hidden in it: give it to nobody but "
            "those it is for."
        )
    if filling.settings.pretend:
        filling.warn("This is a pretend group: everybody in it is made up.")


def _of_period(filling: Filling) -> None:
    today = filling.counted_at.date()
    if filling.period.first > today:
        filling.warn(f"The period has not begun: it starts on {long_date(filling.period.first)}.")
    elif filling.period.last >= today:
        said = (
            f"The period is not finished: it ends on {long_date(filling.period.last)}, and this "
            f"was counted on {long_date(today)}."
        )
        filling.warn(said, on_paper=said)


def _of_gaps(filling: Filling, found: Gaps) -> None:
    held = filling.numbers.totals.get("sessions_held")
    if held is not None and not held.value:
        filling.warn("No sessions were held in this period.")
    if found.untimed:
        add = "it adds" if found.untimed == 1 else "they add"
        filling.warn(
            f"{_sessions(found.untimed)} no times, so {add} no hours. Give the times and count again.",
            on_paper=f"{_sessions(found.untimed)} no times, so {add} no hours.",
        )
    if found.unmarked:
        are = "it is" if found.unmarked == 1 else "they are"
        filling.warn(
            f"{_sessions(found.unmarked)} nothing entered, so {are} not counted. Take the "
            "register, or cancel with a reason."
        )
    begins = found.begins_on
    if begins is not None and begins in filling.period and begins != filling.period.first:
        said = (
            f"The book begins on {long_date(begins)}, inside this period: people who came before "
            "it was begun count as new."
        )
        filling.warn(said, on_paper=said)


def _sessions(number: int) -> str:
    return "1 session has" if number == 1 else f"{number:,} sessions have"


def _of_not_asked(filling: Filling) -> None:
    for (name, by), cut in filling.numbers.parts.items():
        if name != "people" or not cut.breakdown.demographic or not cut.total:
            continue
        not_asked = next((part.value or 0 for part in cut.parts if part.key == "not_asked"), 0)
        share = not_asked / cut.total
        if share >= _MUCH:
            title = breakdown(by).title.partition(" (")[0]
            filling.warn(
                f"{title} was not asked of {not_asked:,} of {cut.total:,} people ({share:.0%}), so "
                "its table says little."
            )


def _of_answers(filling: Filling) -> None:
    known = {question.id for question in filling.template.questions()}
    known |= {name for spec in filling.template.walk() for name in spec.takes}
    for name in filling.options.answers:
        if name not in known:
            among = ", ".join(sorted(known)) or "none"
            filling.warn(f"There is no question called {name} here. The questions are: {among}.")

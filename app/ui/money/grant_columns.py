"""The columns of the list of grants: how far each is, what is left, what comes next."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt

from app.domain.grants import HELD, STATE_WORDS, Grant, GrantStanding, GrantState
from app.domain.ids import GrantId
from app.domain.money import pounds
from app.domain.periods import short_date
from app.ui.tables.rows_model import Column
from app.ui.texts import tr

Standings = dict[GrantId, GrantStanding]
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CHIPS = {
    GrantState.PLANNED: ("plain", "pencil"),
    GrantState.APPLIED: ("due", "clock"),
    GrantState.AWARDED: ("good", "circle-check"),
    GrantState.REFUSED: ("plain", "x"),
    GrantState.WITHDRAWN: ("plain", "undo"),
    GrantState.CLOSED: ("plain", "check"),
}


def next_words(grant: Grant, today: dt.date) -> str:
    """Return the next day that matters of a grant."""
    again, report = grant.apply_again_on, grant.report_due_on
    if grant.state is GrantState.AWARDED and report is not None:
        late = report < today
        words_ = tr("Report was due {day}") if late else tr("Report {day}")
        return words_.format(day=short_date(report))
    if again is not None:
        words_ = tr("Apply again now") if again <= today else tr("Again {day}")
        return words_.format(day=short_date(again))
    if grant.state is GrantState.APPLIED and grant.applied_on is not None:
        return tr("Applied {day}").format(day=short_date(grant.applied_on))
    return tr("Until {day}").format(day=short_date(grant.ends_on)) if grant.ends_on else ""


def columns(
    standings: Callable[[], Standings], today: Callable[[], dt.date]
) -> tuple[Column[Grant], ...]:
    """Return the columns of the grants."""

    def left(grant: Grant) -> str:
        found = standings().get(grant.id)
        if found is None:  # in a long book it is added up once the list is there
            return "…" if grant.state in HELD else "—"
        return pounds(found.left_pence)

    def whole(grant: Grant) -> str:
        pence = grant.awarded_pence if grant.state in HELD else grant.applied_pence
        return pounds(pence) if pence is not None else "—"

    return (
        Column(key="funder", title="Funder", text=lambda g: g.funder, look="strong"),
        Column(
            key="state", title="How far", width=172, least=168,
            text=lambda g: STATE_WORDS[g.state], chip=lambda g: _CHIPS[g.state],
        ),
        Column(key="sum", title="Sum", text=whole, width=94, align=_RIGHT, spare=2),
        Column(key="left", title="Left", text=left, width=90, align=_RIGHT),
        Column(
            key="next", title="Next", width=190, spare=True, look="aside",
            text=lambda g: next_words(g, today()),
        ),
    )  # fmt: skip

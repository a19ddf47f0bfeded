"""When a report is due, in words."""

from app.services.reports_due import ReportDue
from app.ui.texts import counted, tr


def left_words(one: ReportDue) -> str:
    """Return how many days are left, in two or three words."""
    if one.state == "done":
        return tr("Done")
    days = one.days_left
    if days < 0:
        return counted(-days, tr("day overdue"), tr("days overdue"))
    return counted(days, tr("day left"), tr("days left")) if days else tr("Due today")


def when_words(one: ReportDue) -> str:
    """Return when a report is due, beginning with a large letter."""
    return one.text[:1].upper() + one.text[1:]

"""What is said of funded places and agreements; a state is always a word and a shape."""

import datetime as dt

from PySide6.QtCore import QCoreApplication

from app.domain.money import pounds
from app.domain.periods import short_date
from app.domain.places import (
    EXPIRING_DAYS,
    KINDS,
    Agreement,
    AgreementKind,
    CountedBy,
    PlaceCount,
    PlaceSession,
    PricePer,
    ages_of,
    days_of,
)
from app.domain.referrals import SOURCE_TYPES
from app.services.places import AgreementStanding, PlaceStanding
from app.ui import texts

COUNTED_BY = {CountedBy.SESSIONS: "Sessions", CountedBy.WEEKS: "Weeks with a session"}
PRICE_PER = {PricePer.PLACE: "The whole place", PricePer.SESSION: "Each session used"}
_MARKS = {
    "present": "Here",
    "late": "Here, late",
    "absent": "Did not come",
    "apology": "Sent apologies",
    "": "Not marked",
}

Chip = tuple[str, str, str]
"""Words, tone and icon."""


def tr(text: str) -> str:
    """Translate a text of no particular page."""
    return QCoreApplication.translate("places", text)


def units(number: int, counted_by: CountedBy) -> str:
    """Return "1 session", "12 weeks"."""
    if counted_by is CountedBy.WEEKS:
        return texts.counted(number, tr("week"), tr("weeks"))
    return texts.counted(number, tr("session"), tr("sessions"))


def used_words(count: PlaceCount, counted_by: CountedBy) -> str:
    """Return how much of what was granted is used: 5 of 12 weeks."""
    return tr("{used} of {granted}").format(
        used=f"{count.used:,}", granted=units(count.granted, counted_by)
    )


def short_used(count: PlaceCount) -> str:
    """Return how much is used where the unit stands beside it: 5 of 12."""
    return tr("{used} of {granted}").format(used=f"{count.used:,}", granted=f"{count.granted:,}")


def person_name(one: PlaceStanding) -> str:
    """Return whose place it is, as on a register."""
    given = f"{one.given_name} ({one.known_as})" if one.known_as else one.given_name
    return " ".join(part for part in (given, one.family_name) if part)


def _in_days(last: dt.date, today: dt.date) -> str:
    left = (last - today).days
    return tr("Ends today") if not left else tr("Ends in {days}").format(
        days=texts.counted(left, tr("day"), tr("days"))
    )  # fmt: skip


def place_chip(one: PlaceStanding, today: dt.date) -> Chip:
    """Return how a place stands."""
    if one.from_on > today:
        return tr("Begins {day}").format(day=texts.day_and_month(one.from_on)), "plain", "calendar"
    if one.last_on is not None and one.last_on < today:
        if one.count.expired:
            rest = f"{one.count.expired:,}"
            return tr("Over, {rest} unused").format(rest=rest), "plain", "calendar-x"
        return tr("Over, all used"), "plain", "check"
    if one.count.out:
        return tr("All used"), "overdue", "triangle-alert"
    if one.last_on is not None and (one.last_on - today).days <= EXPIRING_DAYS:
        return _in_days(one.last_on, today), "due", "clock"
    return tr("Running"), "good", "circle-check"


def agreement_chip(one: AgreementStanding, today: dt.date) -> Chip:
    """Return how an agreement stands: what is to be done about it comes first."""
    agreement = one.agreement
    if agreement.from_on > today:
        day = texts.day_and_month(agreement.from_on)
        return tr("Begins {day}").format(day=day), "plain", "calendar"
    if one.over(today):
        return tr("Over"), "plain", "calendar-x"
    if one.out:
        return tr("{count} used up").format(count=one.out), "overdue", "triangle-alert"
    if one.expiring:
        return tr("{count} ending soon").format(count=one.expiring), "due", "clock"
    if agreement.to_on is not None and (agreement.to_on - today).days <= EXPIRING_DAYS:
        return _in_days(agreement.to_on, today), "due", "clock"
    return tr("Running"), "good", "circle-check"


def given_words(one: AgreementStanding) -> str:
    """Return how many places were given: 8 of 10."""
    places = one.agreement.places
    if places is None:
        return f"{one.given:,}"
    return tr("{given} of {places}").format(given=f"{one.given:,}", places=f"{places:,}")


def title_of(agreement: Agreement) -> str:
    """Return reference and funder."""
    return " · ".join(part for part in (agreement.reference, agreement.funder) if part)


def worth_words(pence: int | None) -> str:
    """Return money, or nothing where no price was agreed."""
    return "" if pence is None else pounds(pence)


def price_words(agreement: Agreement) -> str:
    """Return what is paid for what: £144.00 for the whole place."""
    if agreement.price_pence is None:
        return ""
    what = {PricePer.PLACE: tr("a place"), PricePer.SESSION: tr("a session used")}
    return f"{pounds(agreement.price_pence)} {what[agreement.price_per]}"


def ages_words(agreement: Agreement) -> str:
    """Return for whom by age: ages 11 to 18; "" where nobody said."""
    if agreement.age_from is None and agreement.age_to is None:
        return ""
    return tr("ages {ages}").format(ages=ages_of(agreement))


def terms(agreement: Agreement, activities: dict[int, str]) -> tuple[tuple[str, str], ...]:
    """Return the terms of an agreement, a label and its words each; what was not said is left out."""
    each = units(agreement.units_each, agreement.counted_by) if agreement.units_each else ""
    paid = [activities[one] for one in agreement.activities if one in activities]
    kinds = [SOURCE_TYPES[one] for one in agreement.source_types]
    aged = agreement.age_from is not None or agreement.age_to is not None
    found = (
        (tr("Kind"), tr(KINDS[agreement.kind])),
        (tr("Who pays"), agreement.funder),
        (tr("Holds"), days_of(agreement)),
        (tr("Places"), f"{agreement.places:,}" if agreement.places else tr("no number agreed")),
        (tr("Each place"), each),
        (tr("Price"), price_words(agreement)),
        (tr("Each quarter"), worth_words(agreement.quarterly_pence)),
        (tr("Pays for"), ", ".join(paid) or tr("every activity")),
        (tr("Sent by"), ", ".join(kinds) or tr("anybody")),
        (tr("Ages"), ages_of(agreement) if aged else ""),
        (tr("Parent or carer"), tr("has to agree first") if agreement.parent_consent else ""),
        (
            tr("Not coming"),
            tr("without a word uses it too") if agreement.no_show_uses else tr("uses nothing"),
        ),
        (tr("Who counts"), agreement.who_counts),
        (tr("Notes"), agreement.notes),
    )
    return tuple((label, said) for label, said in found if said)


def mark_words(one: PlaceSession) -> str:
    """Return how somebody was marked at a session."""
    return tr(_MARKS.get(one.mark, "Not marked"))


def how_words(one: PlaceSession) -> str:
    """Return why a session uses the place or does not, where that needs a word."""
    if one.said is not None:
        said = tr("you said it uses it") if one.said else tr("you said it uses nothing")
        return f"{said}: {one.why}" if one.why else said
    if one.how == "no_show":
        return tr("did not come without a word")
    return "" if one.used or one.mark not in {"present", "late"} else tr("used by another place")


def whole_mark(one: PlaceSession) -> str:
    """Return how somebody was marked, and why the session uses the place or not."""
    return " · ".join(part for part in (mark_words(one), how_words(one)) if part)


def day_words(day: dt.date | None) -> str:
    """Return a day, or that there is no end."""
    return short_date(day) if day else tr("open")


def asks_quarterly(kind: AgreementKind) -> bool:
    """Say whether a kind of agreement has a value for each quarter."""
    return kind is AgreementKind.CONTRACT

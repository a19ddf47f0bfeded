"""Which agreement a return is about, and what it says: who pays for what, from when until when."""

from collections.abc import Sequence

from app.domain.errors import NotFound, Refused
from app.domain.money import pounds
from app.domain.periods import Period
from app.domain.places import KINDS, Agreement, AgreementKind, PricePer, ages_of, days_of
from app.domain.referrals import SOURCE_TYPES
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Fact, KeyFacts, Note, text
from app.returns.language.page_kinds import AgreementSpec
from app.returns.language.template import Template
from app.storage import activities, places
from app.storage.register import Register

NO_AGREEMENT = "No agreement is written down in this book yet."


def is_about_one(template: Template) -> bool:
    """Say whether a return is about an agreement, so that --grant names one."""
    return any(isinstance(spec, AgreementSpec) for spec in template.walk())


def chosen(
    template: Template, register: Register, reference: str | None, period: Period
) -> Agreement | None:
    """Return the agreement named, or the only one that fits; None where the book has none.

    Raises NotFound for a reference that is not there, Refused where several fit and none is named.
    """
    found = places.agreements(register)
    if reference:
        wanted = reference.strip().casefold()
        named = [one for one in found if one.name.casefold() == wanted]
        if not named:
            raise NotFound(
                f"There is no agreement with the reference {reference}. The agreements are: "
                f"{_listed(found) or 'none yet'}."
            )
        return named[0]
    fitting = _of_the_kind(template, found)
    if len(fitting) > 1:
        fitting = [one for one in fitting if _overlaps(one, period)] or fitting
    if len(fitting) > 1:
        raise Refused(
            f"{template.title} is about one agreement, and there are several: {_listed(fitting)}. "
            "Name one by its reference (--grant) and try again."
        )
    return fitting[0] if fitting else None


def _of_the_kind(template: Template, found: Sequence[Agreement]) -> list[Agreement]:
    """Return the agreements of the first kind that the return is for and the book has."""
    spec = next(spec for spec in template.walk() if isinstance(spec, AgreementSpec))
    for kind in spec.of:
        fitting = [one for one in found if one.kind is kind]
        if fitting:
            return fitting
    return list(found)


def _overlaps(one: Agreement, period: Period) -> bool:
    return one.from_on <= period.last and (one.to_on is None or one.to_on >= period.first)


def _listed(found: Sequence[Agreement]) -> str:
    return ", ".join(dict.fromkeys(one.name for one in found))


def agreement(filling: Filling, _: AgreementSpec) -> Sequence[Block]:
    """Return what the agreement says, as key facts."""
    one = filling.agreement
    if one is None:
        filling.warn(f"{NO_AGREEMENT} Write it down under Referrals, then print again.")
        return (Note(runs=text(f"{NO_AGREEMENT} What follows is of the whole group.")),)
    if not _overlaps(one, filling.period):
        filling.warn(f"The agreement {one.name} runs {days_of(one)}, outside this period.")
    facts = (
        ("Agreement", f"{KINDS[one.kind]}, {one.reference}" if one.reference else KINDS[one.kind]),
        ("Paid by", one.funder),
        ("Runs", days_of(one)),
        ("For", _activities(filling, one)),
        ("Places", _places(one)),
        ("Price", _price(one)),
        ("Ages", "" if one.age_from is None and one.age_to is None else ages_of(one)),
        ("Parent or carer", "Agrees before the first session" if one.parent_consent else ""),
        ("Sent by", ", ".join(SOURCE_TYPES[source] for source in one.source_types)),
        ("Who counts", one.who_counts),
    )
    return (KeyFacts(facts=tuple(Fact(label=label, text=said) for label, said in facts if said)),)


def _activities(filling: Filling, one: Agreement) -> str:
    found = (activities.get(filling.register, activity) for activity in one.activities)
    return ", ".join(activity.name for activity in found if activity) or "Everything we run"


def _places(one: Agreement) -> str:
    """Return "10, 12 weeks each", or for a single place "1 of 12 weeks"."""
    units = f"{one.units_each:,} {one.counted_by.value}" if one.units_each else ""
    if units and one.places == 1:
        return f"1 of {units}"
    parts = (f"{one.places:,}" if one.places else "", f"{units} each" if units else "")
    return ", ".join(part for part in parts if part)


def _price(one: Agreement) -> str:
    if one.kind is AgreementKind.CONTRACT and one.quarterly_pence is not None:
        return f"{pounds(one.quarterly_pence)} a quarter"
    if one.price_pence is None:
        return ""
    per = "session used" if one.price_per is PricePer.SESSION else "place"
    return f"{pounds(one.price_pence)} a {per}"

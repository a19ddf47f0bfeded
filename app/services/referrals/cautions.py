"""What to look at before a referral or a step is kept: said kindly, and never in the way."""

import datetime as dt

from app.domain.contacts import Guardian
from app.domain.ids import ActivityId, AgreementId, PersonId, ReferralId
from app.domain.people import ADULT, Person, PersonDraft, age_span, may_be_child
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.referrals import OPEN, SOURCE_TYPES, ReferralDraft
from app.services.people.changing import short_name
from app.storage import activities, contacts, people, referral_list, referrals
from app.storage.referral_list import ReferralRow
from app.storage.register import Register

CAUTIONS = frozenset(
    {"referral_twice", "referral_open_already", "referral_attending", "reference_taken",
     "age_outside_activity", "age_outside_agreement", "agreement_other_dates", "young_age_unknown",
     "young_parent_missing", "young_consent_missing"}
)  # fmt: skip
"""Problems that may stand: the same is done all the same when it is asked for with ``anyway``."""

STILL_COMING_DAYS = 84
"""Who came within twelve weeks before a referral is coming already."""


def only_cautions(problems: tuple[Problem, ...]) -> bool:
    """Say whether nothing but cautions stands in the way, so that "Keep it all the same" is offered."""
    return bool(problems) and all(problem.code in CAUTIONS for problem in problems)


def of_referral(
    register: Register,
    person: PersonDraft | None,
    draft: ReferralDraft,
    *,
    today: dt.date,
    but: ReferralId | None = None,
) -> tuple[Problem, ...]:
    """Return what to look at before a referral is kept; ``but`` is itself, when it is changed.

    The person is one of the book, or what is typed of a new one.
    """
    found = _reference_taken(register, draft, but, today)
    if person is None:
        return tuple(found)
    if but is None and isinstance(person, Person):
        found += _others(register, person, draft, today)
    found += _agreement(register, person, draft)
    found += _ages(register, person, draft.activity_id, draft.received_on or today)
    return tuple(found)


def _reference_taken(
    register: Register, draft: ReferralDraft, but: ReferralId | None, today: dt.date
) -> list[Problem]:
    if not draft.reference:
        return []
    for other in referrals.with_reference(register, draft.reference):
        row = next(iter(referral_list.rows(register, (other,), today)), None)
        if row is not None and other != but:
            values = {"value": draft.reference, "name": row.full_name}
            return [Problem(code="reference_taken", field="reference", values=values)]
    return []


def _others(
    register: Register, person: Person, draft: ReferralDraft, today: dt.date
) -> list[Problem]:
    name = short_name(person)
    ids = referrals.ids_of_person(register, person.id)
    rows = referral_list.rows(register, ids, today)
    for row in rows:
        if row.received_on == draft.received_on and _same_source(row, draft):
            values = {"name": name, "value": short_date(row.received_on)}
            return [Problem(code="referral_twice", values=values)]
    standing = next((row for row in rows if row.state in OPEN), None)
    if standing is not None:
        source = standing.referrer or SOURCE_TYPES[standing.source_type].lower()
        values = {"name": name, "value": short_date(standing.received_on), "source": source}
        return [Problem(code="referral_open_already", values=values)]
    return _attending(register, person, draft.received_on or today)


def _attending(register: Register, person: Person, day: dt.date) -> list[Problem]:
    came = people.seen(register, (person.id,)).get(person.id)
    if came is None or came[0] < day - dt.timedelta(days=STILL_COMING_DAYS):
        return []
    first = referrals.first_came(register, person.id) or came[0]
    values = {"name": short_name(person), "value": short_date(first)}
    return [Problem(code="referral_attending", values=values)]


def _same_source(row: ReferralRow, draft: ReferralDraft) -> bool:
    if row.referrer_id is not None or draft.referrer_id is not None:
        return row.referrer_id == draft.referrer_id
    return row.source_type == draft.source_type


def _agreement(register: Register, person: PersonDraft, draft: ReferralDraft) -> list[Problem]:
    if draft.who_pays != "agreement" or draft.agreement_id is None or draft.received_on is None:
        return []
    terms = referrals.agreement_terms(register, draft.agreement_id)
    if terms is None:
        return []
    found = []
    day = draft.received_on
    if day < terms.from_on or (terms.to_on is not None and day > terms.to_on):
        last = short_date(terms.to_on) if terms.to_on else "further notice"
        values = {"first": short_date(terms.from_on), "last": last, "value": short_date(day)}
        found.append(Problem(code="agreement_other_dates", field="agreement_id", values=values))
    span = age_span(person, day)
    outside = span is not None and _outside(span.low, span.high, terms.age_from, terms.age_to)
    if span is not None and outside:
        values = {
            "name": short_name(person),
            "age": span.words,
            "ages": ages_words(terms.age_from, terms.age_to),
        }
        found.append(Problem(code="age_outside_agreement", field="agreement_id", values=values))
    return found


def _outside(low: int, high: int, age_from: int | None, age_to: int | None) -> bool:
    """Whether none of the ages somebody may have fits."""
    return (age_from is not None and high < age_from) or (age_to is not None and low > age_to)


def ages_words(age_from: int | None, age_to: int | None) -> str:
    """Return an age limit as it is said: 11 to 17, 18 and over, up to 25."""
    if age_from is not None and age_to is not None:
        return f"{age_from} to {age_to}"
    return f"{age_from} and over" if age_from is not None else f"up to {age_to}"


def _ages(
    register: Register, person: PersonDraft, activity_id: ActivityId | None, day: dt.date
) -> list[Problem]:
    activity = activities.get(register, activity_id) if activity_id is not None else None
    if activity is None or (activity.age_from is None and activity.age_to is None):
        return []
    span = age_span(person, day)
    ages = ages_words(activity.age_from, activity.age_to)
    name = short_name(person)
    if span is None:
        # An adults' group that says "18 and over" wants to know; one for all ages has no limit.
        values = {"activity": activity.name, "ages": ages, "name": name}
        return [Problem(code="young_age_unknown", field="activity_id", values=values)]
    if not _outside(span.low, span.high, activity.age_from, activity.age_to):
        return []
    values = {"name": name, "age": span.words, "activity": activity.name, "ages": ages}
    return [Problem(code="age_outside_activity", field="activity_id", values=values)]


def of_taking_in(
    register: Register,
    person_id: PersonId,
    activity_id: ActivityId | None,
    agreement_id: AgreementId | None,
    day: dt.date,
) -> tuple[Problem, ...]:
    """Return what to look at before somebody is taken in: ages, and a parent's yes for the young.

    An agreement that asks for a parent's consent asks it of everybody who may be a child.
    """
    person = people.get(register, person_id)
    if person is None:
        return ()
    found = _ages(register, person, activity_id, day)
    terms = referrals.agreement_terms(register, agreement_id) if agreement_id else None
    young = may_be_child(person, day) or _young_by_place(register, person, activity_id, day)
    asked = terms is not None and terms.parent_consent and age_span(person, day) is None
    if not young and not asked:
        return tuple(found)
    guardians = contacts.guardians(register, person_id)
    values = {"name": short_name(person)}
    if not guardians:
        found.append(Problem(code="young_parent_missing", values=values))
    elif not any(_agreed(one, day) for one in guardians):
        found.append(Problem(code="young_consent_missing", values=values))
    return tuple(found)


def _agreed(guardian: Guardian, day: dt.date) -> bool:
    return guardian.activity_consent_on is not None and guardian.activity_consent_on <= day


def _young_by_place(
    register: Register, person: Person, activity_id: ActivityId | None, day: dt.date
) -> bool:
    """Whether nothing is known of their age and the activity is for children alone."""
    activity = activities.get(register, activity_id) if activity_id is not None else None
    if activity is None or activity.age_to is None or age_span(person, day) is not None:
        return False
    return activity.age_to < ADULT

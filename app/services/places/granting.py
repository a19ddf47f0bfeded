"""One person's funded place: give it, change it, end it, correct what used it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.domain import places as rules
from app.domain.activities import Session, SessionState
from app.domain.changes import Topic
from app.domain.ids import AgreementId, PersonId, PlaceId, SessionId
from app.domain.names import NAME_LIMIT, clean, clean_lines
from app.domain.people import Person
from app.domain.periods import short_date
from app.domain.places import Agreement, AgreementKind, FundedPlace, PlaceDraft
from app.domain.problems import Problem
from app.services.people.changing import short_name
from app.services.places.agreements import get_agreement
from app.services.result import Done, Refused
from app.storage import activities, contacts, people, place_counts, places, referrals
from app.storage.register import Register

TOPICS = frozenset({Topic.PLACES})
_WITH_REFERRAL = TOPICS | {Topic.REFERRALS}


def grant_place(register: Register, draft: PlaceDraft, *, today: dt.date) -> Done | Refused:
    """Give somebody a place under an agreement, from a referral or not.

    Units that are not said are the agreement's. The referral says from then on who pays for it.
    What is only a word of care comes from `place_cautions`.
    """
    draft = _tidy(draft)
    agreement, person = _both(register, draft)
    if agreement is None or person is None:
        return Refused(problems=_missing(agreement, person))
    problems = (*_place_problems(register, draft, agreement, person, today),)
    problems += _room(register, agreement)
    if problems:
        return Refused(problems=problems)
    text = f"give {short_name(person)} a place under {agreement.name}"
    topics = TOPICS if draft.referral_id is None else _WITH_REFERRAL
    with register.transaction("place.grant", text=text, topics=topics, subject_id=person.id):
        place_id = places.add_place(register, draft, _units(draft, agreement))
        _say_who_pays(register, draft, agreement)
    return Done(changes=topics, text=text, ids=(place_id,))


def _say_who_pays(register: Register, draft: PlaceDraft, agreement: Agreement) -> None:
    """Note on the referral a place was given from that it is paid for, and by what."""
    if draft.referral_id is None:
        return
    if agreement.kind is AgreementKind.SPOT:
        referrals.set_who_pays(register, draft.referral_id, "spot", None)
    else:
        referrals.set_who_pays(register, draft.referral_id, "agreement", agreement.id)


def change_place(
    register: Register, place_id: PlaceId, draft: PlaceDraft, *, today: dt.date
) -> Done | Refused:
    """Change a place's days, units, price, referral or notes; not whose it is."""
    place = get_place(register, place_id)
    if place is None:
        return Refused(problems=(Problem(code="place_gone"),))
    draft = _tidy(draft)
    draft = replace(draft, agreement_id=place.agreement_id, person_id=place.person_id)
    agreement, person = _both(register, draft)
    if agreement is None or person is None:
        return Refused(problems=_missing(agreement, person))
    problems = _place_problems(register, draft, agreement, person, today)
    units = _units(draft, agreement)
    used = _used(register, place_id, today)
    if not problems and units < used:
        values = {"used": str(used)}
        problems = (Problem(code="place_units_used", field="units", values=values),)
    if problems:
        return Refused(problems=problems)

    def write() -> None:
        places.change_place(register, place_id, draft, units)
        if draft.referral_id != place.referral_id:
            _say_who_pays(register, draft, agreement)

    return _write(
        register, place, person, "place.change", f"change {short_name(person)}'s place", write,
        topics=_WITH_REFERRAL,
    )  # fmt: skip


def end_place(
    register: Register, place_id: PlaceId, last: dt.date, *, today: dt.date
) -> Done | Refused:
    """End a place with a last day before its agreement's; what it used by then stays used."""
    place = get_place(register, place_id)
    if place is None:
        return Refused(problems=(Problem(code="place_gone"),))
    if last < place.from_on:
        values = {"start": short_date(place.from_on)}
        problem = Problem(code="place_ends_before", field="to_on", values=values)
        return Refused(problems=(problem,))
    agreement, person = _both(register, place)
    if agreement is None or person is None:
        return Refused(problems=_missing(agreement, person))
    draft = replace(_draft_of(place), to_on=last)
    problems = rules.validate_place(draft, agreement, today=today)
    if problems:
        return Refused(problems=problems)
    text = f"end {short_name(person)}'s place on {short_date(last)}"
    return _write(
        register, place, person, "place.end", text,
        lambda: places.change_place(register, place_id, draft, place.units),
    )  # fmt: skip


def put_place_in_bin(register: Register, place_id: PlaceId) -> Done | Refused:
    """Put a place in the bin that was given by mistake; it counts nowhere then."""
    place = get_place(register, place_id)
    if place is None:
        return Refused(problems=(Problem(code="place_gone"),))
    person = people.get(register, place.person_id)
    return _write(
        register, place, person, "place.bin", f"put {_whose(person)} place in the bin",
        lambda: places.set_place_binned(register, place_id, register.stamp()),
    )  # fmt: skip


def take_place_out_of_bin(register: Register, place_id: PlaceId) -> Done | Refused:
    """Take a place out of the bin, where its agreement still has room for it."""
    place = places.get_place(register, place_id)
    agreement, person = _both(register, place) if place else (None, None)
    if place is None or agreement is None or person is None:
        return Refused(problems=(Problem(code="place_gone"),))
    problems = _room(register, agreement) if place.binned else ()
    problems += _days_only(place, agreement)
    if problems:
        return Refused(problems=problems)
    return _write(
        register, place, person, "place.unbin", f"take {_whose(person)} place out of the bin",
        lambda: places.set_place_binned(register, place_id, None),
    )  # fmt: skip


def correct_use(
    register: Register,
    place_id: PlaceId,
    session_id: SessionId,
    uses: bool | None,
    why: str = "",
) -> Done | Refused:
    """Say of one session that it uses a place or does not; None lets the marks say it again."""
    place = get_place(register, place_id)
    if place is None:
        return Refused(problems=(Problem(code="place_gone"),))
    problems = _use_problems(register, place, session_id, uses, why)
    if problems:
        return Refused(problems=problems)
    person = people.get(register, place.person_id)
    return _write(
        register, place, person, "place.correct", f"correct {_whose(person)} place",
        lambda: places.correct(register, place_id, session_id, uses, clean(why)),
    )  # fmt: skip


def _use_problems(
    register: Register, place: FundedPlace, session_id: SessionId, uses: bool | None, why: str
) -> tuple[Problem, ...]:
    session = activities.session(register, session_id)
    agreement = places.get_agreement(register, place.agreement_id)
    if session is None or agreement is None:
        return (Problem(code="session_gone"),)
    if len(clean(why)) > NAME_LIMIT:
        values = {"limit": str(NAME_LIMIT)}
        return (Problem(code="text_too_long", field="why", values=values),)
    within = place.from_on <= session.session_on and (
        place.last_on is None or session.session_on <= place.last_on
    )
    if not within or not agreement.pays_for(session.activity_id):
        return (Problem(code="session_not_of_place"),)
    return _may_use(register, place, session, agreement) if uses else ()


def _may_use(
    register: Register, place: FundedPlace, session: Session, agreement: Agreement
) -> tuple[Problem, ...]:
    if session.state is SessionState.CANCELLED:
        return (Problem(code="session_cancelled"),)
    other = places.place_using(register, place.person_id, session.id)
    if other == place.id:
        return ()
    if other is not None:
        return (Problem(code="session_on_other_place"),)
    return _no_unit_left(register, place, session.session_on, agreement)


def _no_unit_left(
    register: Register, place: FundedPlace, day: dt.date, agreement: Agreement
) -> tuple[Problem, ...]:
    """Say that nothing is left for one more session, unless its week is used anyway."""
    used = [one for one in places.sessions_of(register, place.id) if one.used]
    if agreement.counted_by is rules.CountedBy.WEEKS:
        weeks = {one.session_on.isocalendar()[:2] for one in used}
        full = len(weeks | {day.isocalendar()[:2]}) > place.units
    else:
        full = len(used) >= place.units
    if not full:
        return ()
    return (Problem(code="place_used_up", values={"units": str(place.units)}),)


def get_place(register: Register, place_id: PlaceId) -> FundedPlace | None:
    """Return a place, or None when it is gone or in the bin."""
    place = places.get_place(register, place_id)
    return None if place is None or place.binned else place


def place_cautions(register: Register, draft: PlaceDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return words of care about a place that is about to be given: nothing is refused by them.

    That the age is not known well enough, that a parent or carer has to agree first, that the
    agreement does not name this kind of referrer, that they have a place with something left.
    """
    agreement, person = _both(register, draft)
    if agreement is None or person is None:
        return ()
    day = draft.from_on or today
    found = [rules.age_unsure(agreement, person, day)]
    if agreement.parent_consent and not parent_agreed(register, person.id, today):
        values = {"name": agreement.name}
        found.append(Problem(code="parent_consent_needed", field="person_id", values=values))
    found.append(_source_caution(register, draft, agreement))
    own = place_counts.standings(register, today, agreement_id=agreement.id, person_id=person.id)
    left = sum(one.count.left for one in own)
    if left:
        values = {"name": agreement.name, "left": str(left)}
        found.append(Problem(code="place_has_already", field="person_id", values=values))
    return tuple(problem for problem in found if problem is not None)


def parent_agreed(register: Register, person_id: PersonId, day: dt.date) -> bool:
    """Say whether a parent or carer agreed to the activity by a day."""
    return any(
        one.activity_consent_on is not None and one.activity_consent_on <= day
        for one in contacts.guardians(register, person_id)
    )


def _source_caution(register: Register, draft: PlaceDraft, agreement: Agreement) -> Problem | None:
    if not agreement.source_types or draft.referral_id is None:
        return None
    found = places.referral_of(register, draft.referral_id)
    if found is None or found[1] in agreement.source_types:
        return None
    return Problem(code="source_not_paid_for", field="referral_id", values={"name": agreement.name})


def _tidy(draft: PlaceDraft) -> PlaceDraft:
    return replace(draft, notes=clean_lines(draft.notes))


def _draft_of(place: FundedPlace) -> PlaceDraft:
    return PlaceDraft(
        agreement_id=place.agreement_id, person_id=place.person_id,
        referral_id=place.referral_id, from_on=place.from_on, to_on=place.to_on,
        units=place.units, price_pence=place.price_pence, notes=place.notes,
    )  # fmt: skip


def _both(register: Register, draft: PlaceDraft) -> tuple[Agreement | None, Person | None]:
    agreement_id = draft.agreement_id or AgreementId(0)
    person = people.get(register, draft.person_id) if draft.person_id else None
    there = person is not None and not person.binned and person.merged_into is None
    return get_agreement(register, agreement_id), person if there else None


def _missing(agreement: Agreement | None, person: Person | None) -> tuple[Problem, ...]:
    gone = []
    if agreement is None:
        gone.append(Problem(code="agreement_gone", field="agreement_id"))
    if person is None:
        gone.append(Problem(code="person_gone", field="person_id"))
    return tuple(gone)


def _place_problems(
    register: Register, draft: PlaceDraft, agreement: Agreement, person: Person, today: dt.date
) -> tuple[Problem, ...]:
    problems = list(rules.validate_place(draft, agreement, today=today))
    if draft.from_on is not None:
        wrong_age = rules.age_problem(agreement, person, draft.from_on)
        problems += [wrong_age] if wrong_age else []
    if draft.referral_id is not None:
        found = places.referral_of(register, draft.referral_id)
        if found is None or found[0] != person.id:
            problems.append(Problem(code="referral_of_another", field="referral_id"))
    return tuple(problems)


def _days_only(place: FundedPlace, agreement: Agreement) -> tuple[Problem, ...]:
    draft = _draft_of(place)
    return tuple(
        problem
        for problem in rules.validate_place(draft, agreement, today=place.from_on)
        if problem.code == "place_outside_agreement"
    )


def _room(register: Register, agreement: Agreement) -> tuple[Problem, ...]:
    given = len(places.places_under(register, agreement.id))
    if agreement.places is None or given < agreement.places:
        return ()
    values = {"count": str(agreement.places), "name": agreement.name}
    return (Problem(code="places_all_given", field="agreement_id", values=values),)


def _units(draft: PlaceDraft, agreement: Agreement) -> int:
    return draft.units or agreement.units_each or 0


def _used(register: Register, place_id: PlaceId, today: dt.date) -> int:
    found = place_counts.standings(register, today, place_id=place_id)
    return found[0].count.used if found else 0


def _whose(person: Person | None) -> str:
    return f"{short_name(person)}'s" if person else "a"


def _write(
    register: Register,
    place: FundedPlace,
    person: Person | None,
    use_case: str,
    text: str,
    write: Callable[[], None],
    *,
    topics: frozenset[Topic] = TOPICS,
) -> Done:
    subject = person.id if person else place.id
    with register.transaction(use_case, text=text, topics=topics, subject_id=subject):
        write()
    return Done(changes=topics, text=text, ids=(place.id,))

"""Two records of one person: compared, joined, and parted again for ever."""

from collections.abc import Mapping

from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.merging import joined
from app.domain.people import Person, PersonDraft, validate_person
from app.domain.problems import Problem
from app.services.people.changing import short_name
from app.services.result import Done, Refused
from app.storage import merging, people
from app.storage.merging import JoinedRecord
from app.storage.register import Register

_TOPICS = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})


def merge_people(
    register: Register,
    kept: PersonId,
    merged: PersonId,
    *,
    take_other: Mapping[str, bool] | None = None,
) -> Done | Refused:
    """Make two records one person, now and in every earlier period; can be taken back for ever.

    ``take_other`` says, by ``Differing.key``, what is taken from the other record; what it does
    not name fills blanks. None changes nothing the kept record says.
    """
    keeper, other = people.get(register, kept), people.get(register, merged)
    problem = _may_join(keeper, other)
    if keeper is None or other is None or problem is not None:
        return Refused(problems=(problem or Problem(code="person_gone"),))
    become: PersonDraft | None = None
    if take_other is not None:
        become = joined(keeper, other, take_other)
        problems = validate_person(become, today=register.now().date())
        if problems:
            return Refused(problems=problems)
    text = f"join {short_name(other)} with {short_name(keeper)}"
    with register.transaction(
        "person.merge", text=text, topics=_TOPICS, subject_ids=(kept, merged)
    ):
        merging.merge(register, kept, merged, register.stamp(), become=become)
    return Done(changes=_TOPICS, text=text, ids=(kept, merged))


def _may_join(keeper: Person | None, other: Person | None) -> Problem | None:
    if keeper is None or other is None:
        return Problem(code="person_gone")
    if keeper.id == other.id:
        return Problem(code="merge_with_self")
    if keeper.binned or other.binned:
        return Problem(code="person_in_bin")
    if keeper.merged_into or other.merged_into:
        return Problem(code="person_joined")
    if keeper.nameless or other.nameless:
        return Problem(code="person_nameless_stays")
    return None


def unmerge_person(register: Register, merged: PersonId) -> Done | Refused:
    """Make a joined record a person of its own again, and give the kept one its values back."""
    other = people.get(register, merged)
    if other is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if other.merged_into is None:
        return Refused(problems=(Problem(code="not_joined"),))
    if other.nameless:
        return Refused(problems=(Problem(code="person_nameless_stays"),))
    text = f"part {short_name(other)} again"
    subjects = (merged, other.merged_into)
    with register.transaction("person.unmerge", text=text, topics=_TOPICS, subject_ids=subjects):
        merging.unmerge(register, merged, register.stamp())
    return Done(changes=_TOPICS, text=text, ids=(merged,))


def joined_records(register: Register, person_id: PersonId) -> tuple[JoinedRecord, ...]:
    """Return the records that are joined to a person."""
    return merging.records_of(register, person_id)

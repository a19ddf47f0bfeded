"""Answers that are not known by themselves: counted while a file is read, and given a meaning by somebody."""

from collections import Counter
from collections.abc import Iterable, Mapping

from app.domain.attendance import Role
from app.domain.equality import ANSWERS, NOT_ASKED
from app.domain.equality import Question as Asked
from app.importers.base import ValueMeaning
from app.importers.fields import Field
from app.importers.referral_values import CODES, known_code
from app.importers.values import EQUALITY_FIELDS, known_answer

ROLE_WORDS: Mapping[str, Role] = {
    "v": Role.VOLUNTEER, "vol": Role.VOLUNTEER, "volunteer": Role.VOLUNTEER,
    "volunteers": Role.VOLUNTEER, "helper": Role.VOLUNTEER, "yes": Role.VOLUNTEER,
    "y": Role.VOLUNTEER, "leader": Role.LEADER, "staff": Role.LEADER, "tutor": Role.LEADER,
    "carer": Role.CARER, "participant": Role.PARTICIPANT, "member": Role.PARTICIPANT,
    "p": Role.PARTICIPANT, "attendee": Role.PARTICIPANT, "no": Role.PARTICIPANT,
    "n": Role.PARTICIPANT, "client": Role.PARTICIPANT,
}  # fmt: skip
"""What people write under role, and what it means."""

MAPPED = EQUALITY_FIELDS | {Field.ROLE} | CODES.keys()
"""The fields whose answers can be given a meaning."""

_BLANK = frozenset(
    {"", "blank", "leave blank", "leave it blank", "not recorded", "not asked", NOT_ASKED}
)


def words_of(field: Field) -> Mapping[str, str]:
    """Return the answers a field can have: code to words, as they are printed."""
    if field is Field.ROLE:
        return {
            Role.PARTICIPANT: "Comes", Role.VOLUNTEER: "Volunteers", Role.LEADER: "Leads",
            Role.CARER: "Somebody’s carer", NOT_ASKED: "Leave blank",
        }  # fmt: skip
    if field in CODES:
        return {**CODES[field], NOT_ASKED: "Leave blank"}
    return ANSWERS[Asked(field.value)]


def code_of(field: Field, words: str) -> str | None:
    """Return the code that somebody's words for an answer stand for, or None when they are not known."""
    key = words.strip().casefold()
    if key in _BLANK:
        return NOT_ASKED
    if field is Field.ROLE:
        role = Role(key) if key in set(Role) else ROLE_WORDS.get(key)
        return role.value if role is not None else None
    if field in CODES:
        return key if key in CODES[field] else known_code(field, words)
    # "other" and the like may be a code of the field and mean something else as a word.
    return key if key in words_of(field) else known_answer(field, words)


class Sayings:
    """The answers of one table that are not known by themselves, with what was said about them."""

    def __init__(self, told: Mapping[str, Mapping[str, str]]) -> None:
        self._told = {
            field: {written.strip().casefold(): code for written, code in answers.items()}
            for field, answers in told.items()
        }
        self._counts: Counter[tuple[Field, str]] = Counter()

    def told(self, field: Field, written: str) -> str:
        """Return the code that somebody gave an answer, "" where nobody has; it is counted."""
        code = self._told.get(field.value, {}).get(written.strip().casefold(), "")
        if code:
            self._counts[field, written] += 1
        return code

    def role(self, written: str) -> Role | None:
        """Return the role that is written, by somebody's say or as people write it."""
        if not written:
            return None
        code = self.told(Field.ROLE, written)
        if code == NOT_ASKED:
            return None
        role = Role(code) if code else ROLE_WORDS.get(written.casefold())
        if role is None:
            self.unknown(Field.ROLE, written)
        return role

    def unknown(self, field: Field, written: str) -> None:
        """Count an answer that is not known."""
        self._counts[field, written] += 1

    def meanings(self, headers: Mapping[Field, str]) -> tuple[ValueMeaning, ...]:
        """Return them all, with the headers of their columns."""
        return tuple(
            ValueMeaning(
                taken_as=field.value, header=headers.get(field, ""), written=written, count=count,
                code=self._told.get(field.value, {}).get(written.strip().casefold(), ""),
            )
            for (field, written), count in self._counts.items()
        )  # fmt: skip


def gathered(found: Iterable[ValueMeaning]) -> tuple[ValueMeaning, ...]:
    """Return answers of several tables as one list: by column, commonest first, each once."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], ValueMeaning] = {}
    for value in found:
        key = (value.taken_as, value.written)
        counts[key] += value.count
        first.setdefault(key, value)
    ordered = sorted(first, key=lambda key: (key[0], -counts[key], key[1]))
    return tuple(
        ValueMeaning(
            taken_as=key[0], header=first[key].header, written=key[1], count=counts[key],
            code=first[key].code,
        )
        for key in ordered
    )  # fmt: skip

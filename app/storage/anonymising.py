"""Wiping a person out of a register: every column that has to do with somebody is named here once.

What is not named as kept is wiped. A test walks the schema and finds any table or column that
belongs to a person and is in none of these lists.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.anonymising import Because, Span
from app.domain.ids import PersonId
from app.domain.names import sort_key
from app.storage.register import Register

_EMPTY = "''"
_NULL = "NULL"

# How the rows of a table find their person: {ids} is a list of all records of that person.
_OF_PERSON = "person_id IN {ids}"
_OF_REFERRAL = "referral_id IN (SELECT id FROM referral WHERE person_id IN {ids})"
_OF_RESPONSE = "response_id IN (SELECT id FROM response WHERE person_id IN {ids})"
_OF_PLACE = "place_id IN (SELECT id FROM funded_place WHERE person_id IN {ids})"
_OF_CLAIM = "claim_id IN (SELECT id FROM claim WHERE person_id IN {ids})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table that holds something of a person: what of it stays, and what the rest becomes."""

    of: str
    kept: tuple[str, ...] = ()
    wiped: Mapping[str, str] = field(default_factory=dict)
    """Column to the SQL that takes its place."""
    gone: bool = False
    """Whether the rows go whole."""


def _wiped(*names: str, to: str = _EMPTY) -> dict[str, str]:
    return dict.fromkeys(names, to)


PARTS: Mapping[str, Part] = {
    "emergency_contact": Part(of=_OF_PERSON, gone=True),
    "person_access": Part(of=_OF_PERSON, gone=True),
    "person_code": Part(of=_OF_PERSON, gone=True),
    "story": Part(of=_OF_PERSON, gone=True),
    "story_use": Part(
        of="story_id IN (SELECT id FROM story WHERE person_id IN {ids})", gone=True
    ),
    "claim_line": Part(
        of=_OF_CLAIM,
        kept=(
            "id", "claim_id", "kind", "spent_on", "tenths_of_miles", "amount_pence", "heading_id",
            "fund_id", "activity_id", "grant_id",
        ),
        wiped=_wiped("what"),
    ),
    "claim": Part(
        of=_OF_PERSON,
        kept=("id", "claimed_on", "approved_by", "approved_on", "entry_id", "binned_at"),
        wiped=_wiped("note") | _wiped("person_id", to=_NULL),
    ),
    # The law wants accounts kept, so what was paid stays; that it was this person does not.
    "entry": Part(
        of=_OF_PERSON,
        kept=(
            "id", "kind", "entry_on", "payee", "description", "method", "reference", "approved_by",
            "minute", "note", "session_id", "bank_key", "bank_text", "binned_at", "import_id",
        ),
        wiped=_wiped("person_id", to=_NULL),
    ),
    "place_correction": Part(
        of=_OF_PLACE, kept=("place_id", "session_id", "uses"), wiped=_wiped("why")
    ),
    "funded_place": Part(
        of=_OF_PERSON,
        kept=(
            "id", "agreement_id", "person_id", "referral_id", "from_on", "to_on", "units",
            "price_pence", "binned_at",
        ),
        wiped=_wiped("notes"),
    ),
    "referral_letter": Part(
        of=_OF_REFERRAL,
        kept=("id", "referral_id", "kind", "sent_on", "channel"),
        wiped=_wiped("sent_to", "told"),
    ),
    "referral_step": Part(
        of=_OF_REFERRAL,
        kept=("id", "referral_id", "step", "step_on", "reason"),
        wiped=_wiped("note"),
    ),
    "referral_need": Part(of=_OF_REFERRAL, kept=("referral_id", "need")),
    "referral_reason": Part(of=_OF_REFERRAL, kept=("referral_id", "reason")),
    "referral": Part(
        of=_OF_PERSON,
        kept=(
            "id", "person_id", "activity_id", "source_type", "referrer_id", "worker_id", "channel",
            "received_on", "report_back", "who_pays", "agreement_id", "binned_at", "import_id",
        ),
        wiped=_wiped("reference", "what_helps", "notes"),
    ),
    "response_item": Part(of=_OF_RESPONSE, kept=("response_id", "item", "state", "value")),
    "response_score": Part(of=_OF_RESPONSE, kept=("response_id", "scale", "score")),
    "response": Part(
        of=_OF_PERSON,
        kept=(
            "id", "person_id", "measure", "measure_version", "answered_on", "state", "method",
            "print_id", "binned_at", "import_id",
        ),
        wiped=_wiped("note"),
    ),
    "goal": Part(
        of=_OF_PERSON,
        kept=("id", "person_id", "set_on", "dropped_on"),
        wiped=_wiped("wording", to="'taken out'"),
    ),
    "consent": Part(
        of=_OF_PERSON,
        kept=(
            "id", "person_id", "purpose", "given", "asked_on", "method", "wording_version",
            "withdrawn_on",
        ),
        wiped=_wiped("taken_by", "detail"),
    ),
    "guardian": Part(
        of=_OF_PERSON,
        kept=(
            "id", "person_id", "has_responsibility", "may_collect", "activity_consent_on",
            "medical_consent_on", "travel_consent_on",
        ),
        wiped=_wiped("name", "relationship", "phone", "email")
        | _wiped("guardian_person_id", to=_NULL),
    ),
    "attendance": Part(
        of=_OF_PERSON, kept=("session_id", "person_id", "mark", "role", "import_id")
    ),
    "volunteer_log": Part(
        of=_OF_PERSON,
        kept=("id", "person_id", "logged_on", "minutes", "activity_id", "import_id"),
        wiped=_wiped("what"),
    ),
    "enrolment": Part(
        of=_OF_PERSON,
        kept=("id", "person_id", "activity_id", "role", "from_on", "to_on", "import_id"),
    ),
    "person_role": Part(
        of=_OF_PERSON, kept=("id", "person_id", "role", "activity_id", "from_on", "to_on")
    ),
    "waiting_place": Part(
        of=_OF_PERSON,
        kept=("id", "person_id", "activity_id", "from_on", "to_on", "outcome", "referral_id"),
    ),
    "sheet_row": Part(of=_OF_PERSON, kept=("sheet_id", "row", "person_id")),
    "questionnaire_row": Part(of=_OF_PERSON, kept=("print_id", "row", "person_id")),
    "rights_request": Part(
        of=_OF_PERSON,
        kept=(
            "id", "kind", "person_id", "received_on", "proved_on", "answered_on", "binned_at",
        ),
        # That it was extended and answered stays; what was written about it may name them.
        wiped=_wiped("asked_by", "note")
        | {
            "outcome": "CASE outcome WHEN '' THEN '' ELSE 'Answered' END",
            "extended_because": "CASE extended_because WHEN '' THEN '' ELSE 'Extended' END",
        },
    ),
    "anonymisation": Part(of=_OF_PERSON, kept=("id", "person_id", "done_at", "because")),
    "person_merge": Part(
        of="kept_id IN {ids} OR merged_id IN {ids}",
        kept=("id", "kept_id", "merged_id", "merged_at", "undone_at"),
        wiped=_wiped("before", to="""'{"followers": []}'"""),
    ),
    "person": Part(
        of="id IN {ids}",
        kept=(
            "id", "sex", "gender_same", "ethnicity", "disability", "carer", "orientation",
            "religion", "area", "joined_on", "left_on", "merged_into", "binned_at", "import_id",
        ),
        wiped=_wiped(
            "given_name", "family_name", "known_as", "own_script_name", "pronouns", "email",
            "phone", "address", "what_helps", "notes", "left_reason", "search_text",
        )
        | _wiped("born_on", "birth_year", to=_NULL)
        | {
            "sort_key": ":nameless",
            "postcode": "coalesce((SELECT district FROM person_district_counted d"
            " WHERE d.person_id = person.id), '')",
            "age_low": ":low",
            "age_high": ":high",
            "age_band_on": ":aged_on",
            "anonymised_at": ":at",
        },
    ),
}  # fmt: skip
"""Every table with something of a person in it, in the order in which they are wiped: a table
before the one through which it finds its person."""

_IDS = "(SELECT value FROM json_each(:ids))"
_INDEXED_AT_ONCE = 500
"""People put into the index of words between two turns of the window: some 2 ms."""
_DAYS = """
SELECT s.session_on FROM attendance m JOIN session s ON s.id = m.session_id WHERE m.person_id IN {ids}
UNION SELECT logged_on FROM volunteer_log WHERE person_id IN {ids}
UNION SELECT received_on FROM referral WHERE person_id IN {ids}
UNION SELECT step_on FROM referral_step WHERE referral_id IN
    (SELECT id FROM referral WHERE person_id IN {ids})
UNION SELECT from_on FROM funded_place WHERE person_id IN {ids}
UNION SELECT from_on FROM waiting_place WHERE person_id IN {ids}
UNION SELECT from_on FROM enrolment WHERE person_id IN {ids}
UNION SELECT from_on FROM person_role WHERE person_id IN {ids}
UNION SELECT answered_on FROM response WHERE person_id IN {ids}
"""
"""Every day on which a figure may ask somebody's age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What has to be known of a person before they are made nameless."""

    records: tuple[PersonId, ...]
    born_on: dt.date | None = field(repr=False)
    birth_year: int | None = field(repr=False)
    band: Span | None = field(repr=False)
    """The span of ages that was kept from the first, where nothing finer was known."""
    days: tuple[dt.date, ...] = field(repr=False)
    nameless: bool


def standing(register: Register, person_id: PersonId) -> Standing | None:
    """Return what has to be known of a person, or None where there is none of that id."""
    person = register.row("SELECT * FROM person WHERE id = :id", {"id": person_id})
    if person is None:
        return None
    rows = register.rows(
        "SELECT id FROM person WHERE id = :id OR merged_into = :id ORDER BY id", {"id": person_id}
    )
    records = tuple(PersonId(row[0]) for row in rows)
    days = register.rows(_DAYS.format(ids=_IDS), {"ids": json.dumps(records)})
    has_band = person["age_band_on"] and person["born_on"] is None and not person["birth_year"]
    return Standing(
        records=records,
        born_on=dt.date.fromisoformat(person["born_on"]) if person["born_on"] else None,
        birth_year=person["birth_year"],
        band=Span(
            low=person["age_low"] or 0,
            high=130 if person["age_high"] is None else person["age_high"],
            on=dt.date.fromisoformat(person["age_band_on"]),
        )
        if has_band
        else None,
        days=tuple(dt.date.fromisoformat(row[0]) for row in days),
        nameless=person["anonymised_at"] is not None,
    )


def wipe(
    register: Register,
    person_id: PersonId,
    records: Iterable[PersonId],
    span: Span | None,
    because: Because,
) -> Iterator[int]:
    """Wipe a person's records inside a transaction; nothing of it can be taken back.

    Then the index of words is made again, some people at a time: give how many are in it so far.
    """
    ids = tuple(records)
    values: dict[str, Any] = {
        "ids": json.dumps(ids),
        "person": person_id,
        "nameless": sort_key("", ""),
        "at": register.stamp(),
        "low": span.low if span else None,
        "high": span.high if span else None,
        "aged_on": span.on.isoformat() if span else None,
    }
    _forget_earlier_values(register, values)
    register.execute(
        f"UPDATE guardian SET guardian_person_id = NULL WHERE guardian_person_id IN {_IDS}", values
    )
    for table, part in PARTS.items():
        where = part.of.format(ids=_IDS)
        if part.gone:
            register.execute(f"DELETE FROM {table} WHERE {where}", values)
        elif part.wiped:
            sets = ", ".join(f"{name} = {sql}" for name, sql in part.wiped.items())
            register.execute(f"UPDATE {table} SET {sets} WHERE {where}", values)
    register.insert(
        "anonymisation",
        {
            "id": register.new_id(),
            "person_id": person_id,
            "done_at": values["at"],
            "because": because.value,
        },
    )
    yield 0
    yield from _index_again(register)


def everybody(register: Register) -> int:
    """Return how many people's records are in the index of words."""
    return int(register.value("SELECT count(*) FROM person"))


def _index_again(register: Register) -> Iterator[int]:
    # The index keeps what was deleted until it is merged; making it again does not.
    register.execute("INSERT INTO person_search (person_search) VALUES ('delete-all')")
    last = -(1 << 63)
    done = 0
    while ids := register.rows(
        "SELECT id FROM person WHERE id > :last ORDER BY id LIMIT :some",
        {"last": last, "some": _INDEXED_AT_ONCE},
    ):
        span = {"first": ids[0][0], "last": ids[-1][0]}
        register.execute(
            "INSERT INTO person_search (rowid, search_text) SELECT id, search_text FROM person"
            " WHERE id BETWEEN :first AND :last ORDER BY id",
            span,
        )
        last, done = span["last"], done + len(ids)
        yield done


def _forget_earlier_values(register: Register, values: Mapping[str, Any]) -> None:
    """Take out what imports and the money journal remember of the person."""
    rows = [("person", f"SELECT id FROM person WHERE id IN {_IDS}")]
    rows += [
        (table, f"SELECT id FROM {table} WHERE person_id IN {_IDS}")
        for table in ("referral", "response", "volunteer_log", "guardian", "emergency_contact")
    ]
    for table, found in rows:
        forget_imported(register, table, found, values)
    register.execute(
        "DELETE FROM import_change WHERE table_name IN ('person_access', 'person_code')"
        " AND row_key IN (SELECT CAST(value AS TEXT) FROM json_each(:ids))",
        values,
    )
    register.execute(
        "UPDATE money_journal SET before = json_remove(before, '$.person_id')"
        f" WHERE entry_id IN (SELECT id FROM entry WHERE person_id IN {_IDS})",
        values,
    )


def forget_imported(register: Register, table: str, found: str, values: Mapping[str, Any]) -> None:
    """Take out what imports remember of rows of a table; ``found`` is the query for their ids."""
    register.execute(
        f"DELETE FROM import_change WHERE table_name = '{table}'"
        f" AND row_key IN (SELECT CAST(id AS TEXT) FROM ({found}))",
        values,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiped:
    """What is known of somebody who was made nameless: when, why, and how much goes on counting."""

    done_at: dt.datetime
    because: Because
    kept: tuple[tuple[str, int], ...]
    """What stays, in words, and how many of it."""


_KEPT_COUNTS: tuple[tuple[str, str], ...] = (
    ("sessions they were marked at", "attendance m WHERE m.person_id"),
    ("entries of hours they gave", "volunteer_log m WHERE m.person_id"),
    ("referrals, with their dates and reasons", "referral m WHERE m.person_id"),
    ("questionnaires, their answers as numbers", "response m WHERE m.person_id"),
    ("consents: what for, when, whether they were taken back", "consent m WHERE m.person_id"),
    ("funded places", "funded_place m WHERE m.person_id"),
    ("activities they were on", "enrolment m WHERE m.person_id"),
)


def wiped(register: Register, person_id: PersonId) -> Wiped | None:
    """Return what is known of somebody nameless, or None of anybody else."""
    row = register.row(
        "SELECT a.done_at, a.because FROM anonymisation a JOIN person p ON p.id = a.person_id"
        " WHERE p.id = :id OR p.merged_into = :id ORDER BY a.done_at DESC",
        {"id": person_id},
    )
    if row is None:
        return None
    records = "(SELECT id FROM person WHERE id = :id OR merged_into = :id)"
    counts = (
        (words, int(register.value(f"SELECT count(*) FROM {of} IN {records}", {"id": person_id})))
        for words, of in _KEPT_COUNTS
    )
    return Wiped(
        done_at=dt.datetime.fromisoformat(row["done_at"]),
        because=Because(row["because"]),
        kept=tuple((words, many) for words, many in counts if many),
    )

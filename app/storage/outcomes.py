"""Answers to questionnaires: rows in, frozen records out."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from app.domain.ids import PersonId, ResponseId
from app.domain.outcomes import (
    Answer,
    ItemState,
    MeasureUse,
    Method,
    Response,
    ResponseDraft,
    ResponseState,
)
from app.storage.register import Register

_RECORDS = "(SELECT id FROM person WHERE id = :person OR merged_into = :person)"
_ITEMS = """
SELECT response_id, item, state, value FROM response_item
WHERE response_id IN (SELECT value FROM json_each(:ids))
"""
_SCORES = """
SELECT response_id, scale, score FROM response_score
WHERE response_id IN (SELECT value FROM json_each(:ids))
"""


def scored_scales(register: Register) -> frozenset[str]:
    """Return the scales for which some answer counts."""
    return frozenset(row[0] for row in register.rows("SELECT scale FROM scale_scored_listed"))


def of_person(
    register: Register, person_id: PersonId, *, measure: str | None = None
) -> tuple[Response, ...]:
    """Return a person's questionnaires, joined records' too, newest first; the bin left out."""
    rows = register.rows(
        f"SELECT * FROM response WHERE person_id IN {_RECORDS} AND binned_at IS NULL"
        " AND (:measure IS NULL OR measure = :measure) ORDER BY answered_on DESC, id DESC",
        {"person": person_id, "measure": measure},
    )
    return _responses(register, rows)


def of_pile(register: Register, print_id: int) -> tuple[Response, ...]:
    """Return what was entered of a printed pile, the bin left out."""
    rows = register.rows(
        "SELECT * FROM response WHERE print_id = :id AND binned_at IS NULL ORDER BY id",
        {"id": print_id},
    )
    return _responses(register, rows)


def get(register: Register, response_id: ResponseId) -> Response | None:
    """Return a questionnaire, or None."""
    rows = register.rows("SELECT * FROM response WHERE id = :id", {"id": response_id})
    return next(iter(_responses(register, rows)), None)


def latest(register: Register, limit: int) -> tuple[Response, ...]:
    """Return the questionnaires that were entered last, newest first; the bin left out."""
    rows = register.rows(
        "SELECT * FROM response WHERE binned_at IS NULL ORDER BY id DESC LIMIT :limit",
        {"limit": limit},
    )
    return _responses(register, rows)


def in_bin(register: Register) -> tuple[Response, ...]:
    """Return the questionnaires in the bin, the newest there first."""
    rows = register.rows(
        "SELECT * FROM response WHERE binned_at IS NOT NULL ORDER BY binned_at DESC, id DESC"
    )
    return _responses(register, rows)


def counts(register: Register) -> dict[str, int]:
    """Return how many questionnaires of each measure are kept, in the bin or not."""
    rows = register.rows("SELECT measure, count(*) FROM response GROUP BY measure")
    return {row[0]: row[1] for row in rows}


def _responses(register: Register, rows: list[Any]) -> tuple[Response, ...]:
    values = {"ids": json.dumps([row["id"] for row in rows])}
    answers: dict[int, dict[str, Answer]] = {}
    scores: dict[int, dict[str, float]] = {}
    for row in register.rows(_ITEMS, values) if rows else ():
        answer = Answer(state=ItemState(row["state"]), value=row["value"])
        answers.setdefault(row["response_id"], {})[row["item"]] = answer
    for row in register.rows(_SCORES, values) if rows else ():
        scores.setdefault(row["response_id"], {})[row["scale"]] = row["score"]
    return tuple(
        _response(row, answers.get(row["id"], {}), scores.get(row["id"], {})) for row in rows
    )


def _response(row: Any, answers: Mapping[str, Answer], scores: Mapping[str, float]) -> Response:
    return Response(
        id=ResponseId(row["id"]),
        person_id=PersonId(row["person_id"]),
        measure=row["measure"],
        measure_version=row["measure_version"],
        answered_on=dt.date.fromisoformat(row["answered_on"]),
        state=ResponseState(row["state"]),
        method=Method(row["method"]),
        answers=answers,
        scores=scores,
        note=row["note"],
        print_id=row["print_id"],
        binned=row["binned_at"] is not None,
    )


def add(
    register: Register, draft: ResponseDraft, version: int, scores: Mapping[str, float]
) -> ResponseId:
    """Keep a questionnaire with its answers and scores, inside a transaction."""
    response_id = ResponseId(register.new_id())
    register.insert("response", {"id": response_id, **_columns(draft, version)})
    _write_answers(register, response_id, draft, scores)
    return response_id


def change(
    register: Register, response_id: ResponseId, draft: ResponseDraft, version: int,
    scores: Mapping[str, float],
) -> None:  # fmt: skip
    """Correct a questionnaire, inside a transaction; whose it is stays."""
    columns = _columns(draft, version)
    del columns["person_id"]
    register.update("response", response_id, columns)
    register.execute("DELETE FROM response_item WHERE response_id = :id", {"id": response_id})
    register.execute("DELETE FROM response_score WHERE response_id = :id", {"id": response_id})
    _write_answers(register, response_id, draft, scores)


def set_binned(register: Register, response_id: ResponseId, at: str | None) -> None:
    """Put a questionnaire in the bin, or take it out, inside a transaction."""
    register.update("response", response_id, {"binned_at": at})


def _columns(draft: ResponseDraft, version: int) -> dict[str, Any]:
    return {
        "person_id": draft.person_id,
        "measure": draft.measure,
        "measure_version": version,
        "answered_on": draft.answered_on.isoformat() if draft.answered_on else None,
        "state": draft.state.value,
        "method": draft.method.value,
        "print_id": draft.print_id,
        "note": draft.note,
    }


def _write_answers(
    register: Register, response_id: ResponseId, draft: ResponseDraft, scores: Mapping[str, float]
) -> None:
    register.execute_many(
        "INSERT INTO response_item (response_id, item, state, value) VALUES (?, ?, ?, ?)",
        [(response_id, code, one.state.value, one.value) for code, one in draft.answers.items()],
    )
    register.execute_many(
        "INSERT INTO response_score (response_id, scale, score) VALUES (?, ?, ?)",
        [(response_id, scale, score) for scale, score in scores.items()],
    )


# --- which measures are asked -------------------------------------------------------------------


def uses(register: Register) -> dict[str, MeasureUse]:
    """Return what is noted of measures, by measure."""
    rows = register.rows("SELECT * FROM measure_use ORDER BY measure")
    return {
        row["measure"]: MeasureUse(
            measure=row["measure"],
            asked=bool(row["asked"]),
            follow_up_days=row["follow_up_days"],
            licence_holder=row["licence_holder"],
            licence_reference=row["licence_reference"],
            licensed_on=dt.date.fromisoformat(row["licensed_on"]) if row["licensed_on"] else None,
            item_texts=json.loads(row["item_texts"]),
        )
        for row in rows
    }


def keep_use(register: Register, use: MeasureUse) -> None:
    """Note whether and how a measure is asked, inside a transaction."""
    register.execute("DELETE FROM measure_use WHERE measure = :id", {"id": use.measure})
    register.insert(
        "measure_use",
        {
            "measure": use.measure,
            "asked": int(use.asked),
            "follow_up_days": use.follow_up_days,
            "licence_holder": use.licence_holder,
            "licence_reference": use.licence_reference,
            "licensed_on": use.licensed_on.isoformat() if use.licensed_on else None,
            "item_texts": json.dumps(dict(use.item_texts), ensure_ascii=False),
        },
    )


def add_own(register: Register, measure: str, definition: str, day: dt.date) -> int:
    """Keep a measure the group made, inside a transaction."""
    row_id = register.new_id()
    row = {"id": row_id, "measure": measure, "definition": definition, "added_on": day.isoformat()}
    register.insert("own_measure", row)
    return row_id


def remove_own(register: Register, measure: str) -> None:
    """Take away a measure the group made, and its use, inside a transaction."""
    register.execute("DELETE FROM own_measure WHERE measure = :id", {"id": measure})
    register.execute("DELETE FROM measure_use WHERE measure = :id", {"id": measure})

"""Drafts of returns with their answers, and answers kept to be used again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import DraftId, GrantId, StandingAnswerId
from app.domain.periods import Period
from app.domain.returns import Answer, Draft, DraftSettings, StandingAnswer, Target
from app.storage.register import Register

# --- drafts ---------------------------------------------------------------------------------------


def listed(register: Register, *, binned: bool = False) -> tuple[Draft, ...]:
    """Return the drafts, or those in the bin: what is due first, first; without a day last."""
    rows = register.rows(
        "SELECT * FROM draft WHERE (binned_at IS NOT NULL) = :binned"
        " ORDER BY due_on IS NULL, due_on, changed_at DESC, id DESC",
        {"binned": int(binned)},
    )
    return tuple(_draft(row) for row in rows)


def get(register: Register, draft_id: DraftId) -> Draft | None:
    """Return one draft, in the bin or not, or None."""
    rows = register.rows("SELECT * FROM draft WHERE id = :id", {"id": draft_id})
    return _draft(rows[0]) if rows else None


def _draft(row: Any) -> Draft:
    return Draft(
        id=DraftId(row["id"]),
        template_id=row["template"],
        title=row["title"],
        period=period_of(row),
        activity_id=row["activity_id"],
        grant_id=row["grant_id"],
        agreement_id=row["agreement_id"],
        disclosure=row["disclosure"],
        due_on=day_of(row["due_on"]),
        sum_pence=row["sum_pence"],
        created_at=dt.datetime.fromisoformat(row["created_at"]),
        changed_at=dt.datetime.fromisoformat(row["changed_at"]),
        binned=row["binned_at"] is not None,
    )


def period_of(row: Any) -> Period | None:
    """Return the period of a row that has first_on and last_on, or None."""
    if row["first_on"] is None:
        return None
    return Period(
        first=dt.date.fromisoformat(row["first_on"]), last=dt.date.fromisoformat(row["last_on"])
    )


def day_of(text: str | None) -> dt.date | None:
    """Return a day of its text, or None."""
    return None if text is None else dt.date.fromisoformat(text)


def add(register: Register, draft: DraftSettings) -> DraftId:
    """Add a draft, inside a transaction."""
    draft_id, now = DraftId(register.new_id()), register.stamp()
    stamps = {"created_at": now, "changed_at": now}
    register.insert("draft", {"id": draft_id, **_columns(draft), **stamps})
    return draft_id


def change(register: Register, draft_id: DraftId, draft: DraftSettings) -> None:
    """Change what a draft is about, inside a transaction."""
    register.update("draft", draft_id, {**_columns(draft), "changed_at": register.stamp()})


def _columns(draft: DraftSettings) -> dict[str, Any]:
    period, due = draft.period, draft.due_on
    return {
        "template": draft.template_id,
        "title": draft.title,
        "first_on": period.first.isoformat() if period else None,
        "last_on": period.last.isoformat() if period else None,
        "activity_id": draft.activity_id,
        "grant_id": draft.grant_id,
        "agreement_id": draft.agreement_id,
        "disclosure": draft.disclosure,
        "due_on": due.isoformat() if due else None,
        "sum_pence": draft.sum_pence,
    }


def set_binned(register: Register, draft_id: DraftId, *, binned: bool) -> None:
    """Put a draft in the bin or take it out, inside a transaction."""
    register.update("draft", draft_id, {"binned_at": register.stamp() if binned else None})


# --- answers --------------------------------------------------------------------------------------


def answers(register: Register, draft_id: DraftId) -> dict[str, Answer]:
    """Return the answers of a draft by the code of their question."""
    rows = register.rows("SELECT * FROM draft_answer WHERE draft_id = :id", {"id": draft_id})
    return {row["question"]: _answer(row) for row in rows}


def answers_of_all(register: Register) -> dict[DraftId, tuple[Answer, ...]]:
    """Return the answers of every draft, for the list of drafts."""
    found: dict[DraftId, list[Answer]] = {}
    for row in register.rows("SELECT * FROM draft_answer ORDER BY draft_id, question"):
        found.setdefault(DraftId(row["draft_id"]), []).append(_answer(row))
    return {draft_id: tuple(every) for draft_id, every in found.items()}


def _answer(row: Any) -> Answer:
    return Answer(
        question=row["question"],
        wording=row["wording"],
        text=row["answer"],
        is_done=bool(row["is_done"]),
        changed_at=dt.datetime.fromisoformat(row["changed_at"]),
    )


def write_answer(
    register: Register, draft_id: DraftId, question: str, values: Mapping[str, Any]
) -> None:
    """Write columns of one answer, which is made when it is not there, inside a transaction."""
    now = register.stamp()
    kept = {**values, "changed_at": now}
    sets = ", ".join(f"{name} = :{name}" for name in kept)
    where = {"draft_id": draft_id, "question": question}
    there = register.execute(
        f"UPDATE draft_answer SET {sets} WHERE draft_id = :draft_id AND question = :question",
        {**kept, **where},
    )
    if not there:
        register.insert("draft_answer", {**where, **kept})
    register.update("draft", draft_id, {"changed_at": now})


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """What was answered before: in another draft, or in a return that was issued."""

    template_id: str
    question: str
    wording: str
    text: str = field(repr=False)
    title: str
    """Of the return it stands in."""
    on: dt.date
    """The day it was issued, or last changed."""
    issued: bool
    source_id: int
    """The draft, or the issued return."""


_EARLIER = """
SELECT d.template, a.question, a.wording, a.answer, d.title, a.changed_at AS at, 0 AS issued,
    d.id AS source_id
FROM draft_answer a JOIN draft d ON d.id = a.draft_id
WHERE d.binned_at IS NULL AND a.draft_id <> :draft AND trim(a.answer) <> ''
UNION ALL
SELECT i.template, a.question, a.wording, a.answer, i.title, i.issued_at, 1, i.id
FROM issued_answer a JOIN issued_return i ON i.id = a.issued_id
WHERE trim(a.answer) <> ''
ORDER BY at DESC, source_id DESC
"""


def earlier(register: Register, but: DraftId | None) -> tuple[EarlierAnswer, ...]:
    """Return every answer but those of one draft, the newest first."""
    return tuple(
        EarlierAnswer(
            template_id=row["template"],
            question=row["question"],
            wording=row["wording"],
            text=row["answer"],
            title=row["title"],
            on=dt.datetime.fromisoformat(row["at"]).date(),
            issued=bool(row["issued"]),
            source_id=row["source_id"],
        )
        for row in register.rows(_EARLIER, {"draft": but or 0})
    )


# --- the bank of answers --------------------------------------------------------------------------


def bank(register: Register) -> tuple[StandingAnswer, ...]:
    """Return the answers kept to be used again, by name."""
    rows = register.rows("SELECT * FROM standing_answer ORDER BY name COLLATE NOCASE")
    return tuple(
        StandingAnswer(
            id=StandingAnswerId(row["id"]),
            name=row["name"],
            text=row["answer"],
            changed_at=dt.datetime.fromisoformat(row["changed_at"]),
        )
        for row in rows
    )


def keep_standing(
    register: Register, name: str, text: str, answer_id: StandingAnswerId | None
) -> StandingAnswerId:
    """Add an answer to the bank or change one, inside a transaction."""
    values = {"name": name, "answer": text, "changed_at": register.stamp()}
    if answer_id is not None:
        register.update("standing_answer", answer_id, values)
        return answer_id
    fresh = StandingAnswerId(register.new_id())
    register.insert("standing_answer", {"id": fresh, **values})
    return fresh


def remove_standing(register: Register, answer_id: StandingAnswerId) -> int:
    """Take an answer out of the bank, inside a transaction; return how many there were."""
    return register.execute("DELETE FROM standing_answer WHERE id = :id", {"id": answer_id})


# --- targets --------------------------------------------------------------------------------------


def targets(register: Register, grant_id: GrantId) -> tuple[Target, ...]:
    """Return what a grant promised, in the order it was set."""
    rows = register.rows(
        "SELECT * FROM grant_target WHERE grant_id = :id ORDER BY id", {"id": grant_id}
    )
    return tuple(
        Target(
            figure=row["figure"],
            target=row["target"],
            breakdown=row["breakdown"],
            part=row["part"],
            label=row["label"],
        )
        for row in rows
    )


def set_targets(register: Register, grant_id: GrantId, wanted: tuple[Target, ...]) -> None:
    """Put these targets in the place of what a grant had, inside a transaction."""
    register.execute("DELETE FROM grant_target WHERE grant_id = :id", {"id": grant_id})
    for row_id, one in zip(register.new_ids(max(1, len(wanted))), wanted, strict=False):
        register.insert(
            "grant_target",
            {
                "id": row_id, "grant_id": grant_id, "figure": one.figure, "breakdown": one.breakdown,
                "part": one.part, "label": one.label, "target": one.target,
            },
        )  # fmt: skip

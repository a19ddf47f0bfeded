"""Golden samples: each spreadsheet in tests/data/importers beside what it should be read as."""

import datetime as dt
import json
from pathlib import Path

import pytest

from app.importers.base import MARKS, ROLES, Options, Plan
from app.services.imports import read_plan

DATA = Path(__file__).parents[1] / "data" / "importers"
TODAY = dt.date(2026, 11, 3)
SAMPLES = sorted(
    path
    for kind in ("people", "attendance", "referrals")
    for path in (DATA / kind).iterdir()
    if path.suffix not in {".json", ".md", ".toml"}
)


def as_json(plan: Plan) -> dict:
    """Return a plan as a document: only what is not as usual is written."""
    return {
        "format": plan.format,
        "rows": plan.rows,
        "order": plan.date_order,
        "people": [_person(row) for row in plan.people],
        "activities": [row.draft.name for row in plan.activities],
        "sessions": [_session(plan, row) for row in plan.sessions],
        "marks": sorted(
            " | ".join((
                plan.sessions[s].day.isoformat(),
                _name(plan.people[p].draft),
                MARKS[m].value,
                *([ROLES[r].value] if ROLES[r] != "participant" else []),
            ))
            for s, p, m, r in zip(plan.marks.session, plan.marks.person, plan.marks.mark, plan.marks.role, strict=True)
        ),
        "columns": [f"{c.sheet}!{c.column} {c.header} -> {c.taken_as} ({c.by})" for c in plan.columns],
        "meanings": [f"{m.written} x{m.count} = {m.mark or 'nothing'}{f' {m.role}' if m.role else ''} ({m.by})" for m in plan.meanings],
        "questions": [f"{q.kind}: {q.default or '?'} | {q.settled or q.text}" for q in plan.questions],
        "problems": [f"{p.place.sheet}!{p.place.column}{p.place.row} {p.code}: {p.message}" for p in plan.problems],
        "skipped": [f"{s.place.sheet}!{s.place.row} {s.why}: {s.value}" for s in plan.skipped],
        "notes": list(plan.notes),
        **({"values": _values(plan)} if plan.values else {}),
        **({"referrals": [_referral(plan, row) for row in plan.referrals]} if plan.referrals else {}),
    }  # fmt: skip


def _referral(plan: Plan, row) -> dict:
    usual = type(row)(place=row.place, person=0, received_on=row.received_on)
    found = {
        name: sorted(value) if isinstance(value, frozenset) else str(value)
        for name in usual.__dataclass_fields__
        if name not in {"place", "person", "activity", "sender", "steps"}
        and ((value := getattr(row, name)) != getattr(usual, name) or name == "received_on")
    }
    sender = row.sender
    return {
        "who": f"row {row.place.row}, {_name(plan.people[row.person].draft)}",
        **({} if row.activity is None else {"activity": plan.activities[row.activity].draft.name}),
        **({"sender": " | ".join(filter(None, (sender.name, sender.worker, sender.job, sender.phone, sender.email)))} if sender.name else {}),
        **found,
        "steps": [" ".join(filter(None, (str(s.step_on), s.step.value, s.reason, s.note))) for s in row.steps],
    }  # fmt: skip


def _values(plan: Plan) -> list[str]:
    return [
        f"{v.taken_as}: {v.written} x{v.count} = {v.code or 'not understood'}" for v in plan.values
    ]


def _name(draft) -> str:
    return " ".join(part for part in (draft.given_name, draft.family_name) if part)


def _person(row) -> dict:
    usual = type(row.draft)()
    found = {
        name: str(value)
        for name in usual.__dataclass_fields__
        if (value := getattr(row.draft, name)) != getattr(usual, name)
    }
    for name in ("access_needs", "health", "role"):
        if getattr(row, name):
            found[name] = str(getattr(row, name))
    if row.contact:
        found["contact"] = " | ".join(  # noqa: FLY002
            (row.contact.name, row.contact.phone, row.contact.relationship)
        )
    return found


def _session(plan, row) -> str:
    parts = [row.day.isoformat(), plan.activities[row.activity].draft.name, row.state.value]
    parts += [f"{row.start_time or ''}-{row.end_time or ''}"] if row.start_time else []
    parts += [f"guests {row.guests}"] if row.guests is not None else []
    parts += [f"{row.cancelled_reason}: {row.cancelled_note}"] if row.cancelled_reason else []
    return " | ".join(parts)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_sample_is_read_as_expected(path, update_golden):
    found = as_json(read_plan(path.parent.name, path, Options(today=TODAY)))
    expected = path.with_suffix(path.suffix + ".json")
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if update_golden:
        expected.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(expected.read_text(encoding="utf-8"))


def test_every_expectation_has_its_sample():
    expected = {p.name.removesuffix(".json") for p in DATA.glob("*/*.json")}
    assert expected == {path.name for path in SAMPLES}

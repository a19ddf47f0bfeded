"""The first five rows of an import as they will be in the book."""

from app.domain.people import PersonDraft
from app.domain.periods import short_date
from app.domain.referrals import REASONS, SOURCE_TYPES, STEP_WORDS
from app.services.imports import MARKS, ROLES, Plan, ReferralRow

ROWS_SHOWN = 5
_MARK_WORDS = {"present": "Here", "late": "Late", "absent": "Away", "apology": "Apologies"}
Rows = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""The heads, and the rows under them."""


def five_rows(kind: str, plan: Plan) -> Rows:
    """Return the heads and the first five rows of what will be in the book."""
    if kind == "referrals":
        return _five_referrals(plan)
    if kind == "attendance" and not plan.people:
        return _five_sessions(plan)
    if kind == "people" or not len(plan.marks):
        return _five_people(plan)
    heads = ("Person", "Activity", "Day", "Mark", "As")
    rows = []
    for i in range(min(ROWS_SHOWN, len(plan.marks))):
        session = plan.sessions[plan.marks.session[i]]
        draft = plan.people[plan.marks.person[i]].draft
        mark, role = MARKS[plan.marks.mark[i]], ROLES[plan.marks.role[i]]
        rows.append(
            (
                _name(draft), plan.activities[session.activity].draft.name,
                short_date(session.day), _MARK_WORDS[mark], str(role).capitalize(),
            )
        )  # fmt: skip
    return heads, tuple(rows)


def _five_referrals(plan: Plan) -> Rows:
    rows = tuple(
        (
            _name(plan.people[row.person].draft),
            short_date(row.received_on),
            row.sender.name or (
                "" if row.source_type == "not_recorded" else SOURCE_TYPES[row.source_type]
            ),
            "" if row.activity is None else plan.activities[row.activity].draft.name,
            ", ".join(words for code, words in REASONS.items() if code in row.reasons),
            _stands(row),
        )
        for row in plan.referrals[:ROWS_SHOWN]
    )  # fmt: skip
    return _without_empty(("Person", "Received", "From", "For", "Why", "How it stands"), rows)


def _stands(row: ReferralRow) -> str:
    """Return the newest step of a referral with its day."""
    if not row.steps or row.steps[-1].step_on is None:
        return "Received"
    return f"{STEP_WORDS[row.steps[-1].step]}, {short_date(row.steps[-1].step_on)}"


def _without_empty(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Rows:
    kept = [i for i in range(len(heads)) if i < 2 or any(row[i] for row in rows)]
    return tuple(heads[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows)


def _five_sessions(plan: Plan) -> Rows:
    rows = tuple(
        (
            short_date(row.day), plan.activities[row.activity].draft.name, row.state.value.capitalize(),
            "" if row.guests is None else f"{row.guests:,}",
        )
        for row in plan.sessions[:ROWS_SHOWN]
    )  # fmt: skip
    return ("Day", "Activity", "Session", "People without names"), rows


def _five_people(plan: Plan) -> Rows:
    heads = ("Name", "Born", "Phone", "Email", "Postcode", "Area")
    drafts = [row.draft for row in plan.people[:ROWS_SHOWN]]
    rows = [(_name(d), _born(d), d.phone, d.email, d.postcode, d.area) for d in drafts]
    kept = [i for i in range(len(heads)) if any(row[i] for row in rows)]
    return tuple(heads[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows)


def _born(draft: PersonDraft) -> str:
    return short_date(draft.born_on) if draft.born_on else str(draft.birth_year or "")


def _name(draft: PersonDraft) -> str:
    return f"{draft.given_name} {draft.family_name}".strip() or draft.known_as

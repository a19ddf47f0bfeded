"""Returns as they were sent: written once, read for ever, changed by nothing."""

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import DraftId, IssuedId
from app.domain.returns import Answer, Channel, Draft, DraftSettings
from app.storage.drafts import day_of, period_of
from app.storage.register import Register, who

RowKeys = Mapping[str, float | int | None]
"""The rows behind a figure by what tells each from the others ("17", "4/17"), each with what it adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFigure:
    """A figure as it was counted then, with what it meant; its rows by ids, never by names."""

    figure: str
    title: str
    unit: str
    definition: str
    version: int
    value: float | int | None
    n: int
    rows: RowKeys = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What is kept of a return in the form it is kept in: made by a worker, as it takes its time."""

    filled_json: str = field(repr=False)
    pdf_sha256: str
    row_keys: tuple[bytes, ...] = field(repr=False)
    """Of each figure, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToIssue:
    """Everything that is kept of a return on the day it is issued."""

    draft: Draft
    settings: DraftSettings
    """What it was counted for: the draft's, with the days and the activity that were counted."""
    template_version: int
    template_text: str = field(repr=False)
    about: str
    disclosure: str
    counted_at: dt.datetime
    filled: Mapping[str, Any] = field(repr=False)
    answers: tuple[Answer, ...] = field(repr=False)
    typed: Mapping[str, str] = field(repr=False)
    """Everything that stood in the draft, to see whether it was changed since."""
    figures: tuple[IssuedFigure, ...]
    pages: int
    pdf: bytes = field(repr=False)
    packed: Packed = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """To whom a return was sent, when and how."""

    id: int
    sent_on: dt.date
    sent_to: str = field(repr=False)
    channel: Channel
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A return that was issued, without its PDF and its numbers."""

    id: IssuedId
    draft_id: DraftId | None
    settings: DraftSettings
    """What it was about."""
    template_version: int
    about: str
    """The grant, agreement or activity in words, as it was called then."""
    disclosure: str
    counted_at: dt.datetime
    issued_at: dt.datetime
    issued_by: str
    pages: int
    sent: tuple[Sent, ...] = ()
    withdrawn_on: dt.date | None = None
    withdrawn_reason: str = ""


_COLUMNS = (
    "id", "draft_id", "template", "template_version", "title", "first_on", "last_on",
    "activity_id", "grant_id", "agreement_id", "about", "due_on", "sum_pence", "disclosure",
    "counted_at", "issued_at", "issued_by", "pages",
)  # fmt: skip
_SELECT = (
    f"SELECT {', '.join(f'i.{name}' for name in _COLUMNS)}, w.withdrawn_on, w.reason"
    " FROM issued_return i LEFT JOIN issued_withdrawn w ON w.issued_id = i.id"
)


def listed(register: Register) -> tuple[Issued, ...]:
    """Return the returns that were issued, the newest first."""
    sent = _sent(register.rows("SELECT * FROM issued_sent ORDER BY sent_on, id"))
    rows = register.rows(f"{_SELECT} ORDER BY i.issued_at DESC, i.id DESC")
    return tuple(_issued(row, sent.get(row["id"], ())) for row in rows)


def get(register: Register, issued_id: IssuedId) -> Issued | None:
    """Return one that was issued, or None."""
    rows = register.rows(f"{_SELECT} WHERE i.id = :id", {"id": issued_id})
    if not rows:
        return None
    noted = register.rows(
        "SELECT * FROM issued_sent WHERE issued_id = :id ORDER BY sent_on, id", {"id": issued_id}
    )
    return _issued(rows[0], _sent(noted).get(issued_id, ()))


def _sent(rows: Iterable[Any]) -> dict[int, tuple[Sent, ...]]:
    found: dict[int, tuple[Sent, ...]] = {}
    for row in rows:
        one = Sent(
            id=row["id"],
            sent_on=dt.date.fromisoformat(row["sent_on"]),
            sent_to=row["sent_to"],
            channel=Channel(row["channel"]),
            note=row["note"],
        )
        found[row["issued_id"]] = (*found.get(row["issued_id"], ()), one)
    return found


def _issued(row: Any, sent: tuple[Sent, ...]) -> Issued:
    return Issued(
        id=IssuedId(row["id"]),
        draft_id=row["draft_id"],
        settings=DraftSettings(
            template_id=row["template"],
            title=row["title"],
            period=period_of(row),
            activity_id=row["activity_id"],
            grant_id=row["grant_id"],
            agreement_id=row["agreement_id"],
            disclosure=row["disclosure"],
            due_on=day_of(row["due_on"]),
            sum_pence=row["sum_pence"],
        ),
        template_version=row["template_version"],
        about=row["about"],
        disclosure=row["disclosure"],
        counted_at=dt.datetime.fromisoformat(row["counted_at"]),
        issued_at=dt.datetime.fromisoformat(row["issued_at"]),
        issued_by=row["issued_by"],
        pages=row["pages"],
        sent=sent,
        withdrawn_on=day_of(row["withdrawn_on"]),
        withdrawn_reason=row["reason"] or "",
    )


def last_days(register: Register) -> dict[DraftId, dt.date]:
    """Return the day on which each draft was last issued and not taken back."""
    rows = register.rows(
        "SELECT i.draft_id, max(i.issued_at) AS at FROM issued_return i"
        " LEFT JOIN issued_withdrawn w ON w.issued_id = i.id"
        " WHERE i.draft_id IS NOT NULL AND w.issued_id IS NULL GROUP BY i.draft_id"
    )
    return {row["draft_id"]: dt.datetime.fromisoformat(row["at"]).date() for row in rows}


def filled_json(register: Register, issued_id: IssuedId) -> dict[str, Any] | None:
    """Return every number, table and answer a return printed, or None."""
    text = register.value("SELECT filled_json FROM issued_return WHERE id = :id", {"id": issued_id})
    return None if text is None else dict(json.loads(text))


def template_text(register: Register, issued_id: IssuedId) -> str:
    """Return the template as it was."""
    values = {"id": issued_id}
    return str(register.value("SELECT template_text FROM issued_return WHERE id = :id", values))


def answers(register: Register, issued_id: IssuedId) -> tuple[Answer, ...]:
    """Return the answers as they were written, in the order of the form."""
    rows = register.rows(
        "SELECT a.*, i.issued_at FROM issued_answer a JOIN issued_return i ON i.id = a.issued_id"
        " WHERE a.issued_id = :id ORDER BY a.position",
        {"id": issued_id},
    )
    return tuple(
        Answer(
            question=row["question"],
            wording=row["wording"],
            text=row["answer"],
            is_done=True,
            changed_at=dt.datetime.fromisoformat(row["issued_at"]),
        )
        for row in rows
    )


def figures(register: Register, issued_id: IssuedId) -> tuple[IssuedFigure, ...]:
    """Return the figures as they were counted, with the keys of their rows."""
    rows = register.rows(
        "SELECT * FROM issued_figure WHERE issued_id = :id ORDER BY figure", {"id": issued_id}
    )
    return tuple(
        IssuedFigure(
            figure=row["figure"],
            title=row["title"],
            unit=row["unit"],
            definition=row["definition"],
            version=row["version"],
            value=_whole(row["value"]),
            n=row["n"],
            rows=unpacked(row["row_keys"]),
        )
        for row in rows
    )


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def pdf(register: Register, issued_id: IssuedId) -> bytes | None:
    """Return the pages as they were sent, or None."""
    found = register.value(
        "SELECT pdf FROM issued_content WHERE issued_id = :id", {"id": issued_id}
    )
    return None if found is None else bytes(found)


def packed(rows: RowKeys) -> bytes:
    """Return the rows behind a figure as they are kept: JSON of key and number, compressed."""
    return zlib.compress(json.dumps(sorted(rows.items()), separators=(",", ":")).encode(), 6)


def pack(filled: Mapping[str, Any], figures: Iterable[IssuedFigure], pdf: bytes) -> Packed:
    """Return what is kept of a return as it is kept; touches no book, so any thread may do it."""
    return Packed(
        filled_json=json.dumps(filled, ensure_ascii=False, sort_keys=True),
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        row_keys=tuple(packed(one.rows) for one in figures),
    )


def unpacked(kept: bytes) -> dict[str, float | int | None]:
    """Return the rows behind a figure from what is kept; raises ValueError where that is damaged."""
    try:
        return dict(json.loads(zlib.decompress(kept)))
    except (zlib.error, TypeError) as error:
        raise ValueError("the rows behind a figure cannot be read") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Which return it is, when it was issued (UTC text) and by whom, for a book that is made up."""

    id: int
    at: str
    by: str


def add(register: Register, made: ToIssue, signed: Signed | None = None) -> IssuedId:
    """Keep a return as it was sent, inside a transaction; nothing changes it after."""
    signed = signed or Signed(id=register.new_id(), at=register.stamp(), by=who())
    issued_id = IssuedId(signed.id)
    values = _values(made, signed)
    kept = zip(made.figures, made.packed.row_keys, strict=True)
    figures = [_figure_row(issued_id, one, row_keys) for one, row_keys in kept]
    answers = [
        (issued_id, one.question, place, one.wording, one.text)
        for place, one in enumerate(made.answers, start=1)
    ]
    seal = _seal(values, answers, figures)
    register.insert("issued_return", {"id": issued_id, **values, "seal": seal})
    register.execute_many("INSERT INTO issued_answer VALUES (?, ?, ?, ?, ?)", answers)
    register.execute_many("INSERT INTO issued_figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", figures)
    register.insert("issued_content", {"issued_id": issued_id, "pdf": made.pdf})
    return issued_id


def _values(made: ToIssue, signed: Signed) -> dict[str, Any]:
    about, period = made.settings, made.settings.period
    return {
        "draft_id": made.draft.id,
        "template": about.template_id,
        "template_version": made.template_version,
        "template_text": made.template_text,
        "title": about.title,
        "first_on": period.first.isoformat() if period else None,
        "last_on": period.last.isoformat() if period else None,
        "activity_id": about.activity_id,
        "grant_id": about.grant_id,
        "agreement_id": about.agreement_id,
        "about": made.about,
        "due_on": about.due_on.isoformat() if about.due_on else None,
        "sum_pence": about.sum_pence,
        "disclosure": made.disclosure,
        "counted_at": made.counted_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "issued_at": signed.at,
        "issued_by": signed.by,
        "filled_json": made.packed.filled_json,
        "pages": made.pages,
        "pdf_sha256": made.packed.pdf_sha256,
    }


def _figure_row(issued_id: IssuedId, one: IssuedFigure, row_keys: bytes) -> tuple[Any, ...]:
    value = None if one.value is None else float(one.value)
    return (
        issued_id, one.figure, one.title, one.unit, one.definition, one.version, value, one.n,
        row_keys,
    )  # fmt: skip


def _seal(
    values: Mapping[str, Any], answers: Iterable[Sequence[Any]], figures: Iterable[Sequence[Any]]
) -> str:
    """Return the fingerprint of everything that is kept; the id is not in it, nor the pages but by theirs."""
    fingerprint = hashlib.sha256()
    parts = [
        sorted(values.items()),
        sorted([list(one[1:]) for one in answers]),
        sorted([[*one[1:-1], hashlib.sha256(one[-1]).hexdigest()] for one in figures]),
    ]
    for part in parts:
        fingerprint.update(json.dumps(part, ensure_ascii=False).encode() + b"\n")
    return fingerprint.hexdigest()


def findings(register: Register) -> tuple[str, ...]:
    """Return a sentence for every issued return that is not as it was sent."""
    found: list[str] = []
    for row in register.rows("SELECT * FROM issued_return ORDER BY id"):
        faults = _faults(register, row)
        found += [f"{fault}: {row['title']}, issued {row['issued_at'][:10]}." for fault in faults]
    return tuple(found)


def _faults(register: Register, row: Any) -> list[str]:
    faults: list[str] = []
    values = {"id": row["id"]}
    pages = pdf(register, row["id"])
    if pages is None or hashlib.sha256(pages).hexdigest() != row["pdf_sha256"]:
        faults.append("The PDF of a return that was sent is not the one that was sent")
    answers = register.rows("SELECT * FROM issued_answer WHERE issued_id = :id", values)
    figures = register.rows("SELECT * FROM issued_figure WHERE issued_id = :id", values)
    kept = {name: row[name] for name in row.keys() if name not in {"id", "seal"}}  # noqa: SIM118
    if _seal(kept, map(tuple, answers), map(tuple, figures)) != row["seal"]:
        faults.append("A return that was sent was changed since")
    try:
        json.loads(row["filled_json"])
        for one in figures:
            unpacked(one["row_keys"])
    except ValueError:
        faults.append("The numbers of a return that was sent cannot be read")
    return faults


# --- sent, taken back -----------------------------------------------------------------------------


def note_sent(
    register: Register, issued_id: IssuedId, *, sent_on: dt.date, sent_to: str, channel: Channel,
    note: str,
) -> int:  # fmt: skip
    """Note to whom a return was sent, inside a transaction; return the note's id."""
    sent_id = register.new_id()
    register.insert(
        "issued_sent",
        {
            "id": sent_id, "issued_id": issued_id, "sent_on": sent_on.isoformat(),
            "sent_to": sent_to, "channel": channel.value, "note": note,
        },
    )  # fmt: skip
    return sent_id


def forget_sent(register: Register, sent_id: int) -> int:
    """Take a note away that was made by mistake, inside a transaction; return how many there were."""
    return register.execute("DELETE FROM issued_sent WHERE id = :id", {"id": sent_id})


def withdraw(register: Register, issued_id: IssuedId, day: dt.date, reason: str) -> None:
    """Note that a return was taken back, inside a transaction."""
    values = {"issued_id": issued_id, "withdrawn_on": day.isoformat(), "reason": reason}
    register.insert("issued_withdrawn", values)

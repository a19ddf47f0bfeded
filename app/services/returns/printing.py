"""Print a filled return, keep the order in which a sheet was printed, read answers from a file."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import FileUnreadable, Refused
from app.domain.ids import ReferralId, SessionId
from app.domain.names import NAME_LIMIT
from app.domain.problems import Problem
from app.domain.toml_text import TomlFault, read_toml, text_of
from app.returns import pdf
from app.returns.filled import FilledReturn
from app.services.result import Done
from app.services.result import Refused as Problems
from app.services.returns.saving import Form, check_out, save_file
from app.storage.register import Register

if TYPE_CHECKING:
    from app.returns.pdf.writer import Rendered


def get_ready() -> None:
    """Load what pages are made with: for a worker, before anybody waits for them."""
    pdf.get_ready()


def render_pdf(filled: FilledReturn) -> "Rendered":
    """Return the PDF of a filled return and how many pages it has."""
    return pdf.render(filled)


def write_pdf(filled: FilledReturn, out: Path) -> "Rendered":
    """Print a filled return into a file, whole or not at all; return what was written.

    An older PDF of that name is replaced, any other file is not (Refused). Raises ReadOnly and
    DiskFull with what to do.
    """
    _check_pdf(out)
    rendered = render_pdf(filled)
    save_file(rendered.pdf, out, Form.PDF)
    return rendered


def save_pdf(pdf: bytes, out: Path) -> None:
    """Save pages that were rendered already, as `write_pdf` does: the window shows these very bytes."""
    _check_pdf(out)
    save_file(pdf, out, Form.PDF)


def _check_pdf(out: Path) -> None:
    if out.suffix.lower() != Form.PDF:
        raise Refused(
            f"Returns are printed as PDF. Name a file that ends in .pdf instead of {out.name}."
        )
    check_out(out, Form.PDF)


def as_json(filled: FilledReturn, *, pages: int | None) -> dict[str, Any]:
    """Return a filled return as `hallbook return --json` prints it."""
    return filled.as_json(pages=pages)


def keep_printed_order(register: Register, filled: FilledReturn) -> int:
    """Freeze the order of every sheet of a printed return, so that paper and screen agree.

    Returns how many sheets were kept: none for a return that has no sheets.
    """
    from app.services import attendance  # most returns have no sheets and need not wait for it

    sessions = sheets_of(filled)
    for session_id in sessions:
        attendance.keep_printed_order(register, session_id)
    return len(sessions)


def sheets_of(filled: FilledReturn) -> tuple[SessionId, ...]:
    """Return the sessions whose sheets a return prints."""
    tables = (table for table in filled.tables if isinstance(table, Mapping))
    kept = (table.get("session_id") for table in tables)
    return tuple(SessionId(one) for one in kept if isinstance(one, int))


def record_sent(
    register: Register,
    filled: FilledReturn,
    *,
    sent_on: dt.date,
    channel: str = "paper",
    today: dt.date,
) -> Done | Problems:
    """Note a printed letter to a referrer as sent, with what it told and to whom.

    A return that is no letter is refused with `not_a_letter`.
    """
    from app.services import referrals  # only letters need it

    letter = next((one for one in filled.tables if isinstance(one, dict) and "told" in one), None)
    if letter is None:
        return Problems(problems=(Problem(code="not_a_letter"),))
    return referrals.note_sent(
        register,
        ReferralId(int(str(letter["referral_id"]))),
        str(letter["kind"]),
        sent_on,
        sent_to=str(letter["sent_to"])[:NAME_LIMIT],
        channel=channel,
        told=str(letter["told"]),
        today=today,
    )


def read_answers(path: Path) -> dict[str, str]:
    """Return the answers in a TOML file, by the id of their question.

    They stand at the top of the file or under [answers]. Raises FileUnreadable.
    """
    try:
        data = read_toml(text_of(path))
    except OSError as error:
        raise FileUnreadable(
            f"The answers in {path.name} could not be read. Check the name and the folder."
        ) from error
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            f"{path.name} is not a text file in UTF-8, so the answers in it cannot be read. Open it in "
            "a text editor, save it as UTF-8, then try again."
        ) from error
    except TomlFault as error:
        where = f", at line {error.line}: {error.named}" if error.line else f": {error.named}"
        raise FileUnreadable(
            f"{path.name} could not be understood as a file of answers{where}. Write one line for each "
            'question, as in: difference = "What changed for people".'
        ) from error
    answers = data.get("answers", data)
    answers = answers if isinstance(answers, dict) else data
    wrong = [name for name, value in answers.items() if not isinstance(value, str)]
    if wrong:
        raise FileUnreadable(
            f"In {path.name} the answer to {wrong[0]} is not a text. Put it in quotation marks."
        )
    return dict(answers)

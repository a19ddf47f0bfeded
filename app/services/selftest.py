"""The program proves itself on a pretend group: the encrypted book, every figure, every return."""

import datetime as dt
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from app import __version__
from app.domain.errors import AppError, WrongPassword
from app.domain.periods import Period
from app.services import backups, figures, referrals, registers, returns
from app.services.example import Size, make_example
from app.services.returns import saving
from app.storage.register import Register

_ENDING = dt.date(2026, 11, 3)
_PERIOD = Period(first=dt.date(2026, 8, 4), last=_ENDING)
_COUNTED_AT = dt.datetime(2026, 11, 4, 9, 30, tzinfo=dt.UTC)
_PLAIN = b"SQLite format 3"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was tried and what did not hold; ``findings`` is empty for a program that is whole."""

    version: str
    schema_version: int
    encrypted: bool
    people: int
    figures: int
    """How many figures were worked out."""
    returns: int
    """How many returns were printed."""
    files: int
    """How many files they were written to: PDF, Word, spreadsheet, web page, text."""
    pages: int
    backup: bool
    """Whether a copy was made, opened, counted and put back."""
    findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return not self.findings


def prove(step: Callable[[str], None] | None = None) -> Proof:
    """Try the program's own parts on a pretend group in a folder of its own, which is taken away.

    ``step`` hears what is tried next. Nothing of the user's is read or written. Raises AppErrors
    where the computer gives no room to try anything.
    """
    trial = _Trial(step or (lambda _: None))
    with _folder() as folder:
        return trial.run(folder)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hallbook-selftest-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Trial:
    def __init__(self, step: Callable[[str], None]) -> None:
        self._step = step
        self._findings: list[str] = []
        self._pages = self._files = self._returns = 0

    def run(self, folder: Path) -> Proof:
        book, password = folder / "pretend.hallbook", secrets.token_urlsafe(18)
        self._step("An encrypted book of a pretend group")
        make_example(book, size=Size.SMALL, seed=1, ending=_ENDING, password=password)
        encrypted = self._locked(book)
        backed_up = bool(self._tried("backup", lambda: self._back_up(book, folder, password)))
        with registers.open_register(book, password=password, write=False) as register:
            self._findings += registers.check(register)
            counted = self._tried("figures", lambda: self._figures(register)) or 0
            self._step("Every return")
            for info in self._tried("returns", returns.list_templates) or ():
                self._returns += bool(
                    self._tried(info.id, partial(self._print, register, info, folder))
                )
            about = registers.info(register)
        return Proof(
            version=__version__, schema_version=about.schema_version,
            encrypted=encrypted and about.encrypted, people=about.counts["people"],
            figures=counted, returns=self._returns, files=self._files, pages=self._pages,
            backup=backed_up, findings=tuple(self._findings),
        )  # fmt: skip

    def _tried(self, what: str, work: Callable[[], Result]) -> Result | None:
        try:
            return work()
        except AppError as error:
            self._findings.append(f"{what}: {error.text}")
        except Exception as fault:  # noqa: BLE001 - whatever is missing in a built program is told
            self._findings.append(f"{what}: {type(fault).__name__} {_where(fault)}")
        return None

    def _locked(self, book: Path) -> bool:
        locked = not book.read_bytes().startswith(_PLAIN)
        try:
            registers.open_register(book, password="not this one", write=False).close()  # noqa: S106
        except WrongPassword:
            return locked
        self._findings.append("The encrypted book opened with a wrong password.")
        return False

    def _back_up(self, book: Path, folder: Path, password: str) -> bool:
        self._step("A backup, put back")
        kept = folder / "copies"
        kept.mkdir()
        made = backups.make(book, kept, password=password, now=_COUNTED_AT)
        done = backups.restore(made.file, book, password=password, now=_COUNTED_AT)
        if done.counts != made.counts:
            self._findings.append("A restored backup does not hold what it was made of.")
            return False
        return True

    def _figures(self, register: Register) -> int:
        self._step("Every figure")
        counted = figures.figures(register, _PERIOD)["figures"]
        people = counted["people"]["value"]
        if not people or people != len(figures.rows(register, "people", _PERIOD)["rows"]):
            self._findings.append("The people counted are not the people in the rows behind them.")
        return len(counted)

    def _print(self, register: Register, info: returns.TemplateInfo, folder: Path) -> bool:
        filled = returns.prepare(register, info.id, _options(register, info))
        for form in saving.forms_of(returns.template_of(register, info.id)):
            out = folder / f"{info.id}{form}"
            saved = saving.write(filled, out)
            self._files += 1
            self._pages += saved.pages or 0
            if not out.stat().st_size:
                self._findings.append(f"{out.name}: nothing was written")
        return True


def _options(register: Register, info: returns.TemplateInfo) -> returns.ReturnOptions:
    """Return options with everything that a return needs, from what the pretend group has."""
    grant = None
    if "grant" in info.needs:
        grant = next((name for name, _ in returns.offered_references(register, info.id)), None)
    person = None
    if "person" in info.needs:
        sent = referrals.listed(register, referrals.WantedReferrals(), today=_ENDING).rows
        person = next((one.person_id for one in sent if one.source_type != "self"), None)
    return returns.ReturnOptions(
        period=_PERIOD if "period" in info.needs else None,
        grant=grant,
        person_id=person,
        counted_at=_COUNTED_AT,
    )


def _where(fault: BaseException) -> str:
    """Return the module and line at fault, without any value; for a missing module its name."""
    if isinstance(fault, ImportError):
        return fault.name or ""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""

"""The draft that is open in a workspace: saved as it is typed, filled again when the book changes."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AppError
from app.domain.ids import DraftId
from app.services import registers, stories
from app.services.result import Done
from app.services.returns import FilledReturn, drafts, issuing, state, typed
from app.services.returns.state import STANDING_WORDS, DraftState, PartState, Standing
from app.services.returns.typed import Asked, PieceKind, TypedPiece
from app.ui.book import Book
from app.ui.returns.answer_editor import Face
from app.ui.returns.workspace_jobs import Behind, fill, look_behind

if TYPE_CHECKING:
    from app.services.returns.drafts import WholeDraft
    from app.services.returns.shown import Source
    from app.ui.jobs import Job

_REST_MS = 900
"""The book is counted again when nothing was saved for so long."""
_LETTERS_OF_QUOTE = 60
_UNCOUNTED = "…"


class OpenDraft(QObject):
    """Reads and writes one draft, and keeps its filled return up to date on the worker."""

    stood = Signal()
    """The draft was filled again: `state` and `filled` are new."""
    counting = Signal(bool)
    """Whether the worker is counting."""
    progressed = Signal(int, int)
    failed = Signal(str)
    """It cannot be filled; the sentence says what to do."""
    behind_found = Signal(object)
    """A Behind."""

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.whole: WholeDraft | None = None
        self.asked: dict[str, Asked] = {}
        self.state: DraftState | None = None
        self.filled: FilledReturn | None = None
        self.is_fresh = False
        """Whether what is filled is what stands in the book now."""
        self.fault = ""
        """Why it cannot be filled."""
        self._job: Job | None = None
        self._behind_job: Job | None = None
        self._wanted: list[Callable[[FilledReturn], None]] = []
        self._behind: dict[tuple[str, str, str], Behind] = {}
        self._sitting = 0
        self._quotes: dict[str, str] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.refill)

    # --- reading -----------------------------------------------------------------------------

    def open(self, draft_id: DraftId) -> bool:
        """Read a draft; False when it is gone or in the bin."""
        if self.whole is None or self.whole.draft.id != draft_id:
            self.close()
        self.whole = drafts.get(self._book.register, draft_id)
        if self.whole is None:
            return False
        typed.know_measures(self._book.register)
        try:
            self.asked = typed.asked(self._book.register, self.whole.draft.template_id)
        except AppError as error:
            self.asked, self.fault = {}, error.text
        self.make_stale()
        return True

    def close(self) -> None:
        """Count nothing more, and forget what was counted."""
        self._stop()
        self._rest.stop()
        self._drop_behind()
        self._behind.clear()
        self._wanted.clear()
        self.whole = self.state = self.filled = None
        self.is_fresh, self.fault = False, ""

    def reread(self) -> bool:
        """Read the draft again after a change; False when it is gone or in the bin."""
        return self.whole is not None and self.open(self.whole.draft.id)

    @property
    def parts(self) -> tuple[PartState, ...]:
        """Every part as it stands; until the first count is over, the questions alone."""
        if self.state is not None:
            return self.state.parts
        return tuple(self._uncounted(asked) for asked in self.asked.values())

    def _uncounted(self, asked: Asked) -> PartState:
        standing = Standing.EMPTY
        if self.text_of(asked.id).strip():
            standing = Standing.DONE if self.is_done(asked.id) else Standing.BEGUN
        return PartState(
            question=asked.id, title=asked.text, box=asked.box, standing=standing, is_draft=False,
            words=0, words_plain=0, words_strict=0, words_from=None, words_to=None, letters=0,
            letters_to=None, text=STANDING_WORDS[standing], warnings=(),
        )  # fmt: skip

    def text_of(self, question: str) -> str:
        """Return an answer as it is kept."""
        answer = self.whole.answers.get(question) if self.whole else None
        return answer.text if answer else ""

    def is_done(self, question: str) -> bool:
        """Say whether somebody said that an answer is done."""
        answer = self.whole.answers.get(question) if self.whole else None
        return bool(answer and answer.is_done)

    # --- writing -----------------------------------------------------------------------------

    def begin_sitting(self) -> None:
        """Let what is typed from now on be a step of its own, to be taken back by itself."""
        self._sitting += 1

    def save(self, question: str, text: str, origin: QObject) -> tuple[str, ...]:
        """Save an answer as it stands; return what stands against it, in sentences."""
        if self.whole is None or text == self.text_of(question):
            return ()
        asked = self.asked.get(question)
        register, draft_id = self._book.register, self.whole.draft.id
        wording = asked.text if asked else ""

        def write() -> object:
            answer = drafts.answer(register, draft_id, question, text, wording=wording)
            if isinstance(answer, Done):
                return Done(
                    changes=answer.changes, text=answer.text, ids=answer.ids,
                    merges=f"{answer.merges} {self._sitting}",
                )  # fmt: skip
            return answer

        answer = self._book.commands.run(write, origin=origin)  # type: ignore[arg-type]
        self.whole = drafts.get(register, draft_id) or self.whole
        if isinstance(answer, Done) or answer is None:
            self.make_stale()
            return ()
        return tuple(problem.text for problem in answer.problems)

    def mark_done(self, question: str, *, done: bool, origin: QObject) -> tuple[str, ...]:
        """Say of an answer that it is done, or not; return what stands against it."""
        if self.whole is None:
            return ()
        register, draft_id = self._book.register, self.whole.draft.id
        answer = self._book.commands.run(
            lambda: drafts.mark_done(register, draft_id, question, done=done), origin=origin
        )
        self.whole = drafts.get(register, draft_id) or self.whole
        if isinstance(answer, Done) or answer is None:
            self.make_stale()
            return ()
        return tuple(problem.text for problem in answer.problems)

    # --- filling -----------------------------------------------------------------------------

    def make_stale(self) -> None:
        """Note that something changed; it is counted again after a rest."""
        self.is_fresh = False
        self._rest.start(_REST_MS if self.filled is not None else 0)

    def when_fresh(self, then: Callable[[FilledReturn], None]) -> None:
        """Go on with what is filled, counted again first if something changed."""
        if self.is_fresh and self.filled is not None:
            then(self.filled)
            return
        self._wanted.append(then)
        if self._job is None:
            self.refill()

    def refill(self) -> None:
        """Count and fill again on the worker; what was begun before is stopped."""
        self._stop()
        self._rest.stop()
        if self.whole is None:
            return
        register = self._book.register
        take = registers.take_snapshot_later(register)
        options = issuing.options_of(register, self.whole)
        work = partial(fill, take=take, template_id=self.whole.draft.template_id, options=options)
        self._job = self._book.jobs.start(work, background=not self._wanted)
        self._job.done.connect(self._on_filled)
        self._job.failed.connect(self._on_failed)
        self._job.progressed.connect(self.progressed)
        self._job.ended.connect(self._on_ended)
        self.counting.emit(True)

    def stop(self) -> None:
        """Stop counting; what was counted before stays."""
        self._wanted.clear()
        self._stop()

    def _stop(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            for signal in (job.done, job.failed, job.progressed, job.ended):
                signal.disconnect()
            job.cancel()
            self.counting.emit(False)

    def _on_filled(self, filled: FilledReturn) -> None:
        if self.whole is None:
            return
        self.filled, self.fault = filled, ""
        self.is_fresh = not self._rest.isActive()
        self.state = state.look(self.whole, filled, today=self._book.today())
        self._behind.clear()
        self.stood.emit()
        wanted, self._wanted = self._wanted, []
        for then in wanted:
            then(filled)

    def _on_failed(self, error: AppError) -> None:
        self.fault = error.text
        self._wanted.clear()
        self.failed.emit(error.text)

    def _on_ended(self) -> None:
        self._job = None
        self.counting.emit(False)

    # --- the numbers -------------------------------------------------------------------------

    def face(self, piece: TypedPiece) -> Face:
        """Return what a chip of the answer shows."""
        if piece.kind is PieceKind.QUOTE:
            said = self._quote(piece.of)
            return Face(shown=_short(said), name=piece.name, tone="plain", said=said)
        if piece.kind in {PieceKind.TABLE, PieceKind.CHART}:
            return Face(shown=piece.name, name=piece.name, tone="plain")
        if piece.kind is PieceKind.ANSWER:
            asked = self.asked.get(piece.of)
            name = f"The answer to: {asked.text}" if asked else piece.name
            return Face(shown=self._repeated(piece.of) or name, name=name, tone="plain")
        place = self.filled.places.get(piece.source) if self.filled else None
        if place is None:
            return Face(shown=_UNCOUNTED, name=piece.name)
        return Face(
            shown=place.text or "—", name=piece.name, tone="due" if place.hidden else "good"
        )

    def _repeated(self, question: str) -> str:
        kept = self.filled.answers.get(question) if self.filled else None
        return str(kept.get("answer", "")) if isinstance(kept, dict) else ""

    def _quote(self, number: str) -> str:
        if not self._quotes:
            listed = stories.stories_listed(self._book.register)
            self._quotes = {
                str(one.id): f"“{one.wording}” {one.credited_as}".strip() for one in listed
            }
        return self._quotes.get(number, f"Quote {number}")

    def forget_quotes(self) -> None:
        """Read the quotes anew when they are next shown: they may have changed."""
        self._quotes = {}

    def source_of(self, place: str) -> "tuple[Source, str] | None":
        """Return where the number of a place came from and how it is printed; None for words."""
        found = self.filled.places.get(place) if self.filled else None
        if found is None or found.source is None:
            return None
        return found.source, found.text

    def look_behind(self, source: "Source", printed: str) -> None:
        """Find the rows behind a number; `behind_found` tells."""
        self._drop_behind()
        key = (source.figure, source.by, source.part)
        if key in self._behind:
            self.behind_found.emit(Behind(printed=printed, proof=self._behind[key].proof))
            return
        if self.filled is None:
            return
        take = registers.take_snapshot_later(self._book.register)
        work = partial(look_behind, take=take, filled=self.filled, source=source, printed=printed)
        job = self._behind_job = self._book.jobs.start(work)
        job.done.connect(partial(self._on_behind, key))
        job.failed.connect(self._on_behind_failed)

    def _drop_behind(self) -> None:
        if self._behind_job is not None:
            job, self._behind_job = self._behind_job, None
            job.done.disconnect()
            job.failed.disconnect()
            job.cancel()

    def _on_behind(self, key: tuple[str, str, str], behind: Behind) -> None:
        self._behind_job = None
        self._behind[key] = behind
        self.behind_found.emit(behind)

    def _on_behind_failed(self, error: AppError) -> None:
        self._behind_job = None
        self.failed.emit(error.text)


def _short(said: str) -> str:
    return said if len(said) <= _LETTERS_OF_QUOTE else f"{said[:_LETTERS_OF_QUOTE].rstrip()}…"

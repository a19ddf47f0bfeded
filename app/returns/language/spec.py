"""What every block of a template has, whatever its kind."""

from dataclasses import dataclass
from typing import ClassVar, NewType

from app.returns.language.phrases import Phrase

FigureId = NewType("FigureId", str)
BreakdownId = NewType("BreakdownId", str)

NO_FIGURE = FigureId("")
NO_BREAKDOWN = BreakdownId("")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Spec:
    """What every block has: figures that decide whether it is printed.

    ``when`` one is not nothing, ``unless`` one is not nothing, or only when one is ``shown``, not
    hidden and not nothing.
    """

    kind: ClassVar[str] = ""
    takes: ClassVar[tuple[str, ...]] = ()
    """Answers it reads that are no question of the return."""
    when: FigureId = NO_FIGURE
    unless: FigureId = NO_FIGURE
    shown: FigureId = NO_FIGURE

    def counted(self) -> tuple[Phrase, ...]:
        """Return what it prints besides its sentences, as sentences that nobody reads."""
        return ()

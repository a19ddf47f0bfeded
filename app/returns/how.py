"""Say how the numbers were counted: under each table, and once for the whole return."""

from collections.abc import Sequence

from app.figures.evaluate import BrokenDown
from app.returns.filled import Block, Bullets, Heading, Note, Text, bold, text
from app.returns.filling import Filling
from app.returns.template import Disclosure, TableSpec

_NOT_ASKED = "not_asked"
_PREFER_NOT = "prefer_not"

DISCLOSURE_TEXTS = {
    Disclosure.INTERNAL: "exact numbers, for use inside the group",
    Disclosure.FUNDER: "numbers under 5 hidden",
    Disclosure.NHS: "numbers under 8 hidden, others rounded to 5",
    Disclosure.PUBLIC: "numbers under 10 hidden",
}
"""What the foot of each page says of hidden numbers."""


def table_notes(
    filling: Filling,
    spec: TableSpec,
    cuts: Sequence[BrokenDown],
    left_out: Sequence[tuple[str, str]],
) -> tuple[Text, ...]:
    """Return the note under a table: period, rule, who is missing, guests, overlaps, hidden cells."""
    sentences = [_missing(filling, cuts[0], spec), _overlap(cuts), _left_out(left_out)]
    sentences.append(_hidden(filling, spec, cuts))
    said = " ".join(sentence for sentence in sentences if sentence)
    return (text("How we counted: ", said),) if said else ()


def _missing(filling: Filling, cut: BrokenDown, spec: TableSpec) -> str:
    return ""


def _overlap(cuts: Sequence[BrokenDown]) -> str:
    return ""


def _left_out(left_out: Sequence[tuple[str, str]]) -> str:
    return ""


def _hidden(filling: Filling, spec: TableSpec, cuts: Sequence[BrokenDown]) -> str:
    return ""


def how_we_counted(filling: Filling) -> Sequence[Block]:
    """Return what each figure of the return means, the period and the rule for small numbers."""
    return (Heading(text="How we counted"),)

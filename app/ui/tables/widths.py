"""Widths of columns: none stays wider than its words while the words of another are cut."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.rows_model import LOOK_ROLE, Column, RowsModel

_MOST = 60
"""Rows of a list that is measured: a longer one would change its widths as it is scrolled."""
_OVER = 3
"""Pixels: letters are measured in whole ones, and drawn in parts of them."""


def wanted(
    model: RowsModel[Any], delegate: LedgerDelegate, font: QFont, head: QFont
) -> tuple[int, ...]:
    """Return how wide each column would have to be, in pixels; none where that is not known."""
    if type(delegate).paint_content is not LedgerDelegate.paint_content or model.long:
        return ()
    if not 0 < model.rowCount() <= _MOST:
        return ()
    bold = QFont(font)
    bold.setBold(True)
    metrics, strong, over = QFontMetrics(font), QFontMetrics(bold), QFontMetrics(head)
    rows = [row for place in range(model.rowCount()) if (row := model.row_at(place)) is not None]
    return tuple(
        max(
            delegate.looks.px(column.least),
            over.horizontalAdvance(column.title) + delegate.air(),
            *(_of_cell(model, row, column, delegate, metrics, strong) for row in rows),
        )
        for column in model.columns
    )


def _of_cell(
    model: RowsModel[Any],
    row: Any,
    column: Column[Any],
    delegate: LedgerDelegate,
    metrics: QFontMetrics,
    strong: QFontMetrics,
) -> int:
    text = str(model.cell(row, column, Qt.ItemDataRole.DisplayRole) or "")
    if not text:
        return 0
    if column.chip and column.chip(row):
        return delegate.chip_width(text)
    look = strong if model.cell(row, column, LOOK_ROLE) == "strong" else metrics
    return look.horizontalAdvance(text) + delegate.air() + _OVER


def shared(widths: Sequence[int], wants: Sequence[int]) -> tuple[int, ...]:
    """Give what some columns have over to those whose words are cut; the whole stays the same."""
    short = [max(0, want - width) for width, want in zip(widths, wants, strict=True)]
    over = [max(0, width - want) for width, want in zip(widths, wants, strict=True)]
    moved = min(sum(short), sum(over))
    if not moved:
        return tuple(widths)
    given, taken = _parts(short, moved), _parts(over, moved)
    return tuple(
        width + more - less for width, more, less in zip(widths, given, taken, strict=True)
    )


def _parts(amounts: Sequence[int], whole: int) -> list[int]:
    """Share a whole out in proportion, to the last pixel."""
    total, shared_out, before = sum(amounts), [], 0
    running = 0
    for amount in amounts:
        running += amount
        until = running * whole // total
        shared_out.append(until - before)
        before = until
    return shared_out

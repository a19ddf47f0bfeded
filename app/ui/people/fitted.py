"""A table on a page that scrolls: as high as its rows, up to a number of them."""

from app.ui.tables.delegate import row_height
from app.ui.tables.table_view import LedgerTable


def fit(table: LedgerTable, *, most: int) -> None:
    """Give a table the height of its rows; of more than ``most`` it scrolls by itself."""
    rows = min(table.model().rowCount(), most)
    head = table.horizontalHeader().sizeHint().height()
    table.setFixedHeight(head + max(1, rows) * row_height(table.looks) + 2 * table.frameWidth() + 2)
    table.setVisible(bool(table.model().rowCount()))

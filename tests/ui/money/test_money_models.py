"""Every model of Money keeps Qt's own rules for models, empty and filled."""

import datetime as dt
import pkgutil
from importlib import import_module

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QDialog

from app.services import money
from app.ui import money as pages
from app.ui.money.book_table import BookModel
from app.ui.tables.blocks_model import BLOCK
from tests.conftest import TODAY
from tests.ui.money.rooms import DIALOGS, PAGES

HEAD = "Date,Description,Amount,Balance\n"


def models_of(widget):
    """Every table model in a widget, the lists of choices left out."""
    found = {}
    for model in widget.findChildren(QAbstractItemModel):
        if type(model).__module__.startswith("app."):
            found[id(model)] = model
    return list(found.values())


@pytest.fixture
def filled(purse, tea_frame, tmp_path, qtbot):
    """Every list of Money with something in it."""
    for day in range(1, 4):
        purse.rent(day=TODAY.replace(day=day))
    path = tmp_path / "statement.csv"
    path.write_text(HEAD + "01/11/2026,VILLAGE HALL,-45.00,810.00\n", encoding="utf-8")
    tea_frame.go_to("money")
    page = tea_frame.money
    page.show_import()
    page.statement_part.start_file(path)
    qtbot.waitUntil(lambda: page.statement_part.prepared is not None)
    return page


@pytest.mark.parametrize("key", ["book", "funds", "statement", "claims", "year"])
def test_models_of_every_part_pass_qts_model_tester(qtmodeltester, filled, key):
    filled.tabs.show_part(key)
    models = models_of(filled.part)
    assert models or key == "year"
    for model in models:
        qtmodeltester.check(model)


def test_models_of_every_dialog_pass_qts_model_tester(
    qtmodeltester, filled, tea_frame, empty_window
):
    for name, show in DIALOGS.items():
        show(empty_window)
        dialog = next(d for d in empty_window.findChildren(QDialog) if d.isVisible())
        for model in models_of(dialog):
            qtmodeltester.check(model)
        dialog.reject()
        assert name


def test_book_passes_with_blocks_missing(qtmodeltester, purse):
    rent = purse.rent()
    work = money.look_through(purse.register, money.WantedMoney())
    try:
        while True:
            next(work)
    except StopIteration as end:
        rows = money.money_rows(
            purse.register, end.value, money.WantedMoney(), offset=0, limit=BLOCK
        )
    assert rent in {row.entry_id for row in rows}
    model = BookModel(lambda: dt.date(2026, 11, 3))
    qtmodeltester.check(model)
    model.start(3 * BLOCK, rows * (BLOCK // len(rows) + 1))
    qtmodeltester.check(model)


def test_every_dialog_of_money_is_in_the_rooms():
    """A dialog nobody lists is a dialog nobody walks."""
    there = set()
    for info in pkgutil.iter_modules(pages.__path__):
        module = import_module(f"{pages.__name__}.{info.name}")
        there |= {
            name
            for name, one in vars(module).items()
            if isinstance(one, type) and issubclass(one, QDialog)
            and one.__module__ == module.__name__
        }  # fmt: skip
    assert there >= {"EntryDialog", "GrantDialog", "FundDialog", "ClaimDialog", "ItemDialog"}
    assert set(PAGES) >= {"money", "funds and grants", "import statement", "claims", "year end"}

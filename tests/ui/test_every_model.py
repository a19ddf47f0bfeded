"""Every kind of model in the window keeps Qt's own rules for models: none is left out."""

import re
from pathlib import Path

import pytest

import app.ui
from app.domain.retention import Due, DueKind, KeepAction
from app.services import activities
from app.services.activities import ProposedDay
from app.services.statements import OpenLine
from app.storage.register import Register
from app.ui.activities.activity_list import ActivityModel
from app.ui.activities.plan_model import PlanModel
from app.ui.gallery.parts import _TickedModel
from app.ui.imports.table_step import SheetModel, SheetRow
from app.ui.money.ticks_model import TicksModel
from app.ui.returns.pick_dialog import Offer, OffersModel
from app.ui.rights import due_dialog
from app.ui.rights.due_dialog import DueLine, DueModel
from app.ui.tables.blocks_model import BLOCK, BlocksModel
from app.ui.tables.rows_model import Column, RowsModel
from tests.conftest import TODAY

NAMES = (
    Column(key="n", title="N", text=str, sort=lambda n: n),
    Column(key="m", title="M", text=str),
)
_MODEL = re.compile(r"^ *class (\w+)\([^)]*Model\b[^)]*\):", re.MULTILINE)
ELSEWHERE = {
    "BarsModel": "referrals/test_places_pages.py",
    "BookModel": "money/test_money_models.py",
    "CardModel": "referrals/test_board_and_list.py",
    "GridModel": "attendance/test_term_and_pile.py",
    "MonthModel": "attendance/test_term_and_pile.py",
    "PeopleModel": "test_models.py",
    "PlaceSessionsModel": "referrals/test_places_pages.py",
    "ReferralModel": "referrals/test_board_and_list.py",
    "RegisterModel": "test_models.py",
}
"""Where those are tested that need a page round them."""


def kinds():
    """Return the name of every class of models that is written in app/ui, with its file."""
    files = sorted(Path(app.ui.__path__[0]).rglob("*.py"))
    texts = {file.name: text for file in files if "Model" in (text := file.read_text("utf-8"))}
    return {one[1]: name for name, text in texts.items() for one in _MODEL.finditer(text)}


@pytest.fixture(scope="module")
def book(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


def rows(kind, count):
    model = kind(NAMES)
    return model, lambda: model.set_rows(tuple(range(count)))


def activity_model(book):
    model = ActivityModel(lambda: TODAY)
    return model, lambda: model.show_rows(activities.standings(book, today=TODAY))


def plan_model(_book):
    model = PlanModel()
    days = (ProposedDay(day=TODAY), ProposedDay(day=TODAY, holiday="May Day", wanted=False),
            ProposedDay(day=TODAY, taken=True))  # fmt: skip
    return model, lambda: model.set_rows(days)


def sheet_model(_book):
    columns = (Column(key="", title="Row", text=lambda row: str(row.number)),
               Column(key="0", title="A", text=lambda row: row.cells[0]))  # fmt: skip
    model = SheetModel(columns)
    lines = tuple(SheetRow(number=n, cells=("x",), is_head=n == 1, is_body=n > 1) for n in range(3))
    return model, lambda: model.set_rows(lines)


def ticks_model(_book):
    lines = tuple(
        OpenLine(entry_id=n, entry_on=TODAY, words="Hall", reference="", amount_pence=-n,
                 ticked=False) for n in (1, 2)
    )  # fmt: skip
    model = TicksModel(lambda line: line is lines[0])
    return model, lambda: model.set_rows(lines)


def due_model(_book):
    model = DueModel(due_dialog._columns())
    due = Due(
        kind=DueKind.PEOPLE, person_id=1, since=TODAY, due_on=TODAY,
        action=KeepAction.ANONYMISE, reason="Long ago",
    )  # fmt: skip
    return model, lambda: model.set_rows((DueLine(due=due, name="Ann"),) * 2)


def offers_model(_book):
    model = OffersModel((Column(key="title", title="Name", text=lambda one: one.title),))
    offers = (Offer(key="a", title="A"), Offer(key="b", title="B", why_not="Not asked."))
    return model, lambda: model.set_rows(offers)


def blocks_model(_book):
    model = BlocksModel(NAMES)
    return model, lambda: model.start(2 * BLOCK, tuple(range(BLOCK)))


MADE = {
    ActivityModel: activity_model,
    BlocksModel: blocks_model,
    DueModel: due_model,
    OffersModel: offers_model,
    PlanModel: plan_model,
    RowsModel: lambda _book: rows(RowsModel, 5),
    SheetModel: sheet_model,
    TicksModel: ticks_model,
    _TickedModel: lambda _book: rows(_TickedModel, 5),
}


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)
def test_model_passes_qts_model_tester_empty_filled_and_filled_again(qtmodeltester, book, kind):
    model, fill = MADE[kind](book)
    qtmodeltester.check(model)
    for _ in range(2):
        fill()
        assert model.rowCount()
        qtmodeltester.check(model)


def test_no_model_is_without_a_test():
    made = {kind.__name__ for kind in MADE}
    here = Path(__file__).parent
    found = kinds()
    for name, file in found.items():
        assert name in made or name in ELSEWHERE, (
            f"{name} of {file} is not tested: give it rows here"
        )
    for name, file in ELSEWHERE.items():
        text = (here / file).read_text("utf-8")
        assert name in text
        assert "qtmodeltester" in text
    assert set(found) == made | set(ELSEWHERE)

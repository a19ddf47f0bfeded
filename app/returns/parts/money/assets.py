"""The statement of assets and liabilities: section B of the accounts, parts B1 to B5 [S92][S93]."""

from collections.abc import Mapping, Sequence

from app.domain.ids import FundId
from app.domain.ledger import Fund as KeptFund
from app.domain.periods import long_date, short_date
from app.domain.year_end import Item, ItemKind
from app.returns.counting.filling import Filling
from app.returns.filled import Align, Block, Cell, Column, Heading, Row, Table
from app.returns.parts.money.money_columns import COLUMN, Fund, in_columns, nothing, whole
from app.storage import accounts, year_accounts, year_end
from app.storage.year_accounts import Held

_Funds = Mapping[FundId, KeptFund]


def section_b(filling: Filling) -> Sequence[Block]:
    """Return what is owned and owed at the end of the period's last day."""
    day = filling.period.last
    items = [item for item in year_end.items(filling.register) if item.held_on(day)]
    funds = accounts.funds(filling.register)

    def of(kind: ItemKind) -> list[Item]:
        return [item for item in items if item.kind is kind]

    return (
        Heading(text=f"Section B: what is owned and owed on {long_date(day)}"),
        _cash(year_accounts.held(filling.register, day)),
        _owed_to_us(of(ItemKind.OWED_TO_US), funds),
        _owned("B3 Investments", of(ItemKind.INVESTMENT), funds),
        _owned("B4 Assets kept for the group's own use", of(ItemKind.ASSET), funds),
        _owed_by_us(of(ItemKind.OWED_BY_US), funds),
    )


def _fund_columns() -> tuple[Column, ...]:
    return tuple(Column(title=f"{fund} £", align=Align.RIGHT) for fund in Fund)


def _cash(held: Sequence[Held]) -> Table:
    names = list(dict.fromkeys(one.account for one in held))
    rows = [_sums(name, [one for one in held if one.account == name]) for name in names]
    return Table(
        id="cash-funds",
        caption="B1 Cash funds",
        columns=(Column(title="Account", weight=2.6), *_fund_columns(), _total_column()),
        rows=tuple(rows),
        total=_sums("Total cash funds", held, strong=True),
        summary="What each account holds, funds in columns",
        font_size=9.5,
    )


def _total_column() -> Column:
    return Column(title="Total £", align=Align.RIGHT)


def _sums(name: str, held: Sequence[Held], *, strong: bool = False) -> Row:
    sums = in_columns(held)
    cells = [*(sums[fund] for fund in Fund), sum(sums.values())]
    return (Cell(text=name, bold=strong), *(Cell(text=whole(p), bold=strong) for p in cells))


def _owed_to_us(items: Sequence[Item], funds: _Funds) -> Table:
    rows = []
    for item in items:
        sums = nothing()
        sums[COLUMN[funds[item.fund_id].kind]] = item.value_pence or 0
        cells = (Cell(text=whole(sums[fund])) for fund in Fund)
        rows.append((Cell(text=item.details), *cells))
    return Table(
        id="owed-to-us",
        caption="B2 Other monetary assets",
        columns=(Column(title="Details", weight=2.6), *_fund_columns()),
        rows=tuple(rows),
        summary="What others owe the group",
        empty_text="Nobody owes the group anything.",
        font_size=9.5,
    )


def _owned(caption: str, items: Sequence[Item], funds: _Funds) -> Table:
    return Table(
        id=caption.split(maxsplit=1)[0].lower(),
        caption=caption,
        columns=(
            Column(title="Details", weight=2.6),
            Column(title="Fund", weight=1.6),
            Column(title="Cost £ (optional)", align=Align.RIGHT),
            Column(title="Value now £ (optional)", align=Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(text=item.details),
                Cell(text=funds[item.fund_id].name),
                Cell(text=_optional(item.cost_pence)),
                Cell(text=_optional(item.value_pence)),
            )
            for item in items
        ),
        summary=caption,
        empty_text="None.",
        font_size=9.5,
    )


def _optional(pence: int | None) -> str:
    return "" if pence is None else whole(pence)


def _owed_by_us(items: Sequence[Item], funds: _Funds) -> Table:
    return Table(
        id="owed-by-us",
        caption="B5 Liabilities",
        columns=(
            Column(title="Details", weight=2.6),
            Column(title="Fund", weight=1.6),
            Column(title="Amount due £", align=Align.RIGHT),
            Column(title="When due", weight=1.4),
        ),
        rows=tuple(
            (
                Cell(text=item.details),
                Cell(text=funds[item.fund_id].name),
                Cell(text=_optional(item.value_pence)),
                Cell(text=short_date(item.due_on) if item.due_on else ""),
            )
            for item in items
        ),
        summary="What the group owes",
        empty_text="The group owes nobody anything.",
        font_size=9.5,
    )

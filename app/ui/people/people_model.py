"""The lines of the list of people."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.domain.periods import short_date
from app.services.people import PersonRow
from app.ui.tables.blocks_model import BlocksModel
from app.ui.tables.rows_model import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person of the list, and when they last came."""

    person: PersonRow
    last_on: dt.date | None


def shown_name(person: PersonRow) -> str:
    """Return the name as on a register, and after it the name in its own script."""
    own = f" · {person.own_script_name}" if person.own_script_name else ""
    return f"{person.list_name}{own}"


def _last(line: PersonLine) -> str:
    return short_date(line.last_on) if line.last_on else "not yet"


_COLUMNS: tuple[Column[PersonLine], ...] = (
    Column(key="name", title="Name", text=lambda line: shown_name(line.person)),
    Column(
        key="known_as", title="Known as", text=lambda line: line.person.known_as, width=130, spare=True,
        look="aside",
    ),
    Column(key="area", title="Area", text=lambda line: line.person.area, width=190, spare=True),
    Column(key="phone", title="Phone", text=lambda line: line.person.phone, width=150, least=116),
    Column(key="last", title="Last came", text=_last, width=160, least=130, look="aside"),
)  # fmt: skip


class PeopleModel(BlocksModel[PersonLine]):
    """People in the order of the register, read in blocks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)

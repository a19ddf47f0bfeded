"""Our own widgets, one in each of its states."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.ui.gallery.parts import (
    Make,
    bar,
    bottom_line,
    button,
    card,
    checked,
    chip,
    choice,
    counter,
    date,
    down,
    empty,
    field,
    form,
    head,
    keys,
    labels,
    line,
    marked,
    menu_button,
    notes,
    notice,
    off,
    offer,
    radio,
    rail_button,
    say,
    segment,
    suggest,
    summary,
    table,
    tabs,
    tick,
    top_bar,
    try_to_save,
    under_mouse,
)
from app.ui.tables.table_view import LedgerTable
from app.ui.tables.tick_table import TickTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One widget in one state."""

    kind: str
    state: str
    make: Make
    focusable: bool = False
    """Whether it is shown a second time, with the keyboard on it."""
    width: int = 0
    """Pixels at 100 %; 0 is what it asks for."""
    then: Callable[[Any], None] | None = None
    """What is done once it is shown."""


SPECIMENS: tuple[Specimen, ...] = (
    Specimen(kind="Buttons", state="plain", make=button("Close"), focusable=True),
    Specimen(kind="Buttons", state="icon", make=button("Print", icon="printer"), focusable=True),
    Specimen(kind="Buttons", state="under the mouse", make=button("Close"), then=under_mouse),
    Specimen(kind="Buttons", state="down", make=button("Close"), then=down),
    Specimen(kind="Buttons", state="off", make=button("Print", icon="printer"), then=off),
    Specimen(
        kind="Buttons",
        state="primary",
        make=button("Save", icon="check", primary=True),
        focusable=True,
    ),
    Specimen(kind="Buttons", state="primary, down", make=button("Save", primary=True), then=down),
    Specimen(
        kind="Buttons",
        state="primary, off",
        make=button("Save", icon="check", primary=True),
        then=off,
    ),
    Specimen(
        kind="Buttons",
        state="link",
        make=button("All people", icon="arrow-left", link=True),
        focusable=True,
    ),
    Specimen(kind="Buttons", state="menu", make=menu_button, focusable=True),
    Specimen(kind="Buttons", state="chosen of two", make=segment, focusable=True),
    Specimen(kind="Rail", state="page", make=rail_button, focusable=True, width=196),
    Specimen(
        kind="Rail", state="page shown", make=rail_button, focusable=True, width=196, then=checked
    ),
    Specimen(kind="Ticks", state="not ticked", make=tick, focusable=True),
    Specimen(kind="Ticks", state="ticked", make=tick, focusable=True, then=checked),
    Specimen(kind="Ticks", state="off", make=tick, then=off),
    Specimen(kind="Ticks", state="one of some", make=radio, focusable=True),
    Specimen(kind="Ticks", state="the one", make=radio, focusable=True, then=checked),
    Specimen(kind="Fields", state="empty", make=line, focusable=True, width=300),
    Specimen(kind="Fields", state="filled", make=line, width=300, then=say("Zoë Brontë")),
    Specimen(kind="Fields", state="marked", make=line, width=300, then=marked),
    Specimen(kind="Fields", state="off", make=line, width=300, then=off),
    Specimen(kind="Fields", state="date", make=date, focusable=True, width=200),
    Specimen(kind="Fields", state="notes", make=notes, focusable=True, width=300),
    Specimen(kind="Fields", state="list", make=choice, focusable=True),
    Specimen(kind="Fields", state="list, off", make=choice, then=off),
    Specimen(kind="Fields", state="number", make=counter, focusable=True),
    Specimen(kind="Fields", state="offered", make=suggest, width=360, then=offer),
    Specimen(kind="Fields", state="with its label", make=field(""), focusable=True, width=300),
    Specimen(
        kind="Fields",
        state="with a problem",
        make=field("There is no 31 February. Type it as 3 Mar 1958, or leave it empty."),
        focusable=True,
        width=300,
    ),
    Specimen(kind="Chips", state="good", make=chip("good", "26 here")),
    Specimen(kind="Chips", state="due", make=chip("due", "Due Fri 6 Nov")),
    Specimen(kind="Chips", state="overdue", make=chip("overdue", "Answer by today")),
    Specimen(kind="Chips", state="plain", make=chip("plain", "Planned")),
    Specimen(
        kind="Notices",
        state="due",
        make=notice("due", "One session has nothing entered."),
        width=620,
    ),
    Specimen(
        kind="Notices", state="overdue", make=notice("overdue", "The file has gone."), width=620
    ),
    Specimen(kind="Notices", state="good", make=notice("good", "60 people came in."), width=620),
    Specimen(kind="Notices", state="plain", make=notice("plain", "Showing 4 people."), width=620),
    Specimen(kind="Notices", state="problems", make=summary, width=620),
    Specimen(kind="Words", state="every look", make=labels),
    Specimen(kind="Words", state="progress", make=bar, width=300),
    Specimen(kind="Pages", state="head", make=head, width=900),
    Specimen(kind="Pages", state="card", make=card, width=420),
    Specimen(kind="Pages", state="tabs", make=tabs, focusable=True),
    Specimen(kind="Pages", state="empty", make=empty, width=420),
    Specimen(kind="Tables", state="ledger", make=table(LedgerTable), focusable=True, width=640),
    Specimen(kind="Tables", state="ticks", make=table(TickTable), focusable=True, width=640),
    Specimen(kind="Frame", state="top bar", make=top_bar, width=1330),
    Specimen(kind="Frame", state="bottom line", make=bottom_line, width=1330),
    Specimen(kind="Dialogs", state="form with problems", make=form, then=try_to_save),
    Specimen(kind="Dialogs", state="keys", make=keys),
)
"""In the order of the sheet."""

"""An open register as the window sees it: what every page is given."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.services.registers import Register
from app.ui.appearance import Appearance
from app.ui.commands import Commands
from app.ui.events import RegisterEvents
from app.ui.jobs import JobRunner
from app.ui.keeper import Keeper
from app.ui.messages import Messages
from app.ui.undo import History
from app.ui.wishes import Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The open register, and the ways to read, change and watch it. Wired in one place."""

    register: Register
    looks: Appearance
    events: RegisterEvents
    history: History
    commands: Commands
    jobs: JobRunner
    messages: Messages
    keeper: Keeper
    wishes: Wishes
    today: Callable[[], dt.date]

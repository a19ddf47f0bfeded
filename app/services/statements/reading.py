"""Read a bank's file into a plan, on any thread; nothing here touches the register."""

from pathlib import Path

from app.importers.bank.records import BankPlan, StatementOptions
from app.importers.workbook import Tell


def _nobody(_done: int, _total: int) -> None:
    return


def read_statement(path: Path, options: StatementOptions, *, tell: Tell = _nobody) -> BankPlan:
    """Read a bank's file into a plan; ``tell`` hears how many rows were met so far.

    May run on any thread. Raises CannotRead with the one sentence to show.
    """
    # Imported here: the window opens without any reader of files.
    from app.importers.bank import reading

    return reading.read_statement(path, options, tell=tell)

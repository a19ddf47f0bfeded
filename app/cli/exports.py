"""The command export."""

import argparse

from app.cli.opening import open_register
from app.cli.output import Outcome, pairs
from app.services import exports


def export(options: argparse.Namespace) -> Outcome:
    """Write the whole book as a folder of CSV files with their description."""
    with open_register(options.register, write=False) as register:
        counts = exports.export_everything(register, options.out)
    return Outcome(document=counts, lines=(f"Wrote {options.out}.", *pairs(counts)))

"""The commands returns and return."""

import argparse
import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

from app.cli.opening import activity_of, open_register, period_of
from app.cli.output import Outcome, say, table
from app.domain.errors import AppError, Refused
from app.domain.ids import PersonId, ReferralId
from app.domain.periods import Period
from app.services import returns
from app.services.returns import saving

_MOMENT = "SOURCE_DATE_EPOCH"
"""The usual variable that fixes the moment printed, for output that can be made again."""


def list_returns(options: argparse.Namespace) -> Outcome:
    """List the returns that can be printed; with a register those of the group's own too."""
    if options.register is None:
        infos = returns.list_templates()
    else:
        with open_register(options.register, write=False) as register:
            infos = returns.list_templates(register)
    rows = ((i.id, i.title, ", ".join(i.needs), i.for_whom) for i in infos)
    return Outcome(
        document=[info.as_json() for info in infos],
        lines=table(("return", "title", "needs", "for"), rows),
    )


def print_return(options: argparse.Namespace) -> Outcome:
    """Fill a return from the register and print it."""
    period = _period(options)
    with open_register(options.register, write=False) as register:
        saving.form_for(returns.template_of(register, options.id), options.out)
        filled = returns.prepare(
            register,
            options.id,
            returns.ReturnOptions(
                period=period,
                activity_id=activity_of(register, options.activity),
                person_id=PersonId(options.person) if options.person is not None else None,
                referral_id=ReferralId(options.referral) if options.referral is not None else None,
                grant=options.grant,
                answers=returns.read_answers(options.answers) if options.answers else {},
                disclosure=options.disclosure,
                copy=returns.Copy(options.copy),
                counted_at=_moment(),
            ),
        )
    saved = saving.write(filled, options.out)
    if returns.sheets_of(filled):
        _keep_order(options, filled)
    for warning in filled.warnings:
        say(warning)
    return Outcome(
        document=returns.as_json(filled, pages=saved.pages), lines=(_said(options.out, saved),)
    )


def _said(out: Path, saved: saving.Saved) -> str:
    if saved.pages is None:
        return f"Saved {out}: {saving.FORM_WORDS[saved.form]}."
    return f"Printed {out}: {saved.pages} page{'' if saved.pages == 1 else 's'}."


def _period(options: argparse.Namespace) -> Period | None:
    """Return the period, or None where neither day was given: some returns are about none."""
    if options.first is None and options.last is None:
        return None
    if options.first is None or options.last is None:
        raise Refused("A period has two ends. Give both --from and --to, or neither.")
    return period_of(options)


def _keep_order(options: argparse.Namespace, filled: returns.FilledReturn) -> None:
    """Freeze the rows as they were printed, as the window does; say so where it cannot be done."""
    try:
        with open_register(options.register, write=True) as register:
            returns.keep_printed_order(register, filled)
    except AppError as error:
        say(f"The order of the printed rows could not be kept: {error}")


def _moment() -> dt.datetime:
    with suppress(ValueError, OverflowError, OSError):
        return dt.datetime.fromtimestamp(int(os.environ.get(_MOMENT, "")), dt.UTC)
    # A moment that is none, or beyond all calendars, is passed over; the writer of PDFs looks too.
    os.environ.pop(_MOMENT, None)
    return dt.datetime.now().astimezone()

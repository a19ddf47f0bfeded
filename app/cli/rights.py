"""The commands anonymise and retention."""

import argparse
import datetime as dt

from app.cli.opening import open_register
from app.cli.output import Outcome, say, table
from app.domain.errors import Refused as RefusedError
from app.domain.ids import PersonId
from app.domain.retention import ACTION_WORDS, Due
from app.services import anonymising, registers, standing
from app.services import retention as keeping
from app.services.anonymising import Because
from app.services.result import Refused


def anonymise(options: argparse.Namespace) -> Outcome:
    """Wipe a person out of a register; what counted goes on counting. A copy is made first."""
    person = PersonId(options.person)
    with open_register(options.register, write=True) as register:
        looked = anonymising.preview(register, person)
        if isinstance(looked, Refused):
            raise RefusedError(looked.text)
        copied = _copy_first(register)
        done = anonymising.anonymise(register, person, Because(options.because))
        if isinstance(done, Refused):
            raise RefusedError(done.text)
    mentions = [{"where": where, "rows": rows} for where, rows in looked.mentions]
    document = {
        "register": str(options.register),
        "person_id": options.person,
        "records": looked.records,
        "mentions": mentions,
        "copy": copied,
    }
    still = tuple(
        f"The name still stands in {one['where']} ({one['rows']}): look at them yourself."
        for one in mentions
    )
    copies = (
        (f"Copies made before still name them: they are in {copied}, and thinned in time.",)
        if copied
        else ()
    )
    return Outcome(
        document=document,
        lines=("Made nameless. What counted goes on counting.", *still, *copies),
    )


def retention(options: argparse.Namespace) -> Outcome:
    """List what is due by the group's rules; nothing is changed."""
    today = options.today or dt.datetime.now().astimezone().date()
    with open_register(options.register, write=False) as register:
        found = keeping.due(register, today)
        titles = {one.kept.id: one.kept.title for one in keeping.rules(register)}
    rows = [
        (
            titles[one.kind],
            one.person_id or one.row,
            one.since,
            one.due_on,
            ACTION_WORDS[one.action],
        )
        for one in found
    ]
    lines = table(("What", "Number", "Since", "Due on", "Then"), rows) if found else ()
    return Outcome(
        document=[_as_written(one) for one in found],
        lines=lines or ("Nothing is kept for longer than the rules say.",),
    )


def _as_written(one: Due) -> dict[str, str | int | None]:
    which = {"person_id": one.person_id} if one.person_id is not None else {"row": one.row}
    return {
        "kind": one.kind.value,
        **which,
        "since": one.since.isoformat(),
        "due_on": one.due_on.isoformat(),
        "action": one.action.value,
        "reason": one.reason,
    }


def _copy_first(register: registers.Register) -> str | None:
    """Make a copy before what cannot be taken back; say why where it cannot be made."""
    want = standing.wanted(register)
    if want is None:
        return None
    known = standing.make_copies(want, now=dt.datetime.now(dt.UTC), here_only=True)
    if known.trouble:
        say(known.trouble)
    return known.here.folder if known.here else None

"""Every command: its name, arguments and the function that runs it."""

import argparse
import datetime as dt
import importlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from app import __version__
from app.cli.output import Outcome

Argument = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command; ``place`` names the module and function that run it."""

    title: str
    place: str
    arguments: tuple[Argument, ...]

    def run(self, options: argparse.Namespace) -> Outcome:
        """Run the command. Its module is imported only now, so that every start is quick."""
        module, _, function = self.place.partition(":")
        work: Callable[[argparse.Namespace], Outcome] = getattr(
            importlib.import_module(f"app.cli.{module}"), function
        )
        return work(options)


def a_day(text: str) -> dt.date:
    """Read a date of the command line, YYYY-MM-DD and nothing else."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        with suppress(ValueError):
            return dt.date.fromisoformat(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-03-31")


def a_number(text: str) -> int:
    """Read a whole number of the command line, no larger than a register can hold."""
    if not re.fullmatch(r"-?[0-9]{1,19}", text) or abs(int(text)) >= 2**63:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number that can be")
    return int(text)


def a_year(text: str) -> int:
    """Read a year of the command line."""
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a year such as 2026")
    return int(text)


def _arg(*names: str, **options: Any) -> Argument:
    return names, options


_JSON: dict[str, Any] = {"action": "store_true", "help": "one JSON document on standard output"}
_REGISTER = _arg("register", type=Path, metavar="REGISTER", help="a file that ends in .hallbook")
_FROM = _arg("--from", dest="first", type=a_day, required=True, metavar="DATE")
_TO = _arg("--to", dest="last", type=a_day, required=True, metavar="DATE")
_FROM_IF = _arg("--from", dest="first", type=a_day, metavar="DATE", help="where it has a period")
_TO_IF = _arg("--to", dest="last", type=a_day, metavar="DATE")
_ACTIVITY = _arg("--activity", metavar="NAME", help="only this activity")
_OUT = _arg("--out", type=Path, required=True, metavar="PATH")

COMMANDS: Mapping[str, Command] = {
    "new": Command(
        title="make an empty register",
        place="registers:new",
        arguments=(_REGISTER, _arg("--name", required=True, help="the group's name")),
    ),
    "example": Command(
        title="make a register of a pretend group to try with",
        place="registers:example",
        arguments=(
            _REGISTER,
            _arg("--size", choices=("small", "busy", "umbrella"), default="small"),
            _arg("--seed", type=a_number, default=1),
            _arg("--ending", type=a_day, metavar="DATE", help="the last day; today if left out"),
        ),
    ),
    "info": Command(
        title="say what a register holds", place="registers:info", arguments=(_REGISTER,)
    ),
    "check": Command(
        title="look for anything wrong in a register",
        place="registers:check",
        arguments=(_REGISTER,),
    ),
    "import": Command(
        title="bring in a spreadsheet of people, attendance or referrals, or a bank statement",
        place="imports:bring_in",
        arguments=(
            _arg("kind", choices=("people", "attendance", "referrals", "bank")),
            _arg("file", type=Path, metavar="FILE"),
            _arg("--into", dest="register", type=Path, required=True, metavar="REGISTER"),
            _arg("--activity", metavar="NAME", help="the activity, where the file names none"),
            _arg("--account", metavar="NAME", help="the account a statement is of"),
            _arg("--mapping", type=Path, metavar="FILE.toml", help="what each column is"),
            _arg("--dates", choices=("dmy", "mdy", "ymd"), help="the order of day and month"),
            _arg("--year", type=a_year, help="the year of the first date, where dates carry none"),
            _arg("--sheet", metavar="NAME", help="only this sheet of a workbook"),
            _arg("--dry-run", action="store_true", help="change nothing; say what would be done"),
        ),
    ),
    "imports": Command(
        title="list what was brought in", place="imports:list_imports", arguments=(_REGISTER,)
    ),
    "undo-import": Command(
        title="remove one import whole",
        place="imports:undo_import",
        arguments=(_REGISTER, _arg("import_id", type=a_number, metavar="ID")),
    ),
    "figures": Command(
        title="work out the figures of a period, or show the rows behind one",
        place="figures:figures",
        arguments=(
            _REGISTER,
            _FROM,
            _TO,
            _arg("--only", metavar="ID,ID", help="only these figures"),
            _arg("--by", metavar="BREAKDOWN", help="each figure in parts"),
            _arg("--rows", metavar="ID", help="the rows behind this figure"),
            _arg("--bands", metavar="SET", help="the set of age bands"),
            _ACTIVITY,
            _arg("--grant", metavar="REF", help="of this grant: received, spent, left, beside it"),
        ),
    ),
    "returns": Command(
        title="list the returns",
        place="returns:list_returns",
        arguments=(
            _arg("register", type=Path, nargs="?", metavar="REGISTER", help="those of its own too"),
        ),
    ),
    "return": Command(
        title="fill and print a return",
        place="returns:print_return",
        arguments=(
            _arg("id", metavar="ID", help="one of `hallbook returns`"),
            _REGISTER,
            _FROM_IF,
            _TO_IF,
            _ACTIVITY,
            _arg("--person", type=a_number, metavar="ID"),
            _arg("--referral", type=a_number, metavar="ID", help="one referral of the person"),
            _arg("--grant", metavar="REF", help="the reference of a grant or agreement"),
            _arg(
                "--answers", type=Path, metavar="FILE.toml", help="your own words for its questions"
            ),
            _arg("--disclosure", choices=("internal", "funder", "nhs", "public")),
            _arg("--copy", choices=("sign-in", "leader"), default="sign-in"),
            _OUT,
        ),
    ),
    "export": Command(
        title="write the book, its grants or its activities in open formats",
        place="exports:export",
        arguments=(
            _arg("kind", choices=("everything", "xlsx", "360giving", "openreferral")),
            _REGISTER,
            _OUT,
        ),
    ),
    "backup": Command(
        title="make a dated copy, and open and count it before it is called good",
        place="safekeeping:backup",
        arguments=(
            _REGISTER,
            _arg("--to", dest="folder", type=Path, required=True, metavar="FOLDER"),
        ),
    ),
    "restore": Command(
        title="put a backup in a register's place, after saving what is there",
        place="safekeeping:restore",
        arguments=(
            _arg("backup", type=Path, metavar="BACKUP", help="a copy that `backup` made"),
            _arg("--to", dest="register", type=Path, required=True, metavar="REGISTER"),
        ),
    ),
    "password": Command(
        title="set, change or remove a register's password; it is asked for, never given here",
        place="safekeeping:password",
        arguments=(_REGISTER, _arg("what", choices=("set", "change", "remove"))),
    ),
    "recovery-sheet": Command(
        title="print the words that open a register when its password is lost",
        place="safekeeping:recovery_sheet",
        arguments=(
            _REGISTER,
            _arg("--holder", default="", metavar="ROLE", help="who will keep it"),
            _OUT,
        ),
    ),
    "anonymise": Command(
        title="wipe a person out of a register; what counted goes on counting",
        place="rights:anonymise",
        arguments=(
            _REGISTER,
            _arg("--person", type=a_number, metavar="ID", required=True),
            _arg("--because", choices=("asked", "retention", "other"), default="asked"),
        ),
    ),
    "retention": Command(
        title="list what a register has kept for longer than its rules say; nothing is changed",
        place="rights:retention",
        arguments=(
            _REGISTER,
            _arg("--today", type=a_day, metavar="DAY", help="as it will be on another day"),
        ),
    ),
    "selftest": Command(
        title="prove this program on a pretend group: encryption, figures, returns, backup",
        place="selftest:selftest",
        arguments=(),
    ),
}
"""All commands by name, in the order of the help."""


_PLAIN_WORDS = (
    (
        r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)",
        r"{1} cannot be “{2}”. Choose one of: {3}.",
    ),
    (r"argument (.+?): expected one argument", r"{1} needs a value after it."),
    (r"the following arguments are required: (.+)", r"Still needed: {1}."),
    (r"unrecognized arguments: (.+)", r"Not known here: {1}."),
    (r"argument (.+?): (“.+)", r"{1}: {2}."),
)
"""What argparse says, and how we say it."""


class _Parser(argparse.ArgumentParser):
    """A parser that complains in plain words."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and how it is written; end with status 2."""
        said = message
        for pattern, words in _PLAIN_WORDS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                said = words.format(message, *match.groups()).replace("'", "")
                break
        self.exit(2, f"{said}\n{self.format_usage()}")


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="hallbook",
        allow_abbrev=False,
        description="The clipboard, the cash tin and the grant form in one file. "
        "With no command, or with a register, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"Hallbook {__version__}")
    parser.add_argument("--json", default=False, **_JSON)
    parsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = parsers.add_parser(
            name, help=command.title, description=command.title, allow_abbrev=False
        )
        for names, settings in command.arguments:
            sub.add_argument(*names, **settings)
        # Left out here, it keeps what stands before the command.
        sub.add_argument("--json", default=argparse.SUPPRESS, **_JSON)
    return parser

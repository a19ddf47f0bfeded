"""The command line: a second front end over the services, with no display needed."""

import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli.output import say, show
from app.cli.parser import COMMANDS, make_parser
from app.domain.errors import AppError

_DONE, _REFUSED = 0, 1


def run(arguments: Sequence[str]) -> int:
    """Run one command; return 0 done, 1 refused or found faulty, 2 wrong usage.

    With no command the window opens, on the register named if there is one.
    """
    _speak_utf8()
    if not arguments or _names_a_register(arguments):
        return _open_window(Path(arguments[0]) if arguments else None)
    options = make_parser().parse_args(arguments)
    try:
        outcome = COMMANDS[options.command].run(options)
        show(outcome, as_json=options.json)
    except AppError as error:
        say(error.text)
        return _REFUSED
    except KeyboardInterrupt:
        say("Stopped. Nothing was changed.")
        return _REFUSED
    except BrokenPipeError:
        # Whoever was reading has gone; there is nobody left to tell.
        sys.stderr.close()
        return _DONE
    return _REFUSED if outcome.faulty else _DONE


def _names_a_register(arguments: Sequence[str]) -> bool:
    first = arguments[0]
    if len(arguments) != 1 or first.startswith("-") or first in COMMANDS:
        return False
    return first.endswith(".hallbook") or Path(first).exists()


def _open_window(path: Path | None) -> int:
    # Imported here: no command needs Qt.
    from app import main

    return main.run(path)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

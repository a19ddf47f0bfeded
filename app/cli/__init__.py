"""The command line: a second front end over the services, with no display needed."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.cli.output import Outcome, say, show, written
from app.cli.parser import COMMANDS, make_parser
from app.domain.errors import AppError

_DONE, _REFUSED = 0, 1


def is_command(arguments: Sequence[str]) -> bool:
    """Say whether arguments are for the command line: not none, nor one register for the window."""
    if len(arguments) != 1:
        return bool(arguments)
    only = arguments[0]
    if only.startswith("-") or only in COMMANDS:
        return True
    return not (only.endswith(".hallbook") or Path(only).exists())


def run(arguments: Sequence[str]) -> int:
    """Run one command; return 0 done, 1 refused or found faulty, 2 wrong usage."""
    _speak_utf8()
    options = make_parser().parse_args(arguments)
    try:
        outcome = COMMANDS[options.command].run(options)
        text = written(outcome, as_json=options.json)
    except AppError as error:
        say(error.text)
        return _REFUSED
    except KeyboardInterrupt:
        say("Stopped. Nothing was half saved.")
        return _REFUSED
    except MemoryError:
        say(
            "This computer has too little memory free for that. Close other programs, then try again."
        )
        return _REFUSED
    except Exception as fault:  # noqa: BLE001 - the outermost guard: nobody is shown a traceback
        _tell_fault(fault)
        return _REFUSED
    return _shown(outcome, text)


def _shown(outcome: Outcome, text: str) -> int:
    try:
        show(text)
    except BrokenPipeError:
        # Whoever was reading has gone; there is nobody left to tell.
        _let_go_of_output()
    except OSError:
        _let_go_of_output()
        say("It was done, but what it says could not be written out: there may be no room left.")
        return _REFUSED
    return _REFUSED if outcome.faulty else _DONE


def _let_go_of_output() -> None:
    # Python writes what is left once more as it ends, and would complain again.
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _tell_fault(fault: Exception) -> None:
    # Imported here: only a fault needs them.
    import logging

    from app import logs, paths

    file = logs.set_up(paths.log_folder())
    logging.getLogger(__name__).error("the command line stopped", exc_info=fault)
    where = f" What happened, without anybody's details, is noted in {file}." if file else ""
    say(
        "This is a fault in the program, not in what you did. Nothing was half saved, and what was "
        f"saved before is safe.{where}"
    )


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

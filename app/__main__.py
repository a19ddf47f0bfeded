"""Start Hallbook: the command line when there is a command, else the window."""

import gc
import sys
from pathlib import Path

_SELDOM = 200_000
"""New things between two sweeps of memory in a command: it reads a lot once, and leaves little behind."""


def main() -> int:
    """Run the program with the arguments it was started with; return its exit status."""
    gc.disable()  # nothing that is only being read can be thrown away
    # Imported here: so that a broken installation can still say what is missing.
    from app import cli

    arguments = sys.argv[1:]
    if cli.is_command(arguments):
        gc.set_threshold(_SELDOM)
        gc.enable()
        status = cli.run(arguments)
        gc.freeze()  # sweeping memory just before the system takes it all back only takes time
        return status
    # Imported here: no command needs Qt.
    from app import main as window

    return window.run(Path(arguments[0]) if arguments else None)


if __name__ == "__main__":
    sys.exit(main())

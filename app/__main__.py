"""Start Hallbook: the command line when there is a command, else the window."""

import sys


def main() -> int:
    """Run the program with the arguments it was started with; return its exit status."""
    # Imported here: so that a broken installation can still say what is missing.
    from app.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

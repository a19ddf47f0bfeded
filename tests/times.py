"""How often a test of chance tries: few times in the suite, a thousand by hand."""

import os


def times(in_the_suite: int) -> int:
    """Return how often to try: the number given, or the HALLBOOK_TIMES of the environment."""
    return int(os.environ.get("HALLBOOK_TIMES") or in_the_suite)

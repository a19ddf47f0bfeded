"""Which figure somebody may have meant by a name that there is not, without listing hundreds."""

from collections.abc import Collection

_WHERE = (
    "All are in the list that “Figure” opens beside an answer, and `hallbook figures` prints them"
)
_MOST = 3
_TELLING = 4
"""Fewer letters are a part of too many names."""


def figures_meant(typed: str, known: Collection[str]) -> str:
    """Return a sentence without its stop: the few nearest names, and where to see all of them."""
    folded = typed.casefold().replace(" ", "_").replace("-", "_")
    from difflib import get_close_matches  # nothing is wrong with most files

    like = get_close_matches(folded, sorted(known), n=_MOST)
    if not like and len(folded) >= _TELLING:
        # A word of a longer name is far from it in letters: "attended" and "people_attended".
        like = sorted((one for one in known if folded in one), key=lambda one: (len(one), one))
    return f"Did you mean {_listed(like[:_MOST])}? {_WHERE}" if like else _WHERE


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else names[0]

"""Parts that a sentence names: whether a breakdown has them at all."""

from collections.abc import Mapping

from app.figures.breakdowns import ELSEWHERE, known_parts
from app.returns.language.phrases import Ref

_MOST_NAMED = 12


def wrong_part(ref: Ref) -> str:
    """Say what is wrong with the part that a sentence names, or return "" where nothing is.

    Nothing is known to be wrong where only the book says which parts there are.
    """
    known = known_parts(ref.by) if ref.by and ref.part else None
    if known is None or ref.part in known or ref.part in known.values():
        return ""
    return f"{ref.by} has no part “{ref.part}”. {_meant(ref.part, known)}"


def _meant(typed: str, known: Mapping[str, str]) -> str:
    keys = [key for key in known if key not in ELSEWHERE]
    from difflib import get_close_matches  # nothing is wrong with most files

    like = get_close_matches(typed, keys, n=1)
    if like:
        return f"Did you mean {like[0]}? That is “{known[like[0]]}”"
    return f"There are: {', '.join(keys[:_MOST_NAMED])}"

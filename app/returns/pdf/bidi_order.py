"""Put a line of mixed left-to-right and right-to-left text into the order it is drawn in.

The levels are those of the Unicode Bidirectional Algorithm (UAX #9), worked out by python-bidi;
here they only become runs. Lines without a right-to-left letter never come here.
"""

import re
from typing import NamedTuple

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_LEVEL = re.compile(r"Level\(\s*(\d+)")


class VisualRun(NamedTuple):
    """A stretch of a line that is drawn in one direction: characters `start` to `end`."""

    start: int
    end: int
    rtl: bool


def has_rtl(words: str) -> bool:
    """Say whether any letter of `words` is written from right to left."""
    return not words.isascii() and _RIGHT_TO_LEFT.search(words) is not None


def starts_rtl(words: str) -> bool:
    """Say whether the first strong letter is a right-to-left one (UAX #9, P2 and P3)."""
    from bidi import get_base_level  # loaded only where such letters are

    return bool(get_base_level(words))


def visual_runs(line: str, *, rtl: bool) -> list[VisualRun]:
    """Return the runs of `line` from left to right; `rtl` is the direction of its paragraph."""
    levels = _levels(line, rtl=rtl)
    spans = _level_spans(levels)
    highest = max(levels, default=0)
    for level in range(highest, 0, -1):  # UAX #9, L2: turn round whatever is at this level or above
        spans = _turned(spans, level)
    return [VisualRun(start, end, bool(level % 2)) for start, end, level in spans]


def _levels(line: str, *, rtl: bool) -> list[int]:
    from bidi import get_display  # loaded only where such letters are

    # With debug, the library gives the levels themselves, one for each byte of the text.
    report = str(get_display(line, base_dir="R" if rtl else "L", debug=True))
    per_byte = [int(level) for level in _LEVEL.findall(report.rpartition("levels:")[2])]
    levels, at = [], 0
    for letter in line:
        levels.append(per_byte[at])
        at += len(letter.encode())
    base = int(rtl)
    for index in range(len(line) - 1, -1, -1):  # UAX #9, L1: spaces at the end of the line
        if not line[index].isspace():
            break
        levels[index] = base
    return levels


def _level_spans(levels: list[int]) -> list[tuple[int, int, int]]:
    spans: list[tuple[int, int, int]] = []
    for index, level in enumerate(levels):
        if spans and spans[-1][2] == level:
            spans[-1] = (spans[-1][0], index + 1, level)
        else:
            spans.append((index, index + 1, level))
    return spans


def _turned(spans: list[tuple[int, int, int]], level: int) -> list[tuple[int, int, int]]:
    turned: list[tuple[int, int, int]] = []
    at = 0
    while at < len(spans):
        end = at
        while end < len(spans) and spans[end][2] >= level:
            end += 1
        turned += reversed(spans[at:end]) if end > at else [spans[at]]
        at = max(end, at + 1)
    return turned

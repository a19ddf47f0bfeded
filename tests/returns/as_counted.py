"""Judge a printed number: it is the figure counted anew, or what stands in its place is true.

What the rules of disclosure say is worked out here a second time: what is hidden has to be few, what
is rounded has to be rounded, and everything else is the figure to the letter.
"""

import re
from collections.abc import Collection
from enum import StrEnum

from app.domain.disclosure import LEAST_BASE, NOT_SHOWN, ROUNDS_TO, Disclosure
from app.figures.definition import Unit
from app.figures.evaluate import Counted
from app.returns.counting.merging import LAST, OTHERS, bands_in
from app.returns.counting.ties import FOLLOWS
from app.returns.filled import Source
from app.returns.language.wording import number_text

_ROUNDED = {Unit.PEOPLE, Unit.ATTENDANCES, Unit.REFERRALS, Unit.UNITS}
"""What people, or what each of them did, is counted in."""
_NUMBER = re.compile(r"[+-]?£?\d[\d,]*(?:\.\d+)?%?")
_FEW = re.compile(r"(?:fewer than |<)(\d+)|(\*)")
_BOUND = re.compile(r"at (least|most) (\d+)%")
_IN_WORDS = re.compile(r"(nobody|none|no|one|once)\b")


class Verdict(StrEnum):
    """What was found of a number."""

    EQUAL = "equal"
    """It is the figure, rounded where it has to be."""
    HIDDEN = "hidden"
    """It is not there, and what stands in its place is true."""
    NOTHING = "nothing"
    """There is no value, and none is printed."""
    WORDS = "words"
    """Words of a sentence around a number, without a number in them."""
    DIFFERS = "differs"


def judge(
    text: str, source: Source, known: Counted, mode: Disclosure, own: Collection[str] = ()
) -> Verdict:
    """Say what a number's words are; ``own`` are the parts that have a line of their own."""
    said = _plain(text)
    value, behind = counted(source, known, own)
    hidden = _hidden(said, value, _least_behind(source, known, behind), mode)
    if hidden is not None:
        return Verdict.HIDDEN if hidden else Verdict.DIFFERS
    found = _NUMBER.findall(said)
    if value is None:
        is_note = said == _plain(known.values[source.figure].note)
        return Verdict.NOTHING if is_note or not found else Verdict.DIFFERS
    if not found:
        word = _IN_WORDS.match(said)
        right = word is None or value == (1 if word[0] in {"one", "once"} else 0)
        return Verdict.WORDS if right else Verdict.DIFFERS
    expected = [as_printed(source, value, behind, mode), *_with_it(source, known, mode)][
        : len(found)
    ]
    same = [_bare(one) for one in expected] == [_bare(one) for one in found[: len(expected)]]
    return Verdict.EQUAL if same else Verdict.DIFFERS


def counted(source: Source, known: Counted, own: Collection[str] = ()) -> tuple[float | None, int]:
    """Return the value that a number comes from, and how many stand behind it.

    A line of several parts is their sum; one of "others" has all that have no line of their own.
    """
    if not source.by:
        whole = known.values[source.figure]
        return whole.value, whole.n
    parts = {one.key: one for one in known.parts[source.figure, source.by].parts}
    keys = (source.part,) if source.part in parts else bands_in(source.part, tuple(parts))
    if not keys and source.part == OTHERS:
        keys = tuple(key for key in parts if key not in own and key not in LAST)
    inside = [parts[key] for key in keys]
    if not inside and source.unit not in {Unit.SHARE, Unit.MEAN}:
        return 0, 0  # nobody was there: another time had them
    values = [one.value for one in inside if one.value is not None]
    return (sum(values) if values else None), sum(one.n for one in inside)


def as_printed(source: Source, value: float, behind: int, mode: Disclosure) -> str:
    """Return a value as it has to be printed where it is not hidden."""
    unit = source.unit
    if mode is Disclosure.NHS:
        if unit in _ROUNDED or source.figure == "places_no_shows":
            value = mode.rounded(int(value))
        elif unit == Unit.SHARE:
            value = round(value * 100 / ROUNDS_TO) * ROUNDS_TO / 100
        elif source.figure in FOLLOWS and unit == Unit.MEAN:
            value = mode.rounded(round(value * behind)) / behind
        elif source.figure in FOLLOWS:
            value = round(value / ROUNDS_TO) * ROUNDS_TO
    return number_text(value, unit)


def _with_it(source: Source, known: Counted, mode: Disclosure) -> list[str]:
    """Return the numbers that a number is printed with: its base, or the ends of its interval."""
    if source.unit == Unit.SHARE and not source.by:
        return [f"{mode.rounded(known.values[source.figure].n):,}"]
    ends = [known.values.get(f"{source.figure}_{end}") for end in ("low", "high")]
    return [number_text(one.value, one.unit) for one in ends if one is not None]


def _hidden(said: str, value: float | None, behind: int, mode: Disclosure) -> bool | None:
    """Say whether what stands in a number's place is true of it; None where it is no such words."""
    few, bound = _FEW.match(said), _BOUND.match(said)
    if few:
        said_by = mode is Disclosure.NHS if few[2] else int(few[1]) == mode.hidden_up_to + 1
        return said_by and mode.hides(value or 0)
    if bound:
        share = (value or 0) * 100
        return mode is not Disclosure.INTERNAL and (
            share >= int(bound[2]) if bound[1] == "least" else share <= int(bound[2])
        )
    if said.startswith("too few"):
        return mode is not Disclosure.INTERNAL and behind < LEAST_BASE
    if re.match(r"some\b", said):
        return mode is not Disclosure.INTERNAL and bool(value)
    instead = re.match(rf"perhaps some\b|(one that is )?{NOT_SHOWN}\b", said)
    return mode is not Disclosure.INTERNAL if instead else None


def _least_behind(source: Source, known: Counted, behind: int) -> int:
    """Return how many stand behind a number; outcomes in parts are said by those of the whole."""
    whole = known.values.get(source.figure)
    return behind if whole is None else min(behind, whole.n)


def _plain(text: str) -> str:
    return text.replace("\N{MINUS SIGN}", "-").strip(" ;,.:(").lower()


def _bare(number: str) -> str:
    bare = _plain(number).removeprefix("+")
    return "0.0" if bare == "-0.0" else bare

"""What the marks in a register mean: one meaning for each, the same in the whole file, and said."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.activities import parse_time
from app.domain.attendance import Mark, Role
from app.importers.base import Choice, MarkMeaning, Question, ValueMeaning
from app.importers.cells import Cell, text_of

BLANK = "blank"
"""In a mapping file: a mark for which nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is recorded for a mark; no mark: nothing is."""

    mark: Mark | None
    role: Role | None = None
    by: str = ""


_WORDS: Mapping[str, str] = {
    "present": "x ✓ ✔ √ ✅ ☑ ☒ ✗✓ / // \\ 1 p y yes yep true present here attended came in att pr pres attend ticked tick ü \uf0fc • ● ○ * + yy px there",
    "late": "l late lt lateness",
    "absent": "n no absent abs ab 0 - – — _ dna ✗ ✘ ❌ ✖ × û \uf0fb away nope missing nil none didn't did.not.attend did.not.come no.show noshow not.present not.here u unauthorised",
    "apology": "ap apol apols apologies apology apologised sorry sick ill unwell hol hols holiday on.holiday exc excused hospital poorly ap. apo sent.apologies authorised",
    "volunteer": "v vol volunteer helper helping vols volunteered volunteering",
    "leader": "leader ldr led staff tutor",
    "carer": "carer",
    BLANK: "n/a na false x.x off not.started left ? .",
}
KNOWN: Mapping[str, str] = {
    word.replace(".", " ") if len(word) > 1 else word: meaning
    for meaning, words in _WORDS.items()
    for word in words.split()
}
"""Marks everybody writes, in small letters, and what they mean. "a" is settled from the file."""

_TICKS = frozenset(["✓", "✔", "√", "✅", "☑", "ü", "tick", "ticked"])
_CROSSES = frozenset({"x", "☒"})
_SURE_PRESENT = _TICKS | frozenset(
    ["1", "p", "y", "yes", "true", "present", "here", "/", "attended", "came"]
)
_ONLY_TICKS = _TICKS | _CROSSES | {"y", "yes", "present", "/", "true"}
"""Marks that stand in no row of weekdays, times, weeks or topics."""
_OWN_ABSENT = frozenset(["n", "no", "0", "✗", "✘", "abs", "absent", "dna"])
_CROSS_SIGNS = frozenset({"✗", "✘", "❌", "✖", "×", "û"})
_DASHES = frozenset(["-", "–", "—", "_"])
_PREFILLED = _DASHES | {"0", "false", "n/a", "na"}
"""Marks that a sheet is filled with beforehand: alone in a column they do not mean it was taken."""
_PAID = re.compile(r"£\s?\d+(?:\.\d\d)?")
_MANY_FILLED = 2 / 3

_LEGEND = re.compile(
    r"(?<![\w’'])(?:([^\s=:,;()]{1,6})\s*(?:=|:|–|—|-)|([^\s=:,;()]{1,2})\s+(?:means|is|for)\b)\s*"
    r"(present|here|attended|came|in attendance|late|arrived late|absent|away|did not attend|"
    r"did not come|not present|apolog\w+|sent apologies|sick|ill|holiday|volunteer\w*|helper|helping|"
    r"leader|staff|carer|not started|left)(?!\w)",
    re.IGNORECASE,
)
_LEGEND_WORDS = (
    ("late", "late"), ("arrived late", "late"), ("absent", "absent"), ("away", "absent"),
    ("did not", "absent"), ("not present", "absent"), ("apolog", "apology"),
    ("sent apologies", "apology"), ("sick", "apology"), ("ill", "apology"),
    ("holiday", "apology"), ("volunteer", "volunteer"), ("help", "volunteer"),
    ("leader", "leader"), ("staff", "leader"), ("carer", "carer"), ("not started", BLANK),
    ("left", BLANK), ("present", "present"), ("here", "present"), ("attended", "present"),
    ("came", "present"), ("in attendance", "present"),
)  # fmt: skip


def mark_key(cell: Cell) -> str:
    """Return a mark in the form in which it is looked up: small, tidy, "" for a blank."""
    if cell is True:
        return "true"
    if cell is False:
        return "false"
    text = text_of(cell).casefold()
    return text.rstrip(".!") or text if len(text) > 1 else text


def is_tick(cell: Cell) -> bool:
    """Say whether a cell is what stands for "came" and could not be a part of a heading."""
    return mark_key(cell) in _ONLY_TICKS


def meaning_of(word: str, by: str) -> Meaning | None:
    """Return the meaning a word of a mapping file, a legend or the list above stands for."""
    word = word.strip().casefold()
    if word in {m.value for m in Mark}:
        return Meaning(Mark(word), None, by)
    if word in {r.value for r in Role}:
        return Meaning(Mark.PRESENT, Role(word), by)
    return Meaning(None, None, by) if word in {BLANK, "", "not recorded"} else None


def read_legend(texts: Iterable[str]) -> dict[str, str]:
    """Return the marks that lines such as "X = present, A = apologies" explain."""
    legend: dict[str, str] = {}
    for text in texts:
        for mark, letter, words in _LEGEND.findall(text):
            lowered = words.lower()
            for beginning, meaning in _LEGEND_WORDS:
                if lowered.startswith(beginning):
                    legend.setdefault(mark_key(mark or letter), meaning)
                    break
    return legend


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The meanings of a file's marks, by key; marks that are not here could not be understood."""

    by_key: Mapping[str, Meaning]
    meanings: tuple[MarkMeaning, ...]
    questions: tuple[Question, ...]
    unknown: tuple[ValueMeaning, ...]
    """Marks that were not understood, commonest first."""

    def of(self, cell: Cell) -> Meaning | None:
        """Return the meaning of a cell, or None when it was not understood."""
        return self.by_key.get(mark_key(cell))


def settle(
    counts: Counter[str],
    *,
    answers: Mapping[str, str],
    legend: Mapping[str, str],
    blanks: int,
    initials: frozenset[str] = frozenset(),
) -> Settled:
    """Settle what each mark means, from answers, the file's own legend, and then its other marks.

    ``counts`` are the marks by key, ``blanks`` the empty cells among them, ``initials`` those keys
    that only ever stand beside people whose initials they are.
    """
    told = {mark_key(written): word for written, word in answers.items()}
    by_key: dict[str, Meaning] = {}
    signed = Meaning(Mark.PRESENT, None, "initials")
    questions: list[Question] = []
    for key in counts:
        meaning = (
            (meaning_of(told[key], "your answer") if key in told else None)
            or (meaning_of(legend[key], "the file's own key") if key in legend else None)
            or (signed if key in initials and len(initials) > 1 else None)
            or _known(key, counts)
            or (signed if key in initials else None)
        )
        if meaning is not None:
            by_key[key] = meaning
    crosses = [key for key in counts if key in _CROSSES and key not in told and key not in legend]
    if crosses and _cross_is_doubtful(counts, blanks):
        questions.append(_cross_question(crosses[0]))
    if "a" in by_key and "a" not in told and "a" not in legend:
        questions.append(_a_question(by_key["a"]))
    unknown = tuple(
        ValueMeaning(taken_as="mark", header="", written=key, count=count)
        for key, count in counts.most_common()
        if key not in by_key
    )
    return Settled(
        by_key=by_key, meanings=_said(counts, by_key), questions=tuple(questions), unknown=unknown
    )


def _known(key: str, counts: Counter[str]) -> Meaning | None:
    if key == "a":
        return _letter_a(counts)
    if key in _DASHES and counts.keys() & _OWN_ABSENT:
        return Meaning(None, None, "other marks say absent")
    squeezed = key.replace(" ", "").replace(".", "")
    word = KNOWN.get(key) or KNOWN.get(squeezed)
    if word is None and key and set(key) <= {"x", "/"} | _TICKS:
        word = "present"
    if word is not None:
        return meaning_of(word, "usual")
    if parse_time(key) and not key.isdecimal():
        return Meaning(Mark.PRESENT, None, "a time of arrival")
    return Meaning(Mark.PRESENT, None, "paid that day") if _PAID.fullmatch(key) else None


def _letter_a(counts: Counter[str]) -> Meaning:
    """Settle A: absent as in P and A, unless the file has another mark for absent and none for apologies."""
    has_apology = any(KNOWN.get(key) == "apology" for key in counts)
    has_absent = any(key in _OWN_ABSENT for key in counts)
    if has_absent and not has_apology:
        return Meaning(Mark.APOLOGY, None, "other marks say absent")
    return Meaning(Mark.ABSENT, None, "usual")


def _cross_is_doubtful(counts: Counter[str], blanks: int) -> bool:
    """Say whether ✓ and x stand side by side with hardly a blank: then x may mean absent."""
    sure = {key for key in counts if key in _SURE_PRESENT}
    if not sure or not sure <= _TICKS:
        return False
    others = {key for key in counts if key == "a" or KNOWN.get(key) == "absent"}
    if others - _CROSS_SIGNS:
        return False
    filled = sum(counts.values())
    return filled >= _MANY_FILLED * (filled + blanks)


def _cross_question(written: str) -> Question:
    return Question(
        kind="marks",
        about=written,
        text=(
            f"This file has both ticks and {written}. Does {written} mean that somebody came, or "
            f'that they did not? Say so in a mapping file: under [marks], {written} = "present" '
            f'or {written} = "absent".'
        ),
        choices=(
            Choice(value="present", words="They came"),
            Choice(value="absent", words="They did not come"),
        ),
    )


def _a_question(taken: Meaning) -> Question:
    word = "absent" if taken.mark is Mark.ABSENT else "apology"
    return Question(
        kind="marks",
        about="a",
        text="Does A mean absent, or that they sent apologies? Neither counts as an attendance.",
        choices=(
            Choice(value="absent", words="Absent"),
            Choice(value="apology", words="Sent apologies"),
        ),
        default=word,
        settled=f"A was taken as {'absent' if word == 'absent' else 'apologies'}; neither counts as an attendance.",
    )


def _said(counts: Counter[str], by_key: Mapping[str, Meaning]) -> tuple[MarkMeaning, ...]:
    return tuple(
        MarkMeaning(
            written=key, count=count, mark=by_key[key].mark, role=by_key[key].role,
            by=by_key[key].by,
        )
        for key, count in counts.most_common()
        if key in by_key
    )  # fmt: skip


def was_taken(keys: Iterable[str], settled: Settled) -> bool:
    """Say whether the marks of one session show that its register was taken.

    Noughts, dashes and unticked boxes alone do not: sheets are filled with them beforehand.
    """
    for key in keys:
        meaning = settled.by_key.get(key)
        if meaning is not None and meaning.mark is not None and key not in _PREFILLED:
            return True
    return False


def is_time_cell(cell: Cell) -> bool:
    """Say whether a cell is a time of day, as in a signing-in sheet."""
    return isinstance(cell, (dt.time, dt.timedelta))

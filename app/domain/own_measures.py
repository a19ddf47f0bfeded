"""A group's own measure, from a few plain answers to the text of a measure's file."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.measure_file import MOST_ITEMS, MOST_SCALES
from app.domain.measures import Better
from app.domain.names import NAME_LIMIT, clean, clean_lines, plain
from app.domain.problems import Problem


class OwnScoring(StrEnum):
    """What a group's own questions come to."""

    EACH = "each"
    MEAN = "mean"
    SUM = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMeasureDraft:
    """A measure as somebody thinks of it: a title, questions, and one scale for all of them."""

    title: str
    intro: str = ""
    questions: str = ""
    """One a line."""
    low: int = 0
    high: int = 10
    low_words: str = ""
    high_words: str = ""
    scoring: OwnScoring = OwnScoring.EACH
    better: Better = Better.HIGHER
    meaningful_change: float = 0

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions, clean and without empty lines."""
        lines = (clean(line) for line in clean_lines(self.questions).split("\n"))
        return tuple(line for line in lines if line)


def validate_own(draft: OwnMeasureDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before a measure can be made of it."""
    problems: list[Problem] = []
    if not clean(draft.title):
        problems.append(Problem(code="own_title_needed", field="title"))
    limits = {"limit": f"{NAME_LIMIT:,}"}
    problems += [
        Problem(code="text_too_long", field=name, values=limits)
        for name in ("title", "low_words", "high_words")
        if len(clean(getattr(draft, name))) > NAME_LIMIT
    ]
    asked = draft.asked
    most = MOST_SCALES if draft.scoring is OwnScoring.EACH else MOST_ITEMS
    if not asked:
        problems.append(Problem(code="own_questions_needed", field="questions"))
    elif len(asked) > most:
        values = {"value": str(len(asked)), "limit": str(MOST_ITEMS), "single": str(MOST_SCALES)}
        problems.append(Problem(code="own_questions_many", field="questions", values=values))
    elif any(len(line) > NAME_LIMIT for line in asked):
        problems.append(Problem(code="text_too_long", field="questions", values=limits))
    if draft.high <= draft.low:
        problems.append(Problem(code="own_ends_backwards", field="high"))
    return tuple(problems)


def definition_of(draft: OwnMeasureDraft, taken: frozenset[str] = frozenset()) -> str:
    """Return the text of the measure's file; ``taken`` are the ids of measures and scales there are.

    The draft has no problems.
    """
    name = _free("own_" + _code(draft.title), taken)
    lines = [
        f"id = {_text(name)}",
        "version = 1",
        f"title = {_text(clean(draft.title))}",
        'about = "Our own questions."',
        'source = "Our own questions: nobody else has tried them out."',
        'licence = "Our own."',
    ]
    if clean(draft.intro):
        lines.append(f"intro = {_text(clean(draft.intro))}")
    for number, question in enumerate(draft.asked, start=1):
        lines += ["", "[[items]]", f'code = "q{number}"', f"wording = {_text(question)}"]
        lines += [f"low = {draft.low}", f"high = {draft.high}"]
        lines += [f"low_anchor = {_text(clean(draft.low_words))}"] if draft.low_words else []
        lines += [f"high_anchor = {_text(clean(draft.high_words))}"] if draft.high_words else []
    return "\n".join([*lines, *_scales(draft, name), ""])


def _scales(draft: OwnMeasureDraft, name: str) -> list[str]:
    codes = [f"q{number}" for number in range(1, len(draft.asked) + 1)]
    if draft.scoring is not OwnScoring.EACH:
        times = len(codes) if draft.scoring is OwnScoring.SUM else 1
        ends = (draft.low * times, draft.high * times)
        return _scale(draft, name, clean(draft.title), codes, draft.scoring.value, ends)
    return [
        line
        for code, question in zip(codes, draft.asked, strict=True)
        for line in _scale(
            draft, f"{name}_{code}", question, [code], "single", (draft.low, draft.high)
        )
    ]


def _scale(
    draft: OwnMeasureDraft, name: str, title: str, codes: list[str], scoring: str,
    ends: tuple[int, int],
) -> list[str]:  # fmt: skip
    return [
        "",
        "[[scales]]",
        f"id = {_text(name)}",
        f"title = {_text(title)}",
        f"items = [{', '.join(map(_text, codes))}]",
        f"scoring = {_text(scoring)}",
        f"better = {_text(draft.better.value)}",
        f"low = {ends[0]}",
        f"high = {ends[1]}",
        f"meaningful_change = {draft.meaningful_change:g}",
        *(['note = "Lower is better."'] if draft.better is Better.LOWER else []),
    ]


def _code(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", plain(clean(title))).strip("_")[:24].strip("_") or "questions"


def _free(stem: str, taken: frozenset[str]) -> str:
    number, name = 1, stem
    while any(one == name or one.startswith(f"{name}_q") for one in taken):
        number += 1
        name = f"{stem}_{number}"
    return name


def _text(value: str) -> str:
    """Return a text in TOML: a basic string is written as JSON writes one."""
    return json.dumps(value, ensure_ascii=False)

"""The register's own settings, each declared once with its default, title and help."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any

from app.domain.ages import BandSet
from app.domain.consents import PURPOSES
from app.domain.equality import NOT_ASKED, Question
from app.domain.names import NAME_LIMIT, clean, plain
from app.domain.org_ids import charity_id, company_id
from app.domain.people import ConsentPurpose
from app.domain.periods import month_end
from app.domain.problems import Problem

MOST_BLANK_ROWS = 40
"""Two full pages of them."""
MOST_BANDS = 30
MOST_OWN_SETS = 20
MOST_LOGO = 1_000_000
"""Letters of a logo as it is kept: some 700 KB of picture."""
_LEAP_YEAR = 2024
_OLDEST_BOUND = 120

LEGAL_FORMS: Mapping[str, str] = {
    "association": "Unincorporated association",
    "charity": "Registered charity (association or trust)",
    "cio": "Charitable incorporated organisation (CIO)",
    "cic": "Community interest company (CIC)",
    "company": "Company limited by guarantee",
    "cooperative": "Co-operative or community benefit society",
    "part_of": "Part of a larger organisation",
    "other": "Something else",
}
"""What a group can be in law, code to words. Source: domain.md, what forms ask [BG]."""
ALL_QUESTIONS = " ".join(question.value for question in Question)


def _setting(default: Any, title: str, help_text: str, *, private: bool = False) -> Any:
    return field(default=default, repr=not private, metadata={"title": title, "help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the group has told the program about itself."""

    group_name: str = _setting("", "Group's name", "As it is printed on sheets and returns.")
    tagline: str = _setting("", "What you do and where", "One line under the name on reports.")
    contact: str = _setting(
        "", "Who to ask", "Printed on sheets: who to ask about what is kept.", private=True
    )
    year_end: str = _setting("03-31", "Year end", "Month and day on which your year ends.")
    age_bands: str = _setting(
        "standard", "Age bands", "The set of age bands shown first; returns may use another."
    )
    legal_form: str = _setting(
        "association", "Legal form", "What your group is in law; most forms ask."
    )
    charity_number: str = _setting(
        "", "Charity number", "If you are registered; it names you to funders and directories."
    )
    company_number: str = _setting("", "Company number", "If you are a company or a CIC.")
    questions: str = _setting(
        ALL_QUESTIONS, "Questions asked", "The equality questions you ask people, by their names."
    )
    own_bands: str = _setting(
        "", "Own age bands", "Sets of age bands of your own: names and lowest ages, as JSON."
    )
    blank_rows: int = _setting(6, "Blank rows", "Empty rows at the foot of a printed register.")
    pretend: bool = _setting(False, "Pretend group", "Marks a book of pretend people to try with.")
    wellby: bool = _setting(
        False, "WELLBY", "Whether changes in life satisfaction are valued in pounds."
    )
    wellby_deadweight: int = _setting(
        50, "WELLBY: taken off", "Per cent of a change that might have happened anyway."
    )
    logo: str = _setting(
        "", "Logo", "A picture for reports, kept in the book (base 64).", private=True
    )


def setting_names() -> tuple[str, ...]:
    """Return the names of all settings."""
    return tuple(f.name for f in fields(Settings))


def validate_settings(settings: Settings) -> tuple[Problem, ...]:
    """Return what has to be corrected before settings can be kept."""
    problems: list[Problem] = []
    if not settings.group_name.strip():
        problems.append(Problem(code="group_name_needed", field="group_name"))
    for name in ("group_name", "tagline", "contact"):
        length = len(getattr(settings, name))
        if length > NAME_LIMIT:
            values = {"limit": str(NAME_LIMIT)}
            problems.append(Problem(code="text_too_long", field=name, values=values))
    if len(settings.logo) > MOST_LOGO:
        problems.append(Problem(code="logo_too_large", field="logo"))
    if settings.legal_form not in LEGAL_FORMS:
        problems.append(Problem(code="legal_form_unknown", field="legal_form"))
    problems += _number_problems(settings)
    if year_end(settings.year_end) is None:
        problems.append(Problem(code="year_end_unknown", field="year_end"))
    if not 0 <= settings.blank_rows <= MOST_BLANK_ROWS:
        values = {"limit": str(MOST_BLANK_ROWS)}
        problems.append(Problem(code="blank_rows_range", field="blank_rows", values=values))
    if not 0 <= settings.wellby_deadweight <= 100:
        problems.append(Problem(code="deadweight_range", field="wellby_deadweight"))
    return tuple(problems)


def _number_problems(settings: Settings) -> list[Problem]:
    wrong = {
        "charity_number": settings.charity_number and not charity_id(settings.charity_number),
        "company_number": settings.company_number and not company_id(settings.company_number),
    }
    return [
        Problem(code="number_unknown", field=name, values={"value": getattr(settings, name)})
        for name, is_wrong in wrong.items()
        if is_wrong
    ]


def year_end(text: str) -> tuple[int, int] | None:
    """Return month and day of a year end kept as "03-31", or None when there is no such day."""
    match = re.fullmatch(r"([0-9]{2})-([0-9]{2})", text)
    if not match:
        return None
    month, day = int(match[1]), int(match[2])
    fits = 1 <= month <= 12 and 1 <= day <= month_end(_LEAP_YEAR, month).day
    return (month, day) if fits else None


def asked_questions(settings: Settings) -> tuple[Question, ...]:
    """Return the equality questions a group asks, in the order they are printed."""
    names = set(settings.questions.split())
    return tuple(question for question in Question if question.value in names)


def shown_questions(settings: Settings, answered: object) -> tuple[Question, ...]:
    """Return the questions a group asks, and any other that a person has an answer to."""
    asked = asked_questions(settings)
    return tuple(
        question
        for question in Question
        if question in asked or getattr(answered, question.value) != NOT_ASKED
    )


def asked_purposes(settings: Settings) -> tuple[ConsentPurpose, ...]:
    """Return what consent is wanted for: not for equality answers where none are asked."""
    none = not asked_questions(settings)
    return tuple(p for p in PURPOSES if not (none and p is ConsentPurpose.EQUALITY))


def own_band_sets(settings: Settings) -> tuple[BandSet, ...]:
    """Return the group's own sets of age bands; one that does not hold is left out."""
    try:
        kept = json.loads(settings.own_bands or "[]")
        return tuple(
            BandSet(id=str(one["id"]), title=str(one["title"]), bounds=tuple(one["bounds"]),
                    source="Your own set")
            for one in kept
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return ()


def kept_band_sets(sets: Sequence[BandSet]) -> str:
    """Return own sets of age bands as they are kept in a setting."""
    rows = [{"id": s.id, "title": s.title, "bounds": list(s.bounds)} for s in sets]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def read_band_set(title: str, typed: str, others: Sequence[BandSet]) -> BandSet | Problem:
    """Return a set of age bands from its name and the lowest age of each band, as typed.

    "0, 5, 12 and 18" and "0-4, 5-11, 12-17, 18+" are the same set.
    """
    title = clean(title)
    if not title:
        return Problem(code="bands_name_needed", field="title")
    if len(title) > NAME_LIMIT:
        values = {"limit": str(NAME_LIMIT)}
        return Problem(code="text_too_long", field="title", values=values)
    if any(clean(other.title).casefold() == title.casefold() for other in others):
        return Problem(code="bands_name_taken", field="title", values={"value": title})
    # Of "5-11" only the lower end is asked.
    lows = re.sub(r"(?<=\d)\s*(?:-|–|to)\s*\d+", "", typed)
    bounds = tuple(int(number[:4]) for number in re.findall(r"\d+", lows))
    rising = all(a < b for a, b in pairwise(bounds))
    if not bounds or not rising or len(bounds) > MOST_BANDS or bounds[-1] > _OLDEST_BOUND:
        return Problem(code="bands_not_rising", field="bounds")
    return BandSet(id=_free_id(title, others), title=title, bounds=bounds, source="Your own set")


def _free_id(title: str, others: Sequence[BandSet]) -> str:
    stem = "own_" + re.sub(r"[^a-z0-9]+", "_", plain(title).casefold()).strip("_")[:40]
    taken = {other.id for other in others}
    return next(i for i in (stem, *(f"{stem}_{n}" for n in range(2, 99))) if i not in taken)

"""Consents: each purpose asked by itself, dated, with its wording, and withdrawn by itself.

Source: what the ICO asks a record of consent to hold: who, when, how, what they were told, and
whether it was withdrawn [S111].
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.people import ConsentPurpose
from app.domain.periods import short_date
from app.domain.problems import Problem

PURPOSES: Mapping[ConsentPurpose, str] = {
    ConsentPurpose.HOLD_DETAILS: "Keep my details",
    ConsentPurpose.HEALTH_ACCESS: "Keep health and access notes",
    ConsentPurpose.CONTACT: "Contact me",
    ConsentPurpose.PHOTOS: "Photos and film",
    ConsentPurpose.EQUALITY: "Equality questions",
    ConsentPurpose.WELLBEING: "Wellbeing questions",
    ConsentPurpose.REPORT_BACK: "Tell who referred me how it goes",
    ConsentPurpose.STORY: "Tell my story or quote me",
}
"""Every purpose in the order in which it is asked, as it is said to the person."""

METHODS: Mapping[str, str] = {
    "paper": "On paper",
    "verbal": "By word of mouth",
    "digital": "On a screen",
}
"""How somebody agreed, code to words."""


USES: Mapping[ConsentPurpose, Mapping[str, str]] = {
    ConsentPurpose.PHOTOS: {
        "reports": "reports to funders",
        "website": "our website",
        "social": "social media",
        "posters": "posters and leaflets",
        "press": "newspapers",
    },
    ConsentPurpose.STORY: {
        "reports": "reports to funders",
        "website": "our website",
        "social": "social media",
        "press": "newspapers",
        "named": "with their name on it",
    },
}
"""The uses that are agreed to one by one, code to words. Source: domain.md 5.2, photos per use."""
_FOR, _BY = "For: ", "Agreed by: "


class Standing(StrEnum):
    """How a purpose stands with somebody today."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDraft:
    """One answer to one purpose."""

    purpose: ConsentPurpose
    given: bool = True
    asked_on: dt.date | None = None
    method: str = "paper"
    wording_version: str = ""
    taken_by: str = field(default="", repr=False)
    detail: str = field(default="", repr=False)
    withdrawn_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(ConsentDraft):
    """A kept answer; ``inherited`` when it was given under a record joined to this person."""

    id: int
    asked_on: dt.date
    inherited: bool = False

    @property
    def standing(self) -> Standing:
        """How this answer stands."""
        if self.withdrawn_on is not None:
            return Standing.WITHDRAWN
        return Standing.GIVEN if self.given else Standing.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDetail:
    """What a consent says more exactly: for which uses, by whom where not by themselves, and more."""

    uses: tuple[str, ...] = ()
    by: str = field(default="", repr=False)
    more: str = field(default="", repr=False)


def detail_text(purpose: ConsentPurpose, detail: ConsentDetail) -> str:
    """Return a detail as it is kept and read: a line for the uses, one for who agreed, the rest."""
    known = USES.get(purpose, {})
    uses = ", ".join(text for code, text in known.items() if code in detail.uses)
    lines = (f"{_FOR}{uses}" if uses else "", f"{_BY}{detail.by}" if detail.by else "")
    return "\n".join(line for line in (*lines, detail.more) if line)


def read_detail(purpose: ConsentPurpose, text: str) -> ConsentDetail:
    """Return what ``detail_text`` kept; lines it did not write are the rest."""
    lines = text.split("\n")
    codes = {words: code for code, words in USES.get(purpose, {}).items()}
    uses: tuple[str, ...] = ()
    by = ""
    named = lines[0].removeprefix(_FOR).split(", ") if lines[0].startswith(_FOR) else []
    if named and all(words in codes for words in named):
        uses = tuple(codes[words] for words in named)
        lines = lines[1:]
    if lines and lines[0].startswith(_BY):
        by = lines[0].removeprefix(_BY)
        lines = lines[1:]
    return ConsentDetail(uses=uses, by=by, more="\n".join(lines))


def latest(consents: Iterable[Consent]) -> dict[ConsentPurpose, Consent]:
    """Return the answer that counts for each purpose: the newest one."""
    found: dict[ConsentPurpose, Consent] = {}
    for consent in sorted(consents, key=lambda c: (c.asked_on, c.id)):
        found[consent.purpose] = consent
    return found


def standing_of(consents: Iterable[Consent], purpose: ConsentPurpose) -> Standing:
    """Return how a purpose stands; never asked is not the same as refused."""
    answer = latest(consents).get(purpose)
    return answer.standing if answer else Standing.NOT_ASKED


def validate_consent(draft: ConsentDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before an answer can be kept."""
    problems: list[Problem] = []
    if draft.asked_on is None:
        problems.append(Problem(code="date_needed", field="asked_on"))
    elif draft.asked_on > today:
        values = {"value": short_date(draft.asked_on)}
        problems.append(Problem(code="consent_future", field="asked_on", values=values))
    if draft.withdrawn_on is not None:
        if draft.withdrawn_on > today:
            values = {"value": short_date(draft.withdrawn_on)}
            problems.append(Problem(code="consent_future", field="withdrawn_on", values=values))
        elif draft.asked_on is not None and draft.withdrawn_on < draft.asked_on:
            values = {"value": short_date(draft.withdrawn_on), "asked": short_date(draft.asked_on)}
            problems.append(
                Problem(code="withdrawn_before_given", field="withdrawn_on", values=values)
            )
    if draft.method not in METHODS:
        problems.append(Problem(code="answer_unknown", field="method"))
    limits = (("wording_version", NAME_LIMIT), ("taken_by", NAME_LIMIT), ("detail", TEXT_LIMIT))
    problems += [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, limit in limits
        if len(getattr(draft, name)) > limit
    ]
    return tuple(problems)

"""Equality questions and their answers, with *prefer not to say* and *not asked* apart.

Sources: ethnicity, GSS harmonised / Census 2021 [S133][S134]; disability [S135]; sex and gender
identity [S136][S137]; unpaid care [S138]; orientation and religion, Census 2021 wording [BG].
"""

from collections.abc import Mapping
from enum import StrEnum

PREFER_NOT = "prefer_not"
NOT_ASKED = "not_asked"

_LAST = {PREFER_NOT: "Prefer not to say", NOT_ASKED: "Not asked"}

SEX: Mapping[str, str] = {"female": "Female", "male": "Male", **_LAST}
GENDER_SAME: Mapping[str, str] = {"yes": "Yes", "no": "No", **_LAST}
DISABILITY: Mapping[str, str] = {
    "limited_a_lot": "Limited a lot",
    "limited_a_little": "Limited a little",
    "not_limiting": "Long-term condition, not limiting",
    "none": "No long-term condition",
    **_LAST,
}
CARER: Mapping[str, str] = {"yes": "Unpaid carer", "no": "Not a carer", **_LAST}
ETHNICITY: Mapping[str, str] = {
    "white_british": "English, Welsh, Scottish, Northern Irish or British",
    "white_irish": "Irish",
    "white_traveller": "Gypsy or Irish Traveller",
    "white_roma": "Roma",
    "white_other": "Any other White background",
    "mixed_caribbean": "White and Black Caribbean",
    "mixed_african": "White and Black African",
    "mixed_asian": "White and Asian",
    "mixed_other": "Any other Mixed background",
    "asian_indian": "Indian",
    "asian_pakistani": "Pakistani",
    "asian_bangladeshi": "Bangladeshi",
    "asian_chinese": "Chinese",
    "asian_other": "Any other Asian background",
    "black_caribbean": "Caribbean",
    "black_african": "African",
    "black_other": "Any other Black background",
    "other_arab": "Arab",
    "other_any": "Any other ethnic group",
    **_LAST,
}
ETHNIC_GROUPS: Mapping[str, str] = {
    "white": "White",
    "mixed": "Mixed or multiple",
    "asian": "Asian or Asian British",
    "black": "Black, Black British, Caribbean or African",
    "other": "Other",
    **_LAST,
}
ORIENTATION: Mapping[str, str] = {
    "straight": "Straight or heterosexual",
    "gay": "Gay or lesbian",
    "bisexual": "Bisexual",
    "other": "Other",
    **_LAST,
}
RELIGION: Mapping[str, str] = {
    "none": "No religion",
    "christian": "Christian",
    "buddhist": "Buddhist",
    "hindu": "Hindu",
    "jewish": "Jewish",
    "muslim": "Muslim",
    "sikh": "Sikh",
    "other": "Any other religion",
    **_LAST,
}


class Question(StrEnum):
    """An equality question; the value is its column and its name in files."""

    SEX = "sex"
    GENDER_SAME = "gender_same"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    CARER = "carer"
    ORIENTATION = "orientation"
    RELIGION = "religion"


ANSWERS: Mapping[Question, Mapping[str, str]] = {
    Question.SEX: SEX,
    Question.GENDER_SAME: GENDER_SAME,
    Question.ETHNICITY: ETHNICITY,
    Question.DISABILITY: DISABILITY,
    Question.CARER: CARER,
    Question.ORIENTATION: ORIENTATION,
    Question.RELIGION: RELIGION,
}
"""Every question's answers, code to words, in the order they are printed."""


def ethnic_group(ethnicity: str) -> str:
    """Return the five-group code of a 19-code ethnicity (or prefer_not, not_asked as they are)."""
    return ethnicity if ethnicity in _LAST else ethnicity.split("_", maxsplit=1)[0]

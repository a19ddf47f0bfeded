"""Answers as people write them, to the codes that are kept: sex, ethnicity, disability, phones."""

import re
from collections.abc import Mapping
from functools import lru_cache

from app.domain.equality import ANSWERS, NOT_ASKED, PREFER_NOT
from app.domain.equality import Question as Asked
from app.domain.phones import Phone, read_phone
from app.importers.cells import Cell, text_of
from app.importers.fields import Field

_PREFER = (
    "prefer not to say|prefer not|pnts|rather not say|not disclosed|refused|declined|undisclosed|"
    "prefer not to answer|prefer not to disclose|pns|prefer not say|do not wish to say|"
    "does not wish to say|did not wish to say"
)
_NOT_ASKED = "not asked|unknown|not known|not stated|?|n k|nk|n a|na|not recorded|none given|blank|not given|tbc|dont know|missing|not collected|unspecified"

_SAME_WORDS: Mapping[Field, Mapping[str, str]] = {
    Field.SEX: {
        "female": "f|female|woman|w|girl|fem|lady|women|females|she|she her",
        "male": "m|male|man|boy|gentleman|men|males|he|he him",
    },
    Field.GENDER_SAME: {"yes": "yes|y|true|1|same", "no": "no|n|false|0|different"},
    Field.CARER: {
        "yes": "yes|y|true|1|x|carer|unpaid carer|young carer|✓|✔|is a carer|cares",
        "no": "no|n|false|0|not a carer|none",
    },
    Field.DISABILITY: {
        "limited_a_lot": "yes a lot|a lot|limited a lot|severe|severely|wheelchair user|yes limited a lot|day to day activities limited a lot|profound|yes reduced a lot",
        "limited_a_little": "yes|y|true|1|x|disabled|yes a little|a little|limited a little|mild|yes limited a little|✓|✔|has a disability|day to day activities limited a little|yes reduced a little|registered disabled|moderate",
        "not_limiting": "not limiting|long term condition not limiting|yes not at all|not at all|condition not limiting|long term condition|yes but not limiting|ltc",
        "none": "no|n|none|false|0|not disabled|no disability|no long term condition|nil|no known disability|non disabled",
    },
    Field.ORIENTATION: {
        "straight": "straight|heterosexual|straight or heterosexual|hetero|straight heterosexual",
        "gay": "gay|lesbian|gay or lesbian|homosexual|gay lesbian|gay man|gay woman",
        "bisexual": "bisexual|bi",
        "other": "other|queer|pansexual|asexual|pan",
    },
    Field.RELIGION: {
        "none": "none|no religion|no|atheist|agnostic|n",
        "christian": "christian|church of england|c of e|coe|cofe|catholic|roman catholic|methodist|baptist|rc|protestant|orthodox|pentecostal|anglican|quaker|christianity|salvation army|urc",
        "buddhist": "buddhist|buddhism",
        "hindu": "hindu|hinduism",
        "jewish": "jewish|jew|judaism",
        "muslim": "muslim|islam|islamic|moslem|sunni|shia",
        "sikh": "sikh|sikhism",
        "other": "other|any other religion|pagan|spiritual|jain|bahai|humanist|spiritualist|ravidassia",
    },
    Field.ETHNICITY: {
        "white_british": "white british|british white|wb|w b|british|english|scottish|welsh|northern irish|white english|white uk|white scottish|white welsh|white english welsh scottish northern irish british|white english welsh scottish northern irish or british|english welsh scottish northern irish or british|english welsh scottish northern irish british|uk|white northern irish|english welsh scottish ni british|a1|white british english|white - british|caucasian british|british english|white eng|wbri",
        "white_irish": "white irish|irish|wi|wiri",
        "white_traveller": "gypsy or irish traveller|gypsy|traveller|irish traveller|gypsy irish traveller|white gypsy or irish traveller|gypsy traveller|grt|white gypsy|white traveller|romany|romany gypsy|wirt",
        "white_roma": "roma|white roma|roma gypsy|wrom",
        "white_other": "white other|any other white background|other white|any other white|white european|european|polish|white polish|romanian|white romanian|italian|white eastern european|eastern european|portuguese|lithuanian|bulgarian|ukrainian|white any other|spanish|german|french|white other background|wo|hungarian|white any other white background|other white background|greek|turkish|albanian|latvian|slovak|czech|russian|white italian|white american|american|australian|white south african|woth|white ukrainian|turkish cypriot|greek cypriot",
        "mixed_caribbean": "white and black caribbean|mixed white and black caribbean|mixed white black caribbean|white black caribbean|wbc|mixed caribbean|mixed wbc|mixed white caribbean|white & black caribbean|mixed or multiple white and black caribbean|mixed multiple white and black caribbean|mwbc",
        "mixed_african": "white and black african|mixed white and black african|mixed white black african|white black african|wba|mixed african|mixed or multiple white and black african|mixed white african|mwba",
        "mixed_asian": "white and asian|mixed white and asian|mixed white asian|white asian|wa|mixed asian|mixed or multiple white and asian|mwas",
        "mixed_other": "mixed other|any other mixed background|any other mixed|other mixed|mixed|mixed race|dual heritage|mixed any other|multiple|mixed heritage|mixed or multiple|mixed any other mixed background|any other mixed or multiple ethnic background|multiple ethnic groups|any other mixed or multiple ethnic background|moth|biracial",
        "asian_indian": "indian|asian indian|british indian|asian or asian british indian|asian british indian|ind|aind|gujarati|punjabi|tamil indian",
        "asian_pakistani": "pakistani|asian pakistani|british pakistani|asian or asian british pakistani|asian british pakistani|pak|kashmiri|apkn|mirpuri",
        "asian_bangladeshi": "bangladeshi|asian bangladeshi|british bangladeshi|asian or asian british bangladeshi|asian british bangladeshi|bangla|bengali|ban|abgl|sylheti",
        "asian_chinese": "chinese|asian chinese|british chinese|asian or asian british chinese|hong kong chinese|hong kong|chn|chne|asian british chinese",
        "asian_other": "asian other|any other asian background|other asian|any other asian|asian any other|asian or asian british other|filipino|sri lankan|nepali|nepalese|vietnamese|japanese|thai|korean|aoth|asian any other asian background|other asian background|malaysian|tamil|asian or asian british any other asian background|asian british other|indonesian",
        "black_caribbean": "black caribbean|caribbean|afro caribbean|african caribbean|jamaican|black british caribbean|black or black british caribbean|west indian|bcrb|black caribbean british|barbadian|bajan|black black british caribbean or african caribbean|black british - caribbean",
        "black_african": "black african|african|nigerian|ghanaian|somali|kenyan|zimbabwean|black british african|black or black british african|congolese|bafr|ugandan|ethiopian|eritrean|black african british|sudanese|black black british caribbean or african african|gambian|cameroonian|south african black",
        "black_other": "black other|any other black background|other black|any other black|black british|black any other|black or black british other|any other black black british or caribbean background|both|other black background|black any other black background",
        "other_arab": "arab|other arab|arabic|arab british|other ethnic group arab|syrian|iraqi|yemeni|egyptian|moroccan|lebanese|palestinian|oarb|middle eastern|algerian",
        "other_any": "other|any other ethnic group|other ethnic group|any other|other any other ethnic group|other other|any other ethnicity|ooeg|kurdish|iranian|afghan|latin american|brazilian|persian|hispanic|other ethnic background|other ethnicity|jewish|colombian",
    },
}  # fmt: skip

_ASKED: Mapping[Field, Asked] = {
    Field.SEX: Asked.SEX, Field.GENDER_SAME: Asked.GENDER_SAME, Field.ETHNICITY: Asked.ETHNICITY,
    Field.DISABILITY: Asked.DISABILITY, Field.CARER: Asked.CARER,
    Field.ORIENTATION: Asked.ORIENTATION, Field.RELIGION: Asked.RELIGION,
}  # fmt: skip
EQUALITY_FIELDS = frozenset(_ASKED)


def _squeeze(text: str) -> str:
    return " ".join(
        re.sub(
            r"[^\w✓✔?]+", " ", text.casefold().replace("'", "").replace("’", "").replace("_", " ")
        ).split()
    )


def _codes(field: Field) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, words in _SAME_WORDS[field].items():
        for word in words.split("|"):
            found.setdefault(_squeeze(word), code)
    for code, words in ANSWERS[_ASKED[field]].items():
        found.setdefault(_squeeze(code), code)
        found.setdefault(_squeeze(words), code)
    found |= {_squeeze(word): PREFER_NOT for word in _PREFER.split("|")}
    found |= {
        _squeeze(word): NOT_ASKED for word in _NOT_ASKED.split("|") if _squeeze(word) not in found
    }
    return found


_BY_FIELD: Mapping[Field, Mapping[str, str]] = {field: _codes(field) for field in _ASKED}


@lru_cache(maxsize=5_000)
def known_answer(field: Field, text: str) -> str | None:
    """Return the code of an answer as people write it, or None when the words are not known."""
    if not text:
        return NOT_ASKED
    codes = _BY_FIELD[field]
    key = _squeeze(text)
    if key in codes:
        return codes[key]
    # "1 - White British", "White British (English)", "Asian/Asian British: Indian"
    for part in (re.sub(r"^[a-z]?\d+\s+", "", key), _squeeze(re.sub(r"\(.*?\)", " ", text))):
        if part in codes:
            return codes[part]
    if field is Field.ETHNICITY:
        return _by_group_and_part(key, codes)
    return None


def _by_group_and_part(key: str, codes: Mapping[str, str]) -> str | None:
    """Read "Asian Asian British Indian" as the last words that are a code, if the group agrees."""
    words = key.split()
    group = next((g for g in ("white", "mixed", "asian", "black") if words and words[0] == g), None)
    if group is None or "mixed" in words[1:]:
        return None
    for start in range(1, len(words)):
        code = codes.get(" ".join(words[start:]))
        if code and code.split("_")[0] == group:
            return code
    return None


# --- telephones -------------------------------------------------------------------------------


def phone(cell: Cell) -> Phone:
    """Return a telephone number spaced as people write it, its lost leading nought put back."""
    if isinstance(cell, float):
        cell = f"{cell:.0f}"
    return read_phone(text_of(cell).lstrip("'"))


# --- ages -------------------------------------------------------------------------------------

_AGE = re.compile(r"(\d{1,3})\s*(?:years?|yrs?|y)?(?:\s*old)?", re.IGNORECASE)
_BAND = re.compile(
    r"(\d{1,3})\s*(?:-|–|—|to|/|and)\s*(\d{1,3})(?:\s*(?:years?|yrs?))?", re.IGNORECASE
)
_AND_OVER = re.compile(
    r"(?:over\s*|>=?\s*)?(\d{1,3})\s*(?:\+|and over|or over|plus|and above|or more|& over)?",
    re.IGNORECASE,
)
_UNDER = re.compile(r"(?:under|below|<|less than|up to)\s*(\d{1,3})", re.IGNORECASE)


def age(cell: Cell) -> tuple[int, int | None] | None:
    """Return the youngest and oldest age (None: no upper end) of "72", "65+", "25-34", "under 18"."""
    text = text_of(cell)
    if match := _AGE.fullmatch(text):
        return _in_reach(int(match[1]), int(match[1]))
    if match := _BAND.fullmatch(text):
        return _in_reach(int(match[1]), int(match[2]))
    if match := _UNDER.fullmatch(text):
        return _in_reach(0, int(match[1]) - 1)
    if match := _AND_OVER.fullmatch(text):
        over = text.casefold().startswith("over") or (text[:1] == ">" and text[1:2] != "=")
        low = int(match[1]) + over
        return (low, None) if low <= 120 else None
    return None


def _in_reach(low: int, high: int) -> tuple[int, int] | None:
    return (low, high) if low <= high <= 125 else None

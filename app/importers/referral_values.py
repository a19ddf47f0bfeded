"""What people and platforms write about referrals, as the codes that are kept."""

import re
import unicodedata
from collections.abc import Mapping

from app.domain.referrals import (
    CHANNELS,
    DECLINED_REASONS,
    LEFT_REASONS,
    NEEDS,
    NOT_ACCEPTED_REASONS,
    REASONS,
    REPORT_BACK,
    SOURCE_TYPES,
    STATE_WORDS,
    STEP_REASONS,
    WHO_PAYS,
    Step,
)
from app.importers.fields import Field

STATES: Mapping[str, str] = {
    "tried": "Tried to reach them",
    **{state.value: words for state, words in STATE_WORDS.items()},
}
"""How a referral stands, code to words; "started" and "attending" are kept as accepted."""

CODES: Mapping[Field, Mapping[str, str]] = {
    Field.SOURCE_TYPE: SOURCE_TYPES,
    Field.CHANNEL: CHANNELS,
    Field.REASONS: REASONS,
    Field.NEEDS: NEEDS,
    Field.REFERRAL_STATE: STATES,
    Field.STATE_REASON: {**NOT_ACCEPTED_REASONS, **DECLINED_REASONS, **LEFT_REASONS},
    # An agreement is chosen in the book: a file cannot say which one it means.
    Field.WHO_PAYS: {code: words for code, words in WHO_PAYS.items() if code != "agreement"},
    Field.REPORT_BACK: {"yes": "Yes", "no": "No", "not_asked": REPORT_BACK["not_asked"]},
}
"""The fields of a referral that hold answers: code to words."""

_ALSO: Mapping[Field, Mapping[str, str]] = {
    Field.SOURCE_TYPE: {
        "gp_practice": "gp|gps|doctor|general practice|gp surgery|surgery|practice|primary care|practice nurse|nurse|gp referral",
        "link_worker": "link worker|social prescriber|social prescribing|social prescribing link worker|splw|sp link worker|community connector|care coordinator|social prescribing team",
        "pharmacy": "pharmacist|chemist|community pharmacy",
        "mdt": "multidisciplinary team|multi disciplinary team",
        "hospital_discharge": "hospital|hospital discharge|discharge team|ward",
        "allied_health": "physio|physiotherapist|physiotherapy|occupational therapist|ot|dietitian|podiatrist|ahp",
        "mental_health": "cmht|community mental health team|talking therapies|iapt|mental health team|mental health",
        "camhs": "camhs|cypmhs",
        "school": "school|college|teacher|senco",
        "early_help": "early help|family hub",
        "adult_social_care": "adult social care|social services|social worker|asc|adult social services",
        "childrens_social_care": "childrens social care|childrens services|childrens social services",
        "housing": "housing|housing association|housing officer|landlord",
        "jobcentre": "job centre|jobcentre plus|dwp|work coach",
        "police": "police|pcso",
        "fire": "fire|fire and rescue|fire brigade",
        "youth_offending": "yot|youth justice",
        "voluntary": "charity|vcse|vcs|voluntary|voluntary sector|third sector|community group|voluntary organisation",
        "council": "council|local authority",
        "care_home": "care home|nursing home",
        "family": "family|carer|relative|friend|friend or family|family member|family or friend|parent|parent or carer",
        "self": "self|self referral|self referred|self refer|myself|client|walk in|drop in",
        "other": "other|other professional",
    },
    Field.CHANNEL: {
        "phone": "phone|telephone|tel|call|by telephone|phone call",
        "paper": "paper|letter|post|form|referral form|paper form",
        "email": "email|e mail|mail|by e mail",
        "platform": "platform|joy|joy app|elemental|simply connect|access elemental|online|web|website|web form|online form|portal",
        "in_person": "in person|face to face|f2f|drop in|walk in|visit",
    },
    Field.REASONS: {
        "loneliness": "loneliness|lonely|isolation|isolated|social isolation|loneliness and isolation|loneliness isolation|social contact|loneliness or social isolation|lonely or isolated",
        "low_mood": "low mood|anxiety|depression|mood|mental health|stress|wellbeing|mental wellbeing|emotional wellbeing|low mood and anxiety|anxiety and depression|mild to moderate mental health|anxiety depression",
        "bereavement": "bereavement|bereaved|grief|loss",
        "long_term_condition": "long term condition|ltc|long term conditions|long term health condition|health condition|physical health|chronic pain|diabetes|copd|pain",
        "inactivity": "inactivity|inactive|physical activity|exercise|weight|obesity|weight management|fitness|healthy lifestyle|getting active",
        "memory": "memory|dementia|memory loss|alzheimers",
        "carer_support": "carer support|carer|caring|unpaid carer|carers support|caring responsibilities",
        "confidence": "confidence|skills|self esteem|confidence and skills|learning",
        "money": "money|debt|finance|finances|benefits|financial|welfare benefits|money advice|debt and benefits",
        "housing": "housing|homelessness|homeless",
        "work": "work|employment|volunteering|unemployment|work and volunteering|job",
        "family": "family|parenting|relationships|family support",
        "school_wellbeing": "school attendance|school|school refusal|school wellbeing|young persons wellbeing",
        "other": "other",
        "not_told": "not told|not given|unknown|not stated|not known|not recorded",
    },
    Field.NEEDS: {
        "long_term_condition": "long term condition|long term conditions|ltc|one or more long term conditions",
        "mental_health": "mental health|mental health support|low level mental health|need support with mental health",
        "lonely_isolated": "lonely|isolated|lonely or isolated|loneliness|social isolation|isolation",
        "complex_social": "complex social needs|complex needs|complex|complex social need",
        "other": "other",
        "not_told": "not told|not given|unknown|not stated|not known|not recorded",
    },
    Field.REFERRAL_STATE: {
        "received": "received|new|new referral|referral received|referred|pending|submitted|unassigned|awaiting triage|triage|awaiting review|open|sent|awaiting response|to be contacted|not yet contacted|awaiting contact|awaiting first contact",
        "tried": "attempted contact|contact attempted|left message|no answer|attempted|awaiting reply",
        "contacted": "contacted|contact made|first contact|first contact made|spoken to|in contact|in touch",
        "accepted": "accepted|accept|approved|offered a place|place offered|booked|assigned|allocated|accepted by provider|active|in progress|ongoing|on programme",
        "waiting": "waiting|waiting list|on waiting list|on the waiting list|waitlisted|waitlist|wait list|awaiting place|added to waiting list|on hold waiting for place",
        "not_accepted": "not accepted|rejected|refused by provider|turned down|unsuitable|not suitable|inappropriate|inappropriate referral|not appropriate|ineligible|not eligible|referral rejected|rejected by provider|declined by provider|provider declined|declined by service|service declined|returned to referrer|sent back",
        "person_declined": "client declined|person declined|declined by client|patient declined|declined by patient|declined by person|not interested|withdrawn|client withdrew|withdrew|refused by client|opted out|did not want to take part",
        "no_contact": "no contact|unable to contact|could not contact|uncontactable|no response|not contactable|no reply|unable to reach|unresponsive",
        "started": "started|first session attended|attended first session|commenced",
        "attending": "attending|attended|engaged|engaging|participating|active attending|currently attending|taking part|regular",
        "completed": "completed|complete|completed programme|finished|closed completed|successfully completed|graduated|closed successful|goals met|discharged completed",
        "left_early": "left early|dropped out|drop out|disengaged|stopped attending|left|did not complete|closed disengaged|non completion|incomplete attendance",
        "moved_on": "moved on|volunteering|became a volunteer|moved on to volunteering|now volunteering",
    },
    Field.STATE_REASON: {
        "full": "full|no capacity|at capacity|no places|no space|service full|capacity|we are full|oversubscribed",
        "outside_area": "outside area|out of area|outside catchment|not in area|wrong area|out of catchment",
        "outside_age": "outside age|age|too young|too old|wrong age|age outside criteria|outside age range",
        "access_need": "access need|access needs|accessibility|cannot meet access needs",
        "risk": "risk|high risk|safeguarding|risk too high",
        "wrong_service": "wrong service|not suitable|unsuitable|inappropriate|inappropriate referral|not appropriate|does not meet criteria|not eligible|criteria not met",
        "incomplete": "incomplete|incomplete referral|missing information|insufficient information",
        "not_interested": "not interested|declined|did not want to|no longer interested|changed mind|no longer needed|no longer wants support",
        "found_other": "found something else|found other|attending elsewhere|other service|using another service",
        "health": "health|ill health|illness|unwell|poor health|hospital",
        "transport": "transport|travel|no transport|too far|distance",
        "cost": "cost|money|too expensive|cannot afford",
        "time": "time|times|timing|work commitments|no time|time of session|other commitments",
        "moved": "moved|moved away|moved out of area",
        "not_for_me": "not for me|did not enjoy|did not like it|not for them|not right for them",
        "caring": "caring|caring responsibilities|childcare",
        "died": "died|deceased|death|passed away",
        "unknown": "unknown|not known|no reason given|not given|lost contact|disengaged|did not engage|dropped out",
        "other": "other|another reason",
    },
    Field.WHO_PAYS: {
        "nobody": "nobody|no|n|not funded|unfunded|none|free|no funding|0|false",
        "spot": "spot|spot purchase|spot payment|individual payment|personal budget|direct payment|personal health budget",
        "referrer": "referrer|referring organisation|paid by referrer",
        "person": "self|self funded|client|person|self pay|self funding|private|patient",
        "other": "other|yes|y|funded|1|true|nhs|icb|pcn|council|grant|local authority",
        "not_known": "not known|unknown|not recorded|tbc|not stated",
    },
    Field.REPORT_BACK: {
        "yes": "yes|y|true|1|consented|given|consent given|agreed|consents|x|✓|✔|consent obtained|verbal|written|obtained",
        "no": "no|n|false|0|refused|not given|declined|consent refused|consent not given|does not consent|withdrawn|no consent",
        "not_asked": "not asked|unknown|not known|not recorded|tbc",
    },
}  # fmt: skip
_DECLINED = frozenset({
    "declined", "refused", "referral declined", "closed declined", "decline", "declined referral",
})  # fmt: skip
"""Said of who was asked and of who was asked for: the reason tells which."""
_PERSONS_OWN = DECLINED_REASONS.keys() - NOT_ACCEPTED_REASONS.keys() - {"unknown"}
_PLAIN = re.compile(r"[^\w✓✔]+")
_PARTS = re.compile(r"[;|\n]+")
_SMALL_PARTS = re.compile(r"\s*[,/+&]\s*|\s+and\s+", re.IGNORECASE)
_STATE_PARTS = re.compile(r"\s+[-–—]+\s+|\s*[:(,;]\s*")
LONGEST_WORD = 40
"""A longer text under reasons is somebody's own words, not an answer."""


def plain_words(text: str) -> str:
    """Return a text as small plain words, by which answers are looked up."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return _PLAIN.sub(" ", folded.replace("_", " ")).strip()


def _lookup(field: Field) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, words in CODES[field].items():
        found.setdefault(plain_words(code), code)
        found.setdefault(plain_words(words), code)
    for code, several in _ALSO[field].items():
        for words in several.split("|"):
            found.setdefault(words, code)
    return found


_LOOKUP: Mapping[Field, Mapping[str, str]] = {field: _lookup(field) for field in CODES}


def known_code(field: Field, text: str) -> str | None:
    """Return the code that a text stands for, or None."""
    return _LOOKUP[field].get(plain_words(text))


def parts_of(field: Field, text: str) -> tuple[str, ...]:
    """Return the several answers of one cell; a part that is one answer as it stands stays whole."""
    found: list[str] = []
    for part in _PARTS.split(text):
        if known_code(field, part):
            found.append(part.strip())
            continue
        small = [one.strip() for one in _SMALL_PARTS.split(part)]
        split = any(known_code(field, one) for one in small) or len(part) <= LONGEST_WORD
        short = all(len(one) <= LONGEST_WORD for one in small)
        found += small if split and short else [part.strip()]
    return tuple(one for one in found if one)


def state_and_reason(text: str, reason: str) -> tuple[str | None, str]:
    """Return the state that a text stands for, or None, and why: "Rejected - out of area"."""
    parts = [part.strip(" )") for part in _STATE_PARTS.split(text, maxsplit=1)]
    own = reason or (parts[1] if len(parts) > 1 else "")
    whole = known_code(Field.REFERRAL_STATE, text)
    if whole:
        return whole, reason
    if known_code(Field.STATE_REASON, text) == "full":
        return "not_accepted", reason or text
    for part in (text, parts[0]):
        if plain_words(part) in _DECLINED:
            theirs = known_code(Field.STATE_REASON, own) in _PERSONS_OWN
            return ("person_declined" if theirs else "not_accepted"), own
    if plain_words(parts[0]) in _CLOSED:
        return known_code(Field.REFERRAL_STATE, own) or _closed_by(own), own
    return known_code(Field.REFERRAL_STATE, parts[0]), own


_CLOSED = frozenset({"closed", "discharged", "ended", "case closed", "close", "exited", "inactive"})
"""That it is over, but not how."""


def _closed_by(reason: str) -> str | None:
    """Return how a referral ended, where only why is said and only one end has that reason."""
    code = known_code(Field.STATE_REASON, reason) if reason else None
    ends = [step for step, reasons in STEP_REASONS.items() if code in reasons]
    return str(ends[0]) if len(ends) == 1 else None


def reason_of(step: Step, text: str) -> str | None:
    """Return the code of the reason of a step, or None where the step cannot have such a one."""
    code = known_code(Field.STATE_REASON, text)
    return code if code in STEP_REASONS.get(step, {}) else None

"""The columns a spreadsheet can have, and the many names people give them."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from app.importers.cells import Cell, text_of


class Field(StrEnum):
    """What a column can hold; the value is its name in mapping files."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    KNOWN_AS = "known_as"
    OWN_SCRIPT_NAME = "own_script_name"
    TITLE = "title"
    PRONOUNS = "pronouns"
    BORN_ON = "born_on"
    BIRTH_YEAR = "birth_year"
    AGE = "age"
    SEX = "sex"
    GENDER_SAME = "gender_same"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    CARER = "carer"
    ORIENTATION = "orientation"
    RELIGION = "religion"
    EMAIL = "email"
    PHONE = "phone"
    PHONE_2 = "phone_2"
    ADDRESS = "address"
    POSTCODE = "postcode"
    AREA = "area"
    ACCESS_NEEDS = "access_needs"
    HEALTH = "health"
    WHAT_HELPS = "what_helps"
    NOTES = "notes"
    JOINED_ON = "joined_on"
    LEFT_ON = "left_on"
    LEFT_REASON = "left_reason"
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"
    CONTACT_RELATIONSHIP = "contact_relationship"
    ROLE = "role"
    DATE = "date"
    ACTIVITY = "activity"
    MARK = "mark"
    START_TIME = "start_time"
    END_TIME = "end_time"
    GUESTS = "guests"
    STATE = "state"
    REFERENCE = "reference"
    RECEIVED_ON = "received_on"
    SOURCE_TYPE = "source_type"
    ORGANISATION = "organisation"
    WORKER = "worker"
    WORKER_JOB = "worker_job"
    WORKER_PHONE = "worker_phone"
    WORKER_EMAIL = "worker_email"
    CHANNEL = "channel"
    REASONS = "reasons"
    NEEDS = "needs"
    REFERRAL_STATE = "referral_state"
    STATE_ON = "state_on"
    STATE_REASON = "state_reason"
    CONTACTED_ON = "contacted_on"
    WAITING_ON = "waiting_on"
    ACCEPTED_ON = "accepted_on"
    NOT_ACCEPTED_ON = "not_accepted_on"
    ENDED_ON = "ended_on"
    WHO_PAYS = "who_pays"
    REPORT_BACK = "report_back"
    SET_ASIDE = "set aside"


PERSON_NAMES = frozenset(
    {Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME, Field.KNOWN_AS, Field.OWN_SCRIPT_NAME}
)
REFERRAL_DAYS = frozenset({
    Field.RECEIVED_ON, Field.STATE_ON, Field.CONTACTED_ON, Field.WAITING_ON, Field.ACCEPTED_ON,
    Field.NOT_ACCEPTED_ON, Field.ENDED_ON,
})  # fmt: skip
REFERRAL_ONLY = REFERRAL_DAYS | {
    Field.REFERENCE, Field.SOURCE_TYPE, Field.ORGANISATION, Field.WORKER, Field.WORKER_JOB,
    Field.WORKER_PHONE, Field.WORKER_EMAIL, Field.CHANNEL, Field.REASONS, Field.NEEDS,
    Field.REFERRAL_STATE, Field.STATE_REASON, Field.WHO_PAYS, Field.REPORT_BACK,
}  # fmt: skip
"""Fields of a referral; their headers are known in lists of referrals only (referral_fields.py)."""
SESSION_ONLY = frozenset({
    Field.DATE, Field.MARK, Field.START_TIME, Field.END_TIME, Field.GUESTS, Field.STATE,
})  # fmt: skip
NOT_PERSONAL = SESSION_ONLY | {Field.ACTIVITY} | REFERRAL_ONLY
"""Fields of a session, an attendance or a referral, not of a person."""

_NAMES: Mapping[Field, str] = {
    Field.GIVEN_NAME: "given name|first name|forename|christian name|given names|first names|forenames|first|given|fname|name first",
    Field.FAMILY_NAME: "family name|last name|surname|second name|last|family|lname|sname|name last|surnames",
    Field.FULL_NAME: "name|full name|names|participant|participants|participant name|member|members|member name|members name|person|attendee|attendees|attendee name|client|client name|patient|patient name|service user name|child|childs name|child name|name of child|name of participant|name of member|young person|learner|student|service user|who|people|name surname|person name|name of person|your name",
    Field.KNOWN_AS: "known as|preferred name|nickname|likes to be called|prefers|called|preferred first name|aka|name they like|goes by",
    Field.OWN_SCRIPT_NAME: "own script name|name in own script|name in own language|native name",
    Field.TITLE: "title|mr mrs ms|salutation|prefix",
    Field.PRONOUNS: "pronouns|pronoun|preferred pronouns",
    Field.BORN_ON: "date of birth|dob|birth date|birthdate|born|born on|birthday|d o b|date born|date of birth dob|birth",
    Field.BIRTH_YEAR: "year of birth|birth year|yob|year born|born in",
    Field.AGE: "age|age band|age group|age range|age at joining|current age|age last birthday|how old|age bracket",
    Field.SEX: "sex|gender|m f|f m|male female|sex gender|gender sex|what is your sex",
    Field.GENDER_SAME: "gender same|gender identity same as sex registered at birth|same gender as at birth",
    Field.ETHNICITY: "ethnicity|ethnic group|ethnic origin|ethnic background|race|ethnicity code|heritage|ethnic|what is your ethnic group",
    Field.DISABILITY: "disability|disabled|disabilities|long term condition|disability y n|do you have a disability|considers self disabled|registered disabled|disability status|long term health condition|illness or disability",
    Field.CARER: "carer|unpaid carer|is a carer|carer y n|caring responsibilities|are you a carer|cares for someone",
    Field.ORIENTATION: "orientation|sexual orientation|sexuality",
    Field.RELIGION: "religion|faith|religion or belief|religion belief",
    Field.EMAIL: "email|e mail|email address|e mail address|mail|emails|contact email",
    Field.PHONE: "phone|telephone|tel|tel no|phone number|mobile|mobile number|mobile no|mob|cell|contact number|telephone number|phone no|tel number|contact no|contact tel|contact telephone|mobile phone|contact phone number|phone mobile|number|telephone no|contact details|mobile tel",
    Field.PHONE_2: "home phone|landline|home tel|home telephone|phone 2|other phone|second phone|phone home|tel home|alternative phone|work phone|house phone|land line",
    Field.ADDRESS: "address|home address|full address|street|address line 1|address 1|postal address|address line 2|address 2|house|address line 3|street address|addr",
    Field.POSTCODE: "postcode|post code|postal code|zip|zip code|pcode|p code",
    Field.AREA: "area|town|ward|village|locality|estate|neighbourhood|district|where from|town or village|town city|city|place|parish|lives in|address town",
    Field.ACCESS_NEEDS: "access needs|accessibility|access|access requirements|mobility|mobility needs|additional needs|support needs|special needs|requirements|needs|sen|send",
    Field.HEALTH: "health|medical|medical conditions|medical information|medical info|medical needs|allergies|allergy|allergies medical|dietary|dietary needs|diet|dietary requirements|health conditions|health information|health notes|medical notes|allergies dietary|food allergies|medication|health issues|conditions",
    Field.WHAT_HELPS: "what helps|support|how we can help|what helps them",
    Field.NOTES: "notes|note|comments|comment|remarks|other information|further information|other|additional information|anything else|misc|info|observations",
    Field.JOINED_ON: "joined|joined on|date joined|join date|start date|started|date started|registered|date registered|registration date|member since|first attended|date of joining|joining date|enrolled|date enrolled|signed up|joined date",
    Field.LEFT_ON: "left|left on|date left|leaving date|end date|leave date|date of leaving|finished|left date|ceased",
    Field.LEFT_REASON: "reason left|reason for leaving|why left|left reason|leaving reason",
    Field.CONTACT_NAME: "emergency contact|emergency contact name|emergency name|contact name|next of kin|nok|ice|ice name|in case of emergency|parent|parent carer|parent or carer|parent guardian|guardian|parent name|parents name|carer name|kin|next of kin name|name of emergency contact|emergency contact person|parent carer name|parents|mum dad|contact person|emergency",
    Field.CONTACT_PHONE: "what is their phone number|what is their telephone number|what is their number|their phone number|their telephone number|emergency contact number|emergency contact phone|emergency number|emergency phone|emergency tel|emergency contact tel|next of kin phone|next of kin number|nok number|nok phone|nok tel|ice number|ice phone|ice tel|parent phone|parent number|parent mobile|parent tel|emergency contact telephone|emergency telephone|emergency mobile|emergency contact no|emergency no|contact phone|next of kin tel|parent contact|parent contact number|emergency contact mobile|emergency contact telephone number|emergency contact phone number|emergency telephone number|emergency phone number|parents phone|guardian phone",
    Field.CONTACT_RELATIONSHIP: "what is their relationship to you|their relationship to you|relationship|relation|relationship to person|emergency contact relationship|emergency relationship|relationship to child|relationship to participant|contact relationship|next of kin relationship",
    Field.ROLE: "role|type|volunteer|role in session|participant or volunteer|category|status role|member type|volunteer y n|person type|is volunteer|capacity role",
    Field.DATE: "date|session date|date of session|day|when|date attended|attendance date|meeting date|event date|week commencing|date of attendance|visit date|date of visit|session|session on|wc|timestamp|class date|completion time|submitted at|submitted on|submission date|date submitted",
    Field.ACTIVITY: "activity|group|class|session name|club|event|course|activity name|what|session title|programme|program|project|session type|activities|group name|class name|session activity|workshop",
    Field.MARK: "mark|attendance|attended|present|status|attendance status|here|came|in|present y n|attended y n|tick|did they attend|showed up|attend|attendance mark|present absent|p a|checked in|register|x",
    Field.START_TIME: "start time|start|time|from|starts|begins|time in|start at|starts at|session start|arrival time|arrived|sign in time|signed in|time start|begin",
    Field.END_TIME: "end time|end|finish|to|ends|until|time out|finish time|ends at|end at|session end|finished at|departure time|sign out time|signed out|time end|time finish",
    Field.GUESTS: "guests|visitors|number of guests|no of guests|others|extra people|non members|walk ins|guest count|visitor numbers|guest",
    Field.STATE: "state|session state|cancelled|session status|held",
}  # fmt: skip

_COUNTED = (
    "total|totals|total attended|total sessions|number of sessions|sessions|no of sessions|"
    "attendance %|%|percent|percentage|average|avg|count|sum|no of times|times attended|times present|"
    "no attended|attended total|overall|tot|number attended|sessions attended|total present|"
    "total attendance|mean|weeks attended|attendance percentage|running total|grand total|ave"
)
"""Columns the spreadsheet worked out; Hallbook counts for itself."""
_NUMBERING = "no|#|nr|row|s no|sno|serial|serial no|id|ref|member no|membership no|membership number|number no|line|item|reg no|index|ref no|member id|member number|nos|sl no"

LOOKUP: Mapping[str, Field] = {
    name: field for field, names in _NAMES.items() for name in names.split("|")
}
COUNTED = frozenset(_COUNTED.split("|"))
NUMBERING = frozenset(_NUMBERING.split("|"))

STAMPS = frozenset({
    "timestamp", "completion time", "submitted at", "submitted on", "submission date",
    "date submitted",
})  # fmt: skip
"""Columns in which a form tool notes when an answer was sent."""
_ASKS = re.compile(
    r"^(?:please )?(?:"
    r"(?:what|whats|which) (?:(?:is|are) )?(?:(?:your|the|their|his|her) )?"
    r"|(?:enter|give|type|tell us|give us|state|provide|write|confirm|select|choose|add) (?:(?:us )?(?:your|the) )?"
    r"|(?:can|could|may) (?:we|you) (?:have|give us|tell us|take) (?:your )?"
    r"|how would you (?:best )?describe (?:your )?"
    r"|which (?:of these|of the following) best describes (?:your )?"
    r"|do you (?:have|consider yourself to have|identify as having|regard yourself as) (?:(?:a|an|any) )?"
    r"|are you (?:(?:a|an) )?"
    r"|(?:your|my) "
    r")(?=\w)"
)
"""How a form asks for what a list would head with one word."""
_ASKS_AFTER = re.compile(
    r" (?:(?:that )?(?:we|you) (?:should|need to|ought to|would like us to) .*|if (?:any|you have one|known)|"
    r"(?:at )?today|please)$"
)
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_MARKS = re.compile(r"[^\w%#]+")


def header_key(cell: Cell) -> str:
    """Return a header in the form in which it is looked up: small plain words, brackets left out."""
    text = unicodedata.normalize("NFKC", text_of(cell)).casefold().replace("'", "").replace("’", "")
    bare = _MARKS.sub(" ", _BRACKETS.sub(" ", text).replace("_", " ")).strip()
    return bare or _MARKS.sub(" ", text).strip()


def field_of_header(cell: Cell) -> Field | None:
    """Return the field a header names, or None when it names none that is known."""
    if not isinstance(cell, str) or len(cell) > 120:
        return None
    key = header_key(cell)
    if not key or key in COUNTED or key in NUMBERING:
        return None
    if key in LOOKUP:
        return LOOKUP[key]
    if field := _by_words(key):
        return field
    if field := _asked(key):
        return field
    # "Name of attendee (please print)", "1. First name", "Mobile phone number *"
    trimmed = re.sub(
        r"^(?:\d+|your|the|participants?|members?|persons?|clients?|patients?|service users?|childs?|child)\s+",
        "",
        key,
    )
    trimmed = re.sub(r"\s+(?:\d+|required|optional|please print|if known|etc)$", "", trimmed)
    return LOOKUP.get(trimmed)


def _asked(key: str) -> Field | None:
    """Return the field that a question of a form asks for, or None."""
    asked = _ASKS_AFTER.sub("", key)
    bare = _ASKS.sub("", asked, count=1)
    return None if bare == key else LOOKUP.get(bare) or _by_words(bare)


_RULES: tuple[tuple[frozenset[str], frozenset[str], Field], ...] = tuple(
    (frozenset(all_of.split()), frozenset(none_of.split()), field)
    for all_of, none_of, field in (
        ("emergency phone", "", Field.CONTACT_PHONE),
        ("emergency number", "", Field.CONTACT_PHONE),
        ("emergency tel", "", Field.CONTACT_PHONE),
        ("emergency mobile", "", Field.CONTACT_PHONE),
        ("emergency relationship", "", Field.CONTACT_RELATIONSHIP),
        ("emergency", "", Field.CONTACT_NAME),
        ("parent phone", "", Field.CONTACT_PHONE),
        ("parent tel", "", Field.CONTACT_PHONE),
        ("parent number", "", Field.CONTACT_PHONE),
        ("first name", "contact preferred", Field.GIVEN_NAME),
        ("preferred name", "", Field.KNOWN_AS),
        ("date birth", "", Field.BORN_ON),
        ("year birth", "", Field.BIRTH_YEAR),
        ("ethnic", "", Field.ETHNICITY),
        ("ethnicity", "", Field.ETHNICITY),
        ("disability", "", Field.DISABILITY),
        ("postcode", "", Field.POSTCODE),
        ("email", "", Field.EMAIL),
        ("mobile", "", Field.PHONE),
        ("telephone", "", Field.PHONE),
        ("phone", "", Field.PHONE),
        ("allergies", "", Field.HEALTH),
        ("medical", "", Field.HEALTH),
        ("gender", "identity same", Field.SEX),
        ("which session", "", Field.ACTIVITY),
        ("which group", "", Field.ACTIVITY),
        ("which class", "", Field.ACTIVITY),
        ("which activity", "", Field.ACTIVITY),
    )
)  # fmt: skip


def _by_words(key: str) -> Field | None:
    words = set(key.split())
    if len(words) > 8:
        return None
    for all_of, none_of, field in _RULES:
        if all_of <= words and not none_of & words:
            return field
    return None

"""The headers of lists of referrals: of link workers' spreadsheets and of the platforms' exports."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from app.importers.cells import Cell
from app.importers.columns import Naming
from app.importers.fields import REFERRAL_ONLY, Field, field_of_header, header_key

_NAMES: Mapping[Field, str] = {
    Field.REFERENCE: "referral id|referral ref|referral reference|reference|ref|reference number|ref no|case id|case ref|case reference|case number|case no|referral number|referral no|their reference|external id|unique id|platform id|joy id|elemental id|referral code",
    Field.RECEIVED_ON: "referral date|date of referral|received|date received|received on|received date|referral received|referral received date|date referral received|referred on|referred date|date referred|date of referral received|referral created|created date|date created|created|created on|created at|referral made|referral submitted|date submitted|referral date received|submitted",
    Field.SOURCE_TYPE: "source|referral source|source type|type of referrer|referrer type|type of referral|referral type|referrer role type|referral source type|source of referral|referred by type|referring sector|sector|kind of referrer",
    Field.ORGANISATION: "organisation|organization|referring organisation|referring organization|referrer organisation|referrer organization|referral organisation|referral organization|organisation name|organization name|agency|referring agency|referral agency|source organisation|referring practice|referring service|referring team|referrers organisation|referred by organisation|referred by organization|organisation that referred|referring gp practice|referred by agency",
    Field.WORKER: "worker|link worker|link worker name|referrer name|name of referrer|referring professional|referred by name|referring worker|referring person|referring gp|social prescriber|referrer full name|referrers name|link worker assigned|case worker|caseworker|referring link worker",
    Field.WORKER_JOB: "referrer job|referrer role|referrer job title|job title|referrer position|role of referrer|referrers role|referrers job title",
    Field.WORKER_PHONE: "referrer phone|referrer telephone|referrer tel|referrer contact number|referrer number|referrer contact|referrer mobile|referrers phone|worker phone|referrer phone number|referrer telephone number|link worker phone|organisation phone",
    Field.WORKER_EMAIL: "referrer email|referrer e mail|referrer email address|referrers email|worker email|link worker email|email of referrer|organisation email|referring email",
    Field.CHANNEL: "channel|how received|method|referral method|received by|how referred|method of referral|how it came|route|referral route|received via|via|how did it come",
    Field.REASONS: "reason|reasons|reason for referral|reasons for referral|referral reason|referral reasons|primary reason|secondary reason|main reason|presenting issue|presenting issues|presenting problem|why referred|reason s|reason s for referral|primary reason for referral|secondary reason for referral|issues|concerns|referral reason s",
    Field.NEEDS: "needs|need|identified needs|presenting needs|presenting need|social needs|needs identified|eligibility|eligibility criteria|need s|referral needs",
    Field.REFERRAL_STATE: "status|referral status|state|outcome|referral outcome|current status|case status|decision|result|stage|response|referral state|provider response|outcome of referral|how it stands",
    Field.STATE_ON: "status date|outcome date|date of outcome|date of status|decision date|date of decision|status changed|status changed on|date status changed|response date|date of response|last updated|updated|status updated|date updated|referral outcome date|status change date|updated on|answered on|date answered",
    Field.STATE_REASON: "outcome reason|status reason|reason declined|decline reason|declined reason|reason for decline|reason for declining|rejection reason|reason rejected|reason for rejection|reason not accepted|not accepted reason|closure reason|reason for closure|reason closed|close reason|reason for leaving|reason left|leaving reason|discharge reason|reason for outcome|why declined|why not accepted|outcome detail|outcome details|reason for ending",
    Field.CONTACTED_ON: "first contact|date of first contact|contacted|contacted on|date contacted|first contact date|contact date|initial contact|initial contact date",
    Field.WAITING_ON: "waiting list date|date added to waiting list|waiting since|waiting list since|date put on waiting list|waitlisted on|on waiting list since",
    Field.ACCEPTED_ON: "accepted|accepted on|date accepted|acceptance date|accepted date|date of acceptance",
    Field.NOT_ACCEPTED_ON: "declined|declined on|date declined|declined date|rejected on|date rejected|rejected date|not accepted on|date not accepted",
    Field.ENDED_ON: "closed|closed on|date closed|closed date|closure date|date of closure|end date|date ended|discharge date|date of discharge|completed on|date completed|completion date|completed date|case closed|case closed date|ended|ended on",
    Field.WHO_PAYS: "funded|who pays|funding|funded by|paid|paid by|funding source|payer|is funded|funded place|paid for",
    Field.REPORT_BACK: "consent|consent to share|consent to report back|consent to feedback|consent to feed back|feedback consent|consent given|report back|may we report back|share with referrer|consent to share with referrer|consent to inform referrer|sharing consent|consent to share information|information sharing consent|consent to contact referrer|tell referrer|consent obtained",
    Field.ACTIVITY: "service|service name|activity wanted|service requested|referred to|referred into|service referred to|provider service|intervention|provider|activity requested|referred for|opportunity",
    Field.FULL_NAME: "referred person|person referred|name of person referred|who is referred|client full name|patient full name|name of patient|name of client|citizen|resident|beneficiary",
    Field.NOTES: "referral notes|referral comments|background|background information|referral details|details|additional notes|summary|case notes|description|referral note|provider notes|referral information",
    Field.WHAT_HELPS: "what matters|what matters to me|goals|goal|what helps|support required|hopes",
}  # fmt: skip
_MAY_BE_WORKER = frozenset(
    {
        "referred by",
        "referrer",
        "referred from",
        "from",
        "referral from",
        "referral made by",
        "made by",
    }
)
"""The organisation, unless another column holds it: then who there wrote, or what kind they are."""
_MAY_BE_ORGANISATION = frozenset(
    {
        "gp practice",
        "practice",
        "surgery",
        "gp surgery",
        "practice name",
        "team",
        "pcn",
        "company",
        "registered practice",
    }
)
"""The organisation, where no other column holds it."""

_LOOKUP: Mapping[str, Field] = {
    name: field for field, names in _NAMES.items() for name in names.split("|")
}
_SIGNS = frozenset({
    Field.SOURCE_TYPE, Field.ORGANISATION, Field.WORKER, Field.REASONS, Field.REFERENCE,
    Field.CHANNEL, Field.REFERRAL_STATE,
})  # fmt: skip


def naming(labels: Sequence[str]) -> Naming:
    """Return what the headers of one list of referrals name; some words depend on the others there."""
    own = {field for label in labels if (field := _LOOKUP.get(header_key(label)))}
    keys = {header_key(label) for label in labels}
    organisation = Field.ORGANISATION in own
    by_whom = bool(keys & _MAY_BE_WORKER)

    def named(cell: Cell) -> Field | None:
        key = header_key(cell) if isinstance(cell, str) and len(cell) <= 120 else ""
        if key in _MAY_BE_WORKER:
            return _by_whom(own)
        if key in _MAY_BE_ORGANISATION:
            return None if organisation or by_whom else Field.ORGANISATION
        if key in _LOOKUP:
            return _LOOKUP[key]
        if "referrer" in key.split() or "referrers" in key.split():
            return None  # never taken for something of the person
        found = field_of_header(cell)
        if found is Field.DATE:
            return None if Field.RECEIVED_ON in own else Field.RECEIVED_ON
        return Field.REFERRAL_STATE if found is Field.MARK and "status" in key else found

    return named


def _by_whom(own: AbstractSet[Field]) -> Field | None:
    """Return what "referred by" holds: of organisation, worker and kind, what no column names."""
    missing = (Field.ORGANISATION, Field.WORKER, Field.SOURCE_TYPE)
    return next((field for field in missing if field not in own), None)


def looks_like(labels: Sequence[str], found: frozenset[Field]) -> bool:
    """Say whether a table's headers speak of referrals, so that it is one without being told."""
    speaks = any("referr" in word or word in {"referral", "referrals"}
                 for label in labels for word in header_key(label).split())  # fmt: skip
    return speaks and Field.RECEIVED_ON in found and bool(found & _SIGNS)


WANTED = (
    frozenset(Field) - {
        Field.TITLE, Field.ROLE, Field.JOINED_ON, Field.LEFT_ON, Field.LEFT_REASON, Field.DATE,
        Field.MARK, Field.START_TIME, Field.END_TIME, Field.GUESTS, Field.STATE,
    }
) | REFERRAL_ONLY  # fmt: skip
"""What is taken from a list of referrals."""

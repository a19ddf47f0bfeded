"""What the columns of drafts, answers, issued returns and reports due mean in the open export."""

from collections.abc import Mapping

RETURN_TITLES: Mapping[str, str] = {
    "draft": "Returns that are being written",
    "draft_answer": "The answers in drafts",
    "standing_answer": "Answers kept to be used again",
    "own_template": "Templates of returns the group made itself",
    "report_due": "Reports somebody waits for",
    "grant_target": "What grants promised",
    "issued_return": "Returns as they were sent, without their PDF",
    "issued_answer": "The answers of returns that were sent, as written",
    "issued_figure": "The figures of returns that were sent, with what each meant then",
    "issued_sent": "To whom returns were sent, and how",
    "issued_withdrawn": "Returns that were taken back",
}
"""Each table in words."""

_PERIOD = {
    "first_on": "first day of its period; blank for none",
    "last_on": "last day of its period; blank for none",
}
_FOR = {
    "template": "the template, as a code",
    "title": "its title",
    "disclosure": "for whose eyes: internal, funder, nhs, public; blank is as the template says",
    "due_on": "the day it is due; blank for none",
    "sum_pence": "the sum asked for; blank for none",
    **_PERIOD,
}

RETURN_MEANINGS: Mapping[str, Mapping[str, str]] = {
    "draft": {
        **_FOR,
        "agreement_id": "the agreement it is about; blank for none",
        "created_at": "when it was begun (UTC)",
        "changed_at": "when it was last changed (UTC)",
    },
    "draft_answer": {
        "draft_id": "the draft",
        "question": "the question, as a code",
        "wording": "the question as it was put",
        "answer": "the answer as written; words in braces stand for figures",
        "is_done": "1 when somebody said it is done",
        "changed_at": "when it was last changed (UTC)",
    },
    "standing_answer": {
        "name": "what it is called",
        "answer": "the answer as written",
        "changed_at": "when it was last changed (UTC)",
    },
    "own_template": {
        "template": "its code",
        "definition": "the template as a file, TOML",
        "changed_at": "when it was last changed (UTC)",
    },
    "report_due": {
        **_PERIOD,
        "agreement_id": "the agreement it is about; blank for none",
        "template": "the template, as a code; blank when it is not settled",
        "due_on": "the day it is due",
        "done_on": "the day it was done in another way; blank if not",
        "note": "note",
    },
    "grant_target": {
        "figure": "the figure, by its id",
        "breakdown": "how the figure is broken down; blank for the whole",
        "part": "the part of it; blank for the whole",
        "label": "how the funder calls it",
        "target": "how much was promised, in the figure's unit",
    },
    "issued_return": {
        **_FOR,
        "draft_id": "the draft it was made from",
        "template_version": "version of the template",
        "template_text": "the template as it was, TOML",
        "agreement_id": "the agreement it is about; blank for none",
        "about": "the grant, agreement or activity, in words",
        "disclosure": "for whose eyes: internal, funder, nhs, public",
        "counted_at": "the moment its numbers are of (UTC)",
        "issued_at": "when it was issued (UTC)",
        "issued_by": "name of the computer account",
        "filled_json": "every number, table and answer it printed, as JSON",
        "pages": "how many pages",
        "pdf_sha256": "fingerprint of its PDF",
        "seal": "fingerprint of everything that was kept of it",
    },
    "issued_answer": {
        "issued_id": "the issued return",
        "question": "the question, as a code",
        "wording": "the question as it was put",
        "answer": "the answer as written; words in braces stand for figures",
    },
    "issued_figure": {
        "issued_id": "the issued return",
        "figure": "the figure, by its id",
        "title": "its title then",
        "unit": "its unit",
        "definition": "what it meant then",
        "version": "version of the definition",
        "value": "the value; blank where there was none",
        "n": "how many rows it was counted from",
        "row_keys": "the identifiers of those rows, never names: JSON, compressed (zlib), in hexadecimal",
    },
    "issued_sent": {
        "issued_id": "the issued return",
        "sent_on": "the day it was sent",
        "sent_to": "to whom",
        "channel": "email, portal, paper, in_person, other",
        "note": "note",
    },
    "issued_withdrawn": {
        "issued_id": "the issued return",
        "withdrawn_on": "the day it was taken back",
        "reason": "why",
    },
}

"""What the columns of requests, breaches and rules of keeping mean in the open export."""

from collections.abc import Mapping

RIGHTS_TITLES: Mapping[str, str] = {
    "rights_request": "What people asked about their own data, and complaints",
    "breach": "Breaches: what was lost or seen, and who was told",
    "retention_rule": "How long things are kept, where the group says otherwise",
    "anonymisation": "Who was made nameless, when and why",
}
"""Each table in words."""

RIGHTS_MEANINGS: Mapping[str, Mapping[str, str]] = {
    "rights_request": {
        "id": "its number",
        "kind": "access, erasure, correction, objection, complaint",
        "person_id": "whom it is about; blank where they are not in the book",
        "asked_by": "who asked, where it was somebody else",
        "received_on": "the day it came",
        "proved_on": "the day they showed who they are; the month counts from then",
        "extended_because": "why two months more are needed; blank where they are not",
        "answered_on": "the day it was answered; blank while it waits",
        "outcome": "what was answered",
        "note": "what else should be known",
        "binned_at": "the moment it went into the bin; blank while it counts",
    },
    "breach": {
        "id": "its number",
        "noticed_at": "the moment it was noticed; 72 hours count from then",
        "what": "what happened",
        "people": "how many people it is about; blank where that is not known",
        "risk": "what it may mean for them: not_known, none, some, high",
        "done_about_it": "what was done about it",
        "told_ico_at": "the moment the ICO was told; blank where it was not",
        "told_people_on": "the day the people were told; blank where they were not",
        "why_not_told": "why the ICO was not told",
        "binned_at": "the moment it went into the bin; blank while it counts",
    },
    "retention_rule": {
        "kind": "the kind of record, as a code",
        "keep_months": "months it is kept; blank for as long as the group decides each time",
        "reason": "why so long",
        "changed_at": "the moment the rule was set",
    },
    "anonymisation": {
        "id": "its number",
        "person_id": "the record that was made nameless",
        "done_at": "the moment it was done",
        "because": "why: asked, retention, other",
    },
}
"""Each column in words."""

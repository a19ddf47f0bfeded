"""People: list, find, add, change, bin, join, leave; likely doubles; many at once."""

from app.domain.people import Person, PersonDraft
from app.services.people.changing import (
    WholeDraft,
    change_person,
    put_in_bin,
    read_whole,
    save_new,
    save_whole,
    short_name,
    take_out_of_bin,
    tidy,
)
from app.services.people.doubles import (
    Likely,
    LikelyPair,
    Named,
    find_pairs,
    keep_apart,
    known_apart,
    likely_doubles,
    read_names,
)
from app.services.people.finding import (
    Besides,
    Came,
    PeopleList,
    besides,
    count_people,
    find_ids,
    find_people,
    get_person,
    in_order_of_coming,
    last_came,
    list_people,
    rows_of,
    seen,
)
from app.services.people.joining import joined_records, merge_people, unmerge_person
from app.services.people.leaving import come_back, leave
from app.services.people.looking import everybody_came, not_seen, without_consent
from app.services.people.many import (
    agree,
    bin_many,
    many_left,
    put_on_activity,
    set_area,
    take_off_activity,
    unbin_many,
    who_words,
)
from app.services.people.standing import PersonStanding, history_of, standing_of
from app.storage.contacts import AccessNotes
from app.storage.journal import JournalLine
from app.storage.merging import JoinedRecord
from app.storage.people import PersonRow
from app.storage.people_list import Order, Wanted, Where

__all__ = [
    "AccessNotes",
    "Besides",
    "Came",
    "JoinedRecord",
    "JournalLine",
    "Likely",
    "LikelyPair",
    "Named",
    "Order",
    "PeopleList",
    "Person",
    "PersonDraft",
    "PersonRow",
    "PersonStanding",
    "Wanted",
    "Where",
    "WholeDraft",
    "agree",
    "besides",
    "bin_many",
    "change_person",
    "come_back",
    "count_people",
    "everybody_came",
    "find_ids",
    "find_pairs",
    "find_people",
    "get_person",
    "history_of",
    "in_order_of_coming",
    "joined_records",
    "keep_apart",
    "known_apart",
    "last_came",
    "leave",
    "likely_doubles",
    "list_people",
    "many_left",
    "merge_people",
    "not_seen",
    "put_in_bin",
    "put_on_activity",
    "read_names",
    "read_whole",
    "rows_of",
    "save_new",
    "save_whole",
    "seen",
    "set_area",
    "short_name",
    "standing_of",
    "take_off_activity",
    "take_out_of_bin",
    "tidy",
    "unbin_many",
    "unmerge_person",
    "who_words",
    "without_consent",
]

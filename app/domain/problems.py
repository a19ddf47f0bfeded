"""Problems: what somebody can correct, and the one place for their sentences."""

import dataclasses
import string
from collections.abc import Mapping
from dataclasses import dataclass

TEXTS: Mapping[str, str] = {
    "name_needed": "A name is needed: a first name is enough.",
    "name_too_long": "That name has {length} letters. Names can have up to {limit}; please shorten it.",
    "born_in_future": "The date of birth {value} is in the future. Please check the year.",
    "born_too_long_ago": "The birth year {value} is more than 120 years ago. Please check the year.",
    "birth_year_disagrees": "The date of birth and the year of birth do not agree. Keep one of them.",
    "joined_after_left": "They left on {left}, before they joined on {joined}. Please check both dates.",
    "session_end_before_start": "The session ends at {end}, before it starts at {start}. Please check the times.",
    "text_too_long": "That is longer than the {limit} letters that fit here. Please shorten it.",
    "answer_unknown": "That answer is not one of those the question offers. Choose one of them, or “Not asked”.",
    "age_unlikely": "An age is a whole number from 0 to {limit}.",
    "day_out_of_reach": "The date {value} is not within reach of this book. Please check the year.",
    "repeat_day_needed": "Choose the day of the week on which it repeats.",
    "repeat_week_needed": "Choose which week of the month: the first, second, third, fourth or last.",
    "period_too_long": "Sessions can be planned for {limit} years at a time. Choose a nearer last day.",
    "session_twice": "{activity} already has a session on {value} at that time.",
    "session_cancelled": "This session is cancelled. Bring it back first, then mark people.",
    "session_future": "This session is on {value}, which has not come yet. Only apologies can be entered before the day.",
    "mark_twice": "{name} is marked twice for the same session. The first mark was kept.",
    "guests_range": "Guests is a whole number from 0 to {limit}.",
    "capacity_range": "Capacity is a whole number from 1 to {limit}, or blank when there is no limit.",
    "activity_name_needed": "The activity needs a name.",
    "activity_name_taken": "There is already an activity called {value}.",
    "hours_range": "Hours are more than 0 and not more than 24.",
    "hours_future": "{value} has not come yet. Log hours on the day or after it.",
    "date_needed": "A date is needed. Type it as 3/7/2026 or 3 Jul 2026.",
    "date_unknown": "“{value}” could not be read as a date. Type it as 3/7/2026 or 3 Jul 2026.",
    "date_not_in_calendar": "There is no such day as {value}. Please check the day and the month.",
    "time_unknown": "“{value}” could not be read as a time. Type it as 19:00 or 7 pm.",
    "number_unknown": "“{value}” could not be read as a number.",
    "age_range": "The youngest age is above the oldest age. Please check both.",
    "session_has_marks": "People are already marked at this session. Take their marks away first, then cancel it.",
    "cancel_reason_needed": "Say why the session was cancelled; it counts as evidence later.",
    "merge_with_self": "A person cannot be joined with the same record. Choose two different ones.",
    "person_in_bin": "This person is in the bin. Take them out of the bin first.",
    "left_needed": "Say on which day they left. Type it as 3/7/2026 or 3 Jul 2026.",
    "left_already": "They had left already, on {value}.",
    "not_left": "They have not left, so there is nothing to bring back.",
    "nothing_to_change": "There was nothing to change: it is so already.",
    "consent_future": "{value} has not come yet. Consent is dated on the day it was given.",
    "withdrawn_before_given": "It was withdrawn on {value}, before it was asked on {asked}. Please check both dates.",
    "consent_gone": "This consent is no longer in the book. Look at the person again.",
    "contact_needed": "An emergency contact needs a name or a phone number.",
    "guardian_needed": "A parent or carer needs a name.",
    "person_gone": "This person is no longer in the book. Look for them again.",
    "person_joined": "This record was joined to another one, which stands for both. Choose that one.",
    "not_joined": "This record is not joined to another one, so there is nothing to part.",
    "session_gone": "This session is no longer in the book, or is in the bin. Look for it again.",
    "session_held": "People are marked at this session, so it took place on {value}. To put it on another day, take the marks away first.",
    "nothing_planned": "No day is ticked, so nothing was planned. Tick the days on which it meets.",
    "activity_no_pattern": "{activity} has no pattern yet. Say on which day it meets under “Change activity”, or add its sessions one by one.",
    "activity_has_sessions": "{activity} has sessions in the book, so it cannot go in the bin: end it instead, and everything stays counted.",
    "place_offered_already": "{name} is on the register already.",
    "waiting_already": "{name} is on the waiting list already.",
    "sheet_unknown": "No session has the code {value}. It is at the top of the sheet, such as GM-031126.",
    "row_unknown": "There is no row {value} on this register. Its rows go from 1 to {last}.",
    "session_not_cancelled": "This session is not cancelled, so there is nothing to bring back.",
    "activity_gone": "This activity is no longer in the book, or is in the bin. Look for it again.",
    "group_name_needed": "The group needs a name.",
    "person_needed": "Choose somebody who is in the book: type part of the name, then take it from the list.",
    "password_differs": "The two passwords are not the same. Type both again.",
    "period_backwards": "The period ends on {end}, before it starts on {start}. Please check both dates.",
    "year_end_unknown": "The year end is a day and a month, such as 31 March.",
    "logo_too_large": "That picture is too large to keep in the book. Choose a smaller one.",
    "legal_form_unknown": "Choose one of the legal forms in the list.",
    "bands_name_needed": "The set of age bands needs a name.",
    "bands_name_taken": "There is already a set of age bands called {value}.",
    "bands_not_rising": "Type the lowest age of each band, rising, such as 0, 5, 12, 18, 65.",
    "rate_amount_needed": "Type the amount for an hour in pounds, such as 12.21.",
    "rate_gone": "There is no rate of your own from that day any more.",
    "blank_rows_range": "Blank rows is a whole number from 0 to {limit}.",
}
"""Every problem's sentence by its code: what is so, then what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to correct: which field, which code, and the values its sentence names."""

    code: str
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Refuse an unknown code or missing values here, not when the sentence is shown."""
        missing = places(TEXTS[self.code]) - set(self.values)
        if missing:
            raise ValueError(f"{self.code} needs {', '.join(sorted(missing))}")

    @property
    def text(self) -> str:
        """The sentence for the user."""
        return TEXTS[self.code].format(**self.values)


def places(text: str) -> frozenset[str]:
    """Return the names of the values that a sentence has places for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)

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
    "referral_future": "{value} has not come yet. A referral is dated on the day it reached you, or after it.",
    "agreement_needed": "Choose the agreement that pays, or say that nobody pays yet.",
    "step_future": "{value} has not come yet. Enter what was done on the day or after it.",
    "step_before_received": "{value} is before the referral came, on {received}. Please check both dates.",
    "step_before_last": "{value} is before the step above it, on {last}. Steps go forward in time; please check the date.",
    "step_cannot_follow": "“{step}” cannot follow here: the referral stands at “{state}”. Open it again first, or correct the step before.",
    "step_reason_needed": "Say why it was not accepted: it counts as evidence, above all when you were full.",
    "steps_before_received": "A step was taken on {value}, before {received}. Correct the step first, or choose an earlier day.",
    "referral_gone": "This referral is no longer in the book, or is in the bin. Look for it again.",
    "step_gone": "This step is no longer in the book. Look at the referral again.",
    "referrer_name_needed": "The organisation needs a name.",
    "referrer_name_taken": "{value} is in the referrer book already. Choose it there, or join the two.",
    "referrer_gone": "This organisation is no longer in the referrer book. Look for it again.",
    "referrer_in_use": "{value} has sent people, so it stays in the book. If it is there twice, join the two.",
    "referrer_with_itself": "An organisation cannot be joined with itself. Choose two different ones.",
    "worker_name_needed": "The worker needs a name: a first name is enough.",
    "worker_gone": "This worker is no longer in the referrer book. Look for them again.",
    "worker_elsewhere": "This worker writes for another organisation. Choose somebody of the one above, or leave it blank.",
    "worker_in_use": "{value} has written referrals, so the name stays. Say when they left instead.",
    "letter_future": "{value} has not come yet. A letter is dated on the day it was sent.",
    "letter_gone": "This letter is no longer in the book. Look at the referral again.",
    "referral_twice": "{name} already has a referral that came on {value} from the same sender. It may be this one.",
    "referral_open_already": "{name} already has an open referral, received on {value} from {source}. Both can be kept: each keeps its own history.",
    "referral_attending": "{name} has been coming since {value}. The referral can be kept all the same; it counts as started from the next time they come.",
    "reference_taken": "A referral with the reference {value} is in the book already, for {name}.",
    "age_outside_activity": "{name} is {age}; {activity} is for ages {ages}.",
    "age_outside_agreement": "{name} is {age}; the agreement pays for ages {ages}.",
    "agreement_other_dates": "The agreement pays from {first} to {last}; this referral came on {value}.",
    "young_age_unknown": "{activity} has an age limit ({ages}) and the age of {name} is not known. Ask for it before the first session.",
    "young_parent_missing": "{name} is under 18 and no parent or carer is in the book. Add one before the first session.",
    "young_consent_missing": "{name} is under 18 and no parent or carer has agreed yet. Ask for it before the first session.",
    "funder_needed": "Say who pays: the name of the funder.",
    "places_range": "That is a whole number from 1 to {limit}.",
    "spot_is_one": "A spot payment is one place for one person. Choose funded places for several.",
    "amount_range": "Amounts go up to £{limit}. Please check the number.",
    "agreement_reference_taken": "There is already an agreement with the reference {value}.",
    "agreement_gone": "This agreement is no longer in the book, or is in the bin. Look for it again.",
    "agreement_has_places": "People have places under {name}, so it cannot go in the bin: end it instead, and everything stays counted.",
    "agreement_leaves_places": "{count} of its places lie outside {days}. Change those first, or choose other days.",
    "agreement_fewer_places": "{count} places are given already, which is more than {places}.",
    "units_needed": "Say how many sessions or weeks the place has.",
    "place_outside_agreement": "{value} is outside {name}, which holds {days}. Choose a day within it.",
    "places_all_given": "All {count} places under {name} are given. Agree more with the funder, or end one that is not used.",
    "age_outside_agreement": "At {age}, they are outside the ages of {name}, which pays for {ages}.",
    "age_not_sure": "{name} pays for ages {ages}. Their age is not known well enough to say; ask for a date of birth.",
    "parent_consent_needed": "{name} asks for the consent of a parent or carer before the first session, and none is in the book yet.",
    "source_not_paid_for": "{name} does not name this kind of referrer among those it pays for. Ask the funder first.",
    "place_has_already": "They already have a place under {name} with {left} left. This one comes after it.",
    "referral_of_another": "That referral is of another person. Choose one of theirs, or none.",
    "place_gone": "This place is no longer in the book, or is in the bin. Look for it again.",
    "place_units_used": "{used} are used already, so the place cannot have fewer than that.",
    "place_ends_before": "The place starts on {start}. Choose a last day on or after it.",
    "place_used_up": "All {units} of this place are used. Take another session off it first, or give it more.",
    "session_not_of_place": "That session is outside the days or activities of this place.",
    "session_on_other_place": "Another place of theirs is used for that session. Take it off there first.",
    "can_take_range": "How many you can take is a whole number from 0 to {limit}, or blank.",
    "not_waiting": "They are not on this waiting list any more.",
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

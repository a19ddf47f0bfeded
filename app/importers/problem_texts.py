"""What is said of a value in a file that could not be taken as it stands."""

from collections.abc import Mapping

from app.domain.problems import TEXTS as PROBLEM_TEXTS

_TEXTS: Mapping[str, str] = {
    "phone_doubtful": "“{value}” does not look like a telephone number. It is kept as it is written.",
    "answer_unknown": "“{value}” is not one of the answers, so it counts as not asked.",
    "year_unknown": "“{value}” could not be read as a year. It is left out.",
    "age_unknown": "“{value}” could not be read as an age. It is left out.",
    "mark_unknown": "“{value}” could not be read as a mark, so nothing is recorded for it.",
    "number_unknown": "“{value}” could not be read as a number. It is left out.",
    "marks_without_date": "This column has marks but no date above it, so they are left out.",
    "weekday_disagrees": "“{value}” names another day of the week than its date has. Please check the day, the month and the year.",
    "id_twice": "The identifier {value} stands in an earlier row already, so this row is left out.",
    "id_needed": "“{value}” is not an identifier (a whole number), so this row is left out.",
    "session_again": "This session has the activity, day and time of an earlier row, so both are taken as one.",
    "joined_in_a_ring": "The record {value} is joined to itself, so it is taken as a person of its own.",
    "row_short": "This row has fewer columns than the header, so it is left out.",
    "referral_word_unknown": "“{value}” is not known here. It is kept in the referral's notes.",
    "referral_day_unknown": "“{value}” could not be read as a date, and a referral needs the day it was received, so this row is left out.",
    "state_without_day": "“{value}” has no day in this file, so it is no step of the referral. It is kept in the referral's notes.",
    "state_how_unknown": "The referral ended on {value}, but nothing says how. It is kept in the referral's notes.",
    "session_future": "{value} has not come yet, so its marks are left out.",
}


def problem_text(code: str, value: str) -> str:
    """Return the sentence of a problem with a value."""
    return (_TEXTS.get(code) or PROBLEM_TEXTS[code]).format(value=value)

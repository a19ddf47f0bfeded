"""Say in a sentence what becomes of small numbers, by whose eyes a return is for."""

from app.domain.disclosure import Disclosure

RULES = {
    Disclosure.INTERNAL: "",
    Disclosure.FUNDER: "Numbers of people from 1 to 4 are hidden, so that nobody can be recognised",
    Disclosure.NHS: "Numbers of people from 1 to 7 are shown as * and others rounded to the "
    "nearest 5, so that nobody can be recognised",
    Disclosure.PUBLIC: "Numbers of people from 1 to 9 are hidden, so that nobody can be recognised",
}
"""What is said of small numbers, by whose eyes a return is for."""

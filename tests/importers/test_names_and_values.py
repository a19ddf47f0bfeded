"""Names into parts, answers into codes, telephones with their nought."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Role
from app.domain.equality import ANSWERS
from app.domain.equality import Question as Asked
from app.importers.fields import Field, field_of_header
from app.importers.person_names import initials, match_key, split_name
from app.importers.value_meanings import Sayings, code_of
from app.importers.values import age, known_answer, phone


@pytest.mark.parametrize(
    ("written", "given_name", "family"),
    [
        ("Jane Smith", "Jane", "Smith"),
        ("Smith, Jane", "Jane", "Smith"),
        ("SMITH,Jane Mary", "Jane Mary", "SMITH"),
        ("Mrs Jane Smith", "Jane", "Smith"),
        ("Dr. Amit  Shah", "Amit", "Shah"),
        ("Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("Seán Ó Briain", "Seán", "Ó Briain"),
        ("Mary Ann Evans", "Mary Ann", "Evans"),
        ("Jane", "Jane", ""),
        ("Mrs Patel", "", "Patel"),
        ("12. Jane Smith", "Jane", "Smith"),
        ("李 小明", "小明", "李"),
        ("Amina Begum (Mina)", "Amina", "Begum"),
        ("  Jane\u00a0Smith ", "Jane", "Smith"),
        ("O’Brien, Siân", "Siân", "O’Brien"),
    ],
)
def test_full_name_is_split(written, given_name, family):
    found = split_name(written)
    assert (found.given, found.family) == (given_name, family)


def test_surname_first_without_a_comma_is_split_as_the_header_says():
    found = split_name("Smith Jane", family_first=True)
    assert (found.given, found.family) == ("Jane", "Smith")


def test_brackets_hold_a_nickname_a_role_or_a_remark():
    assert split_name("Margaret (Peggy) Bell").known_as == "Peggy"
    assert split_name('William "Bill" Ash').known_as == "Bill"
    assert split_name("Sue Day (V)").role is Role.VOLUNTEER
    assert split_name("Sue Day - volunteer").role is Role.VOLUNTEER
    assert split_name("Ann Lee (comes with Sue)").remark == "comes with Sue"
    assert split_name("Anne-Marie Lee").given == "Anne-Marie"


def test_the_same_name_is_the_same_however_it_is_written():
    assert match_key("Jane", "SMITH") == match_key(" jane ", "Smith")
    assert match_key("Siân", "O’Brien") == match_key("Siân", "O'Brien")
    assert match_key("Jane", "Smith") != match_key("Jane", "Smyth")


def test_initials():
    assert initials("Jane", "van der Berg") == "jvdb"


@given(st.text(max_size=60))
def test_any_text_is_split_without_complaint(text):
    found = split_name(text)
    assert all(part == part.strip() for part in (found.given, found.family))


# --- headers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("First name", Field.GIVEN_NAME), ("FORENAME(S)", Field.GIVEN_NAME), ("Surname", Field.FAMILY_NAME),
        ("Name", Field.FULL_NAME), ("Participant's name", Field.FULL_NAME), ("Child's Name", Field.FULL_NAME),
        ("D.O.B.", Field.BORN_ON), ("DOB (dd/mm/yyyy)", Field.BORN_ON), ("Date of Birth *", Field.BORN_ON),
        ("Tel. No.", Field.PHONE), ("Mobile number", Field.PHONE), ("E-mail", Field.EMAIL),
        ("Post Code", Field.POSTCODE), ("Ethnic origin", Field.ETHNICITY), ("M/F", Field.SEX),
        ("Emergency contact tel", Field.CONTACT_PHONE), ("Next of kin", Field.CONTACT_NAME),
        ("Medical conditions / allergies", Field.HEALTH), ("Date joined", Field.JOINED_ON),
        ("2. Surname", Field.FAMILY_NAME), ("first_name", Field.GIVEN_NAME),
        ("Attended?", Field.MARK), ("Session date", Field.DATE),
    ],
)  # fmt: skip
def test_header_is_known(header, field):
    assert field_of_header(header) is field


@pytest.mark.parametrize("header", ["Total", "%", "No.", "Shoe size", "Subs paid", "", "Ref"])
def test_header_that_is_nobodys_business_is_not_known(header):
    assert field_of_header(header) is None


# --- answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        Field.SEX,
        Field.ETHNICITY,
        Field.DISABILITY,
        Field.CARER,
        Field.ORIENTATION,
        Field.RELIGION,
        Field.GENDER_SAME,
    ],
)
def test_every_answer_of_the_book_is_read_by_its_code_and_its_words(field):
    for code, words in ANSWERS[Asked(field.value)].items():
        assert known_answer(field, code) == code
        assert known_answer(field, words) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("White British", "white_british"), ("wb", "white_british"), ("English", "white_british"),
        ("Polish", "white_other"), ("Asian or Asian British - Pakistani", "asian_pakistani"),
        ("Asian/Asian British: Indian", "asian_indian"), ("Black - African", "black_african"),
        ("Mixed - White & Asian", "mixed_asian"), ("Prefer not to say", "prefer_not"),
        ("1. White British", "white_british"), ("", "not_asked"), ("n/k", "not_asked"),
        ("White", None), ("Asian", None), ("Martian", None),
    ],
)  # fmt: skip
def test_ethnicity_is_mapped_many_to_one_and_never_guessed(written, code):
    assert known_answer(Field.ETHNICITY, written) == code


def test_a_persons_own_say_overrules_the_list_and_is_counted():
    sayings = Sayings({"ethnicity": {"White": "white_british"}})
    assert sayings.told(Field.ETHNICITY, "white") == "white_british"
    assert sayings.told(Field.ETHNICITY, "Irish") == ""
    sayings.unknown(Field.ETHNICITY, "W/B")
    sayings.unknown(Field.ETHNICITY, "W/B")
    found = {
        v.written: (v.header, v.count, v.code) for v in sayings.meanings({Field.ETHNICITY: "Eth"})
    }
    assert found == {"white": ("Eth", 1, "white_british"), "W/B": ("Eth", 2, "")}


@pytest.mark.parametrize(
    ("field", "words", "code"),
    [
        (Field.ETHNICITY, "White British", "white_british"), (Field.ETHNICITY, "black_other", "black_other"),
        (Field.SEX, "leave blank", "not_asked"), (Field.SEX, "Prefer not to say", "prefer_not"),
        (Field.ROLE, "helper", "volunteer"), (Field.ROLE, "blank", "not_asked"), (Field.SEX, "whale", None),
    ],
)  # fmt: skip
def test_a_meaning_is_said_in_words_or_codes(field, words, code):
    assert code_of(field, words) == code


@pytest.mark.parametrize(
    ("cell", "text", "put_back"),
    [
        (7700900123, "07700 900123", True), (7700900123.0, "07700 900123", True),
        ("7700900123", "07700 900123", True), ("07700900123", "07700 900123", False),
        ("+44 7700 900123", "07700 900123", False), ("1525 123456", "01525 123456", True),
        ("'+33 1 23 45 67 89", "+33 1 23 45 67 89", False), ("", "", False),
    ],
)  # fmt: skip
def test_telephone_keeps_or_gets_back_its_nought(cell, text, put_back):
    found = phone(cell)
    assert (found.text, found.nought_put_back, found.doubtful) == (text, put_back, False)


def test_what_is_no_telephone_is_kept_and_said():
    assert phone("ask Sue").text == "ask Sue"
    assert phone("ask Sue").doubtful


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("72", (72, 72)), (72, (72, 72)), ("72 yrs", (72, 72)), ("65+", (65, None)), ("65-74", (65, 74)),
        ("18 to 24", (18, 24)), ("under 18", (0, 17)), ("over 60", (61, None)), ("60 and over", (60, None)),
        ("200", None), ("old", None), ("74-65", None),
    ],
)  # fmt: skip
def test_age_is_a_year_or_a_band(written, band):
    assert age(written) == band

"""Names are found however they are typed, and stand in one order everywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import (
    at_home,
    clean,
    clean_lines,
    full_name,
    in_two,
    list_name,
    normal_postcode,
    plain,
    postcode_district,
    search_query,
    search_text,
    sort_key,
)

TEXTS = st.text(max_size=40)


def _text_of(given="", family="", own="", phone="", postcode=""):
    return search_text(names=(given, family, own), phone=phone, postcode=postcode)


def _finds(typed, text):
    """Say whether every word of the query begins a word of the indexed text, as FTS5 does."""
    wanted = [word.strip('"*') for word in search_query(typed).split()]
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return bool(wanted) and all(any(w.startswith(word) for w in words) for word in wanted)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Łukasz", "lukasz"),
        ("ਗੁਰਪ੍ਰੀਤ", "gurprit"),
        ("O'Neill", "o neill"),
        ("Siân", "sian"),
        ("Nguyễn", "nguyen"),
        ("Åse", "ase"),
        ("Øyvind", "oyvind"),
        ("Straße", "strasse"),
    ],
)
def test_plain_letters_of_names(name, letters):
    assert plain(name) == letters


@given(TEXTS)
def test_plain_text_is_small_letters_and_digits_and_stays_so(text):
    folded = plain(text)
    assert folded == folded.lower()
    assert all(c.isalnum() or c == " " for c in folded)
    assert plain(folded) == folded


@given(TEXTS)
def test_composed_and_decomposed_names_are_one(text):
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_clean_line_stays_clean_and_can_be_kept(text):
    line = clean(text)
    assert clean(line) == line
    assert line == line.strip()
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in line)
    line.encode("utf-8")


def test_unseen_marks_and_half_letters_are_taken_out():
    assert clean("\ufeffMaryam\u200b \u202eBegum\udcff\x00\tAli\r\n") == "Maryam Begum Ali"


def test_joiners_that_shape_letters_are_kept():
    assert clean("نرگس\u200cها") == "نرگس\u200cها"


def test_every_letter_is_kept_or_taken_out_alike_alone_and_beside_an_unseen_mark():
    """A line without anything to take out is given back as it is: that must not lose or keep a letter."""
    letters = "".join(c for c in map(chr, range(0x2FFFF)) if not c.isspace())
    for start in range(0, len(letters), 1000):
        some = letters[start : start + 1000]
        assert "".join(map(clean, some)) == "".join(clean(f"{c}\u200b") for c in some)


def test_lines_of_a_note_stay_apart():
    assert clean_lines("\n one  two \r\n\nthree\x00\x0bfour\u2028five\n\n") == (
        "one  two\n\nthree\nfour\nfive"
    )


def test_names_in_speech_and_on_the_list():
    assert full_name("Shaheda", "Begum") == "Shaheda Begum"
    assert full_name("", "", "Nan") == "Nan"
    assert list_name("Shaheda", "Begum") == "Begum, Shaheda"
    assert list_name("Shaheda", "") == "Shaheda"
    assert list_name("", "", "Nan") == "Nan"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Maryam", ("Maryam", "")),
        ("Maryam Begum", ("Maryam", "Begum")),
        ("Ana Maria da Silva", ("Ana Maria da", "Silva")),
        ("Begum, Shaheda", ("Shaheda", "Begum")),
        ("Begum,", ("Begum,", "")),
        ("", ("", "")),
    ],
)
def test_name_in_one_line_comes_apart(typed, name):
    assert in_two(typed) == name


PEOPLE = st.tuples(
    st.text(max_size=8), st.text(max_size=8), st.text(max_size=4), st.integers(1, 10**6)
)


@given(st.lists(PEOPLE, unique_by=lambda person: person[3], max_size=8), st.randoms())
def test_order_is_total_and_does_not_depend_on_where_it_started(people, random):
    def key(person):
        return sort_key(*person[:3]), person[3]

    expected = sorted(people, key=key)
    shuffled = people[:]
    random.shuffle(shuffled)
    assert sorted(shuffled, key=key) == expected
    assert len({key(person) for person in people}) == len(people)


def test_family_name_decides_then_given_name_then_known_as():
    names = [("Zoe", "Adams", ""), ("Amy", "Baker", ""), ("amy", "adams", ""), ("Bea", "", "")]
    ordered = sorted(names, key=lambda n: sort_key(*n))
    assert ordered == [
        ("amy", "adams", ""),
        ("Zoe", "Adams", ""),
        ("Amy", "Baker", ""),
        ("Bea", "", ""),
    ]


def test_accents_and_scripts_stand_among_the_letters_they_sound_like():
    names = ["Zamir", "Łukasz", "Åse", "ਗੁਰਪ੍ਰੀਤ", "Bell"]
    assert sorted(names, key=lambda n: sort_key("", n)) == [
        "Åse",
        "Bell",
        "ਗੁਰਪ੍ਰੀਤ",
        "Łukasz",
        "Zamir",
    ]


@pytest.mark.parametrize(
    "typed",
    ["lukasz", "Łuk", "LUKASZ wo", "wojcik", "wójcik luk", "07700 900 1", "+44 7700 900142",
     "900142", "lu7 1ab", "LU71", "lu7"],
)  # fmt: skip
def test_person_is_found_by_the_beginning_of(typed):
    text = _text_of("Łukasz", "Wójcik", phone="07700 900142", postcode="LU7 1AB")
    assert _finds(typed, text)


@pytest.mark.parametrize("typed", ["oneil", "o'neil", "O’Neill", "neill"])
def test_name_with_an_apostrophe_is_found_either_way(typed):
    assert _finds(typed, _text_of("Aoife", "O'Neill"))


@pytest.mark.parametrize("typed", ["kasz", "zz", "07701", "lu8"])
def test_person_is_not_found_by(typed):
    text = _text_of("Łukasz", "Wójcik", phone="07700 900142", postcode="LU7 1AB")
    assert not _finds(typed, text)


def test_name_in_its_own_script_is_found_in_both_scripts():
    text = _text_of("Gurpreet", "Kaur", own="ਗੁਰਪ੍ਰੀਤ ਕੌਰ")
    assert _finds("ਗੁਰ", text)
    assert _finds("gurpri", text)
    assert _finds("gurpree", text)


@given(st.text(max_size=60))
def test_query_holds_nothing_but_quoted_words(typed):
    for word in search_query(typed).split():
        assert word.startswith('"')
        assert word.endswith('"*')
        assert '"' not in word[1:-2]


def test_long_paste_becomes_a_short_query():
    assert len(search_query("word " * 5000).split()) == 12


@pytest.mark.parametrize("typed", ["", "   ", '"', "—", "*"])
def test_nothing_to_look_for_is_no_query(typed):
    assert search_query(typed) == ""


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("+44 (0)7700 900123", "07700 900123"),
        ("+44 7700 900123", "07700 900123"),
        ("0044 1582 900123", "01582 900123"),
        ("+4407700900123", "07700900123"),
        ("07700 900123", "07700 900123"),
        ("+353 1 234 5678", "+353 1 234 5678"),
        ("44 High Street", "44 High Street"),
    ],
)
def test_number_with_the_country_code_is_the_same_number(typed, dialled):
    assert at_home(typed) == dialled


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lu71ab", "LU7 1AB"),
        (" LU7  1ab ", "LU7 1AB"),
        ("mk459xx", "MK45 9XX"),
        ("ec1a1bb", "EC1A 1BB"),
        ("w1a0ax", "W1A 0AX"),
        ("LU7", "LU7"),
        ("not known", "NOT KNOWN"),
        ("", ""),
    ],
)
def test_postcode_gets_its_one_space(typed, kept):
    assert normal_postcode(typed) == kept
    assert normal_postcode(kept) == kept


@pytest.mark.parametrize(
    ("postcode", "district"),
    [("LU7 1AB", "LU7"), ("EC1A 1BB", "EC1A"), ("LU7", "LU7"), ("NOT KNOWN", ""), ("LUTON", ""),
     ("LONDON E8", ""), ("", "")],
)  # fmt: skip
def test_district_is_the_first_half_of_a_postcode(postcode, district):
    assert postcode_district(postcode) == district

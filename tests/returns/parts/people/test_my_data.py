"""What is held on one person: every table that can hold something of theirs is shown, in words."""

import datetime as dt
import json

import pypdfium2
import pytest

from app.domain import errors
from app.domain.retention import OwnRule
from app.services import people, retention, returns
from app.services.example import Size, make_example
from app.services.returns import ReturnOptions
from app.storage import anonymising, held_on_person
from app.storage.register import Register
from tests import builders


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("mine") / "movers.hallbook"
    make_example(path, size=Size.SMALL, seed=3, ending=dt.date(2026, 11, 22))
    return path


def test_every_table_that_is_wiped_is_shown():
    shown = {table for asked in held_on_person.SECTIONS for table in asked.tables}
    assert shown | {"person"} == set(anonymising.PARTS)


def test_every_column_of_a_person_is_shown_or_orders_and_finds_them():
    with Register.in_memory() as register:
        columns = {row["name"] for row in register.rows("PRAGMA table_info(person)")}
    shown = {name for name, _ in held_on_person._DETAILS}
    assert columns - shown == {"id", "sort_key", "search_text", "merged_into", "import_id"}


def test_every_section_can_be_asked_of_everybody(example):
    with Register.open(example, write=False) as register:
        everybody = [row[0] for row in register.rows("SELECT id FROM person")]
        full = {
            section.title
            for person in everybody
            for section in held_on_person.held(register, person)
        }
        codes = json.dumps(sorted(full))
    assert {
        "Your details",
        "Sessions",
        "Referrals",
        "Questionnaires",
        "What you agreed to",
    } <= full, codes


def test_codes_stand_as_words(example):
    with Register.open(example, write=False) as register:
        person = register.value("SELECT person_id FROM referral_letter l JOIN referral r"
                                " ON r.id = l.referral_id LIMIT 1")  # fmt: skip
        said = str(held_on_person.held(register, person))
    for code in ("gp_practice", "not_asked", "moved_on", "'present'", "report_back"):
        assert code not in said


def test_a_person_is_spoken_to_not_about(example):
    """Titles and words are for the person who asked, whom nobody calls "they"."""
    with Register.open(example, write=False) as register:
        everybody = [row[0] for row in register.rows("SELECT id FROM person")]
        told = [section for one in everybody for section in held_on_person.held(register, one)]
    reasons = [one for one in told if one.title == "Why you were referred"]
    assert reasons
    assert all(len({row[0] for row in one.rows}) == len(one.rows) for one in reasons)
    ours = {one.title for one in told} | {head for one in told for head in one.heads}
    steps = [one for one in told if one.title == "What was done about your referrals"]
    ours |= {row[1] for one in steps for row in one.rows}
    assert not {
        words for words in ours if {"they", "them", "their"} & set(words.lower().split())
    } - {"Their reference"}


def _page_text(filled):
    document = pypdfium2.PdfDocument(returns.render_pdf(filled).pdf)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_whom_to_ask_stands_with_what_can_be_asked(example):
    with Register.open(example, write=False) as register:
        everybody = [row[0] for row in register.rows("SELECT id FROM person LIMIT 6")]
        made = [
            returns.prepare(register, "my-data", ReturnOptions(person_id=one)) for one in everybody
        ]
    for filled in made:
        pages = pypdfium2.PdfDocument(returns.render_pdf(filled).pdf)
        texts = [page.get_textpage().get_text_range() for page in pages]
        (last,) = [text for text in texts if "Whom to ask" in text]
        assert "What you can ask of us" in last


def test_printed_it_says_all_and_how_to_complain():
    with Register.in_memory() as register:
        person = builders.person(
            register, "Alba", "Pretend", phone="01632 960123", notes="Has a dog."
        )
        other = builders.person(register, "A.", "Pretend", email="alba@example.org")
        people.merge_people(register, person, other)
        builders.mark(register, builders.session(register), person)
        filled = returns.prepare(register, "my-data", ReturnOptions(person_id=person))
    said = _page_text(filled)
    for part in ("Alba Pretend", "01632 960123", "Has a dog.", "alba@example.org", "Tea Club",
                 "Information Commissioner", "within a month"):  # fmt: skip
        assert part in said
    assert "Alba" not in repr(filled)


def test_nobody_is_not_found():
    with Register.in_memory() as register, pytest.raises(errors.NotFound):
        returns.prepare(register, "my-data", ReturnOptions(person_id=12345))


def test_words_that_look_like_dates_stay_words():
    with Register.in_memory() as register:
        person = builders.person(register, "Alba", "Pretend", notes="2026-13-45")
        said = held_on_person.held(register, person)[0].rows
    assert ("Notes", "2026-13-45") in said


def printed(filled):
    """Return the words of the pages, their lines joined."""
    pages = pypdfium2.PdfDocument(returns.render_pdf(filled).pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_times_are_those_of_the_groups_own_rules(tmp_path):
    with Register.in_memory() as register:
        person = builders.person(register, "Alba", "Pretend")
        retention.save_rule(register, OwnRule(kind="people", months=18, reason="so we decided"))
        filled = returns.prepare(register, "my-data", ReturnOptions(person_id=person))
    said = printed(filled)
    assert "one year and six months after the last time" in said
    assert "so we decided. Then made nameless" in said
    assert "six years after the end of the year" in said


def test_name_in_other_texts_is_pointed_out_to_whoever_answers():
    with Register.in_memory() as register:
        person = builders.person(register, "Alba", "Pretend")
        other = builders.person(register, "Bea", "Other")
        session = builders.session(register)
        with register.transaction("test"):
            register.update("session", session.id, {"notes": "Alba Pretend shouted at Bea."})
            register.update("person", other, {"notes": "Comes with Alba Pretend."})
            register.update("person", person, {"notes": "Alba Pretend likes tea."})
        filled = returns.prepare(register, "my-data", ReturnOptions(person_id=person))
    (warning,) = filled.warnings
    assert "notes of sessions (1), notes on other people (1)" in warning
    said = printed(filled)
    assert "Where else your name stands" in said
    assert "shouted" not in said

"""Issued returns: kept whole, changed by nothing, explained row by row."""

import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.attendance import Mark
from app.domain.returns import Channel
from app.figures.evaluate import count, rows_behind
from app.services import people
from app.services.result import Done, Refused
from app.services.returns import drafts, explaining, issuing, proof
from app.services.returns.explaining import Change
from app.storage import driver, invariants, issued, own_templates
from app.storage.register import Register
from app.storage.snapshot import Snapshot
from tests import builders
from tests.conftest import NOW
from tests.services.returns.making import FORM, TEXT, YEAR, begun, own_form

DAY = dt.date(2026, 9, 29)
LATER = dt.datetime(2027, 3, 4, 20, 0, tzinfo=dt.UTC)


class Clock:
    """A clock that a test puts forward."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def book(clock):
    """A book with two people who came once, and a form of its own."""
    with Register.in_memory(now=clock) as register:
        register.keep_undo()
        own_form(register)
        at = builders.session(register, day=DAY)
        for name in ("Amy", "Bea"):
            builders.mark(register, at, builders.person(register, name, sex="female"))
        yield register


def issued_one(register, **details):
    draft = begun(register, **details)
    drafts.answer(register, draft, "difference", "{people} people came to us.", wording="What?")
    done = issuing.issue(register, draft)
    assert isinstance(done, Done), done.text
    return done.ids[0]


def frozen(register, issued_id):
    """Return everything that is kept of an issued return."""
    tables = ("issued_return", "issued_answer", "issued_figure", "issued_content")
    return {
        table: [
            tuple(row)
            for row in register.rows(
                f"SELECT * FROM {table} WHERE {'id' if table == 'issued_return' else 'issued_id'}"
                " = :id ORDER BY 1, 2",
                {"id": issued_id},
            )
        ]
        for table in tables
    }


# --- kept -----------------------------------------------------------------------------------------


def test_issued_return_keeps_numbers_answers_template_and_pages(book):
    issued_id = issued_one(book)
    one = issuing.get(book, issued_id)
    assert (one.settings.template_id, one.template_version, one.settings.period) == (FORM, 3, YEAR)
    numbers = issuing.numbers_of(book, issued_id)
    assert numbers["answers"]["difference"]["answer"] == "Fewer than 5 people came to us."
    (answer,) = issuing.answers_of(book, issued_id)
    assert (answer.text, answer.wording) == (
        "{people} people came to us.",
        "What difference did you make?",
    )
    pages = issuing.pdf_of(book, issued_id)
    assert pages.startswith(b"%PDF-")
    row = book.rows("SELECT * FROM issued_return")[0]
    assert row["pdf_sha256"] == hashlib.sha256(pages).hexdigest()
    assert row["template_text"] == TEXT


def test_rows_of_an_issued_return_are_kept_by_ids_without_names(book):
    issued_id = issued_one(book)
    figures = {one.figure: one for one in issued.figures(book, issued_id)}
    assert set(figures) == {"people", "attendances"}
    assert figures["people"].value == 2
    assert figures["people"].version == 1
    assert len(figures["attendances"].rows) == 2
    assert all(part.isdigit() for key in figures["attendances"].rows for part in key.split("/"))
    assert "Amy" not in json.dumps([dict(one.rows) for one in figures.values()])


def test_what_is_kept_was_packed_when_it_was_frozen(book):
    draft = begun(book)
    made = issuing.freeze(book, issuing.what_to_issue(book, draft))
    assert dict(issued.unpacked(made.packed.row_keys[0])) == dict(made.figures[0].rows)
    (issued_id,) = issuing.keep(book, made).ids
    kept = frozen(book, issued_id)
    assert {row[-1] for row in kept["issued_figure"]} == set(made.packed.row_keys)
    assert issuing.numbers_of(book, issued_id) == json.loads(json.dumps(made.filled))
    assert issued.findings(book) == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE issued_return SET title = 'Other'",
        "UPDATE issued_return SET filled_json = '{}'",
        "DELETE FROM issued_return",
        "INSERT OR REPLACE INTO issued_return SELECT * FROM issued_return",
        "UPDATE issued_figure SET value = 99",
        "DELETE FROM issued_figure",
        "INSERT OR REPLACE INTO issued_figure SELECT * FROM issued_figure",
        "UPDATE issued_answer SET answer = ''",
        "DELETE FROM issued_answer",
        "UPDATE issued_content SET pdf = x'00'",
        "DELETE FROM issued_content",
        "INSERT OR REPLACE INTO issued_content SELECT * FROM issued_content",
        "INSERT INTO issued_figure SELECT id, 'more', '', '', '', 1, 1, 1, x'' FROM issued_return",
        "INSERT INTO issued_answer SELECT id, 'more', 9, '', '' FROM issued_return",
    ],
)
def test_raw_sql_cannot_change_an_issued_return(book, sql):
    issued_id = issued_one(book)
    before = frozen(book, issued_id)
    with pytest.raises(driver.RuleBroken, match="never changes"), book.transaction("test"):
        book.execute(sql)
    assert frozen(book, issued_id) == before


def test_issuing_leaves_nothing_to_undo(book):
    draft = begun(book)
    book.take_step()
    issuing.issue(book, draft)
    assert book.take_step() is None


def test_draft_that_was_changed_while_its_pages_were_made_is_not_issued(book):
    draft = begun(book)
    made = issuing.freeze(book, issuing.what_to_issue(book, draft))
    drafts.answer(book, draft, "who", "Us")
    answer = issuing.keep(book, made)
    assert isinstance(answer, Refused)
    assert issuing.listed(book) == ()


def test_return_that_names_people_is_not_kept(book):
    text = TEXT.replace('disclosure = "funder"', 'disclosure = "internal"\nnames_people = true')
    own_form(book, text)
    answer = issuing.issue(book, begun(book))
    assert answer.problems[0].code == "issue_names"


def test_form_that_was_taken_away_is_told_and_the_issued_return_keeps_its_own(book):
    issued_id = issued_one(book)
    draft = begun(book)
    with book.transaction("test"):
        own_templates.remove(book, FORM)
    assert isinstance(issuing.issue(book, draft), Refused)
    assert issuing.pdf_of(book, issued_id).startswith(b"%PDF-")
    assert explaining.explain(book, issued_id).figures


def test_snapshot_shows_no_pages_that_were_sent(book):
    issued_one(book)
    with Snapshot.of(book) as snapshot, pytest.raises(Exception, match="prohibited"):
        snapshot.rows("SELECT pdf FROM issued_content")


def test_worker_freezes_from_a_snapshot_what_the_register_says(book):
    draft = begun(book)
    what = issuing.what_to_issue(book, draft)
    with Snapshot.of(book) as snapshot:
        made = issuing.freeze(snapshot, what)
    assert made == issuing.freeze(book, what)
    assert isinstance(issuing.keep(book, made), Done)


# --- checked --------------------------------------------------------------------------------------


def test_check_finds_nothing_wrong_with_what_was_issued(book):
    issued_one(book)
    assert [one for one in invariants.findings(book) if "sent" in one] == []


@pytest.mark.parametrize(
    ("table", "sql", "said"),
    [
        ("issued_content", "UPDATE issued_content SET pdf = x'00'", "not the one that was sent"),
        ("issued_return", "UPDATE issued_return SET title = 'Other'", "changed since"),
        ("issued_figure", "UPDATE issued_figure SET value = 99", "changed since"),
        ("issued_figure", "UPDATE issued_figure SET row_keys = x'00'", "cannot be read"),
        ("issued_answer", "DELETE FROM issued_answer", "changed since"),
    ],
)
def test_check_finds_what_was_changed_behind_the_programs_back(book, table, sql, said):
    issued_one(book)
    triggers = [
        row["name"]
        for row in book.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        if row["name"].startswith(table)
    ]
    with book.transaction("test"):
        for name in triggers:
            book.execute(f"DROP TRIGGER {name}")
        book.execute(sql)
    assert any(said in one for one in invariants.findings(book))


# --- explained ------------------------------------------------------------------------------------


def test_nothing_changed_since_is_said_so(book):
    told = explaining.explain(book, issued_one(book))
    assert not told.differs
    assert told.sentences == ("Every number is what it was when it was sent, row by row.",)


def test_two_people_who_were_added_later_are_named_by_the_day_they_were_entered(book, clock):
    issued_id = issued_one(book)
    clock.now = LATER
    at = builders.session(book, day=DAY - dt.timedelta(days=7))
    for name in ("Cy", "Dee"):
        builders.mark(book, at, builders.person(book, name))
    told = explaining.explain(book, issued_id)
    people_now = told.figures[[one.figure for one in told.figures].index("people")]
    assert people_now.sentence == (
        "People: now 4, sent 2. Two people were added: two records entered or changed on "
        "Thu 4 Mar 2027."
    )
    assert {row.at.date() for row in people_now.rows} == {LATER.date()}
    assert all("Cy" in row.cells[0] or "Dee" in row.cells[0] for row in people_now.rows)


def test_person_taken_out_of_the_book_is_explained(book, clock):
    issued_id = issued_one(book)
    gone = book.rows("SELECT id FROM person ORDER BY id")[0]["id"]
    clock.now = LATER
    people.put_in_bin(book, gone)
    told = explaining.explain(book, issued_id)
    (row,) = next(one for one in told.figures if one.figure == "people").rows
    assert (row.change, row.records[0].id, row.at) == (Change.REMOVED, gone, LATER)


def test_hidden_number_is_told_as_it_stood_on_the_paper(book):
    told = explaining.explain(book, issued_one(book))
    by_name = {one.figure: one for one in told.figures}
    assert by_name["people"].printed_text == "fewer than 5"
    assert by_name["people"].sent == 2


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["mark", "absent", "unmark", "add", "bin"]),
            st.integers(0, 4),
            st.integers(0, 2),
        ),
        max_size=10,
    )
)
def test_edits_of_the_book_change_nothing_that_was_issued_and_explaining_names_the_very_rows(moves):
    clock = Clock()
    with Register.in_memory(now=clock) as register:
        register.keep_undo()
        own_form(register)
        sessions = [
            builders.session(register, day=DAY - dt.timedelta(days=7 * n)) for n in range(3)
        ]
        everybody = [builders.person(register, f"P{n}") for n in range(5)]
        for number, who in enumerate(everybody[:4]):
            builders.mark(register, sessions[number % 3], who)
        issued_id = issued_one(register)
        before = frozen(register, issued_id)
        scope = proof.scope_of(register, YEAR, None)
        keys = {
            name: set(rows_behind(register, name, scope).row_ids)
            for name in ("people", "attendances")
        }
        clock.now = LATER
        for move, who, at in moves:
            if move == "add":
                everybody.append(builders.person(register, "New"))
            elif move == "bin":
                people.put_in_bin(register, everybody[who])
            elif move == "unmark":
                builders.mark(register, sessions[at], everybody[who], None)
            else:
                mark = Mark.PRESENT if move == "mark" else Mark.ABSENT
                builders.mark(register, sessions[at], everybody[-1 if who == 4 else who], mark)
        told = explaining.explain(register, issued_id)
        assert frozen(register, issued_id) == before
        for one in told.figures:
            now = set(rows_behind(register, one.figure, scope).row_ids)
            assert {row.key for row in one.of(Change.ADDED)} == now - keys[one.figure]
            assert {row.key for row in one.of(Change.REMOVED)} == keys[one.figure] - now
            assert one.now == count(register, scope, ids=(one.figure,)).values[one.figure].value


# --- sent, taken back -----------------------------------------------------------------------------


def test_return_is_noted_as_sent_and_the_note_can_be_taken_back(book, today):
    issued_id = issued_one(book)
    done = issuing.note_sent(
        book, issued_id, sent_on=today, sent_to=" Mrs  Page ", channel=Channel.PAPER, today=today
    )
    (sent,) = issuing.get(book, issued_id).sent
    assert (sent.sent_to, sent.channel, sent.sent_on) == ("Mrs Page", Channel.PAPER, today)
    book.play(book.take_step(), use_case="undo")
    assert issuing.get(book, issued_id).sent == ()
    assert isinstance(issuing.forget_sent(book, done.ids[0]), Refused)


def test_return_is_not_sent_tomorrow(book, today):
    issued_id = issued_one(book)
    tomorrow = today + dt.timedelta(days=1)
    answer = issuing.note_sent(book, issued_id, sent_on=tomorrow, sent_to="", today=today)
    assert answer.problems[0].code == "sent_future"


def test_return_is_taken_back_once_with_a_reason_and_stays_as_it_was(book, today):
    issued_id = issued_one(book)
    before = frozen(book, issued_id)
    assert isinstance(issuing.withdraw(book, issued_id, " ", today=today), Refused)
    assert isinstance(issuing.withdraw(book, issued_id, "Wrong year", today=today), Done)
    assert isinstance(issuing.withdraw(book, issued_id, "Again", today=today), Refused)
    one = issuing.get(book, issued_id)
    assert (one.withdrawn_on, one.withdrawn_reason) == (today, "Wrong year")
    assert frozen(book, issued_id) == before

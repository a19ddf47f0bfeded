"""Whatever was done can be taken back and made again, to the row; search keeps in step."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from app.domain.activities import CANCEL_REASONS
from app.domain.attendance import Mark, MarkChange, Role
from app.domain.errors import Refused as RefusedError
from app.domain.errors import RegisterLocked
from app.domain.periods import Period
from app.domain.settings import Settings
from app.services import activities, attendance, people, registers
from app.services import settings as group
from app.services.result import Done
from app.storage.register import Register
from app.storage.undo import ROWS_AT_ONCE
from tests import builders
from tests.builders import TODAY
from tests.times import times

NAMES = st.sampled_from(
    ["Maryam", "Łukasz", "O'Neill", "ਗੁਰਪ੍ਰੀਤ", 'The "Duke"', "a;b--", "☃", "Żółć"]
)
NOTES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NOW = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)


def _search_agrees(register):
    """Let FTS5 compare its index with the people in the table; it raises when they differ."""
    with register.all_or_nothing():
        register.execute(
            "INSERT INTO person_search (person_search, rank) VALUES ('integrity-check', 1)"
        )


class Sitting(RuleBasedStateMachine):
    """An evening with the window open: use cases in any order, undo and redo between them."""

    someone = Bundle("someone")
    meeting = Bundle("meeting")

    def __init__(self):
        super().__init__()
        self.register = Register.in_memory(now=lambda: NOW)
        self.register.keep_undo()
        self.back, self.again = [], []

    @initialize(target=meeting)
    def begin(self):
        tea = builders.activity(self.register)
        days = [dt.date(2026, 10, day) for day in (6, 13, 20)]
        ids = [builders.session(self.register, tea, day).id for day in days]
        self.register.take_step()
        self.tea = tea
        self.before = builders.dump(self.register)
        return multiple(*ids)

    def _did(self, answer):
        step = self.register.take_step()
        if isinstance(answer, Done) and step is not None:
            self.back.append((step, None))
            self.again.clear()
        else:
            assert step is None
        return answer

    def _session(self, session_id):
        return activities.get_session(self.register, session_id)

    @rule(target=someone, given=NAMES, family=NAMES, notes=NOTES)
    def add_person(self, given, family, notes):
        draft = people.PersonDraft(given_name=given, family_name=family, notes=notes)
        done = self._did(people.save_new(self.register, draft, today=TODAY))
        return done.ids[0]

    @rule(target=someone, at=meeting, given=NAMES, family=NAMES)
    def walk_in(self, at, given, family):
        done = self._did(
            attendance.add_walk_in(self.register, at, f"{given} {family}", today=TODAY)
        )
        return done.ids[-1] if isinstance(done, Done) else multiple()

    @rule(who=someone, given=NAMES, notes=NOTES, phone=st.sampled_from(["", "07700 900001"]))
    def change_person(self, who, given, notes, phone):
        person = people.get_person(self.register, who)
        if person is not None:
            draft = replace(person, given_name=given, notes=notes, phone=phone)
            self._did(people.change_person(self.register, who, draft, today=TODAY))

    @rule(
        who=someone,
        at=meeting,
        what=st.sampled_from([None, *Mark]),
        role=st.sampled_from(list(Role)),
    )
    def mark(self, who, at, what, role):
        change = MarkChange(session_id=at, person_id=who, mark=what, role=role)
        self._did(attendance.set_mark(self.register, change, today=TODAY))

    @rule(at=meeting, guests=st.sampled_from([None, 0, 3]))
    def guests(self, at, guests):
        session = self._session(at)
        if session is not None:
            self._did(activities.set_guests(self.register, session, guests, today=TODAY))

    @rule(at=meeting, reason=st.sampled_from(list(CANCEL_REASONS)), note=NOTES)
    def cancel(self, at, reason, note):
        session = self._session(at)
        if session is not None:
            self._did(activities.cancel_session(self.register, session, reason, note))

    @rule(at=meeting)
    def bring_back(self, at):
        session = self._session(at)
        if session is not None:
            self._did(activities.bring_back(self.register, session))

    @rule(at=meeting)
    def tick_as_held(self, at):
        session = self._session(at)
        if session is not None:
            self._did(activities.tick_as_held(self.register, session, today=TODAY))

    @rule(at=meeting)
    def session_in_and_out_of_bin(self, at):
        session = self._session(at)
        if session is not None:
            self._did(activities.put_session_in_bin(self.register, session))
        else:
            self._did(activities.take_session_out_of_bin(self.register, at))

    @rule(weeks=st.integers(1, 6))
    def plan(self, weeks):
        period = Period(first=TODAY, last=TODAY + dt.timedelta(weeks=weeks))
        plan = activities.plan_sessions(self.register, self.tea, period, today=TODAY)
        self._did(plan.done)

    @rule(at=meeting)
    def print_sheet(self, at):
        self._did(attendance.keep_printed_order(self.register, at))

    @rule(who=someone, out=st.booleans())
    def person_in_or_out_of_bin(self, who, out):
        use_case = people.take_out_of_bin if out else people.put_in_bin
        self._did(use_case(self.register, who))

    @rule(kept=someone, merged=someone)
    def join(self, kept, merged):
        self._did(people.merge_people(self.register, kept, merged))

    @rule(who=someone)
    def part(self, who):
        self._did(people.unmerge_person(self.register, who))

    @rule(who=someone, minutes=st.integers(1, 90))
    def log_hours(self, who, minutes):
        self._did(attendance.log_hours(self.register, who, TODAY, minutes, "tea", today=TODAY))

    @rule(name=NAMES)
    def change_settings(self, name):
        self._did(group.save(self.register, Settings(group_name=name)))

    @precondition(lambda self: self.back)
    @rule()
    def undo(self):
        self._undo()

    @precondition(lambda self: self.again)
    @rule()
    def redo(self):
        self._redo()

    def _undo(self):
        step, after = self.back.pop()
        now = builders.dump(self.register)
        assert after is None or now == after
        opposite, done = registers.undo(self.register, step)
        assert done.text == step.text
        self.again.append((opposite, now))
        assert self.register.take_step() is None

    def _redo(self):
        step, after = self.again.pop()
        opposite, _ = registers.redo(self.register, step)
        assert builders.dump(self.register) == after
        self.back.append((opposite, after))
        assert self.register.take_step() is None

    @invariant()
    def search_agrees_and_nothing_is_broken(self):
        _search_agrees(self.register)
        assert registers.check(self.register) == ()

    def teardown(self):
        if hasattr(self, "before"):
            after = builders.dump(self.register)
            steps = len(self.back)
            while self.back:
                self._undo()
            assert builders.dump(self.register) == self.before
            _search_agrees(self.register)
            for _ in range(steps):
                self._redo()
            assert builders.dump(self.register) == after
            _search_agrees(self.register)
        self.register.close()


TestSitting = Sitting.TestCase
TestSitting.settings = settings(
    max_examples=times(20),
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking would take minutes
    suppress_health_check=[HealthCheck.too_slow],
)


def _undone_and_redone(register, work):
    """Do some work in a transaction, undo it and redo it; return the register's rows after it."""
    before = builders.dump(register)
    with register.transaction("work"):
        work()
    after = builders.dump(register)
    assert after != before
    step = register.take_step()
    redo = register.play(step, use_case="undo")
    assert builders.dump(register) == before
    undo = register.play(redo, use_case="redo")
    assert builders.dump(register) == after
    register.play(undo, use_case="undo")
    assert builders.dump(register) == before


def test_deleting_takes_its_followers_along_and_undo_brings_all_of_them(register):
    at = builders.session(register)
    for name in ("Amy", "Bea"):
        builders.mark(register, at, builders.person(register, name))
    attendance.keep_printed_order(register, at.id)
    _undone_and_redone(register, lambda: register.execute("DELETE FROM session"))


def test_import_that_goes_leaves_its_name_blank_and_undo_puts_it_back(register):
    with register.all_or_nothing():
        register.insert("import_run", {
            "id": 5, "kind": "people", "file_name": "a.csv", "file_sha256": "", "done_at": "",
            "rows": 1, "added": 1, "matched": 0, "skipped": 0,
        })  # fmt: skip
    builders.person(register)
    with register.all_or_nothing():
        register.execute("UPDATE person SET import_id = 5")
    _undone_and_redone(register, lambda: register.execute("DELETE FROM import_run"))


def test_row_that_takes_the_place_of_another_is_taken_back_too(register):
    builders.mark(register, builders.session(register), builders.person(register))
    _undone_and_redone(
        register,
        lambda: register.execute(
            "REPLACE INTO attendance SELECT session_id, person_id, 'late', role, NULL FROM attendance"
        ),
    )


def test_key_that_changes_is_taken_back(register):
    builders.person(register)
    _undone_and_redone(register, lambda: register.execute("UPDATE person SET id = id + 1"))


@pytest.mark.parametrize("text", ["'", "''", '"', "\\", "%", "a\nb", "☃", "x" * 2_000_000])
def test_any_text_comes_back_as_it_was(register, text):
    with register.all_or_nothing():
        register.insert("setting", {"name": "cup", "value": text})
    _undone_and_redone(register, lambda: register.execute("UPDATE setting SET value = 'new'"))


def test_what_was_done_to_many_is_taken_back_by_one_statement_with_many_values(register):
    ids = [builders.person(register, name, area=f"Area {name}") for name in ("Amy", "Bea", "Cy")]
    assert isinstance(people.set_area(register, ids, "Hockwell Ring"), Done)
    step = register.take_step()
    of_people = [one for one in step.statements if '"person"' in one.sql]
    assert len(of_people) >= len(ids)
    assert len({one.sql for one in of_people}) == 1
    assert "given_name" not in of_people[0].sql, "only what differs is put back"
    register.play(step, use_case="undo")
    areas = {row["area"] for row in register.rows("SELECT area FROM person")}
    assert areas == {"Area Amy", "Area Bea", "Area Cy"}


def test_every_table_of_the_book_can_be_undone(register):
    undone = {
        row["tbl_name"]
        for row in register.rows("SELECT tbl_name FROM sqlite_temp_master WHERE type = 'trigger'")
    }
    sent = {"issued_return", "issued_answer", "issued_figure", "issued_content"}
    tables = set(builders.dump(register))
    assert sent < tables
    assert undone == tables - sent, "what was sent never changes: there is nothing to take back"


def test_log_of_what_was_there_never_reaches_the_disk(register_file):
    with Register.open(register_file) as register:
        register.keep_undo()
        builders.person(register, "Zaynab")
        names = register.rows("SELECT name FROM main.sqlite_master WHERE name LIKE 'undo%'")
        assert names == []
        assert register.value("PRAGMA temp_store") == 2
        assert "Zaynab" in register.take_step().text


def test_bulk_change_is_not_noted_and_what_follows_is(register):
    with register.transaction("import", bulk=True):
        register.insert("setting", {"name": "cup", "value": "1"})
    assert register.take_step() is None
    assert register.value("SELECT count(*) FROM undo_log") == 0
    _undone_and_redone(register, lambda: register.execute("UPDATE setting SET value = '2'"))


def test_bulk_change_that_goes_wrong_leaves_noting_on(register):
    with pytest.raises(ValueError, match="stop"), register.transaction("import", bulk=True):
        raise ValueError("stop")
    builders.person(register)
    assert register.take_step() is not None


def test_change_that_something_later_stands_on_is_left_as_it_is(register):
    at = builders.session(register)
    builders.person(register, "Amy")
    step = register.take_step()
    who = register.value("SELECT id FROM person")
    with register.transaction("import", bulk=True):
        register.insert("attendance", {"session_id": at.id, "person_id": who, "mark": "late"})
    before = builders.dump(register)
    with pytest.raises(RefusedError, match="since stands on this change"):
        registers.undo(register, step)
    assert builders.dump(register) == before


def test_change_that_changed_nothing_is_no_step(register):
    with register.transaction("look"):
        pass
    assert register.take_step() is None


def test_steps_do_not_print_what_they_put_back(register):
    builders.person(register, "Zaynab")
    assert "Zaynab" not in repr(register.take_step())


def test_long_change_is_taken_back_in_slices_whole_or_not_at_all(register):
    def note_many():
        for number in range(3 * ROWS_AT_ONCE + 1):
            register.insert("setting", {"name": f"cup {number}", "value": "1"})

    before = builders.dump(register)
    with register.transaction("work", subject_ids=tuple(range(2 * ROWS_AT_ONCE + 1))):
        note_many()
    step, after = register.take_step(), builders.dump(register)
    for turns in range(1, 6):
        playing = register.play_in_slices(step, use_case="undo")
        for _ in range(turns):
            next(playing)
        with pytest.raises(RegisterLocked), register.transaction("another"):
            pass
        playing.close()
        assert builders.dump(register) == after
        assert register.take_step() is None
    lines = register.value("SELECT count(*) FROM journal")
    assert [*register.play_in_slices(step, use_case="undo")] == [100, 200, 300, 301, 301, 301]
    assert builders.dump(register) == before
    assert register.value("SELECT count(*) FROM journal") == lines + 2 * ROWS_AT_ONCE + 1
    again = register.take_step()
    assert len(again.statements) == len(step.statements)
    assert again.subject_ids == step.subject_ids
    register.play(again, use_case="redo")
    assert builders.dump(register) == after

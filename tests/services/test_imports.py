"""Imports against a real register: what is written, matched, reported, and taken out again."""

import contextlib
import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import AppError, NotFound, Refused
from app.domain.people import PersonDraft
from app.domain.periods import Period
from app.figures.catalogue import catalogue
from app.figures.definition import Subject
from app.importers.base import Options
from app.services import figures, imports, people, registers
from app.services.example import Size, make_example
from app.services.exports import export_everything
from app.storage.register import Register
from tests import builders
from tests.times import times

SAMPLES = Path(__file__).parents[1] / "data" / "importers"
EVER = Period(first=dt.date(2010, 1, 1), last=dt.date(2026, 12, 31))


@pytest.fixture
def options(today):
    return Options(today=today)


def bring_in(register, kind, path, options):
    return imports.carry_out(register, imports.prepare(register, kind, path, options))


def written(tmp_path, text, name="file.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def contents(register):
    """Everything in a register but the journal and the notes of imports."""
    tables = ("person", "activity", "session", "attendance", "enrolment", "volunteer_log",
              "emergency_contact", "person_access", "person_role", "waiting_place", "rate",
              "referral", "referral_reason", "referral_step", "referrer", "referrer_worker",
              "agreement", "agreement_activity", "funded_place", "own_measure", "measure_use",
              "person_code", "goal", "response", "response_item", "story")  # fmt: skip
    return {
        table: [
            {k: v for k, v in zip(row.keys(), row, strict=True) if k != "import_id"}
            for row in register.rows(f"SELECT * FROM {table}")
        ]
        for table in tables
    }


def count(register, table):
    return register.value(f"SELECT count(*) FROM {table}")


# --- people ----------------------------------------------------------------------------------------


def test_people_are_added_with_all_that_is_known(register, options):
    report = bring_in(register, "people", SAMPLES / "people" / "two_row_header.xlsx", options)
    assert (report.rows, report.added, report.matched, report.skipped) == (4, 3, 0, 1)
    found = people.list_people(register, "amira").rows
    assert [row.list_name for row in found] == ["Khan, Amira"]
    person = people.get_person(register, found[0].id)
    assert person.born_on == dt.date(2021, 3, 4)
    assert register.row("SELECT name, phone, relationship FROM emergency_contact")[:] == (
        "Sana Khan", "07700 900141", "Mum",
    )  # fmt: skip
    assert register.value("SELECT health FROM person_access") == "Nuts"


def test_somebody_in_the_book_is_recognised_and_only_blanks_are_filled(
    register, options, tmp_path, today
):
    people.save_new(
        register, PersonDraft(given_name="Jane", family_name="Smith", area="Luton"), today=today
    )
    path = written(tmp_path, "Name,Town,Postcode,DOB\njane  SMITH,Bedford,lu71ab,13/4/1950\n")
    report = bring_in(register, "people", path, options)
    assert (report.people, report.people_matched, report.filled) == (0, 1, 2)
    row = register.row("SELECT area, postcode, born_on, search_text FROM person")
    assert row[:3] == ("Luton", "LU7 1AB", "1950-04-13")
    assert "lu71ab" in row["search_text"]


@pytest.mark.parametrize(
    ("theirs", "line"),
    [
        ({"born_on": dt.date(1950, 4, 13)}, "Jane Smith,22/6/1981,"),
        ({"phone": "07700 900111"}, "Jane Smith,,07700 900222"),
    ],
)
def test_the_same_name_with_another_birth_date_or_phone_is_another_person(
    theirs, line, register, options, tmp_path, today
):
    people.save_new(
        register, PersonDraft(given_name="Jane", family_name="Smith", **theirs), today=today
    )
    path = written(tmp_path, f"Name,DOB,Phone\n{line}\n")
    assert bring_in(register, "people", path, options).people == 1


def test_two_of_one_name_in_the_book_are_offered_and_neither_is_taken(
    register, options, tmp_path, today
):
    for year in (1950, 1981):
        draft = PersonDraft(given_name="Mary", family_name="Jones", birth_year=year)
        people.save_new(register, draft, today=today)
    path = written(tmp_path, "Name,Town\nMary Jones,Luton\n")
    report = bring_in(register, "people", path, options)
    assert report.people == 1
    assert [(d.alike, d.row) for d in report.likely] == [(100, 0), (100, 0)]


def test_likely_double_is_offered_and_joined_only_when_somebody_says_so(
    register, options, tmp_path, today
):
    done = people.save_new(
        register, PersonDraft(given_name="Katharine", family_name="O'Neill"), today=today
    )
    path = written(tmp_path, "Name,Phone\nKatherine O’Neil,07700 900123\n")
    prepared = imports.prepare(register, "people", path, options)
    assert prepared.matching.matched == {}
    assert [d.known_id for d in prepared.matching.likely] == [done.ids[0]]
    report = imports.carry_out(register, imports.with_joins(prepared, {0: done.ids[0]}))
    assert (report.people, report.people_matched) == (0, 1)
    assert register.value("SELECT phone FROM person") == "07700 900123"


def test_short_form_of_a_first_name_is_offered_and_never_joined(register, options, tmp_path):
    people.save_new(
        register, PersonDraft(given_name="Katherine", family_name="Ashe"), today=options.today
    )
    path = written(tmp_path, "Name\nKate Ashe\nKate Brown\n")
    prepared = imports.prepare(register, "people", path, options)
    offers = [(one.row, one.why) for one in prepared.matching.likely]
    assert offers == [(0, "one first name may be short for the other")]
    assert imports.carry_out(register, prepared).people == 2


def test_likely_doubles_inside_the_file_are_offered_too(register, options, tmp_path):
    path = written(tmp_path, "Name\nStephen Brown\nSteven Brown\nPriya Patel\n")
    prepared = imports.prepare(register, "people", path, options)
    assert [(d.row, d.other_row) for d in prepared.matching.likely] == [(1, 0)]


# --- attendance ------------------------------------------------------------------------------------


def test_old_register_gives_figures(register, options):
    report = bring_in(
        register, "attendance", SAMPLES / "attendance" / "months_over_days.xlsx", options
    )
    assert (report.people, report.activities, report.sessions) == (5, 1, 10)
    assert (report.marks, report.attendances) == (20, 15)
    assert (report.first_date, report.last_date) == (dt.date(2024, 9, 5), dt.date(2025, 1, 30))
    found = {name: f["value"] for name, f in figures.figures(register, EVER)["figures"].items()}
    assert found["sessions_held"] == 7
    assert found["sessions_cancelled"] == 1
    assert found["attendances"] == 15 + 3
    assert found["guests"] == 3
    assert found["people"] == 4
    assert found["volunteers"] == 1


def test_empty_column_is_a_session_whose_register_was_not_taken(register, options, tmp_path):
    path = written(tmp_path, "Yoga\nName,7 Jan 2025,14 Jan 2025\nAnn Lee,x,\nBob Day,x,\n")
    report = bring_in(register, "attendance", path, options)
    states = register.rows("SELECT session_on, state FROM session ORDER BY session_on")
    assert [tuple(row) for row in states] == [("2025-01-07", "held"), ("2025-01-14", "planned")]
    assert any("not taken" in note for note in report.notes)
    assert count(register, "attendance") == 2


def test_importing_twice_adds_nothing_and_says_so(register, options):
    path = SAMPLES / "attendance" / "months_over_days.xlsx"
    bring_in(register, "attendance", path, options)
    before = contents(register)
    again = bring_in(register, "attendance", path, options)
    assert (again.people, again.sessions, again.marks) == (0, 0, 0)
    assert again.matched == 20
    assert again.done_before == "2026-11-03"
    assert contents(register) == before


def test_dry_run_changes_nothing_and_tells_the_same(register, options):
    path = SAMPLES / "attendance" / "guests_and_volunteers.csv"
    prepared = imports.prepare(register, "attendance", path, options)
    told = imports.report_of(register, prepared)
    assert not any(contents(register).values())
    done = imports.carry_out(register, prepared)
    for name in (
        "rows",
        "added",
        "matched",
        "skipped",
        "people",
        "activities",
        "sessions",
        "attendances",
        "marks",
    ):
        assert getattr(told, name) == getattr(done, name), name
    assert told.import_id is None
    assert done.import_id is not None


def test_marks_of_a_session_cancelled_in_the_book_are_left_out_and_said(
    register, options, tmp_path
):
    path = written(tmp_path, "Yoga\nName,7 Jan 2025\nAnn Lee,x\n")
    cancelled = written(tmp_path, "Yoga\nName,7 Jan 2025\nAnn Lee,cancelled\n", "first.csv")
    bring_in(register, "attendance", cancelled, options)
    report = bring_in(register, "attendance", path, options)
    assert report.marks == 0
    assert [p.code for p in report.problems] == ["session_cancelled"]


def test_session_planned_in_the_book_takes_the_marks_of_a_file(register, options, tmp_path):
    empty = written(tmp_path, "Yoga 2-3pm\nName,7 Jan 2025\nAnn Lee,\n", "empty.csv")
    bring_in(register, "attendance", empty, options)
    path = written(tmp_path, "Yoga\nName,7 Jan 2025\nAnn Lee,x\n")
    report = bring_in(register, "attendance", path, options)
    assert (report.sessions, report.marks) == (0, 1)
    assert register.row("SELECT state, start_time FROM session")[:] == ("held", "14:00")


def test_those_who_still_come_are_on_the_register_and_those_long_gone_are_not(
    register, options, tmp_path
):
    days = [dt.date(2025, 1, 7) + dt.timedelta(weeks=i) for i in range(30)]
    line = ",".join(day.isoformat() for day in days)
    path = written(
        tmp_path, f"Yoga\nName,{line}\nStays On,{'x,' * 29}x\nLeft Early,{'x,' * 5}{',' * 24}\n"
    )
    bring_in(register, "attendance", path, options)
    rows = register.rows(
        "SELECT p.given_name, e.from_on, e.to_on FROM enrolment e JOIN person p ON p.id = e.person_id"
        " ORDER BY p.given_name"
    )
    assert [tuple(row) for row in rows] == [
        ("Left", "2025-01-07", "2025-02-04"), ("Stays", "2025-01-07", None),
    ]  # fmt: skip


# --- questions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "question"),
    [
        ("people", "dates_that_can_be_both.csv", "dates"),
        ("attendance", "dates_that_can_be_both.csv", "dates"),
        ("attendance", "no_year_at_all.csv", "year"),
        ("attendance", "ticks_and_crosses.csv", "marks"),
    ],
)
def test_what_nothing_settles_is_asked(kind, name, question, register, options):
    plan = imports.prepare(register, kind, SAMPLES / kind / name, options).plan
    assert [q.kind for q in imports.open_questions(plan)] == [question]


def test_an_answer_closes_the_question(register, today):
    path = SAMPLES / "attendance" / "no_year_at_all.csv"
    plan = imports.read_plan("attendance", path, Options(today=today, year=2024))
    assert imports.open_questions(plan) == ()
    assert [row.day.isoformat() for row in plan.sessions][-1] == "2025-01-07"


def test_a_mapping_file_answers_and_names_columns(tmp_path, today):
    mapping = written(
        tmp_path,
        '[columns]\n"Shoe size" = "notes"\n"Name" = "set aside"\n"Who" = "full_name"\n'
        '[marks]\nx = "absent"\n[values.ethnicity]\n"White" = "white_british"\n'
        '[answers]\ndates = "dmy"\nactivity = "Tea club"\n',
        "mapping.toml",
    )
    options = imports.with_mapping(mapping, Options(today=today))
    path = written(tmp_path, "Name,Who,Shoe size,Ethnicity\nX1,Ann Lee,7,White\n")
    plan = imports.read_plan("people", path, options)
    assert plan.people[0].draft.given_name == "Ann"
    assert plan.people[0].draft.notes == "7"
    assert plan.people[0].draft.ethnicity == "white_british"
    assert {c.header: c.taken_as for c in plan.columns}["Name"] == "set aside"
    grid = imports.read_plan(
        "attendance", SAMPLES / "attendance" / "ticks_and_crosses.csv", options
    )
    assert imports.open_questions(grid) == ()
    assert grid.activities[0].draft.name == "Tea club"


def test_a_saved_mapping_reads_the_next_file_alike(tmp_path, today):
    path = SAMPLES / "people" / "titles_and_totals.csv"
    options = Options(today=today)
    plan = imports.read_plan("people", path, options)
    imports.save_mapping(tmp_path / "saved.toml", plan, options)
    again = imports.read_plan(
        "people", path, imports.with_mapping(tmp_path / "saved.toml", options)
    )
    assert again.people == plan.people
    assert {c.by for c in again.columns if c.header} == {"mapping"}


@pytest.mark.parametrize(
    "text",
    ["[columns]\nName = 3\n", '[columns]\nName = "shoe"\n', '[marks]\nx = "maybe"\n', "[answers]\nyear = 12\n",
     '[answers]\ndates = "both"\n', "[surprise]\n", "not toml", '[answers]\nsheets = "Autumn"\n'],
)  # fmt: skip
def test_a_mapping_file_that_cannot_be_used_is_said(text, tmp_path, today):
    path = written(tmp_path, text, "mapping.toml")
    with pytest.raises(Refused, match=r"mapping\.toml"):
        imports.with_mapping(path, Options(today=today))


def test_a_mapping_file_is_refused_in_plain_words(tmp_path, today):
    for content, said in (
        (b"[columns]\nName = \n", "at line 2"),
        ('[columns]\n"N\xe4me" = "notes"\n'.encode("latin-1"), "save it as UTF-8"),
        (b'[values.ethnicity]\nW = "whyte"\n', "White and Asian"),
        (b'[values.shoes]\nW = "big"\n', "ethnicity"),
    ):
        path = tmp_path / "mapping.toml"
        path.write_bytes(content)
        with pytest.raises(Refused, match=said) as refused:
            imports.with_mapping(path, Options(today=today))
        assert not re.search(r"codec|column \d|Invalid|byte", str(refused.value))


def test_meanings_of_answers_are_saved_with_a_mapping(tmp_path, today):
    mapping = written(tmp_path, '[values.ethnicity]\n"White" = "Irish"\n', "mapping.toml")
    options = imports.with_mapping(mapping, Options(today=today))
    path = written(tmp_path, "Name,Ethnicity\nAnn Lee,WHITE\nBo Ray,Blue\n")
    plan = imports.read_plan("people", path, options)
    assert [(v.written, v.count, v.code) for v in plan.values] == [
        ("Blue", 1, ""), ("WHITE", 1, "white_irish"),
    ]  # fmt: skip
    imports.save_mapping(tmp_path / "saved.toml", plan, options)
    again = imports.with_mapping(tmp_path / "saved.toml", Options(today=today))
    assert again.values == {"ethnicity": {"White": "white_irish"}}


def test_sheet_that_is_not_there_is_said(today):
    path = SAMPLES / "attendance" / "months_over_days.xlsx"
    with pytest.raises(Refused, match=r"Winter.*Autumn 2024"):
        imports.read_plan("attendance", path, Options(today=today, sheets=("Winter",)))


# --- taking out ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("people", "two_row_header.xlsx"),
        ("people", "titles_and_totals.csv"),
        ("attendance", "months_over_days.xlsx"),
        ("attendance", "guests_and_volunteers.csv"),
        ("attendance", "long_list.csv"),
    ],
)
def test_a_whole_import_is_taken_out_again(kind, name, register, options, today):
    known = PersonDraft(given_name="Jane", family_name="Smith", notes="was here before")
    people.save_new(register, known, today=today)
    before = contents(register)
    report = bring_in(register, kind, SAMPLES / kind / name, options)
    assert contents(register) != before
    imports.undo_import(register, report.import_id)
    assert contents(register) == before
    assert registers.check(register) == ()
    assert [run.removed_at is not None for run in imports.list_imports(register)] == [True]


def test_import_that_is_half_taken_out_is_still_there_whole(register, options):
    report = bring_in(register, "attendance", SAMPLES / "attendance" / "long_list.csv", options)
    whole, stops = builders.dump(register), 0
    while True:
        removing = imports.undo_import_in_slices(register, report.import_id)
        try:
            for _ in range(stops + 1):
                written = next(removing)
        except StopIteration:
            break
        assert 0 <= written.done <= written.total
        removing.close()
        assert builders.dump(register) == whole
        stops += 1
    assert stops > 5
    assert registers.check(register) == ()
    assert count(register, "attendance") == count(register, "person") == 0


def test_what_somebody_worked_with_since_stays(register, options, tmp_path, today):
    path = written(tmp_path, "Yoga\nName,7 Jan 2025,14 Jan 2025\nAnn Lee,x,x\nBob Day,x,\n")
    report = bring_in(register, "attendance", path, options)
    more = written(tmp_path, "Yoga\nName,7 Jan 2025\nAnn Lee,x\nCarol Ng,x\n", "more.csv")
    bring_in(register, "attendance", more, options)
    _, counts = imports.undo_import(register, report.import_id)
    assert (counts["marks"], counts["sessions"], counts["kept_sessions"]) == (3, 1, 1)
    assert register.rows("SELECT given_name FROM person") != []
    assert count(register, "attendance") == 1


def test_details_changed_since_are_not_put_back(register, options, tmp_path, today):
    people.save_new(register, PersonDraft(given_name="Jane", family_name="Smith"), today=today)
    path = written(tmp_path, "Name,Town,Phone\nJane Smith,Luton,01525 123456\n")
    report = bring_in(register, "people", path, options)
    with register.transaction("test"):
        register.execute("UPDATE person SET area = 'Bedford'")
    imports.undo_import(register, report.import_id)
    assert register.row("SELECT area, phone FROM person")[:] == ("Bedford", "")


def test_an_import_is_taken_out_once(register, options):
    report = bring_in(register, "people", SAMPLES / "people" / "known_as.ods", options)
    imports.undo_import(register, report.import_id)
    with pytest.raises(Refused, match="taken out already"):
        imports.undo_import(register, report.import_id)
    with pytest.raises(NotFound):
        imports.undo_import(register, 12345)


# --- the open export comes back -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    path = folder / "pretend.hallbook"
    make_example(path, size=Size.SMALL, seed=3, ending=dt.date(2026, 11, 3))
    with Register.open(path, write=False) as register:
        export_everything(register, folder / "open")
        values = figures_of(register)
    return folder / "open", values


def figures_of(register):
    """Return every figure but those of the cash book, which comes back from the bank, not from here."""
    found = figures.figures(register, EVER)["figures"].items()
    return {name: f["value"] for name, f in found if not of_the_cash_book(name)}


def of_the_cash_book(name):
    figure = catalogue().get(name)
    return figure is not None and (figure.subject is Subject.MONEY or figure.needs == "money")


@pytest.mark.parametrize(
    "steps",
    [
        (("people", "people.csv"), ("attendance", "attendance.csv")),
        (("attendance", "."),),
        (("attendance", "datapackage.json"),),
        (
            ("people", "people.csv"),
            ("attendance", "sessions.csv"),
            ("attendance", "attendance.csv"),
        ),
        (("attendance", "attendance.csv"), ("attendance", "volunteer_hours.csv")),
    ],
)
def test_export_and_import_give_the_same_figures(steps, exported, register, options):
    folder, values = exported
    for kind, name in steps:
        report = bring_in(register, kind, folder / name, options)
        assert report.problems == ()
    assert figures_of(register) == values
    assert registers.check(register) == ()


def test_export_comes_back_the_same_in_every_named_column(exported, register, options, tmp_path):
    folder, _ = exported
    bring_in(register, "attendance", folder, options)
    export_everything(register, tmp_path / "again")
    for name in (
        "people.csv", "activities.csv", "sessions.csv", "attendance.csv", "referrals.csv",
        "responses.csv", "referral_step.csv", "referral_need.csv", "referral_letter.csv",
        "referrer.csv", "referrer_worker.csv", "agreement.csv", "agreement_activity.csv",
        "agreement_source.csv", "funded_place.csv", "place_correction.csv", "waiting_place.csv",
        "goal.csv", "response.csv", "response_score.csv", "person_code.csv", "measure_use.csv",
        "story.csv", "story_use.csv",
    ):  # fmt: skip
        first, second = (_without(base / name) for base in (folder, tmp_path / "again"))
        assert first == second, name


def _without(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            {k: v for k, v in row.items() if k != "import_id"} for row in csv.DictReader(stream)
        ]


def test_export_imported_twice_adds_nothing(exported, register, options):
    folder, values = exported
    bring_in(register, "attendance", folder, options)
    report = bring_in(register, "attendance", folder, options)
    assert (report.people, report.sessions, report.marks, report.hours) == (0, 0, 0, 0)
    assert figures_of(register) == values


def test_export_is_taken_out_whole(exported, register, options):
    folder, _ = exported
    report = bring_in(register, "attendance", folder, options)
    imports.undo_import(register, report.import_id)
    assert not any(contents(register).values())


def test_ids_of_an_export_do_not_join_strangers(exported, register, options, today, tmp_path):
    done = people.save_new(
        register, PersonDraft(given_name="Quite", family_name="Another"), today=today
    )
    path = written(
        tmp_path, f"person_id,given_name,family_name\n{done.ids[0]},Jane,Smith\n", "people.csv"
    )
    report = bring_in(register, "people", path, options)
    assert (report.people, report.people_matched) == (1, 0)
    assert count(register, "person") == 2


def test_marks_of_people_nobody_knows_are_left_out_and_said(register, options, tmp_path):
    path = written(
        tmp_path, "session_id,person_id,mark,role\n5,7,present,participant\n", "attendance.csv"
    )
    report = bring_in(register, "attendance", path, options)
    assert report.marks == 0
    assert {p.code for p in report.problems} == {"session_unknown", "person_unknown"}


FOREIGN = {
    "people.csv": "person_id,given_name,family_name,date_of_birth,joined_on,left_on,in_bin,merged_into\n",
    "activities.csv": "activity_id,name,capacity,start_time,end_time\n",
    "sessions.csv": "session_id,activity_id,date,starts_at,ends_at,state,cancelled_reason,guests,in_bin\n",
    "attendance.csv": "session_id,person_id,mark,role\n",
    "volunteer_hours.csv": "person_id,date,hours\n",
}
words = st.one_of(
    st.sampled_from(
        ["", "0", "1", "2", "3", "-1", "99999999999999999999", "2024-02-30", "2024-01-02", "1026-01-01",
         "10:00", "09:00", "25:00", "held", "cancelled", "planned", "present", "late", "volunteer",
         "Ann", "'=Ann", "1.5", "nan", "1e9", "true", "Yoga", "YOGA", "yoga", "2031-01-01"]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=5),
)  # fmt: skip


@settings(
    max_examples=times(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    tables=st.fixed_dictionaries(
        {
            name: st.lists(
                st.lists(words, min_size=head.count(",") + 1, max_size=head.count(",") + 1),
                max_size=4,
            )
            for name, head in FOREIGN.items()
        }
    )
)
def test_any_files_with_the_exports_columns_are_taken_as_far_as_they_go(
    tables, today, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("foreign")
    for name, rows in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            stream.write(FOREIGN[name])
            csv.writer(stream).writerows(rows)
    with contextlib.closing(Register.in_memory()) as book:
        options = Options(today=today)
        for _ in range(2):
            bring_in(book, "attendance", folder, options)
        assert registers.check(book) == ()
        for run in reversed(imports.list_imports(book)):
            imports.undo_import(book, run.id)
        assert count(book, "attendance") == 0


@settings(
    max_examples=times(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(
        st.lists(
            st.one_of(
                st.sampled_from(
                    ["Name", "Date", "3/9/2024", "17/9/2024", "Ann Lee", "Bob", "x", "A", "1", "", "", "Total",
                     "Guests", "10am-9am", "Start", "End", "7pm", "6pm", "Activity", "Yoga", "DOB", "31/2/1950",
                     "Postcode", "Sept", "Oct", "4", "11", "Autumn 2024", "cancelled", "45538", "-5", "Age", "65+"]
                ),
                st.text(alphabet=st.characters(codec="utf-8"), max_size=4),
            ),
            max_size=6,
        ),
        max_size=9,
    ),
    kind=st.sampled_from(["people", "attendance"]),
)  # fmt: skip
def test_any_table_is_imported_or_refused_and_the_book_stays_sound(
    rows, kind, today, tmp_path_factory
):
    path = tmp_path_factory.mktemp("any") / "table.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as stream:
        csv.writer(stream).writerows(rows)
    with contextlib.closing(Register.in_memory()) as book:
        before = contents(book)
        try:
            report = bring_in(book, kind, path, Options(today=today))
        except AppError:
            assert contents(book) == before
            return
        assert registers.check(book) == ()
        imports.undo_import(book, report.import_id)
        assert contents(book) == before

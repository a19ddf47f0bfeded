"""Referrals from spreadsheets and exports: what is added, matched, said, and taken out again."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import AppError
from app.domain.people import PersonDraft
from app.domain.periods import Period
from app.importers.base import Options
from app.services import figures, imports, people, registers
from app.services.example import Size, make_example
from app.services.exports import export_everything
from app.storage.register import Register

SAMPLES = Path(__file__).parents[1] / "data" / "importers" / "referrals"
EVER = Period(first=dt.date(2010, 1, 1), last=dt.date(2026, 12, 31))
TABLES = (
    "person", "activity", "referral", "referral_step", "referral_reason", "referral_need",
    "referrer", "referrer_worker", "waiting_place", "agreement", "funded_place",
)  # fmt: skip


@pytest.fixture
def options(today):
    return Options(today=today)


def bring_in(register, path, options, kind="referrals"):
    return imports.carry_out(register, imports.prepare(register, kind, path, options))


def written(tmp_path, text, name="file.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def count(register, table):
    return register.value(f"SELECT count(*) FROM {table}")


def contents(register):
    return {table: [tuple(r) for r in register.rows(f"SELECT * FROM {table}")] for table in TABLES}


def steps_of(register, reference):
    rows = register.rows(
        "SELECT s.step, s.step_on, s.reason FROM referral_step s JOIN referral r"
        " ON r.id = s.referral_id WHERE r.reference = :ref ORDER BY s.step_on, s.id",
        {"ref": reference},
    )
    return [tuple(row) for row in rows]


def test_a_platforms_export_is_added_with_people_senders_and_steps(register, options):
    report = bring_in(register, SAMPLES / "platform_export.csv", options)
    assert (report.rows, report.added, report.matched, report.skipped) == (11, 9, 0, 2)
    assert (report.people, report.referrers, report.workers) == (9, 3, 2)
    assert steps_of(register, "R-1002") == [("waiting", "2026-03-20", "")]
    assert steps_of(register, "R-1003") == [("not_accepted", "2026-03-27", "full")]
    assert steps_of(register, "R-1004") == [("person_declined", "2026-04-01", "not_interested")]
    assert steps_of(register, "R-1005") == []
    assert register.value("SELECT count(*) FROM waiting_place WHERE to_on IS NULL") == 1
    assert registers.check(register) == ()


def test_importing_twice_adds_nothing(register, options):
    for name in ("platform_export.csv", "hostile.csv", "several_days.csv"):
        bring_in(register, SAMPLES / name, options)
        before = contents(register)
        report = bring_in(register, SAMPLES / name, options)
        assert (report.added, report.people, report.referrers, report.workers) == (0, 0, 0, 0)
        assert report.matched > 0
        assert report.done_before != ""
        assert contents(register) == before, name


def test_an_import_of_referrals_is_taken_out_whole(register, options):
    before = contents(register)
    report = bring_in(register, SAMPLES / "platform_export.csv", options)
    _, counts = imports.undo_import(register, report.import_id)
    assert (counts["referrals"], counts["referrers"], counts["workers"]) == (9, 3, 2)
    assert contents(register) == before
    assert count(register, "import_change") == 0


def test_a_referral_that_was_followed_since_stays(register, options):
    report = bring_in(register, SAMPLES / "platform_export.csv", options)
    with register.transaction("test"):
        register.execute(
            "INSERT INTO referral_step (id, referral_id, step, step_on)"
            " SELECT 1, id, 'contacted', '2026-04-02' FROM referral WHERE reference = 'R-1005'"
        )
    _, counts = imports.undo_import(register, report.import_id)
    assert (counts["kept_referrals"], counts["kept_people"]) == (1, 1)
    assert count(register, "referral") == 1


def test_the_dry_run_says_what_the_import_does(register, options):
    prepared = imports.prepare(register, "referrals", SAMPLES / "platform_export.csv", options)
    dry = imports.report_of(register, prepared)
    done = imports.carry_out(register, prepared)
    for name in ("rows", "added", "matched", "skipped", "people", "referrals", "referrers",
                 "workers", "activities", "first_date", "last_date"):  # fmt: skip
        assert getattr(dry, name) == getattr(done, name), name


def test_somebody_in_the_book_is_recognised_and_the_referral_is_theirs(
    register, options, tmp_path, today
):
    done = people.save_new(
        register, PersonDraft(given_name="Ada", family_name="Birch"), today=today
    )
    path = written(tmp_path, "Client name,Referral date,Reason\nada BIRCH,13/3/2026,Loneliness\n")
    report = bring_in(register, path, options)
    assert (report.people, report.people_matched, report.referrals) == (0, 1, 1)
    assert register.value("SELECT person_id FROM referral") == done.ids[0]


HEAD = "Referral ID,Referral date,Client name,Organisation,Service\n"


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("A1,13/3/2026,Ada Birch,Riverside,", "a1,14/3/2026,Ada Birch,Harbour,", 1),
        ("A1,13/3/2026,Ada Birch,Riverside,", "A2,13/3/2026,Ada Birch,Riverside,", 2),
        (",13/3/2026,Ada Birch,Riverside,", ",13/3/2026,Ada Birch,RIVERSIDE,", 1),
        (",13/3/2026,Ada Birch,Riverside,", ",13/3/2026,Ada Birch,Harbour,", 2),
        (",13/3/2026,Ada Birch,Riverside,", ",14/3/2026,Ada Birch,Riverside,", 2),
        (",13/3/2026,Ada Birch,Riverside,Art", ",13/3/2026,Ada Birch,Riverside,Walking", 2),
        (",13/3/2026,Ada Birch,Riverside,Art", ",13/3/2026,Ada Birch,Riverside,", 1),
        (",13/3/2026,Ada Birch,Riverside,", ",13/3/2026,Ben Cole,Riverside,", 2),
        ("A1,13/3/2026,Ada Birch,Riverside,", ",13/3/2026,Ada Birch,Riverside,", 1),
    ],
)
@pytest.mark.parametrize("in_two_files", [False, True])
def test_which_referrals_are_the_same(
    first, second, kept, in_two_files, register, options, tmp_path
):
    files = [f"{first}\n", f"{second}\n"] if in_two_files else [f"{first}\n{second}\n"]
    reports = [
        bring_in(register, written(tmp_path, HEAD + text, f"{i}.csv"), options)
        for i, text in enumerate(files)
    ]
    assert count(register, "referral") == kept
    assert sum(r.matched + r.skipped for r in reports) == 2 - kept


def test_one_reference_of_two_people_is_said_and_both_are_kept(register, options, tmp_path):
    path = written(tmp_path, HEAD + "A1,13/3/2026,Ada Birch,,\nA1,13/3/2026,Ben Cole,,\n")
    report = bring_in(register, path, options)
    assert report.referrals == 2
    assert [p.code for p in report.problems] == ["reference_of_another"]


def test_organisations_join_only_when_equal_but_for_capitals(register, options, tmp_path):
    rows = ["Riverside Surgery", "RIVERSIDE surgery", "Riverside Surgry"]
    text = "".join(f",1{i}/3/2026,Ada Birch,{name},\n" for i, name in enumerate(rows, start=3))
    report = bring_in(register, written(tmp_path, HEAD + text), options)
    names = [r[0] for r in register.rows("SELECT name FROM referrer ORDER BY name")]
    assert names == ["Riverside Surgery", "Riverside Surgry"]
    assert any("much like" in note for note in report.notes)


def test_what_somebody_said_an_answer_means_is_used(register, today, tmp_path):
    text = "Client name,Referral date,Reason for referral,Status,Status date\n"
    path = written(tmp_path, text + "Ada Birch,13/3/2026,Stargazing,Blorped,20/3/2026\n")
    plain = imports.read_plan("referrals", path, Options(today=today))
    assert {(v.taken_as, v.written) for v in plain.values} == {
        ("reasons", "Stargazing"), ("referral_state", "Blorped"),
    }  # fmt: skip
    assert "Stargazing" in plain.referrals[0].notes
    said = {"reasons": {"Stargazing": "loneliness"}, "referral_state": {"blorped": "waiting"}}
    told = imports.read_plan("referrals", path, Options(today=today, values=said))
    assert told.referrals[0].reasons == {"loneliness"}
    assert [s.step for s in told.referrals[0].steps] == ["waiting"]
    assert told.referrals[0].notes == ""
    assert told.problems == ()


def test_kinds_are_known_by_their_looks():
    root = SAMPLES.parent
    kinds = ("people", "attendance", "referrals")
    for path in sorted(p for kind in kinds for p in (root / kind).iterdir()):
        if path.suffix in {".json", ".md", ".toml"}:
            continue
        found = imports.kind_of(imports.open_file(path))
        assert (found == "referrals") == (path.parent.name == "referrals"), path.name


# --- the open export ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    path = folder / "pretend.hallbook"
    make_example(path, size=Size.SMALL, seed=5, ending=dt.date(2026, 11, 3))
    with Register.open(path, write=False) as register:
        export_everything(register, folder / "open")
        values = referral_figures(register)
    return folder / "open", values


def referral_figures(register):
    """Return the figures of referrals, but for money: that is in the cash book."""
    found = figures.figures(register, EVER)["figures"].items()
    return {
        name: one["value"]
        for name, one in found
        if "referr" in name and not name.endswith("_pence")
    }


@pytest.mark.parametrize("name", [".", "referrals.csv"])
def test_referrals_of_an_export_come_with_their_people(name, exported, register, options):
    folder, values = exported
    report = bring_in(register, folder / name, options)
    assert report.problems == ()
    assert report.added == report.rows == count(register, "referral")
    assert registers.check(register) == ()
    again = bring_in(register, folder / name, options)
    assert (again.added, again.matched) == (0, report.rows)
    bring_in(register, folder / "attendance.csv", options, "attendance")
    assert referral_figures(register) == values


def test_referrals_csv_alone_with_the_agreed_columns_gives_the_same_figures(
    exported, register, options, tmp_path
):
    folder, values = exported
    agreed = (
        "referral_id", "person_id", "activity_id", "received_on", "answered_on", "state",
        "not_accepted_reason", "source_type", "source_organisation", "reasons", "paid", "in_bin",
    )  # fmt: skip
    for name in ("people.csv", "activities.csv", "sessions.csv", "attendance.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    with (
        (folder / "referrals.csv").open(encoding="utf-8", newline="") as old,
        (tmp_path / "referrals.csv").open("w", encoding="utf-8", newline="") as new,
    ):
        writer = csv.DictWriter(new, agreed, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(csv.DictReader(old))
    report = bring_in(register, tmp_path, options, "attendance")
    assert report.problems == ()
    assert registers.check(register) == ()
    assert referral_figures(register) == values


def test_an_agreement_somebody_used_since_stays_when_its_import_goes(exported, register, options):
    folder, _ = exported
    report = bring_in(register, folder, options)
    with register.transaction("test"):
        register.execute(
            "INSERT INTO funded_place (id, agreement_id, person_id, from_on, units)"
            " SELECT 1, a.id, p.id, a.from_on, 3 FROM agreement a, person p LIMIT 1"
        )
    imports.undo_import(register, report.import_id)
    assert (count(register, "agreement"), count(register, "referral")) == (1, 0)
    assert registers.check(register) == ()


# --- anything at all ---------------------------------------------------------------------------

cells = st.one_of(
    st.sampled_from(
        ["", "13/3/2026", "3/13/2026", "2026-03-13", "45000", "1/1/1900", "31/2/2026", "Ada Birch",
         "Ben", "GP", "Self", "Riverside", "Accepted", "Declined - full", "Closed", "Waiting list",
         "completed", "Left early", "No contact", "loneliness; money", "yes", "no", "a,b/c|d;e",
         "x" * 300, "=1+1", "Total", "agreement", "not asked"]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=6),
)  # fmt: skip
headers = st.permutations(
    ["Referral date", "Client name", "Referral ID", "Organisation", "Referrer name", "Source",
     "Reason for referral", "Needs", "Status", "Outcome date", "Decline reason", "Date accepted",
     "First contact", "Date closed", "Service", "Consent", "Funded", "Notes", "DOB"]
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(head=headers, rows=st.lists(st.lists(cells, min_size=19, max_size=19), max_size=5))
def test_any_list_is_brought_in_or_refused_and_the_book_stays_sound(
    head, rows, register, options, tmp_path
):
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    before = contents(register)
    try:
        prepared = imports.prepare(register, "referrals", path, options)
        if imports.open_questions(prepared.plan):
            return
        report = imports.carry_out(register, prepared)
    except AppError:
        assert contents(register) == before
        return
    assert registers.check(register) == ()
    assert (
        imports.carry_out(register, imports.prepare(register, "referrals", path, options)).added
        == 0
    )
    for run in reversed(imports.list_imports(register)):
        if run.removed_at is None:
            imports.undo_import(register, run.id)
    assert contents(register) == before
    assert report.referrals == report.added

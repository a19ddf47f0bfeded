"""Returns from the command line: what each needs, what it leaves aside, and sheets that keep their order."""

import pytest

from app.storage.register import Register

YEAR = ("--from", "2025-11-04", "--to", "2026-11-03")
WEEK = ("--from", "2026-10-12", "--to", "2026-10-18")


@pytest.fixture
def printed(say, small_example, tmp_path):
    """Print a return of the pretend group."""

    def run(name, *arguments):
        return say("return", name, small_example, *arguments, "--out", tmp_path / f"{name}.pdf")

    return run


def sheets(path):
    """Return how many orders of printed rows a register keeps."""
    with Register.open(path, write=False) as register:
        return register.value("SELECT count(*) FROM sheet")


def person_sent(path):
    """Return somebody who was sent to the group."""
    with Register.open(path, write=False) as register:
        return register.value("SELECT person_id FROM referral_counted LIMIT 1")


def agreements(path):
    """Return what the agreements are called."""
    with Register.open(path, write=False) as register:
        return [row[0] for row in register.rows("SELECT name FROM agreement_counted ORDER BY name")]


def test_returns_are_listed_with_what_they_need(say):
    needs = {one["id"]: one["needs"] for one in say("returns", "--json").json}
    assert needs["capacity-card"] == []
    assert needs["referral-reply"] == ["person"]
    assert needs["contract-return"] == ["period", "grant"]
    assert needs["unpaid-referrals"] == ["period"]


def test_a_card_needs_no_period(printed):
    assert printed("capacity-card").status == 0


def test_what_a_return_does_not_use_is_said(printed):
    said = printed("capacity-card", *YEAR)
    assert said.status == 0
    assert "does not use the period: it was left aside" in said.err


@pytest.mark.parametrize(
    ("name", "arguments", "part"),
    [
        ("impact-report", (), "needs a period"),
        ("impact-report", ("--from", "2026-01-01"), "Give both --from and --to"),
        ("impact-report", ("--to", "2026-01-01"), "Give both --from and --to"),
        ("referral-reply", (), "needs a person"),
        ("referral-reply", ("--person", "7"), "not in this book"),
        ("referral-reply", ("--referral", "7"), "not in this book"),
        ("contract-return", (*YEAR, "--grant", "nonsense"), "no agreement with the reference nonsense"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for_plainly(printed, tmp_path, name, arguments, part):
    said = printed(name, *arguments)
    assert said.status == 1
    assert said.out == ""
    assert part in said.err
    assert not list(tmp_path.glob("*.pdf"))


def test_a_letter_is_printed_for_a_person(printed, small_example):
    assert printed("referral-reply", "--person", person_sent(small_example)).status == 0


def test_an_agreement_is_named_by_its_reference(printed, small_example):
    for name in agreements(small_example)[:2]:
        said = printed("contract-return", *YEAR, "--grant", name.lower(), "--json")
        assert said.status == 0
        assert said.json["id"] == "contract-return"


def test_a_sheet_keeps_the_order_in_which_it_was_printed(printed, small_example):
    before = sheets(small_example)
    assert printed("attendance-sheet", *WEEK).status == 0
    kept = sheets(small_example)
    assert kept > before
    assert printed("attendance-sheet", *WEEK).status == 0
    assert sheets(small_example) == kept


def test_a_record_keeps_no_order(printed, small_example):
    before = sheets(small_example)
    assert printed("attendance-record", *WEEK).status == 0
    assert sheets(small_example) == before


def test_a_book_that_is_open_elsewhere_is_printed_and_says_that_the_order_was_not_kept(
    printed, small_example
):
    with Register.open(small_example, write=True):
        said = printed("attendance-sheet", *WEEK)
    assert said.status == 0
    assert "could not be kept" in said.err


@pytest.mark.parametrize("ending", ["docx", "txt", "xlsx", "html"])
def test_a_return_is_saved_as_its_file_is_named(say, small_example, tmp_path, ending):
    out = tmp_path / f"report.{ending}"
    said = say("return", "impact-report", small_example, *YEAR, "--out", out, "--json")
    assert said.status == 0
    assert said.json["pages"] is None
    assert out.stat().st_size > 1000


def test_a_sheet_is_printed_and_nothing_else(say, small_example, tmp_path):
    out = tmp_path / "sheet.docx"
    said = say("return", "attendance-sheet", small_example, *WEEK, "--out", out)
    assert said.status == 1
    assert "comes as PDF only" in said.err
    assert not out.exists()

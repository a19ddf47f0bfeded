"""Returns as a use case: listed, filled, printed whole or not at all."""

import datetime as dt
import json
from pathlib import Path

import pytest

from app.domain.disclosure import Disclosure
from app.domain.errors import DiskFull, FileUnreadable, NotFound, ReadOnly, Refused
from app.domain.periods import Period
from app.services import returns, settings
from tests import builders

OPTIONS = returns.ReturnOptions(
    period=Period(first=dt.date(2026, 10, 1), last=dt.date(2026, 11, 3)),
    counted_at=dt.datetime(2026, 11, 4, 9, 30, tzinfo=dt.UTC),
)


@pytest.fixture
def filled(register):
    builders.mark(register, builders.session(register), builders.person(register))
    return returns.prepare(register, "impact-report", OPTIONS)


def test_the_returns_are_listed_with_what_they_need():
    infos = {info.id: info for info in returns.list_templates()}
    assert {"attendance-sheet", "term-register", "attendance-record", "impact-report"} <= set(infos)
    assert all(info.title and info.for_whom for info in infos.values())
    of_no_period = {name for name, info in infos.items() if "period" not in info.needs}
    assert of_no_period == {
        "capacity-card",
        "consent-form",
        "my-data",
        "privacy-notice",
        "questionnaire",
        "referral-reply",
    }
    described = infos["attendance-sheet"].as_json()
    assert described["id"] == "attendance-sheet"
    assert described["needs"] == ["period"]
    assert set(described) >= {"id", "title", "for", "needs"}
    json.dumps(described)


def test_a_printed_return_is_a_whole_file(filled, tmp_path):
    out = tmp_path / "report.pdf"
    rendered = returns.write_pdf(filled, out)
    assert out.read_bytes() == rendered.pdf
    assert rendered.pdf.startswith(b"%PDF-1.7")
    assert rendered.pages >= 1
    assert not list(tmp_path.glob("*.part"))


def test_an_older_print_is_replaced(filled, tmp_path):
    out = tmp_path / "report.pdf"
    out.write_bytes(b"%PDF-1.4 older")
    returns.write_pdf(filled, out)
    assert out.read_bytes().startswith(b"%PDF-1.7")


def test_another_file_is_never_written_over(filled, tmp_path):
    out = tmp_path / "book.pdf"
    out.write_bytes(b"SQLite format 3\x00")
    with pytest.raises(Refused, match="not a PDF"):
        returns.write_pdf(filled, out)
    assert out.read_bytes() == b"SQLite format 3\x00"


def test_a_name_that_is_not_a_pdf_is_refused(filled, tmp_path):
    with pytest.raises(Refused, match=r"ends in \.pdf"):
        returns.write_pdf(filled, tmp_path / "report.docx")


def test_a_folder_that_is_not_there_is_a_plain_sentence(filled, tmp_path):
    with pytest.raises(ReadOnly, match="There is no folder"):
        returns.write_pdf(filled, tmp_path / "nowhere" / "report.pdf")


def test_a_folder_of_that_name_is_a_plain_sentence(filled, tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(Refused, match="is a folder"):
        returns.write_pdf(filled, tmp_path / "report.pdf")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_a_plain_sentence_and_leaves_nothing(filled, tmp_path):
    (tmp_path / "report.pdf.part").symlink_to("/dev/full")
    with pytest.raises(DiskFull, match=r"no room left for report\.pdf"):
        returns.write_pdf(filled, tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()
    assert not (tmp_path / "report.pdf.part").is_symlink()


def test_the_json_has_what_scripts_expect(filled):
    document = returns.as_json(filled, pages=3)
    assert set(document) == {
        "id",
        "figures",
        "tables",
        "answers",
        "warnings",
        "disclosure",
        "pages",
    }
    assert (document["id"], document["disclosure"], document["pages"]) == (
        "impact-report",
        "funder",
        3,
    )
    assert json.loads(json.dumps(document, allow_nan=False))["id"] == "impact-report"


def test_answers_are_read_from_the_top_or_from_their_own_table(tmp_path):
    for text in ('difference = "It helped."', '[answers]\ndifference = "It helped."'):
        path = tmp_path / "answers.toml"
        path.write_text(text, "utf-8")
        assert returns.read_answers(path) == {"difference": "It helped."}
    path.write_bytes(b"\xef\xbb\xbf" + 'why = "Caf\u00e9"'.encode())
    assert returns.read_answers(path) == {"why": "Café"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"why = not quoted", "could not be understood as a file of answers, at line 1"),
        (b'why = "caf\xe9"', "not a text file in UTF-8"),
        (b"why = 3", "answer to why is not a text"),
    ],
)
def test_answers_that_cannot_be_read_are_named(tmp_path, content, says):
    path = tmp_path / "answers.toml"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=says):
        returns.read_answers(path)


def test_answers_that_are_not_there_are_named(tmp_path):
    with pytest.raises(FileUnreadable, match="could not be read"):
        returns.read_answers(tmp_path / "answers.toml")


def test_an_unknown_return_is_named_with_those_there_are(register):
    with pytest.raises(NotFound, match=r"no return called taxes.*impact-report"):
        returns.prepare(register, "taxes", OPTIONS)


def test_a_groups_own_age_bands_are_those_of_its_returns(register):
    at = builders.session(register)
    for year in (1950, 1955, 1990, 2000):
        builders.mark(register, at, builders.person(register, birth_year=year))
    assert settings.save_bands(register, "Ours", "0, 40").changes
    assert settings.change(register, "age_bands", "own_ours").changes
    day = Period(first=at.session_on, last=at.session_on)
    options = returns.ReturnOptions(period=day, disclosure=Disclosure.INTERNAL)
    tables = returns.prepare(register, "impact-report", options).tables
    ages = next(table for table in tables if table["by"] == "age")
    parts = [(row["label"], row["people"]) for row in ages["rows"]]
    assert parts[:2] == [("0 to 39", 2), ("40 and over", 2)]

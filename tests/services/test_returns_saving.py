"""A return saved in every form: whole, by its ending, over no other file."""

import io
import os
import zipfile

import openpyxl
import pytest

from app.domain.errors import ReadOnly, Refused
from app.services import returns
from app.services.returns import saving
from app.services.returns.saving import Form
from tests.returns.builders import impact_report

FORMS = tuple(Form)
PAPER = {
    "attendance-sheet", "attendance-record", "term-register", "questionnaire", "capacity-card",
    "referral-reply",
}  # fmt: skip
STARTS = {
    ".pdf": b"%PDF-",
    ".docx": b"PK",
    ".xlsx": b"PK",
    ".html": b"<!DOCTYPE html>",
    ".txt": b"",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_ending_says_what_is_written(tmp_path, form):
    out = tmp_path / f"report{form.value.upper()}"
    saved = saving.write(impact_report(), out)
    assert saved.form is form
    assert (saved.pages is not None) is (form is Form.PDF)
    assert out.read_bytes().startswith(STARTS[form])
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("form", FORMS)
def test_an_older_file_of_ours_is_replaced(tmp_path, form):
    out = tmp_path / f"report{form}"
    saving.write(impact_report(group="Old", title="Old"), out)
    old = out.read_bytes()
    saving.write(impact_report(), out)
    assert out.read_bytes() != old


@pytest.mark.parametrize("form", FORMS)
def test_somebody_elses_file_is_left_alone(tmp_path, form):
    out = tmp_path / f"report{form}"
    out.write_bytes(b"my own notes")
    with pytest.raises(Refused, match="Nothing was written"):
        saving.write(impact_report(), out)
    assert out.read_bytes() == b"my own notes"


def test_a_word_document_somebody_has_edited_is_left_alone(tmp_path):
    out = tmp_path / "report.docx"
    saving.write(impact_report(), out)
    edited = io.BytesIO()
    with zipfile.ZipFile(out) as ours, zipfile.ZipFile(edited, "w") as theirs:
        for name in ours.namelist():
            data = ours.read(name)
            theirs.writestr(name, data.replace(b"Hallbook", b"Word") if "app.xml" in name else data)
    out.write_bytes(edited.getvalue())
    with pytest.raises(Refused, match="another program"):
        saving.write(impact_report(), out)
    assert out.read_bytes() == edited.getvalue()


def test_a_spreadsheet_saved_by_another_program_is_left_alone(tmp_path):
    out = tmp_path / "report.xlsx"
    saving.write(impact_report(), out)
    openpyxl.load_workbook(out).save(out)
    with pytest.raises(Refused, match="another program"):
        saving.write(impact_report(), out)


@pytest.mark.parametrize("name", ["report", "report.odt", ".docx"])
def test_an_ending_that_says_nothing_is_refused_with_those_that_do(tmp_path, name):
    with pytest.raises(Refused, match=r"ends in one of: \.pdf, \.docx, \.txt, \.xlsx, \.html"):
        saving.write(impact_report(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ReadOnly, match="There is no folder"):
        saving.write(impact_report(), tmp_path / "gone" / "report.docx")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ReadOnly, match="could not be written"):
        saving.write(impact_report(), tmp_path / "report.txt")


def test_what_is_made_for_paper_comes_as_pdf_only(register, tmp_path):
    for info in returns.list_templates():
        template = returns.template_of(register, info.id)
        assert saving.form_for(template, tmp_path / "out.pdf") is Form.PDF
        if info.id in PAPER:
            with pytest.raises(Refused, match="PDF only"):
                saving.form_for(template, tmp_path / "out.docx")
        else:
            assert saving.forms_of(template) == FORMS

"""Forms of the group's own: copied, changed part by part, saved, read, used by the command line too."""

import json
from pathlib import Path

import pytest

from app.cli import run as main
from app.domain.errors import AppError
from app.services import registers, returns
from app.services.result import Done, Refused
from app.services.returns import drafts, form_editing, form_files, issuing, own_forms
from app.services.returns.own_forms import QuestionDraft
from tests.services.returns.making import FORM, TEXT, begun, own_form

SHIPPED = sorted(returns._files())


@pytest.fixture
def form(register):
    own_form(register)
    return FORM


def questions(register, form_id=FORM):
    return [part for part in own_forms.get(register, form_id).parts if part.question]


@pytest.mark.parametrize("template_id", SHIPPED)
def test_every_form_that_comes_with_the_program_can_be_copied_and_still_holds(
    register, template_id
):
    done = own_forms.copy(register, template_id, "Copied")
    assert isinstance(done, Done), done.text
    copied = own_forms.get(register, own_forms.id_of(register, done.ids[0]))
    assert (copied.title, copied.fault, copied.version) == ("Copied", "", 1)
    ours, theirs = (returns.template_of(register, name) for name in (copied.id, template_id))
    assert [one.kind for one in ours.walk()] == [one.kind for one in theirs.walk()]


def test_copy_is_listed_with_the_others_and_can_be_filled(register, form):
    done = own_forms.copy(register, form, "Ward councillor's form")
    form_id = own_forms.id_of(register, done.ids[0])
    (info,) = [one for one in returns.list_templates(register) if one.id == form_id]
    assert (info.own, info.title) == (True, "Ward councillor's form")
    assert form_id not in {one.id for one in returns.list_templates()}
    draft = begun(register, template_id=form_id)
    assert issuing.fill_draft(register, draft).id == form_id


def test_title_is_needed_and_not_taken(register, form):
    assert own_forms.copy(register, form, " ").problems[0].code == "template_title_needed"
    assert own_forms.copy(register, form, "our FORM").problems[0].code == "template_taken"
    assert form_editing.change_head(register, form, title="Our form", for_whom="Us").text
    assert own_forms.get(register, form).for_whom == "Us"


def test_question_gets_other_words_and_limits(register, form):
    place = questions(register)[1].place
    changed = QuestionDraft(text=" What  changed? ", prompt="Say how.", words_to=50, strict=False)
    assert isinstance(form_editing.change_question(register, form, place, changed), Done)
    one = questions(register)[1]
    assert one.question_id == "difference"
    assert one.question == QuestionDraft(
        text="What changed?", prompt="Say how.", words_to=50, strict=False
    )


def test_question_is_added_moved_and_taken_out(register, form):
    first = questions(register)[0].place
    asked = QuestionDraft(text="Who are you?", words_to=10)
    form_editing.add_question(register, form, asked, after=first)
    ids = [part.question_id for part in questions(register)]
    assert ids == ["who", "who_are_you", "difference", "number"]
    assert isinstance(form_editing.move(register, form, questions(register)[1].place, -1), Done)
    assert [part.question_id for part in questions(register)][:2] == ["who_are_you", "who"]
    form_editing.remove_part(register, form, questions(register)[0].place)
    assert [part.question_id for part in questions(register)] == ["who", "difference", "number"]
    register.play(register.take_step(), use_case="undo")
    assert len(questions(register)) == 4


def test_part_that_is_not_there_is_refused_and_nothing_changes(register, form):
    before = own_forms.get(register, form)
    for answer in (
        form_editing.move(register, form, (0,), -1),
        form_editing.remove_part(register, form, (99,)),
        form_editing.remove_part(register, form, (0, "left", 0)),
        form_editing.change_question(register, form, (0,), QuestionDraft(text="x")),
        form_editing.change_text(register, form, (1,), "x"),
    ):
        assert answer.problems[0].code == "template_part_gone"
    assert own_forms.get(register, form) == before


def test_words_of_a_part_are_changed_and_a_wrong_figure_is_said_with_its_key(register, form):
    (heading,) = [part for part in own_forms.get(register, form).parts if part.kind == "heading"]
    assert isinstance(
        form_editing.change_text(register, form, heading.place, "{people} came"), Done
    )
    answer = form_editing.change_text(register, form, heading.place, "{moon} came")
    assert isinstance(answer, Refused)
    assert "“text”" in answer.text
    assert "moon" in answer.text
    assert "line" in answer.text


def test_limits_that_cross_are_refused_at_their_field(register, form):
    place = questions(register)[0].place
    answer = form_editing.change_question(
        register, form, place, QuestionDraft(text="x", words_from=9, words_to=3, letters_to=-1)
    )
    assert {(one.code, one.field) for one in answer.problems} == {
        ("limits_crossed", "words_to"),
        ("limit_range", "letters_to"),
    }


def test_form_that_came_with_the_program_stays_as_it_is(register):
    answer = form_editing.move(register, "impact-report", (0,), 1)
    assert answer.problems[0].code == "template_not_own"
    assert own_forms.remove(register, "nothing").problems[0].code == "template_gone"


def test_changed_form_counts_its_version_up_once_it_was_issued(register, form):
    assert isinstance(issuing.issue(register, begun(register)), Done)
    for text in ("Who is here", "Who was here"):
        heading = next(p for p in own_forms.get(register, form).parts if p.kind == "heading")
        form_editing.change_text(register, form, heading.place, text)
    assert own_forms.get(register, form).version == 4


def test_draft_keeps_what_was_written_when_its_form_is_taken_away(register, form, today):
    draft = begun(register)
    drafts.answer(register, draft, "difference", "A lot")
    assert isinstance(own_forms.remove(register, form), Done)
    (line,) = drafts.listed(register, today=today)
    assert (line.template_title, line.answered) == ("", 1)
    assert drafts.get(register, draft).answers["difference"].text == "A lot"


def test_form_goes_to_a_file_and_comes_back_under_another_id(register, form, tmp_path):
    out = tmp_path / "form.toml"
    form_files.save_to(register, form, out)
    assert out.read_text("utf-8") == TEXT
    assert form_files.read_from(register, out).problems[0].code == "template_taken"
    out.write_text(TEXT.replace('title = "Our form"', 'title = "Theirs"', 1), "utf-8")
    done = form_files.read_from(register, out)
    assert own_forms.id_of(register, done.ids[0]) == "theirs"
    assert own_forms.get(register, "theirs").fault == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TEXT.replace('figures = ["people"]', 'figures = ["moon"]').encode(), "line"),
        (b"id = ", "TOML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"x = 1", "not known"),
        (b"", "missing"),
        (b"# " + b"x" * 1_000_001, "larger"),
    ],
)
def test_file_that_is_no_form_is_refused_in_a_sentence(register, tmp_path, content, said):
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    answer = form_files.read_from(register, file)
    assert isinstance(answer, Refused)
    assert said in answer.text
    assert "bad.toml" in answer.text


def test_nothing_is_written_over_that_is_no_form(register, form, tmp_path):
    there = tmp_path / "notes.toml"
    there.write_text("mine = 1", "utf-8")
    for place in (there, tmp_path / "form.txt", tmp_path / "no" / "form.toml"):
        with pytest.raises(AppError):
            form_files.save_to(register, form, place)
    assert there.read_text("utf-8") == "mine = 1"


def test_command_line_prints_a_form_of_the_groups_own(register_file, tmp_path, capsys):
    with registers.open_register(register_file) as register:
        own_form(register)
    out = tmp_path / "own.pdf"
    period = ["--from", "2025-10-01", "--to", "2026-09-30"]
    status = main(["return", FORM, str(register_file), *period, "--out", str(out), "--json"])
    assert status == 0
    assert json.loads(capsys.readouterr().out)["id"] == FORM
    assert Path(out).read_bytes().startswith(b"%PDF-")


def test_command_line_lists_forms_of_a_register_only_where_one_is_named(register_file, capsys):
    with registers.open_register(register_file) as register:
        own_form(register)
    assert main(["returns", str(register_file), "--json"]) == 0
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert listed[FORM]["own"] is True
    assert main(["returns", "--json"]) == 0
    assert FORM not in {one["id"] for one in json.loads(capsys.readouterr().out)}

"""Files of TOML from strangers: forms, measures, mappings, answers. Each is read or refused in words."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import resources
from app.domain.errors import AppError
from app.domain.measure_file import MeasureFault, read_measure
from app.domain.toml_text import MOST_LETTERS
from app.importers import mapping
from app.importers.bank import mapping as bank_mapping
from app.importers.bank.records import StatementOptions
from app.importers.base import Options
from app.returns.language.reading import parse_template
from app.services import returns
from app.services.result import Done, Refused
from app.services.returns import _known, form_files, printing
from app.storage.register import Register
from tests.times import times

TODAY = dt.date(2026, 11, 3)
FORM = (resources.folder("returns") / "impact-report" / "template.toml").read_text("utf-8")
MEASURE = next(iter(resources.folder("measures").glob("*.toml"))).read_text("utf-8")
MAPPING = """[columns]
"First name" = "given_name"
[marks]
"x" = "present"
[values.sex]
"f" = "female"
[answers]
dates = "dmy"
year = 2026
sheets = ["Autumn"]
"""
ANSWERS = 'difference = "Much"\n[answers]\nwho = "Us"\n'

READERS = {
    "form": (FORM, lambda text, _: parse_template(text, _known(), name="theirs")),
    "measure": (MEASURE, lambda text, _: read_measure(text, "theirs", own=True)),
    "mapping": (MAPPING, lambda _, file: mapping.load(file, Options(today=TODAY))),
    "statement": (MAPPING, lambda _, file: bank_mapping.load(file, StatementOptions(today=TODAY))),
    "answers": (ANSWERS, lambda _, file: printing.read_answers(file)),
}  # fmt: skip
NASTY = {
    "brackets without end": "a = " + "[" * 50_000,
    "braces without end": "id = " + "{a=" * 3_000,
    "number without end": "a = " + "9" * 6_000,
    "names inside names": "a" + ".a" * 4_000 + " = 1",
    "longer than any": "# x\n" * (MOST_LETTERS // 4 + 10),
    "many blocks": "[[blocks]]\n" * 3_000,
    "answers that are a number": "answers = 5",
    "answers that are lists": "[answers]\ndates = []\nyear = []\nsheets = 4",
    "blocks that are numbers": "blocks = [3]",
    "days": "id = 1979-05-27\ntitle = 07:32:00",
    "code": "id = \"{__import__('os').system('true')}\"\ntitle = \"{{7*7}}{people.__class__}\"",
    "paths": 'id = "../../../etc/passwd"\n[[blocks]]\nkind = "picture"\nfile = "/etc/passwd"',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("theirs")


def _read(kind, text, folder):
    """Read a text as a kind of file; give the sentence it was refused with, or None."""
    file = folder / "theirs.toml"
    file.write_text(text, encoding="utf-8", newline="")
    try:
        READERS[kind][1](text, file)
    except (AppError, MeasureFault) as refused:
        return str(refused)
    return None


@pytest.mark.parametrize("kind", READERS)
def test_what_they_are_made_of_here_is_read(kind, folder):
    own = READERS[kind][0]
    if kind in {"form", "mapping", "answers"}:
        assert _read(kind, own, folder) is None


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_file_is_read_or_refused_in_words(kind, nasty, folder):
    said = _read(kind, NASTY[nasty], folder)
    if said is not None:
        assert 10 < len(said) < 1_000
        assert "Error" not in said


def _changed(text):
    """Return texts that are nearly a good file: a line gone, doubled, or with other letters in it."""
    lines = text.splitlines(keepends=True)
    value = st.sampled_from(["3", "-1", "1.5", "true", '""', "[]", "{}", '[""]', "[[]]", "1979-05-27",
                             '"{people}"', '"{"', '"}{"', '"\\u0000"', "nan", "inf", "9" * 30])  # fmt: skip
    place = st.integers(0, len(lines) - 1)

    @st.composite
    def one(draw):
        new = list(lines)
        for _ in range(draw(st.integers(1, 4))):
            at = draw(place)
            how = draw(st.sampled_from(["drop", "double", "value", "letters"]))
            if how == "drop":
                new[at] = ""
            elif how == "double":
                new[at] *= 2
            elif how == "value" and "=" in new[at]:
                new[at] = f"{new[at].partition('=')[0]}= {draw(value)}\n"
            else:
                new[at] = new[at][: draw(st.integers(0, 40))] + draw(st.text(max_size=8)) + "\n"
        return "".join(new)

    return one()


@pytest.mark.parametrize("kind", READERS)
def test_nearly_good_file_is_read_or_refused_in_words(kind, folder):
    @settings(max_examples=times(40), deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(text=_changed(READERS[kind][0]))
    def look(text):
        _read(kind, text.encode("utf-8", "replace").decode(), folder)

    look()


@pytest.mark.parametrize(
    "inside", ["people.__class__", "../../etc/passwd", "__import__('os')", "people!r:>99"]
)
def test_form_of_a_stranger_names_numbers_and_nothing_else(folder, inside):
    file = folder / "form.toml"
    file.write_text(FORM.replace("{people}", f"{{{inside}}}", 1), encoding="utf-8")
    assert file.read_text("utf-8") != FORM
    with Register.in_memory() as register:
        answer = form_files.read_from(register, file)
    assert isinstance(answer, Refused)
    assert "line" in answer.text


def test_words_of_a_form_that_look_like_code_stay_words(folder):
    file = folder / "form.toml"
    code = "{__import__('os').getcwd()} <b>&amp;</b> {{7*7}}"
    file.write_text(FORM.replace('title = "', f'title = "{code} ', 1), encoding="utf-8")
    with Register.in_memory() as register:
        answer = form_files.read_from(register, file)
        assert isinstance(answer, Done), answer.text
        (form,) = (one for one in returns.list_templates(register) if one.own)
    assert form.title == f"{code} Impact report"

"""The documents for builders name what is there, and lead to what they name."""

import re
from pathlib import Path

import pytest

from app import resources

ROOT = Path(resources.__file__).resolve().parents[1]
FOLDERS = ("app", "installer", "resources", "tests")
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(file for folder in FOLDERS for file in (ROOT / folder).rglob("README.md")),
    ]
)


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_every_folder_for_builders_has_its_document() -> None:
    assert {f"{folder}/README.md" for folder in FOLDERS} <= {_name(file) for file in DOCUMENTS}


@pytest.mark.parametrize(
    "entry", sorted(entry.name for entry in (ROOT / "resources").iterdir() if entry.suffix != ".md")
)
def test_resource_has_a_row_in_the_document(entry: str) -> None:
    text = resources.path("README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{re.escape(entry)}[`/]", text, re.MULTILINE)


@pytest.mark.parametrize(
    "folder",
    sorted(
        entry.name
        for entry in (ROOT / "tests").iterdir()
        if entry.is_dir() and entry.name[0] != "_"
    ),
)
def test_folder_of_tests_is_described(folder: str) -> None:
    assert f"`{folder}`" in (ROOT / "tests" / "README.md").read_text(encoding="utf-8")

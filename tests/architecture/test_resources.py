"""Files of resources/ are found in the source tree, in an installed wheel and in the built program."""

import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app import resources

ROOT = Path(resources.__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
SHOW = "from app import resources; print(resources.path('icons/check.svg'))"


def _ask(code: str, *, beside: Path) -> Path:
    """Run `code` in a fresh Python whose `app` is the one in the folder `beside`."""
    command = [
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path.insert(0, {str(beside)!r}); {code}",
    ]
    out = subprocess.run(command, cwd=beside, capture_output=True, text=True, check=True)
    return Path(out.stdout.strip())


def test_source_tree_is_found() -> None:
    assert resources.path("icons/check.svg") == ROOT / "resources" / "icons" / "check.svg"
    assert resources.folder("fonts") == ROOT / "resources" / "fonts"


def test_built_wheel_finds_its_own_and_not_a_neighbour(tmp_path: Path) -> None:
    wheel = tmp_path / "wheel"
    build = "import sys; from hatchling import build; print(build.build_wheel(sys.argv[1]))"
    command = [sys.executable, "-c", build, str(wheel)]
    wheel.mkdir()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    site = tmp_path / "site"
    with zipfile.ZipFile(next(wheel.glob("hallbook-*.whl"))) as archive:
        archive.extractall(site)
    somebody_elses = site / "resources" / "icons" / "check.svg"
    somebody_elses.parent.mkdir(parents=True)
    somebody_elses.write_text("not ours", encoding="utf-8")
    found = _ask(SHOW, beside=site)
    assert found == site / "app" / "_resources" / "icons" / "check.svg"
    assert found.read_bytes() == resources.path("icons/check.svg").read_bytes()


def test_built_program_finds_its_unpacked_folder(tmp_path: Path) -> None:
    unpacked = tmp_path / "resources" / "icons" / "check.svg"
    unpacked.parent.mkdir(parents=True)
    unpacked.write_text("<svg/>", encoding="utf-8")
    frozen = f"import sys; sys._MEIPASS = {str(tmp_path)!r}; {SHOW}"
    assert _ask(frozen, beside=ROOT) == unpacked


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "icons/../../LICENSE", "/etc/hostname", "icons\\check.svg", "C:x"]
)
def test_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="inside resources"):
        resources.path(name)


def test_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/no-such\.svg"):
        resources.path("icons/no-such.svg")
    with pytest.raises(FileNotFoundError, match="no-such"):
        resources.folder("no-such")


def test_file_is_no_folder_and_folder_is_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        resources.folder("icons/check.svg")
    with pytest.raises(FileNotFoundError):
        resources.path("icons")


@pytest.mark.parametrize("icon", sorted(p.name for p in resources.folder("icons").glob("*.svg")))
def test_icon_is_drawn_in_the_colour_of_the_text(icon: str) -> None:
    """The window tints by putting a colour in place of `currentColor`; any other would stay."""
    drawing = ET.parse(resources.path(f"icons/{icon}")).getroot()  # noqa: S314 - our own files
    assert drawing.tag == f"{SVG}svg"
    assert drawing.get("viewBox") == "0 0 24 24"
    colours = {part.get(kind) for part in drawing.iter() for kind in ("stroke", "fill")}
    assert colours - {None} <= {"currentColor", "none"}

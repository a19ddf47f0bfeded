"""The environment is made once, remade when half made, and what stops it is said in one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import environment
import pytest

INSTALLER = environment.ROOT / "installer"
# Nobody listens on port 1, and nothing else may help: what pip meets on a computer with no network.
NO_NETWORK = {
    "PIP_INDEX_URL": "http://127.0.0.1:1/simple",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_CONFIG_FILE": os.devnull,
    "NO_PROXY": "127.0.0.1",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the installer and its locks, and nothing installed."""
    root = tmp_path / "project"
    shutil.copytree(INSTALLER, root / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "pyproject.toml").write_text("[project]\nname = 'hallbook'\n", encoding="utf-8")
    return root


def _set_up(project: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up alone, as run.py does once it knows that nothing of the system's is missing."""
    code = "import sys; sys.path.insert(0, 'installer'); import run; sys.exit(run.main(['test']))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def _note(project: Path, state: str) -> None:
    (project / ".venv" / "hallbook-setup.json").write_text(state, encoding="utf-8")


def test_half_made_environment_is_made_again_and_no_network_is_one_sentence(project: Path) -> None:
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "left over").write_text("from an interrupted run", encoding="utf-8")
    _note(project, '{"made": "half"}')
    done = _set_up(project, **NO_NETWORK)
    assert done.returncode == 1
    assert "making it again" in done.stdout
    assert not (project / ".venv" / "left over").exists()
    assert done.stderr.strip() == environment.explain_pip("NewConnectionError")
    assert "half" in (project / ".venv" / "hallbook-setup.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("state", ["", "{", "[]", '"made"', '{"made": 3}'])
def test_unreadable_note_means_nothing_is_known(
    state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note.json"
    note.write_text(state, encoding="utf-8")
    monkeypatch.setattr(environment, "STATE", note)
    assert environment.read_state().get("made") != "half"
    assert "locks" not in environment.read_state()


NO_ROUTE = """\
WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError('<HTTPSConnection
object>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')'
ERROR: No matching distribution found for click==8.5.1"""
STRANGE_CERTIFICATE = """\
Could not fetch URL: There was a problem confirming the ssl certificate: Max retries exceeded (Caused by
SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed')))"""
NO_WHEEL = """\
ERROR: Could not find a version that satisfies the requirement pyside6-essentials==6.11.3 (from versions: none)
ERROR: No matching distribution found for pyside6-essentials==6.11.3"""


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (NO_ROUTE, "could not be reached"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one Hallbook was tested with"),
        (STRANGE_CERTIFICATE, "PIP_CERT"),
        (NO_WHEEL, "no ready-made pyside6-essentials for this computer"),
    ],
)
def test_what_pip_says_becomes_what_to_do(said: str, meaning: str) -> None:
    assert meaning in environment.explain_pip(said)


def test_what_nobody_foresaw_is_shown_as_pip_said_it() -> None:
    text = environment.explain_pip("one\n" * 30 + "ERROR: something new")
    assert text.endswith("    ERROR: something new")
    assert text.count("\n") <= 13


def test_pip_is_not_led_elsewhere_by_the_users_own_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example/simple")
    variables = environment.variables()
    assert "PYTHONPATH" not in variables
    assert variables["PIP_USER"] == "0"
    assert variables["PIP_INDEX_URL"] == "https://packages.example/simple"

"""Settings, logs and backups have one place each, and the place is private."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import paths


def test_one_variable_moves_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    for place in (
        paths.settings_file(),
        paths.recent_file(),
        paths.log_folder(),
        paths.backup_folder(),
    ):
        assert place.is_relative_to(tmp_path)


def test_without_it_every_place_is_absolute_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    places = {
        paths.settings_file(),
        paths.recent_file(),
        paths.log_folder(),
        paths.backup_folder(),
    }
    assert len(places) == 4
    for place in places:
        assert place.is_absolute()
        assert "hallbook" in str(place).lower()


def test_asking_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    paths.settings_file(), paths.recent_file(), paths.log_folder(), paths.backup_folder()
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(os.name == "nt", reason="permission bits say nothing on Windows")
def test_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = paths.make_private(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o077 == 0
    assert paths.make_private(folder) == folder


def test_linux_folders_follow_the_desktop_settings(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("the variables are Linux's own")
    code = "from app import paths; print(paths.settings_file(), paths.backup_folder(), sep='\\n')"
    env = os.environ | {"XDG_CONFIG_HOME": f"{tmp_path}/c", "XDG_DATA_HOME": f"{tmp_path}/d"}
    env.pop(paths.HOME_VARIABLE, None)
    root = Path(paths.__file__).parent.parent
    run = [sys.executable, "-c", code]
    out = subprocess.run(run, env=env, cwd=root, capture_output=True, text=True, check=True)
    assert out.stdout.split() == [
        f"{tmp_path}/c/Hallbook/settings.ini",
        f"{tmp_path}/d/Hallbook/backups",
    ]

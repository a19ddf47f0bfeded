"""Fixtures of the storage tests."""

import pytest

from tests.disks import stick

__all__ = ["stick"]


@pytest.fixture
def folder(tmp_path):
    """An empty folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder

"""A small disk of its own, to fill up, write-protect and pull out: real, where the account may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


class Stick:
    """A memory stick: a small file system in memory, mounted at ``path``."""

    def __init__(self, path):
        self.path = path
        path.mkdir()
        self._mount("-t", "tmpfs", "-o", "size=4m,nr_inodes=200", "tmpfs")

    def _mount(self, *options):
        done = subprocess.run(["mount", *options, self.path], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("this account may not mount a disk")

    def fill(self):
        """Leave no room at all."""
        with (self.path / "holiday pictures").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(65536)):
                    pass
            except OSError:
                pass
        self._top_up()

    def _top_up(self):
        with (self.path / "one more").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(512)):
                    pass
            except OSError:
                pass

    def free(self):
        """Take away what filled it."""
        (self.path / "holiday pictures").unlink()
        (self.path / "one more").unlink()

    def protect(self):
        """Slide the little switch: nothing can be written any more."""
        self._mount("-o", "remount,ro")

    def pull(self):
        """Pull it out while it is in use."""
        subprocess.run(["umount", "-l", self.path], check=True)

    def eject(self):
        """Let go of it whatever state it is in."""
        subprocess.run(["umount", "-l", self.path], capture_output=True, check=False)


@pytest.fixture
def stick(tmp_path):
    """A memory stick, or a skipped test where only an administrator may mount one."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only an administrator on Linux may mount a disk")
    made = Stick(tmp_path / "stick")
    yield made
    made.eject()


def protect_folder(folder: Path):
    """Make a folder read-only; skips where that does not bind this account."""
    folder.chmod(0o500)
    try:
        (folder / "trial").touch()
    except OSError:
        return
    (folder / "trial").unlink()
    folder.chmod(0o700)
    pytest.skip("this account writes into folders that are read-only to others")

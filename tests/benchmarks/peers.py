"""Where the other programs are that Hallbook is measured against, and how to get them."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from measure import Missing

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "benchmarks"
HERE = Path(__file__).resolve().parent
ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPATH": str(ROOT),
    "PYTHONPYCACHEPREFIX": str(BUILD / "bytecode"),
}
"""For every Python that is measured: compiled once, as in an installation, in the warm-up."""
_WANTED = ("pandas", "weasyprint", "typst")


def python_of_peers():
    """Return the interpreter of the peers' own environment, made on first use.

    Their own: pandas beside us would be loaded by sqlite-utils and slow our start.
    """
    home = BUILD / "peers"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(home, with_pip=True)
        install = [python, "-m", "pip", "install", "-q", "--only-binary=:all:", *_WANTED]
        if subprocess.run(install, check=False).returncode:
            shutil.rmtree(home)
            raise Missing("the peers' Python packages could not be installed")
    return python


def program(name, package):
    """Return the path of a program, or say which Debian package it comes in."""
    found = shutil.which(name)
    if not found:
        raise Missing(f"needs {name}: install the package {package}")
    return found


def python_of_libreoffice():
    """Return the interpreter that has LibreOffice's bridge."""
    program("soffice", "libreoffice-calc")
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
        raise Missing("needs LibreOffice's bridge to Python: install the package python3-uno")
    return python

"""Who may import whom: the contracts of pyproject.toml hold, and would notice a breach."""

import subprocess
import sys
import tomllib

from tests.architecture.source import ROOT


def test_contracts_hold():
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_part_of_the_program_has_its_place_in_the_layers():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (layers,) = (c["layers"] for c in settings["contracts"] if c["type"] == "layers")
    placed = {part.strip() for layer in layers for part in layer.split("|")}
    there = {
        entry.stem for entry in (ROOT / "app").iterdir()
        if entry.stem != "__init__" and (entry.suffix == ".py" or (entry / "__init__.py").exists())
    }  # fmt: skip
    assert there == placed
    assert any(c.get("exhaustive") for c in settings["contracts"])

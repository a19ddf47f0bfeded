"""Measures Hallbook beside other programs and prints the ratios: run.py [--write] [T1 T9 ...]."""

import argparse
import importlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import report  # noqa: E402 - the folders above come first
from measure import Missing, Result  # noqa: E402
from peers import BUILD  # noqa: E402

MODULES = (
    "target_returns", "target_windows", "target_imports", "target_figures", "target_marks",
    "target_paper", "target_report", "target_search", "target_touches",
)  # fmt: skip


def main() -> int:
    """Measure the targets that are asked for, or all; return 1 when a limit is not kept."""
    found = [importlib.import_module(name).TARGETS for name in MODULES]
    targets = {name: measure for module in found for name, measure in module.items()}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {' '.join(targets)}")
    parser.add_argument(
        "--write", action="store_true", help="keep what was measured in results.md; other rows stay"
    )
    options = parser.parse_args()
    unknown = set(options.targets) - set(targets)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {' '.join(targets)}")
    BUILD.mkdir(parents=True, exist_ok=True)
    lines: list[Result | str] = []
    for name in options.targets or targets:
        for line in _measured(name, targets[name]):
            print(report.text(line), flush=True)
            lines.append(line)
    if options.write:
        report.write(HERE / "results.md", lines, order=list(targets))
    return int(any(isinstance(line, Result) and not line.met for line in lines))


def _measured(name, measure):
    if os.getloadavg()[0] > (os.cpu_count() or 1):
        yield f"{name}: this computer has other work, so look at the processor time too"
    try:
        yield from measure()
    except Missing as missing:
        yield f"{name}: skipped, {missing}"


if __name__ == "__main__":
    sys.exit(main())

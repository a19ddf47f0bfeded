"""The locks hold what pyproject.toml asks for: exact versions, every one by its hashes."""

import re
import tomllib
from functools import cache
from pathlib import Path

import environment
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((environment.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = (environment.RUN_LOCK, environment.TEST_LOCK)


@cache
def _packages(lock: Path) -> dict[str, Requirement]:
    """Read a lock into {name: requirement}, leaving out other versions for other Pythons."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        requirement = Requirement(line.partition("--hash")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate():
            found[canonicalize_name(requirement.name)] = requirement
    return found


def _version(lock: Path, name: str) -> str:
    (only,) = _packages(lock)[canonicalize_name(name)].specifier
    assert only.operator == "=="
    return only.version


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        *((lock, text) for lock in LOCKS for text in PROJECT["project"]["dependencies"]),
        *((lock, text) for lock in LOCKS for text in PROJECT["build-system"]["requires"]),
        *(
            (environment.TEST_LOCK, text)
            for text in PROJECT["project"]["optional-dependencies"]["test"]
        ),
    ],
)
def test_lock_holds_what_the_project_asks_for(lock: Path, asked: str) -> None:
    requirement = Requirement(asked)
    assert requirement.specifier.contains(_version(lock, requirement.name), prereleases=True)


def test_tests_run_with_the_versions_that_users_get() -> None:
    assert len(_packages(environment.RUN_LOCK)) > 20
    for name in _packages(environment.RUN_LOCK):
        assert _version(environment.TEST_LOCK, name) == _version(environment.RUN_LOCK, name)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_hashes_and_no_line_names_a_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    for package in text.replace("\\\n", " ").splitlines():
        assert re.search(r" --hash=sha256:[0-9a-f]{64}\b", package), package
    assert "//" not in text
    assert not re.search(r"^\s*(--(extra-)?index|--find|-f |-i )", text, re.MULTILINE)

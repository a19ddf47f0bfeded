"""Files made to harm: one plain sentence, within seconds and 300 MB, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import Cancelled
from app.importers import refusals, spreadsheet_process
from app.importers.refusals import CannotRead
from app.importers.workbook import open_workbook
from tests.importers import evil

MEMORY_MB = 300

EVIL = {
    "claims.xlsx": (evil.claims_a_thousand_million, "too_many_cells"),
    "far.xlsx": (evil.two_cells_far_apart, "too_many_cells"),
    "odd.xlsx": (evil.far_apart_in_odd_words, "too_much_memory"),
    "bomb.xlsx": (evil.unpacks_to_gigabytes, "unpacks_too_big"),
    "liar.xlsx": (evil.lies_about_its_size, "damaged"),
    "text.xlsx": (evil.one_huge_text, "too_much_memory"),
    "entities.xlsx": (evil.bomb_of_entities, "odd_parts"),
    "parts.xlsx": (evil.thousands_of_parts, "odd_parts"),
    "cut.xlsx": (evil.truncated, "damaged"),
    "corrupt.xlsx": (evil.corrupt_in_the_middle, "damaged"),
    "panic.xlsx": (evil.nonsense_xml, "damaged"),
    "locked.xlsx": (evil.locked_xlsx, "locked"),
    "locked.xls": (evil.locked_xls, "locked"),
    "locked.ods": (evil.locked_ods, "locked"),
    "repeats.ods": (evil.ods_of_repeats, "too_many_cells"),
    "far.xls": (evil.xls_far_cell, "too_much_memory"),
}

MEASURE = """
import json, sys, threading
sys.path.insert(0, sys.argv[2])
from pathlib import Path
import psutil
from app.importers.workbook import open_workbook
from app.importers.refusals import CannotRead

me, peak, done = psutil.Process(), [0], threading.Event()
def watch():
    while not done.wait(0.002):
        total = me.memory_info().rss
        for child in me.children():
            try:
                total += child.memory_info().rss
            except psutil.Error:
                pass
        peak[0] = max(peak[0], total)
thread = threading.Thread(target=watch)
thread.start()
try:
    open_workbook(Path(sys.argv[1]))
    reason, text = "", ""
except CannotRead as refusal:
    reason, text = refusal.reason, str(refusal)
done.set()
thread.join()
print(json.dumps({"reason": reason, "text": text, "mb": peak[0] >> 20}))
"""


def measured(path):
    """Open a file in a process of its own; give reason, sentence and peak memory in MB."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), str(root)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stderr == "", done.stderr[-500:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", EVIL)
def test_evil_file_gets_one_sentence_within_limits(name, tmp_path):
    write, reason = EVIL[name]
    found = measured(write(tmp_path / name))
    assert found["reason"] == reason
    assert found["text"].startswith(name)
    assert "\n" not in found["text"]
    assert found["mb"] < MEMORY_MB


@pytest.mark.parametrize("seed", range(20))
def test_garbled_older_workbook_is_read_or_refused_but_never_stops_the_program(seed, tmp_path):
    path = evil.xls_garbled(tmp_path / "old.xls", seed)
    try:
        open_workbook(path)
    except CannotRead as refusal:
        assert refusal.reason in {"damaged", "too_many_cells", "too_much_memory", "not_a_table"}


def test_bomb_is_refused_before_anything_is_unpacked(tmp_path):
    with pytest.raises(CannotRead) as refusal:
        open_workbook(evil.bomb_with_a_broken_fuse(tmp_path / "bomb.xlsx"))
    assert refusal.value.reason == "unpacks_too_big"


def test_reading_stops_after_the_time_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet_process, "SECONDS_LIMIT", 0)
    with pytest.raises(CannotRead) as refusal:
        open_workbook(evil.a_million_styled_cells(tmp_path / "long.xlsx"))
    assert refusal.value.reason == "too_slow"


def test_colours_down_to_the_last_row_do_not_count_as_cells(tmp_path):
    sheet = open_workbook(evil.a_million_styled_cells(tmp_path / "styled.xlsx")).sheets[0]
    assert [row for row in sheet.rows() if any(row)] == [["Name"]]


def test_repeated_blank_rows_at_the_end_do_not_count_as_cells(tmp_path):
    sheet = open_workbook(evil.ods_with_empty_repeats(tmp_path / "usual.ods")).sheets[0]
    assert [row[0] for row in sheet.rows()] == ["Name", "Jane Smith"]


def test_reading_stops_when_the_user_cancels(tmp_path):
    path = evil.a_million_styled_cells(tmp_path / "long.xlsx")
    with pytest.raises(Cancelled):
        open_workbook(path, cancelled=lambda: True)


def test_every_reason_is_one_or_two_plain_sentences():
    for reason, text in refusals.TEXTS.items():
        assert text.endswith("."), reason
        for word in ("invalid", "error", "failed", "exception"):
            assert word not in text.lower(), reason

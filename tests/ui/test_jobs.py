"""Long work: results and faults come back to the window's thread, and it can be stopped."""

import threading

import pytest

from app.domain.errors import FileUnreadable
from app.ui.jobs import JobRunner


@pytest.fixture
def faults():
    return []


@pytest.fixture
def jobs(qapp, faults):
    runner = JobRunner(faults.append)
    yield runner
    runner.close()


def test_result_comes_back_on_the_windows_thread(jobs, qtbot):
    where = []

    def work(_context):
        where.append(threading.current_thread())
        return 42

    job = jobs.start(work)
    job.done.connect(lambda _value: where.append(threading.current_thread()))
    with qtbot.waitSignal(job.done) as done:
        pass
    assert done.args == [42]
    assert where[0] is not threading.main_thread()
    assert where[1] is threading.main_thread()
    assert not jobs.busy


def test_what_the_world_did_is_told_and_is_no_fault(jobs, qtbot, faults):
    def work(_context):
        raise FileUnreadable("That file cannot be read.")

    job = jobs.start(work)
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert failed.args[0].text == "That file cannot be read."
    assert faults == []


def test_fault_in_the_program_goes_to_the_hook_and_the_runner_goes_on(jobs, qtbot, faults, caplog):
    job = jobs.start(lambda _context: 1 // 0)
    with qtbot.waitSignal(job.ended):
        pass
    assert [type(fault) for fault in faults] == [ZeroDivisionError]
    caplog.clear()
    with qtbot.waitSignal(jobs.start(lambda _context: "next").done) as done:
        pass
    assert done.args == ["next"]


def test_progress_is_told_with_a_count(jobs, qtbot):
    def work(context):
        for number in range(3):
            context.progress(number, 3)

    job, told = jobs.start(work), []
    job.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(job.done):
        pass
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_stopped_job_gives_no_result(jobs, qtbot):
    started, go_on = threading.Event(), threading.Event()

    def work(context):
        started.set()
        go_on.wait(5)
        context.check()
        return "too late"

    job, results = jobs.start(work), []
    job.done.connect(results.append)
    started.wait(5)
    job.cancel()
    with qtbot.waitSignal(job.ended):
        go_on.set()
    assert results == []


def test_jobs_run_one_after_another(jobs, qtbot):
    order = []
    jobs.start(lambda _context: order.append(1))
    last = jobs.start(lambda _context: order.append(2))
    with qtbot.waitSignal(last.done):
        pass
    assert order == [1, 2]


def test_closing_stops_what_runs_and_waits_for_it(qapp, faults):
    runner, started, ended = JobRunner(faults.append), threading.Event(), []

    def work(context):
        started.set()
        while not context.cancelled():
            pass
        ended.append(True)

    runner.start(work)
    started.wait(5)
    runner.close()
    assert ended == [True]

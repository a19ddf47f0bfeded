"""The list of changes that can be taken back, and what happens when that goes wrong."""

import pytest

from app.domain.errors import DiskFull
from app.domain.people import PersonDraft
from app.services import people, registers
from app.services.result import Refused
from app.ui.commands import Commands
from app.ui.events import RegisterEvents
from app.ui.undo import STEPS_KEPT, History
from tests.conftest import TODAY


@pytest.fixture
def events(qapp):
    return RegisterEvents()


@pytest.fixture
def history(register, events):
    return History(register, events)


@pytest.fixture
def commands(register, events, history):
    return Commands(register, events, history)


def add(commands, register, name):
    return commands.run(
        lambda: people.save_new(register, PersonDraft(given_name=name), today=TODAY)
    )


def names(register):
    return [row.given_name for row in people.list_people(register).rows]


def test_changes_are_taken_back_newest_first_and_made_again(register, history, commands):
    add(commands, register, "Ada")
    add(commands, register, "Bo")
    assert history.undo_text == "add Bo"
    history.undo()
    assert names(register) == ["Ada"]
    assert (history.undo_text, history.redo_text) == ("add Ada", "add Bo")
    history.undo()
    history.redo()
    history.redo()
    assert names(register) == ["Ada", "Bo"]
    assert history.redo_text == ""


def test_new_change_forgets_what_could_be_made_again(register, history, commands):
    add(commands, register, "Ada")
    history.undo()
    add(commands, register, "Bo")
    assert history.redo_text == ""
    assert names(register) == ["Bo"]


def test_every_change_is_announced_and_so_is_taking_it_back(register, events, history, commands):
    heard = []
    events.changed.connect(lambda topics, origin: heard.append((topics, origin)))
    commands.run(
        lambda: people.save_new(register, PersonDraft(given_name="Ada"), today=TODAY),
        origin=history,
    )
    history.undo()
    topics = frozenset({"people"})
    assert heard == [(topics, history), (topics, None)]


def test_refused_change_is_given_back_and_not_announced(register, events, history, commands):
    heard = []
    events.changed.connect(lambda *args: heard.append(args))
    answer = add(commands, register, "")
    assert isinstance(answer, Refused)
    assert answer.problems[0].field == "given_name"
    assert heard == []
    assert history.undo_text == ""


def test_what_the_world_did_is_told_once_and_changes_nothing(register, history, commands):
    told = []
    commands.failed.connect(told.append)

    def full():
        raise DiskFull("There is no room to save.")

    assert commands.run(full) is None
    assert [error.text for error in told] == ["There is no room to save."]
    assert history.undo_text == ""


def test_undo_that_cannot_be_done_says_so_and_empties_the_list(register_file, events, qapp):
    """The stick was pulled out meanwhile."""
    register = registers.open_register(register_file, undo=True)
    history = History(register, events)
    commands = Commands(register, events, history)
    told = []
    history.failed.connect(told.append)
    add(commands, register, "Ada")
    add(commands, register, "Bo")
    register_file.unlink()
    history.undo()
    register.close()
    assert len(told) == 1
    assert told[0].text
    assert history.undo_text == history.redo_text == ""


def test_only_so_many_steps_are_kept(register, history, commands):
    for number in range(STEPS_KEPT + 5):
        add(commands, register, f"P{number:02}")
    taken = 0
    while history.undo_text:
        history.undo()
        taken += 1
    assert taken == STEPS_KEPT
    assert len(names(register)) == 5


def test_typing_in_one_answer_is_one_step(frame):
    from app.domain.returns import DraftSettings
    from app.services.returns import drafts

    book = frame.book
    settings = DraftSettings(template_id="impact-report", title="What we did")
    draft_id = book.commands.run(lambda: drafts.start(book.register, settings)).ids[0]
    for text in ("We", "We met", "We met often."):
        book.commands.run(lambda text=text: drafts.answer(book.register, draft_id, "next", text))
    assert book.history.undo_text == "type in What we did"
    book.history.undo()
    assert drafts.get(book.register, draft_id).answers == {}
    assert book.history.undo_text == "start What we did"
    book.history.redo()
    assert drafts.get(book.register, draft_id).answers["next"].text == "We met often."

"""The pages and dialogs of outcomes, and how to get there: for tests/ui/rooms.py."""

from app.domain.ids import StoryId
from app.domain.stories import StoryPurpose
from app.services import outcomes, stories
from app.ui.outcomes import sheets


def part(name):
    def go(window):
        window.frame.go_to("outcomes")
        window.frame.outcomes.show_part(name)

    return go


def lists(window):
    window.frame.go_to("outcomes")
    return window.frame.outcomes.list


def entry(window):
    register = window.frame.book.register
    look = outcomes.due_now(register, today=window.frame.book.today())
    (one,) = outcomes.read_due(register, look, look.keys[:1])
    lists(window).enter_wanted.emit(sheets.of_due(one))


def story(window):
    frame = window.frame
    row = frame.book.register.rows("SELECT story_id FROM story_use_counted LIMIT 1")[0]
    return stories.story(frame.book.register, StoryId(row[0]))


def swemwbs(window):
    return outcomes.measure_here(window.frame.book.register, "swemwbs")


PAGES = {
    "outcomes due": part("due"),
    "outcomes results": part("results"),
    "stories": part("stories"),
    "measures": part("measures"),
    "enter a questionnaire": entry,
}
DIALOGS = {
    "print questionnaires": lambda w: lists(w).print_pile(),
    "add a story": lambda w: lists(w).add_story(),
    "change a story": lambda w: lists(w).change_story(story(w)),
    "use of a story": lambda w: lists(w).note_use(story(w), StoryPurpose.FUNDERS),
    "use taken back": lambda w: lists(w).take_back(story(w), story(w).uses[0].purpose),
    "ask again after": lambda w: lists(w).set_days(swemwbs(w)),
    "licence": lambda w: lists(w).record_licence(swemwbs(w)),
    "our own questions": lambda w: lists(w).add_own(),
}

"""How each part and dialog about people's rights is opened."""

from app.domain.anonymising import Because
from app.domain.ids import PersonId
from app.services import anonymising, people, retention
from app.services.retention import DueKind
from app.ui.rights.breach_dialog import BreachDialog
from app.ui.rights.my_data_dialog import MyDataDialog
from app.ui.rights.nameless_dialog import ask_nameless
from app.ui.rights.request_dialog import RequestDialog
from app.ui.rights.rule_dialog import RuleDialog
from app.ui.rights_doors import show_kept_long, show_log


def somebody(window):
    """Return the first person with a name."""
    register = window.frame.book.register
    row = register.row(
        "SELECT id FROM person WHERE binned_at IS NULL AND anonymised_at IS NULL"
        " AND merged_into IS NULL ORDER BY id"
    )
    return people.get_person(register, PersonId(row["id"]))


def show_rights(window):
    """Show somebody's part called Rights."""
    window.frame.open_person(somebody(window).id)
    window.frame.people.person.tabs.show_part("rights")


def show_nameless(window):
    """Show somebody whose name was taken out; where there is nobody yet, the last one is."""
    frame = window.frame
    register = frame.book.register
    found = register.value("SELECT id FROM person WHERE anonymised_at IS NOT NULL")
    if found is None:
        found = register.value(
            "SELECT max(id) FROM person WHERE merged_into IS NULL AND binned_at IS NULL"
        )
        frame.book.commands.run(lambda: anonymising.anonymise(register, found, Because.ASKED))
        frame.book.history.clear()
    frame.open_person(found)


def change_rule(window):
    """Open the form of how long people are kept."""
    frame = window.frame
    rules = retention.rules(frame.book.register)
    rule = next(one for one in rules if one.kept.id == DueKind.PEOPLE.value)
    RuleDialog(frame.book, rule, window).open()


PAGES = {
    "rights of a person": show_rights,
    "a nameless person": show_nameless,
}
DIALOGS = {
    "what is held": lambda w: MyDataDialog(w.frame.book, somebody(w), w).open(),
    "make nameless": lambda w: ask_nameless(w.frame.book, somebody(w), w),
    "note a request": lambda w: RequestDialog(w.frame.book, w, person_id=somebody(w).id).open(),
    "note a breach": lambda w: BreachDialog(w.frame.book, w).open(),
    "rule of keeping": change_rule,
    "kept long enough": lambda w: show_kept_long(w.frame),
    "log of requests": lambda w: show_log(w.frame, "requests"),
    "log of breaches": lambda w: show_log(w.frame, "breaches"),
    "log of consents": lambda w: show_log(w.frame, "consents"),
    "welfare notes": lambda w: w.menus.welfare.trigger(),
}

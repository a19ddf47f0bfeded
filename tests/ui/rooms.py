"""Every page and dialog of the window, and how to get there."""

from PySide6.QtWidgets import QApplication, QDialog

from app.domain.referrals import Step
from app.services import activities, places, referrals
from tests.ui.money import rooms as of_money
from tests.ui.outcomes import rooms as of_outcomes
from tests.ui.returns import rooms as of_returns
from tests.ui.returns import workspace_rooms as of_workspace
from tests.ui.rights import rooms as of_rights
from tests.ui.safekeeping import rooms as of_safekeeping

PAGES = {
    "home": lambda w: w.frame.go_to("home"),
    "people": lambda w: w.frame.go_to("people"),
    "person": lambda w: w.frame.open_person(first_person(w.frame)),
    "doubles": lambda w: (w.frame.go_to("people"), w.frame.people.show_doubles()),
    "sessions": lambda w: w.frame.go_to("sessions"),
    "register": lambda w: w.frame.take_register(past_session(w.frame).id),
    "pile": lambda w: (w.frame.go_to("sessions"), w.frame.sessions.open_pile()),
    "grid": lambda w: (
        w.frame.go_to("sessions"),
        w.frame.sessions.open_grid(first_activity(w.frame).id),
    ),
    "members": lambda w: (
        w.frame.go_to("sessions"),
        w.frame.sessions.open_members(first_activity(w.frame).id),
    ),
    "referrals": lambda w: w.frame.go_to("referrals"),
    "list of referrals": lambda w: (
        w.frame.go_to("referrals"),
        w.frame.referrals.list.show_states(""),
    ),
    "referral": lambda w: w.frame.open_referral(first_referral(w.frame).referral.id),
    "referrers": lambda w: (w.frame.go_to("referrals"), w.frame.referrals.show_referrers()),
    "funded places": lambda w: (w.frame.go_to("referrals"), w.frame.referrals.open_places()),
    "agreement": lambda w: open_agreement(w.frame),
    "capacity": lambda w: (w.frame.go_to("referrals"), w.frame.referrals.open_capacity()),
    **of_outcomes.PAGES,
    **of_money.PAGES,
    **of_rights.PAGES,
    **of_returns.PAGES,
    **of_workspace.PAGES,
    "returns": lambda w: w.frame.go_to("returns"),
    "settings": lambda w: w.frame.go_to("settings"),
}

DIALOGS = {
    **of_safekeeping.DIALOGS,
    **of_outcomes.DIALOGS,
    **of_money.DIALOGS,
    **of_rights.DIALOGS,
    **of_returns.DIALOGS,
    **of_workspace.DIALOGS,
    "new book": lambda w: w.ask_new(),
    "keys": lambda w: w.menus.shortcuts.trigger(),
    "add a person": lambda w: w.frame.people.add_person(),
    "change a person": lambda w: w.frame.people._on_edit(first_person(w.frame)),
    "join two people": lambda w: w.frame.people.join(*two_people(w.frame)),
    "join with another": lambda w: w.frame.people._on_join_with(first_person(w.frame)),
    "add a session": lambda w: w.frame.sessions.add_session(None),
    "change a session": lambda w: w.frame.sessions.change_session(past_session(w.frame)),
    "cancel a session": lambda w: w.frame.sessions.cancel_session(past_session(w.frame)),
    "add an activity": lambda w: w.frame.sessions.add_activity(),
    "change an activity": lambda w: w.frame.sessions.change_activity(first_activity(w.frame)),
    "end an activity": lambda w: w.frame.sessions.end_activity(first_activity(w.frame)),
    "plan a term": lambda w: w.frame.sessions.plan(first_activity(w.frame).id),
    "log hours": lambda w: w.frame._on_hours(past_session(w.frame)),
    "print a sheet": lambda w: w.frame.print_sheet(past_session(w.frame).id),
    "record a referral": lambda w: w.frame.referrals.record(),
    "change a referral": lambda w: w.frame.referrals._on_change(first_referral(w.frame)),
    "take a step": lambda w: w.frame.referrals._on_step(
        first_referral(w.frame).row, Step.ACCEPTED, ""
    ),
    "say that we are full": lambda w: w.frame.referrals._on_step(
        first_referral(w.frame).row, Step.NOT_ACCEPTED, "full"
    ),
    "correct a step": lambda w: w.frame.referrals._on_correct(first_referral(w.frame).steps[0]),
    "add an agreement": lambda w: w.frame.referrals.add_agreement(),
    "change an agreement": lambda w: open_agreement(w.frame)._on_change(),
    "give a place": lambda w: open_agreement(w.frame)._on_give(),
    "give somebody a place": lambda w: w.frame.referrals.give_place(first_person(w.frame)),
    "change a place": lambda w: open_agreement(w.frame)._on_change_place(),
    "end a place": lambda w: open_agreement(w.frame)._on_end(),
    "sessions of a place": lambda w: open_agreement(w.frame)._on_sessions(),
    "print capacity cards": lambda w: w.frame.referrals.print_cards(None),
    "letter to a sender": lambda w: w.frame.referrals._on_letter(first_referral(w.frame)),
    "add an organisation": lambda w: w.frame.referrals.referrers._on_add(),
    "add somebody there": lambda w: (
        w.frame.go_to("referrals"),
        w.frame.referrals.show_referrers(),
        w.frame.referrals.referrers._on_add_worker(),
    ),
    "join two organisations": lambda w: (
        w.frame.go_to("referrals"),
        w.frame.referrals.show_referrers(),
        w.frame.referrals.referrers._on_join(),
    ),
    "import": lambda w: w.frame.start_import(),
    "imports": lambda w: w.frame.show_imports(),
}


def open_agreement(frame):
    """Show the agreement with the most people, and return its page."""
    standings = places.agreement_standings(frame.book.register, today=frame.book.today())
    most = max(standings, key=lambda one: one.given)
    frame.go_to("referrals")
    frame.referrals.open_agreement(most.agreement.id)
    return frame.referrals.agreement


def first_person(frame):
    return two_people(frame)[0]


def two_people(frame):
    rows = frame.book.register.rows(
        "SELECT id FROM person WHERE binned_at IS NULL ORDER BY id LIMIT 2"
    )
    return rows[0]["id"], rows[1]["id"]


def first_activity(frame):
    return activities.list_activities(frame.book.register)[0]


def first_referral(frame):
    """Return a referral of which something was done, and whose sender is in the book."""
    register, today = frame.book.register, frame.book.today()
    row = register.rows(
        "SELECT r.id FROM referral r JOIN person p ON p.id = r.person_id"
        " WHERE r.binned_at IS NULL AND p.binned_at IS NULL AND r.referrer_id IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM referral_step s WHERE s.referral_id = r.id)"
        " ORDER BY r.id LIMIT 1"
    )[0]
    return referrals.whole(register, row["id"], today=today)


def past_session(frame):
    row = frame.book.register.rows(
        "SELECT id FROM session WHERE session_on < :today AND state = 'held'"
        " ORDER BY session_on DESC LIMIT 1",
        {"today": frame.book.today().isoformat()},
    )[0]
    return activities.get_session(frame.book.register, row["id"])


def settle():
    for _ in range(4):
        QApplication.processEvents()


def open_dialog(window, name):
    """Open a dialog and return it."""
    DIALOGS[name](window)
    settle()
    shown = [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert len(shown) == 1, f"{name}: {shown}"
    return shown[0]


def close(dialog):
    dialog.reject()
    settle()

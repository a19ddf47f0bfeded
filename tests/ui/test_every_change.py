"""Every change one can make in the window is named, can be taken back, and can be made again."""

import datetime as dt
import importlib
import inspect
import pkgutil
from dataclasses import replace

import app.services
from app.domain.activities import CANCEL_REASONS
from app.domain.attendance import Mark, MarkChange, Role
from app.domain.consents import ConsentDraft
from app.domain.people import ConsentPurpose, PersonDraft
from app.domain.referrals import ReferralDraft, Step, StepDraft
from app.domain.referrers import ReferrerDraft, WorkerDraft
from app.domain.retention import OwnRule
from app.domain.rights import BreachDraft, RequestDraft
from app.services import (
    activities,
    consents,
    people,
    referrals,
    registers,
    retention,
    rights,
    settings,
)
from app.services.activities.sessions import SessionDraft
from app.services.people.changing import WholeDraft
from app.services.result import Done
from app.ui.imports.import_dialog import ImportDialog
from tests import builders
from tests.conftest import TODAY
from tests.ui.imports.conftest import go_to, settled
from tests.ui.money import changes as of_money
from tests.ui.outcomes import changes as of_outcomes
from tests.ui.referrals import places_changes as of_places

DAY = TODAY.replace(day=2)
NOON = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
ASKED = RequestDraft(asked_by="A parent", received_on=DAY)
LOST = BreachDraft(what="A bag was left on a bus.", noticed_at=NOON)
PHOTOS = ConsentDraft(purpose=ConsentPurpose.PHOTOS, asked_on=DAY)
REASON = next(iter(CANCEL_REASONS))

OF_RETURNS = {
    # Taken back in tests/services/returns and from the window in tests/ui/returns.
    *(f"returns.drafts.{name}" for name in (
        "answer", "change", "mark_done", "put_in_bin", "start", "start_again", "take_out_of_bin")),
    *(f"returns.answers.{name}" for name in ("keep", "keep_from_draft", "remove", "use")),
    *(f"returns.due.{name}" for name in ("mark_done", "remove", "save", "set_targets", "start")),
    *(f"returns.form_editing.{name}" for name in (
        "add_question", "add_text", "change_head", "change_question", "change_text", "move",
        "remove_part", "set_text")),
    *(f"returns.own_forms.{name}" for name in ("copy", "kept", "remove")),
    "returns.form_files.read_from",
    # What was sent stays: it is withdrawn, with a reason (test_issuing.py); to whom can be undone.
    *(f"returns.issuing.{name}" for name in (
        "forget_sent", "issue", "keep", "note_sent", "withdraw")),
}  # fmt: skip
ELSEWHERE = {
    "registers.undo",
    "registers.redo",
    "registers.undo_in_slices",
    "registers.redo_in_slices",
    "returns.printing.record_sent",  # followed in referrals/test_letter.py: it needs a filled letter
    *OF_RETURNS,
    "statements.booking.agree_statement",  # followed in services/statements: it needs a statement
    "statements.paper.open_statement_again",
    "statements.paper.remove_statement",
    "password.set_password",  # of the file, not of what is in it: nothing to take back
    "password.change_password",
    "password.remove_password",
    "recovery.answer",  # followed in ui/safekeeping/test_password: they need a sheet
    "recovery.note_holder",
    # What is wiped, and what is only ever added to, is not taken back: that is their point.
    "anonymising.anonymise",
    "retention.carry_out",
    "welfare.add",
    "imports.removing.undo_import",  # followed below, in test_import_is_one_change
    "imports.removing.undo_import_in_slices",
}


class World:
    """A small book, and what the changes below are made to."""

    def __init__(self, register):
        self.register = register
        self.ada = builders.person(register, "Ada", "Shaw")
        self.bo = builders.person(register, "Bo", "Lee")
        self.tea = builders.activity(register)
        self.past = builders.session(register, self.tea, DAY)
        self.today = builders.session(register, self.tea, TODAY)
        register.take_step()
        self._first = []

    def before(self, use_case, *args, **more):
        """Do what has to be so first, as a change of its own."""
        done = use_case(self.register, *args, **more)
        assert isinstance(done, Done), done
        self._first.append(self.register.take_step())
        return done

    def tidy(self):
        """Take back what had to be so first."""
        while self._first:
            registers.undo(self.register, self._first.pop())
            self.register.take_step()

    def session(self, of):
        return builders.fresh(self.register, of)

    def referral(self):
        new = referrals.NewReferral(
            person_id=self.ada, referral=ReferralDraft(received_on=DAY, activity_id=self.tea.id)
        )
        return self.before(referrals.record, new, today=TODAY).ids[0]

    def step(self):
        draft = StepDraft(step=Step.WAITING, step_on=TODAY)
        return self.before(referrals.take_step, self.referral(), draft, today=TODAY).ids[0]

    def referrer(self, name="Mill Surgery"):
        return self.before(referrals.save_referrer, None, ReferrerDraft(name=name)).ids[0]

    def worker(self):
        draft, of = WorkerDraft(name="Dr Ives"), self.referrer()
        return self.before(referrals.save_worker, None, draft, referrer_id=of).ids[0]

    def consent(self):
        self.before(consents.add, self.ada, PHOTOS, today=TODAY)
        return consents.consents_of(self.register, self.ada)[-1].id


def _many(w):
    return [w.ada, w.bo]


def _bands(w):
    w.before(settings.save_bands, "Young and old", "0, 30, 60")
    return settings.own_band_sets(settings.read(w.register))[0].id


CHANGES = {
    **of_money.CHANGES,
    **of_outcomes.CHANGES,
    **of_places.CHANGES,
    # people
    "people.changing.save_new": lambda _w: (PersonDraft(given_name="Cy"), {"today": TODAY}),
    "people.changing.save_whole": lambda w: (
        w.ada,
        WholeDraft(person=PersonDraft(given_name="Ada", area="Linslade")),
        {"today": TODAY},
    ),
    "people.changing.change_person": lambda w: (
        w.ada,
        PersonDraft(given_name="Adah"),
        {"today": TODAY},
    ),
    "people.changing.put_in_bin": lambda w: (w.ada,),
    "people.changing.take_out_of_bin": lambda w: (w.before(people.put_in_bin, w.ada) and w.ada,),
    "people.doubles.keep_apart": lambda w: (w.ada, w.bo),
    "people.joining.merge_people": lambda w: (w.ada, w.bo),
    "people.joining.unmerge_person": lambda w: (
        w.before(people.merge_people, w.ada, w.bo) and w.bo,
    ),
    "people.leaving.leave": lambda w: (w.ada, TODAY, "moved", {"today": TODAY}),
    "people.leaving.come_back": lambda w: (
        w.before(people.leave, w.ada, TODAY, "", today=TODAY) and w.ada,
    ),
    "people.many.agree": lambda w: (_many(w), PHOTOS, {"today": TODAY}),
    "people.many.bin_many": lambda w: (_many(w),),
    "people.many.unbin_many": lambda w: (w.before(people.bin_many, _many(w)) and _many(w),),
    "people.many.many_left": lambda w: (_many(w), TODAY, "", {"today": TODAY}),
    "people.many.put_on_activity": lambda w: (_many(w), w.tea.id, DAY),
    "people.many.take_off_activity": lambda w: (
        w.before(people.put_on_activity, _many(w), w.tea.id, DAY) and _many(w),
        w.tea.id,
        TODAY,
    ),
    "people.many.set_area": lambda w: (_many(w), "Linslade"),
    "rights.ask": lambda w: (w.ada, {"today": TODAY}),
    "rights.save_request": lambda w: (ASKED, {"today": TODAY}),
    "rights.put_request_in_bin": lambda w: (
        w.before(rights.save_request, ASKED, today=TODAY).ids[0],
    ),
    "rights.save_breach": lambda w: (LOST, {"now": NOON}),
    "rights.put_breach_in_bin": lambda w: (w.before(rights.save_breach, LOST, now=NOON).ids[0],),
    "retention.save_rule": lambda _w: (OwnRule(kind="people", months=36, reason="Ours"),),
    "retention.back_to_suggested": lambda w: (
        w.before(retention.save_rule, OwnRule(kind="people", months=36, reason="Ours"))
        and "people",
    ),
    "consents.add": lambda w: (w.ada, PHOTOS, {"today": TODAY}),
    "consents.change": lambda w: (w.consent(), replace(PHOTOS, given=False), {"today": TODAY}),
    "consents.withdraw": lambda w: (w.consent(), TODAY, {"today": TODAY}),
    "consents.remove": lambda w: (w.consent(),),
    # activities and sessions
    "activities.keeping.save_activity": lambda _w: (replace(builders.TEA, name="Lunch"),),
    "activities.keeping.end_activity": lambda w: (w.tea.id, TODAY, {"today": TODAY}),
    "activities.keeping.put_activity_in_bin": lambda w: (
        w.before(activities.save_activity, replace(builders.TEA, name="Quiz")).ids[0],
    ),
    "activities.membership.put_on_register": lambda w: (w.tea.id, w.ada, DAY, {"today": TODAY}),
    "activities.membership.take_off_register": lambda w: (
        w.before(activities.put_on_register, w.tea.id, w.ada, DAY, today=TODAY) and w.tea.id,
        w.ada,
        TODAY,
        {"today": TODAY},
    ),
    "activities.membership.let_wait": lambda w: (w.tea.id, w.ada, DAY, {"today": TODAY}),
    "activities.membership.give_up_waiting": lambda w: (
        w.before(activities.let_wait, w.tea.id, w.ada, DAY, today=TODAY) and w.tea.id,
        w.ada,
        {"today": TODAY},
    ),
    "activities.planning.plan_days": lambda w: (
        w.tea,
        [TODAY.replace(day=10), TODAY.replace(day=17)],
        {"today": TODAY},
    ),
    "activities.sessions.add_session": lambda w: (w.tea, TODAY.replace(day=24), {"today": TODAY}),
    "activities.sessions.cancel_session": lambda w: (w.session(w.today), REASON),
    "activities.sessions.bring_back": lambda w: (
        w.before(activities.cancel_session, w.session(w.today), REASON) and w.session(w.today),
    ),
    "activities.sessions.change_session": lambda w: (
        w.session(w.today),
        SessionDraft(session_on=TODAY, start_time="10:00", end_time="11:00", place="Old hall"),
        {"today": TODAY},
    ),
    "activities.sessions.put_session_in_bin": lambda w: (w.session(w.today),),
    "activities.sessions.take_session_out_of_bin": lambda w: (
        w.before(activities.put_session_in_bin, w.session(w.today)) and w.today.id,
    ),
    "activities.sessions.set_guests": lambda w: (w.session(w.past), 3, {"today": TODAY}),
    "activities.sessions.set_notes": lambda w: (w.session(w.past), "Boiler off"),
    "activities.sessions.tick_as_held": lambda w: (w.session(w.past), {"today": TODAY}),
    # registers
    "attendance.set_mark": lambda w: (
        MarkChange(session_id=w.past.id, person_id=w.ada, mark=Mark.PRESENT, role=Role.PARTICIPANT),
        {"today": TODAY},
    ),
    "attendance.add_walk_in": lambda w: (w.past.id, "Dee Dunn", {"today": TODAY}),
    "attendance.keep_printed_order": lambda w: (
        w.before(activities.put_on_register, w.tea.id, w.ada, DAY, today=TODAY) and w.past.id,
    ),
    "attendance.log_hours": lambda w: (w.ada, DAY, 90, "Keys", {"today": TODAY}),
    # referrals
    "referrals.recording.record": lambda w: (
        referrals.NewReferral(
            person=PersonDraft(given_name="Cy"),
            referral=ReferralDraft(received_on=DAY),
            new_referrer=ReferrerDraft(name="Mill Surgery"),
            new_worker=WorkerDraft(name="Dr Ives"),
        ),
        {"today": TODAY},
    ),
    "referrals.recording.change": lambda w: (
        w.referral(),
        ReferralDraft(received_on=DAY, reasons=frozenset({"loneliness"})),
        {"today": TODAY, "new_referrer": ReferrerDraft(name="Mill Surgery")},
    ),
    "referrals.recording.put_in_bin": lambda w: (w.referral(), {"today": TODAY}),
    "referrals.recording.take_out_of_bin": lambda w: (
        w.before(referrals.put_in_bin, w.referral(), today=TODAY).ids[0],
        {"today": TODAY},
    ),
    "referrals.stepping.take_step": lambda w: (
        w.referral(),
        StepDraft(step=Step.ACCEPTED, step_on=TODAY),
        {"today": TODAY, "activity_id": w.tea.id},
    ),
    "referrals.stepping.correct_step": lambda w: (
        w.step(),
        StepDraft(step=Step.WAITING, step_on=TODAY, note="From January"),
        {"today": TODAY},
    ),
    "referrals.stepping.remove_step": lambda w: (w.step(),),
    "referrals.letters.note_sent": lambda w: (w.referral(), "reply", TODAY, {"today": TODAY}),
    "referrals.letters.remove_letter": lambda w: (
        w.before(referrals.note_sent, w.referral(), "reply", TODAY, today=TODAY).ids[0],
    ),
    "referrals.book.save_referrer": lambda _w: (None, ReferrerDraft(name="Mill Surgery")),
    "referrals.book.remove_referrer": lambda w: (w.referrer(),),
    "referrals.book.join_referrers": lambda w: (w.referrer(), w.referrer("Mill House")),
    "referrals.book.save_worker": lambda w: (
        None,
        WorkerDraft(name="Dr Ives"),
        {"referrer_id": w.referrer()},
    ),
    "referrals.book.worker_left": lambda w: (w.worker(), DAY),
    "referrals.book.remove_worker": lambda w: (w.worker(),),
    # settings
    "settings.change": lambda _w: ("tagline", "Tea and talk"),
    "settings.save": lambda w: (replace(settings.read(w.register), tagline="Tea and talk"),),
    "settings.save_bands": lambda _w: ("Young and old", "0, 30, 60"),
    "settings.remove_bands": lambda w: (_bands(w),),
    "settings.state_rate": lambda _w: (DAY, "14.50", "our funder"),
    "settings.remove_rate": lambda w: (
        w.before(settings.state_rate, DAY, "14.50", "our funder") and DAY,
    ),
}
"""Each use case, and what it is called with after its register."""


def use_cases():
    """Find every public function of the services that changes a register."""
    found = {}
    for module in pkgutil.walk_packages(app.services.__path__, "app.services."):
        if ".example" in module.name:
            continue
        code = importlib.import_module(module.name)
        for name, function in inspect.getmembers(code, callable):
            ours = function.__module__ == module.name and not name.startswith("_")
            if ours and "result.Done" in str(inspect.signature(function).return_annotation):
                found[f"{module.name.removeprefix('app.services.')}.{name}"] = function
    return found


def test_no_use_case_is_left_out_below():
    assert set(use_cases()) == set(CHANGES) | ELSEWHERE


def test_every_change_is_named_taken_back_and_made_again(empty_window, tea_frame):
    book, menus = tea_frame.book, empty_window.menus
    register, history = book.register, book.history
    world = World(register)
    start = builders.dump(register)
    wrong = []
    for name, function in use_cases().items():
        if name in ELSEWHERE:
            continue
        *given, last = CHANGES[name](world)
        more = last if isinstance(last, dict) else {}
        args = given if isinstance(last, dict) else [*given, last]
        before = builders.dump(register)
        answer = book.commands.run(lambda f=function, a=args, m=more: f(register, *a, **m))
        if not isinstance(answer, Done):
            wrong.append(f"{name}: {answer}")
            continue
        after = builders.dump(register)
        said = history.undo_text
        named = said == answer.text and f"Undo: {said}" in (
            menus.undo.text().replace("&", ""),
            tea_frame.top.undo.accessibleName(),
        )
        if not (said and named and tea_frame.top.undo.accessibleName() == f"Undo: {said}"):
            wrong.append(f"{name}: named {said!r}, asked for {answer.text!r}")
        menus.undo.trigger()
        if builders.dump(register) != before or after == before:
            wrong.append(f"{name}: not taken back")
        if menus.redo.text().replace("&", "") != f"Redo: {said}":
            wrong.append(f"{name}: redo is not named")
        menus.redo.trigger()
        if builders.dump(register) != after:
            wrong.append(f"{name}: not made again")
        menus.undo.trigger()
        world.tidy()
        assert builders.dump(register) == start, f"the book is not as it was before {name}"
    assert wrong == []


def without_runs(register):
    """Return every row but the list of what was imported, which keeps what was taken out again."""
    return {k: v for k, v in builders.dump(register).items() if k != "import_run"}


def test_import_is_one_change(empty_window, tea_frame, tmp_path, qtbot):
    path = tmp_path / "register.csv"
    path.write_text(
        "Name,Tel,1/9/2025,8/9/2025,15/9/2025,22/9/2025\n"
        "Ada Shaw,07700 900100,x,x,,x\nBo Lee,07700 900101,,x,x,\nCy Fox,,x,,x,x\n",
        "utf-8",
    )
    register = tea_frame.book.register
    World(register)
    menus = empty_window.menus
    before = without_runs(register)
    tea_frame.start_import(path)
    dialog = next(d for d in empty_window.findChildren(ImportDialog) if d.isVisible())
    settled(dialog, qtbot)
    go_to(dialog, dialog.report_step, qtbot)
    dialog.accept()
    after = without_runs(register)
    assert len(after["attendance"]) - len(before["attendance"]) == 8
    assert after["person"] != before["person"], "Ada's blank telephone was filled, Cy was added"
    assert menus.undo.text().replace("&", "") == f"Undo: import {path.name}"
    menus.undo.trigger()
    assert without_runs(register) == before
    assert menus.redo.text().replace("&", "") == f"Redo: import {path.name}"
    menus.redo.trigger()
    again = without_runs(register)
    assert {table: len(rows) for table, rows in again.items()} == {
        table: len(rows) for table, rows in after.items()
    }
    menus.undo.trigger()
    assert without_runs(register) == before
    assert menus.undo.text().replace("&", "") != f"Undo: import {path.name}"

"""Write the referrals of a plan: who sent them, what was asked, what was done, who waits."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.ids import ReferralId
from app.domain.referrals import Step
from app.importers.base import Plan, ReferralRow
from app.services.imports.referrals import ReferralPlan, Senders
from app.services.referrals.following import settle_waiting
from app.storage import bulk, import_referrals
from app.storage.import_tables import Ids
from app.storage.register import Register

_SLICE = 200


class ReferralWriter:
    """The referrals of one import being written, inside its transaction."""

    def __init__(self, register: Register, plan: Plan, import_id: int) -> None:
        self.added = 0
        self._register = register
        self._plan = plan
        self._import_id = import_id

    def write(
        self, found: ReferralPlan, people: Sequence[int], activities: Sequence[int], ids: Ids
    ) -> Iterator[int]:
        """Add what is new; the ids of people and activities are those of the plan's places."""
        rows = self._plan.referrals
        if not rows:
            return
        fresh = iter(self._register.new_ids(len(rows)))
        senders = Senders(self._register, self._import_id)
        known, new = ids.known.setdefault("referral", {}), ids.new.setdefault("referral", set())
        values: list[tuple[Any, ...]] = []
        waiting: list[ReferralId] = []
        made: list[tuple[int, ReferralRow]] = []
        for place, row in enumerate(rows):
            spare = next(fresh)
            if found.ids[place] == row.file_id and row.file_id is not None:
                known[str(row.file_id)] = row.file_id
            person = people[row.person]
            if not found.is_new(place) or not person:
                continue
            own = row.file_id if row.file_id and row.file_id > 0 else spare
            if row.file_id is not None:
                known[str(row.file_id)] = own
            new.add(own)
            values.append(self._values(own, person, row, activities, senders, ids))
            made.append((own, row))
            if row.steps and row.steps[-1].step is Step.WAITING:
                waiting.append(ReferralId(own))
        self.added = len(made)
        yield from bulk.fill_in_slices(
            self._register, "referral", import_referrals.COLUMNS, values, _SLICE
        )
        self._add_what_hangs_on(made)
        for referral_id in waiting:
            settle_waiting(self._register, referral_id)
        if waiting:
            import_referrals.note_waiting(self._register, self._import_id)

    def _values(
        self, own: int, person: int, row: ReferralRow, activities: Sequence[int],
        senders: Senders, ids: Ids,
    ) -> tuple[Any, ...]:  # fmt: skip
        referrer, worker, source_type = senders.find(row.sender, row.source_type, ids.known)
        agreement = ids.known.get("agreement", {}).get(str(row.agreement_file_id))
        # An agreement that did not come along still means that somebody else pays.
        pays = "other" if row.who_pays == "agreement" and agreement is None else row.who_pays
        activity = activities[row.activity] if row.activity is not None else None
        return (
            own, person, activity or None, source_type, referrer, worker, row.channel,
            row.reference, row.received_on.isoformat(), row.what_helps, row.report_back, pays,
            agreement if pays == "agreement" else None, row.notes,
            self._register.stamp() if row.in_bin else None, self._import_id,
        )  # fmt: skip

    def _add_what_hangs_on(self, made: Sequence[tuple[int, ReferralRow]]) -> None:
        for table, column, name in (
            ("referral_reason", "reason", "reasons"), ("referral_need", "need", "needs"),
        ):  # fmt: skip
            import_referrals.add_several(
                self._register, table, column,
                [(own, code) for own, row in made for code in sorted(getattr(row, name))],
            )  # fmt: skip
        import_referrals.add_steps(
            self._register, self._import_id,
            [
                (own, step.step.value, step.step_on.isoformat(), step.reason, step.note)
                for own, row in made
                for step in row.steps
                if step.step_on is not None
            ],
        )  # fmt: skip

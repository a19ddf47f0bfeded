"""The lines of Home that lead elsewhere: questionnaires, funded places, who was not seen, the sheet."""

import datetime as dt
from collections.abc import Generator
from typing import Any

from app.domain.changes import Topic
from app.domain.outcomes import Stage
from app.domain.periods import short_date
from app.services import outcomes, people, places
from app.services.outcomes import DueLook
from app.services.places import PlacesLooked
from app.ui import texts
from app.ui.home.kept import OF_REGISTER
from app.ui.home.waiting_line import LineLook, WaitingLine

_OF_REFERRED = OF_REGISTER | {Topic.REFERRALS, Topic.PLACES, Topic.SETTINGS}


class QuestionnairesLine(WaitingLine):
    """How many questionnaires are due."""

    look_is = LineLook(picture="smile", icon="list-checks", leads_to="Show the questionnaires due")
    read_from = _OF_REFERRED | {Topic.OUTCOMES}

    def read(self) -> Generator[tuple[int, int], None, DueLook]:
        """Read what is due, some people at a time."""
        yield 0, 1
        return (yield from outcomes.look_at_due(self._book.register, today=self._book.today()))

    def told(self, found: DueLook) -> tuple[str, str] | None:
        """Say how many, of how many people, and how many are follow-ups."""
        due = found.keys
        if not due:
            return None
        many = len({one.person_id for one in due})
        again = sum(one.stage is Stage.FOLLOW_UP for one in due)
        count = texts.counted(len(due), self.tr("questionnaire"), self.tr("questionnaires"))
        aside = self.tr("{people} · {first} for the first time, {again} again").format(
            people=texts.counted(many, self.tr("person"), self.tr("people")),
            first=f"{len(due) - again:,}",
            again=f"{again:,}",
        )
        return self.tr("{count} due").format(count=count), aside


class PlacesLine(WaitingLine):
    """Whose funded place ends soon or is used up."""

    look_is = LineLook(
        picture="heart-handshake",
        icon="heart-handshake",
        leads_to="Show the funded places that end or are used up",
    )
    read_from = _OF_REFERRED

    def read(self) -> Generator[tuple[int, int], None, Any]:
        """Look at the places, some people at a time."""
        return places.look_at_places(self._book.register, today=self._book.today())

    def told(self, found: PlacesLooked) -> tuple[str, str] | None:
        """Say how many are used up, and how many end within 28 days."""
        ending, out = len(found.expiring), len(found.out)
        if not ending and not out:
            return None
        count = texts.counted(ending + out, self.tr("funded place"), self.tr("funded places"))
        parts = []
        if out:
            having = texts.counted(out, self.tr("person has"), self.tr("people have"))
            parts.append(self.tr("{people} used all of it").format(people=having))
        if ending:
            many = texts.counted(ending, self.tr("ends"), self.tr("end"))
            parts.append(self.tr("{many} within 28 days with something left").format(many=many))
        return self.tr("{count} to look at").format(count=count), " · ".join(parts)


class NotSeenLine(WaitingLine):
    """How many people were not seen for three sessions."""

    look_is = LineLook(
        picture="user-minus", icon="users", leads_to="Show who was not seen for 3 sessions"
    )
    read_from = OF_REGISTER

    def read(self) -> Generator[tuple[int, int], None, Any]:
        """Count them, an activity at a time."""
        return people.not_seen(self._book.register, self._book.today())

    def told(self, found: dict[object, int]) -> tuple[str, str] | None:
        """Say how many."""
        if not found:
            return None
        count = texts.counted(len(found), self.tr("person"), self.tr("people"))
        title = self.tr("{count} not seen for 3 sessions").format(count=count)
        return title, self.tr("A call may be welcome")


class RecoveryLine(WaitingLine):
    """Whether the recovery sheet can still be found: asked a month after it was made, then each year."""

    look_is = LineLook(
        picture="lock", icon="lock", leads_to="Answer whether the recovery sheet can still be found"
    )

    def read(self) -> Generator[tuple[int, int], None, Any]:
        """Look whether it is time to ask."""
        yield 0, 1
        # Imported here: it brings in what prints, which Home goes without.
        from app.services import recovery

        return recovery.state(self._book.register, self._book.today())

    def told(self, found: Any) -> tuple[str, str] | None:
        """Ask, saying when it was made and who keeps it."""
        if not found.ask or found.sheet is None:
            return None
        made = short_date(dt.date.fromisoformat(found.sheet.made_on))
        aside = self.tr("Made {day}").format(day=made)
        if found.sheet.holder:
            aside = self.tr("{aside}, kept by {holder}").format(
                aside=aside, holder=found.sheet.holder
            )
        return self.tr("Can the recovery sheet still be found?"), aside

"""The lines of Home about people's rights: requests and breaches, what is due for deletion, consents."""

from collections.abc import Generator
from typing import Any

from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.services import rights
from app.ui import texts
from app.ui.home.kept import OF_REGISTER
from app.ui.home.waiting_line import LineLook, WaitingLine

_NO_STOP = (0, 1)


class AskedLine(WaitingLine):
    """What people asked about their own data and is not answered, and breaches with their hours."""

    look_is = LineLook(
        picture="inbox", icon="list-checks", leads_to="Show what people asked, and breaches"
    )
    read_from = (Topic.RIGHTS, Topic.PEOPLE, Topic.SETTINGS)

    def read(self) -> Generator[tuple[int, int], None, Any]:
        """Look at both logs."""
        yield _NO_STOP
        return rights.pressing(self._book.register)

    def told(self, found: rights.Pressing) -> tuple[str, str] | None:
        """Say how many wait, and how long there is for the first."""
        tr, today, now = self.tr, self._book.today(), self._book.keeper.now()
        titles, asides = [], []
        if found.requests:
            count = texts.counted(len(found.requests), tr("request"), tr("requests"))
            titles.append(tr("{count} about people’s own data to answer").format(count=count))
            asides.append(_left(found.requests[0].days_left(today), tr("day"), tr("days")))
        if found.breaches:
            count = texts.counted(len(found.breaches), tr("breach"), tr("breaches"))
            titles.append(tr("{count} to settle").format(count=count))
            asides.append(_left(found.breaches[0].hours_left(now), tr("hour"), tr("hours")))
        return (" · ".join(titles), " · ".join(asides)) if titles else None


def _left(left: int, one: str, many: str) -> str:
    counted = texts.counted(abs(left), one, many)
    return f"{counted} late" if left < 0 else f"{counted} left"


class KeptLongLine(WaitingLine):
    """Records that are kept for longer than the group's rules say."""

    look_is = LineLook(
        picture="clock", icon="clock", leads_to="Show the records that are due for deletion"
    )

    def read(self) -> Generator[tuple[int, int], None, Any]:
        """Look for them a little at a time."""
        yield _NO_STOP
        # Imported here: it brings in the returns, which Home goes without.
        from app.services import retention

        return (yield from retention.look(self._book.register, self._book.today()))

    def told(self, found: tuple[Any, ...]) -> tuple[str, str] | None:
        """Say how many people, and how many payments' receipts."""
        if not found:
            return None
        tr = self.tr
        people = len({one.person_id for one in found if one.person_id is not None})
        receipts = sum(one.row is not None for one in found)
        parts = [texts.counted(people, tr("person"), tr("people"))] if people else []
        if receipts:
            parts.append(texts.counted(receipts, tr("receipt"), tr("receipts")))
        count = texts.counted(len(found), tr("record"), tr("records"))
        title = tr("{count} due for deletion").format(count=count)
        return title, tr("{what}, kept for longer than your rules say").format(
            what=" and ".join(parts)
        )


class RenewLine(WaitingLine):
    """Consents to ask again."""

    look_is = LineLook(
        picture="repeat", icon="list-checks", leads_to="Show the consents to ask again"
    )
    read_from = OF_REGISTER | {Topic.RIGHTS, Topic.SETTINGS}

    def read(self) -> Generator[tuple[int, int], None, Any]:
        """Look for them a little at a time."""
        yield _NO_STOP
        # Imported here: with the line before, few starts need it.
        from app.services import consents

        return (yield from consents.look_to_renew(self._book.register, self._book.today()))

    def told(self, found: tuple[PersonId, ...]) -> tuple[str, str] | None:
        """Say how many, of how many people."""
        if not found:
            return None
        many = len(set(found))
        count = texts.counted(len(found), self.tr("consent"), self.tr("consents"))
        people = texts.counted(many, self.tr("person"), self.tr("people"))
        title = self.tr("{count} to ask again").format(count=count)
        aside = self.tr("{people} · given over two years ago, or by a parent of somebody grown up")
        return title, aside.format(people=people)

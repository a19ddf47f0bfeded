"""The cards of a referral's page: its steps, its letters, what is known, who came, other referrals."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.domain.periods import short_date
from app.domain.referrals import (
    CHANNELS,
    LETTER_KINDS,
    NEEDS,
    REASONS,
    REPORT_BACK,
    SOURCE_TYPES,
    STATE_WORDS,
    STEP_WORDS,
    WHO_PAYS,
    Letter,
    ReferralStep,
)
from app.services.referrals import ReferralRow, WholeReferral
from app.ui import texts
from app.ui.book import Book
from app.ui.people.fitted import fit
from app.ui.referrals import words as said
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.facts import Facts
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_MOST_DAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of what happened: a step, or what the register and the post say."""

    day: str
    what: str
    more: str
    step: ReferralStep | None = None


_STEP_COLUMNS: tuple[Column[Line], ...] = (
    Column(key="day", title="Day", text=lambda one: one.day, width=150, least=140),
    Column(key="what", title="What happened", text=lambda one: one.what, look="strong"),
    Column(
        key="more", title="Reason and note", text=lambda one: one.more, look="aside", spare=True
    ),
)


def timeline(whole: WholeReferral) -> tuple[Line, ...]:
    """Return everything that happened, in its order: received, steps, letters, first coming."""
    found: list[tuple[str, int, Line]] = []
    received, row = whole.referral.received_on, whole.row
    how = said.came_how(row)
    found.append(
        (
            received.isoformat(),
            0,
            Line(
                day=short_date(received),
                what="Received",
                more=" · ".join(p for p in (said.sent_by(row), how) if p),
            ),
        )
    )
    for step in whole.steps:
        why = said.reason_words(step.step.value, step.reason)
        more = " · ".join(part for part in (why, *step.note.split("\n")) if part)
        line = Line(day=short_date(step.step_on), what=STEP_WORDS[step.step], more=more, step=step)
        found.append((step.step_on.isoformat(), 1, line))
    if whole.came:
        first = min(whole.came)
        line = Line(day=short_date(first), what="Came for the first time", more="from the register")
        found.append((first.isoformat(), 2, line))
    for letter in whole.letters:
        line = Line(
            day=short_date(letter.sent_on), what=f"{LETTER_KINDS[letter.kind]} sent", more=""
        )
        found.append((letter.sent_on.isoformat(), 3, line))
    found.sort(key=lambda one: one[:2])
    return tuple(line for _, _, line in found)


class StepsCard(Card):
    """What happened, day by day; the steps in it can be corrected and taken out."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "", parent)
        looks = book.looks
        self.body.addWidget(words(self.tr("What happened"), "heading"))
        self.model = RowsModel(_STEP_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("What happened"))
        self.table.setModel(self.model)
        self.correct = ActionButton(looks, self.tr("Correct…"), icon="pencil")
        self.remove = ActionButton(looks, self.tr("Never happened: take out"), icon="trash-2")
        row = WrapRow(looks)
        row.add(self.correct)
        row.add(self.remove)
        self.body.addWidget(self.table)
        self.body.addWidget(row)
        self.table.selectionModel().currentChanged.connect(self._on_moved)

    def show_steps(self, whole: WholeReferral) -> None:
        """Show what happened; the newest step is in hand."""
        lines = timeline(whole)
        self.model.set_rows(lines)
        places = [place for place, line in enumerate(lines) if line.step is not None]
        self.table.setCurrentIndex(self.model.index(places[-1] if places else 0, 0))
        fit(self.table, most=10)
        self._on_moved()

    @property
    def step(self) -> ReferralStep | None:
        """The step in hand, if the line in hand is one."""
        line = self.table.currentIndex().data(ROW_ROLE)
        return line.step if isinstance(line, Line) else None

    def _on_moved(self) -> None:
        for button in (self.correct, self.remove):
            button.setEnabled(self.step is not None)


_LETTER_COLUMNS: tuple[Column[Letter], ...] = (
    Column(key="on", title="Sent", text=lambda one: short_date(one.sent_on), width=150, least=140),
    Column(key="kind", title="Letter", text=lambda one: LETTER_KINDS[one.kind], width=150, look="strong"),
    Column(key="to", title="To", text=lambda one: one.sent_to),
    Column(
        key="how", title="How", text=lambda one: CHANNELS.get(one.channel, ""), width=130, spare=True
    ),
)  # fmt: skip


class LettersCard(Card):
    """The letters that were noted as sent; hidden while there is none."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "", parent)
        looks = book.looks
        self.body.addWidget(words(self.tr("Letters sent"), "heading"))
        self.model = RowsModel(_LETTER_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("Letters sent"))
        self.table.setModel(self.model)
        self.told = words("", "aside", wrap=True)
        self.remove = ActionButton(looks, self.tr("Not sent after all"), icon="trash-2")
        row = WrapRow(looks)
        row.add(self.remove)
        for widget in (self.table, self.told, row):
            self.body.addWidget(widget)
        self.table.selectionModel().currentChanged.connect(self._on_moved)

    def show_letters(self, letters: tuple[Letter, ...]) -> None:
        """Show the letters, the newest in hand."""
        self.model.set_rows(letters)
        self.setVisible(bool(letters))
        if letters:
            self.table.setCurrentIndex(self.model.index(len(letters) - 1, 0))
        fit(self.table, most=5)
        self._on_moved()

    @property
    def letter(self) -> Letter | None:
        """The letter in hand."""
        letter = self.table.currentIndex().data(ROW_ROLE)
        return letter if isinstance(letter, Letter) else None

    def _on_moved(self) -> None:
        letter = self.letter
        told = letter.told if letter else ""
        self.told.setText(self.tr("It told: {what}").format(what=told) if told else "")
        self.told.setVisible(bool(told))


class AboutCard(Card):
    """What is known of a referral."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "", parent)
        self.body.addWidget(words(self.tr("About the referral"), "heading"))
        self.facts = Facts(book.looks)
        self.body.addWidget(self.facts)

    def show_referral(self, whole: WholeReferral) -> None:
        """Show it; what is not known is left out, but for what decides."""
        one, sender, worker = whole.referral, whole.referrer, whole.worker
        facts = [
            ("From", " · ".join(p for p in (
                sender.name if sender else "", SOURCE_TYPES[one.source_type]) if p)),
            ("Who there", _worker_words(worker.name, worker.job, worker.phone, worker.email)
             if worker else ""),
            ("Address", sender.address.replace("\n", ", ") if sender else ""),
            ("How it came", CHANNELS[one.channel] if one.channel != "not_recorded" else ""),
            ("Reference", one.reference),
            ("Why", _codes(one.reasons, REASONS)),
            ("Needs", _codes(one.needs, NEEDS)),
            ("What helps", one.what_helps),
            ("Notes", one.notes),
        ]  # fmt: skip
        always = [
            ("What for", whole.row.activity),
            ("Who pays", " · ".join(p for p in (WHO_PAYS[one.who_pays], whole.agreement) if p)),
            ("May we tell the sender?", REPORT_BACK[one.report_back]),
        ]
        known = [fact for fact in facts if fact[1]]
        self.facts.show_facts(tuple(known[:1] + always + known[1:]))


def _worker_words(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _codes(codes: frozenset[str], known: object) -> str:
    if not isinstance(known, dict):
        return ""
    return ", ".join(text for code, text in known.items() if code in codes)


class CameCard(Card):
    """When they came since the referral did."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "", parent)
        self.body.addWidget(words(self.tr("Came since then"), "heading"))
        self.totals = words("", wrap=True)
        self.days = words("", "aside", wrap=True)
        self.body.addWidget(self.totals)
        self.body.addWidget(self.days)

    def show_came(self, whole: WholeReferral) -> None:
        """Show how often, and the last days."""
        days = sorted(whole.came)
        if not days:
            self.totals.setText(self.tr("Not yet."))
        else:
            waited = (days[0] - whole.referral.received_on).days
            times = texts.counted(len(days), self.tr("time"), self.tr("times"))
            after = texts.counted(waited, self.tr("day"), self.tr("days"))
            self.totals.setText(
                self.tr("{times}, first on {first}, {after} after the referral").format(
                    times=times, first=short_date(days[0]), after=after
                )
            )
        last = ", ".join(short_date(day) for day in days[: -_MOST_DAYS - 1 : -1])
        self.days.setText(self.tr("Last: {days}").format(days=last))
        self.days.setVisible(len(days) > 1)


class OthersCard(Card):
    """The person's other referrals; hidden while there is none."""

    opened = Signal(object)
    """The id of the referral to show."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "", parent)
        self._looks = book.looks
        self.body.addWidget(words(self.tr("Their other referrals"), "heading"))
        columns: tuple[Column[ReferralRow], ...] = (
            Column(key="what", title="From", text=_other_words),
            Column(
                key="state", title="Stands", text=lambda row: STATE_WORDS[row.state], width=150,
                chip=lambda row: said.STATE_LOOKS[row.state],
            ),
        )  # fmt: skip
        self.model = RowsModel(columns, self)
        self.table = LedgerTable(book.looks, self.tr("Their other referrals"))
        self.table.setModel(self.model)
        self.body.addWidget(self.table)
        self.table.opened.connect(self._on_opened)

    def show_others(self, rows: tuple[ReferralRow, ...]) -> None:
        """Show the other referrals of the person."""
        self.model.set_rows(rows)
        self.setVisible(bool(rows))
        fit(self.table, most=4)

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, ReferralRow):
            self.opened.emit(row.id)


def _other_words(row: ReferralRow) -> str:
    return f"{said.brief(row.received_on)} · {said.sent_by(row)}"

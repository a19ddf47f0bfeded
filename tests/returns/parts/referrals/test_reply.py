"""The letter back to a referrer tells what the person agreed to, and to the rest not a word more."""

import datetime as dt

import pytest

from app.domain.consents import ConsentDraft
from app.domain.errors import AppError
from app.domain.people import ConsentPurpose
from app.domain.referrals import ReferralDraft, Step, StepDraft
from app.domain.referrers import ReferrerDraft, WorkerDraft
from app.domain.settings import Settings
from app.returns.options import ReturnOptions
from app.services import returns, settings
from app.storage import consents, referrals, referrers
from tests import builders
from tests.returns.making import COUNTED
from tests.returns.pdf import pdf_checks
from tests.returns.test_impact_report import text_of

RECEIVED = dt.date(2026, 9, 1)
SECRETS = (
    "Loneliness", "Bereavement", "hip", "insulin", "Gentle", "sessions", "came", "coming", "waiting",
    "place", "1962", "07700 900123", "LU7", "refused", "withdrew", "asked her",
)  # fmt: skip


@pytest.fixture
def sent(register):
    """Somebody with much on her record, sent by a surgery, who came to three of four sessions."""
    settings.save(register, Settings(group_name="Tea & Co", contact="Priya 07700 900142"))
    tea = builders.activity(register, name="Gentle Movement")
    who = builders.person(
        register, "Maryam", "Begum", birth_year=1962, phone="07700 900123", postcode="LU7 1AB",
        notes="waiting for a new hip", what_helps="insulin at noon",
    )  # fmt: skip
    with register.transaction("test"):
        gp = referrers.add(
            register,
            ReferrerDraft(name="Lakeside Surgery", address="1 Lake Road\nLinslade\nLU7 2AA"),
        )
        worker = referrers.add_worker(
            register, gp, WorkerDraft(name="Ade Okoro", job="Link worker")
        )
        referral = referrals.add(
            register,
            who,
            ReferralDraft(
                received_on=RECEIVED, activity_id=tea.id, source_type="link_worker", referrer_id=gp,
                worker_id=worker, reference="LS/77", reasons=frozenset({"loneliness", "bereavement"}),
                what_helps="asked her twice", report_back="yes", notes="waiting for a new hip",
            ),
        )  # fmt: skip
    for week in range(4):
        at = builders.session(register, of=tea, day=dt.date(2026, 10, 6) + dt.timedelta(weeks=week))
        other = builders.person(register, f"Other{week}", "Guest")
        builders.mark(register, at, other)
        if week != 1:
            builders.mark(register, at, who)
    return register, who, referral


def change(register, referral, **details):
    """Change a referral."""
    draft = referrals.get(register, referral)
    with register.transaction("test"):
        values = {name: getattr(draft, name) for name in ReferralDraft.__dataclass_fields__}
        referrals.change(register, referral, ReferralDraft(**(values | details)))


def consent(register, who, **details):
    """Keep an answer about reporting back."""
    with register.transaction("test"):
        draft = ConsentDraft(
            purpose=ConsentPurpose.REPORT_BACK, **({"asked_on": RECEIVED} | details)
        )
        consents.add(register, who, draft)


def step(register, referral, what, day, **details):
    """Add a step."""
    with register.transaction("test"):
        referrals.add_step(register, referral, StepDraft(step=what, step_on=day, **details))


def letter(register, who):
    """Print the letter and read it back."""
    asked = ReturnOptions(person_id=who, counted_at=COUNTED)
    filled = returns.prepare(register, "referral-reply", asked)
    return text_of(returns.render_pdf(filled).pdf), filled


def test_agreed_to_says_how_often_of_how_many_since_when(sent):
    register, who, _ = sent
    read, filled = letter(register, who)
    pdf = returns.render_pdf(filled).pdf
    assert pdf_checks.faults(pdf, title=filled.title) == []
    assert "Ade Okoro, Link worker" in read
    assert "Lakeside Surgery" in read
    assert "LU7 2AA" in read
    assert "Your reference: LS/77" in read
    assert "Your referral of Maryam Begum" in read
    assert "first came on 6 October 2026, and have been at 3 of the 4 sessions" in read
    assert "They are still coming." in read
    assert filled.tables[0]["kind"] == "reply"


def test_what_is_told_is_only_what_was_agreed_to(sent):
    register, who, _ = sent
    read, _ = letter(register, who)
    for secret in (
        "Loneliness",
        "Bereavement",
        "hip",
        "insulin",
        "1962",
        "07700 900123",
        "LU7 1AB",
    ):
        assert secret not in read


WITHOUT = {
    "said no": ({"report_back": "no"}, None),
    "was not asked": ({"report_back": "not_asked"}, None),
    "was not asked, but agreed elsewhere": ({"report_back": "not_asked"}, {}),
    "withdrew": ({}, {"withdrawn_on": dt.date(2026, 10, 30)}),
    "refused later": ({}, {"given": False}),
}


@pytest.mark.parametrize("case", WITHOUT)
def test_without_agreement_only_that_it_was_received(sent, case):
    register, who, referral = sent
    details, answer = WITHOUT[case]
    change(register, referral, **details)
    if answer is not None:
        consent(register, who, **answer)
    read, filled = letter(register, who)
    assert "Thank you for this referral, which reached us on 1 September 2026." in read
    told = read.split("reached us on", 1)[1]
    for secret in SECRETS:
        assert secret.lower() not in told.lower(), secret
    assert filled.tables[0]["kind"] == "acknowledgement"
    assert filled.tables[0]["told"] == "received only"


def test_who_refused_and_who_was_never_asked_get_the_same_letter(sent):
    register, who, referral = sent
    letters = set()
    for answer, came in (("no", True), ("not_asked", False)):
        change(register, referral, report_back=answer)
        if not came:
            with register.transaction("test"):
                register.execute("DELETE FROM attendance WHERE person_id = :who", {"who": who})
        letters.add(letter(register, who)[0])
    assert len(letters) == 1


def test_agreement_given_again_counts(sent):
    register, who, _ = sent
    consent(register, who, given=False)
    consent(register, who, asked_on=dt.date(2026, 10, 1))
    assert "3 of the 4 sessions" in letter(register, who)[0]


def test_agreement_withdrawn_under_a_joined_record_counts(sent):
    register, who, _ = sent
    other = builders.person(register, "Mariam", "Begum")
    consent(register, other, withdrawn_on=dt.date(2026, 10, 30))
    with register.transaction("test"):
        register.update("person", other, {"merged_into": who})
    assert "sessions" not in letter(register, who)[0]


@pytest.mark.parametrize(
    ("what", "reason", "said", "unsaid"),
    [
        (Step.LEFT_EARLY, "health", "They have stopped coming", "health"),
        (Step.LEFT_EARLY, "died", "They have stopped coming", "died"),
        (Step.MOVED_ON, "", "They now volunteer with us", "still"),
        (Step.COMPLETED, "", "They have completed", "still"),
    ],
)
def test_how_it_ended_is_told_without_the_reason(sent, what, reason, said, unsaid):
    register, who, referral = sent
    step(register, referral, what, dt.date(2026, 10, 21), reason=reason, note="her heart")
    read, _ = letter(register, who)
    assert said in read
    assert "2 of the 3 sessions" in read
    assert unsaid not in read
    assert "heart" not in read


@pytest.mark.parametrize(
    ("reason", "said"),
    [("full", "this time: we are full"), ("risk", "this time."), ("access_need", "this time.")],
)
def test_a_no_gives_reasons_of_ours_and_none_of_theirs(sent, reason, said):
    register, who, referral = sent
    with register.transaction("test"):
        register.execute("DELETE FROM attendance WHERE person_id = :who", {"who": who})
    step(register, referral, Step.NOT_ACCEPTED, dt.date(2026, 9, 4), reason=reason)
    assert f"We could not offer a place {said}" in letter(register, who)[0]


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [("yes", "reply", "3 of the 4 sessions"), ("no", "acknowledgement", "received only")],
)
def test_a_letter_is_recorded_as_sent_with_what_it_told(sent, answer, kind, told):
    register, who, referral = sent
    change(register, referral, report_back=answer)
    _, filled = letter(register, who)
    today = COUNTED.date()
    done = returns.record_sent(register, filled, sent_on=today, channel="email", today=today)
    kept = referrals.letters(register, referral)
    assert [one.id for one in kept] == list(done.ids)
    assert (kept[0].kind, kept[0].channel, kept[0].sent_on) == (kind, "email", today)
    assert kept[0].sent_to == "Ade Okoro, Link worker, Lakeside Surgery"
    assert told in kept[0].told


def test_a_return_that_is_no_letter_is_not_recorded_as_sent(sent):
    register, _, _ = sent
    filled = returns.prepare(register, "capacity-card", ReturnOptions(counted_at=COUNTED))
    refused = returns.record_sent(register, filled, sent_on=COUNTED.date(), today=COUNTED.date())
    assert refused.problems[0].code == "not_a_letter"
    assert "letter" in refused.text


def test_without_a_referral_it_is_refused_in_a_sentence(sent):
    register, _, _ = sent
    other = builders.person(register, "Una", "Lee")
    with pytest.raises(AppError, match="No referral is written down"):
        letter(register, other)


def test_without_anybody_it_is_refused_in_a_sentence(sent):
    register, _, _ = sent
    with pytest.raises(AppError, match="needs a person"):
        letter(register, None)


def test_the_newest_of_several_is_taken_and_said(sent):
    register, who, _ = sent
    with register.transaction("test"):
        referrals.add(register, who, ReferralDraft(received_on=dt.date(2026, 10, 30)))
    read, filled = letter(register, who)
    assert "reached us on 30 October 2026" in read
    assert any("has 2 referrals" in warning for warning in filled.warnings)


def test_a_very_long_name_and_address_stay_on_the_page(sent):
    register, _, _ = sent
    long = ("Featherstonehaugh Cholmondeley " * 10)[:200].strip()
    who = builders.person(register, long, "")
    with register.transaction("test"):
        gp = referrers.add(register, ReferrerDraft(name=long, address=", ".join([long] * 3)))
        referrals.add(register, who, ReferralDraft(received_on=RECEIVED, referrer_id=gp))
    asked = ReturnOptions(person_id=who, counted_at=COUNTED)
    rendered = returns.render_pdf(returns.prepare(register, "referral-reply", asked))
    assert rendered.pages <= 2
    assert text_of(rendered.pdf).count("Featherstonehaugh") >= 25

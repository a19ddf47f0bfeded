"""The pretend referrals: as many as said, answered as they are in life, and of people who did come or did not."""

from collections import Counter

WANTED = {"small": 60, "busy": 4_000}


def column(register, sql):
    return [row[0] for row in register.rows(sql)]


def test_there_are_as_many_as_said(book, request):
    wanted = WANTED[request.node.callspec.params["book"]]
    count = book.value("SELECT count(*) FROM referral_counted")
    assert abs(count - wanted) <= 0.03 * wanted


def test_they_reach_over_the_whole_busy_book_and_end_with_it(busy):
    years = Counter(column(busy, "SELECT substr(received_on, 1, 4) FROM referral_counted"))
    assert all(years[str(year)] > 200 for year in range(2017, 2027))
    assert busy.value("SELECT max(received_on) FROM referral") <= "2026-11-03"
    assert busy.value("SELECT max(step_on) FROM referral_step") <= "2026-11-03"


def test_two_thirds_of_people_came_and_some_never(book):
    total = book.value("SELECT count(*) FROM referral_counted")
    came = book.value(
        "SELECT count(*) FROM referral_counted f WHERE EXISTS (SELECT 1 FROM attendance_counted a"
        " WHERE a.record_id = f.person_id AND a.session_on >= f.received_on)"
    )
    assert 0.62 < came / total < 0.78
    assert book.value(
        "SELECT count(*) FROM referral_counted f WHERE NOT EXISTS (SELECT 1 FROM attendance a"
        " WHERE a.person_id = f.record_id)"
    )


def test_no_step_is_before_the_referral(book):
    assert not book.value(
        "SELECT count(*) FROM referral_step s JOIN referral f ON f.id = s.referral_id"
        " WHERE s.step_on < f.received_on"
    )


def test_every_kind_of_step_is_there(busy):
    found = set(column(busy, "SELECT DISTINCT step FROM referral_step"))
    assert found == {
        "tried", "contacted", "accepted", "waiting", "not_accepted", "person_declined",
        "no_contact", "completed", "left_early", "moved_on", "reopened",
    }  # fmt: skip


def test_nobody_is_given_up_before_three_tries(book):
    tries = column(
        book,
        "SELECT (SELECT count(*) FROM referral_step t WHERE t.referral_id = s.referral_id"
        " AND t.step = 'tried') FROM referral_step s WHERE s.step = 'no_contact'",
    )
    assert tries
    assert min(tries) == 3


def test_full_is_the_commonest_reason_not_to_accept(busy):
    reasons = Counter(column(busy, "SELECT reason FROM referral_step WHERE step = 'not_accepted'"))
    assert reasons.most_common(1)[0][0] == "full"
    assert len(reasons) >= 6


def test_most_are_answered_within_14_days_and_some_are_not(busy):
    waits = column(
        busy,
        "SELECT min(julianday(s.step_on)) - julianday(f.received_on) FROM referral f"
        " JOIN referral_step s ON s.referral_id = f.id"
        " WHERE s.step IN ('accepted', 'waiting', 'not_accepted') GROUP BY f.id",
    )
    assert 0.7 < sum(wait <= 14 for wait in waits) / len(waits) < 0.95


def test_some_are_open_on_the_last_day_and_some_of_them_late(busy):
    lately = column(
        busy,
        "SELECT julianday('2026-11-03') - julianday(received_on) FROM referral_counted f"
        " WHERE received_on >= '2026-10-10' AND NOT EXISTS (SELECT 1 FROM referral_step s"
        " WHERE s.referral_id = f.referral_id AND s.step NOT IN ('tried', 'contacted'))",
    )
    assert any(days <= 10 for days in lately)
    assert any(days > 14 for days in lately)


def test_who_waits_because_of_a_referral_is_on_the_waiting_list(book):
    assert book.value("SELECT count(*) FROM waiting_place WHERE referral_id IS NOT NULL") > 0


def test_some_are_in_the_bin_and_some_under_a_joined_record(busy):
    assert busy.value("SELECT count(*) FROM referral WHERE binned_at IS NOT NULL")
    assert busy.value("SELECT count(*) FROM referral_counted WHERE record_id <> person_id")


def test_every_worker_belongs_to_the_organisation_of_the_referral(book):
    assert not book.value(
        "SELECT count(*) FROM referral f JOIN referrer_worker w ON w.id = f.worker_id"
        " WHERE w.referrer_id <> f.referrer_id"
    )


def test_nothing_stays_open_for_years_and_every_activity_has_its_card(busy):
    waits = column(
        busy,
        "SELECT julianday('2026-11-03') - julianday(from_on) FROM waiting_counted"
        " WHERE to_on IS NULL",
    )
    assert waits
    assert max(waits) < 300
    blank = busy.rows(
        "SELECT name FROM activity WHERE description = '' OR access = '' OR what_to_bring = ''"
        " OR cost_to_come = '' OR (can_take IS NULL) <> (can_take_on IS NULL)"
    )
    assert blank == []
    assert busy.value("SELECT count(*) FROM activity WHERE can_take IS NOT NULL") > 3

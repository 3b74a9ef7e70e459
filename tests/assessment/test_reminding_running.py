"""The run of a day: at the rule's days, once per step however often it runs, bundled into one mail."""

import io
import json
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from assessment.programme import actions as programmes
from assessment.programme.models import PhaseKind, Programme
from assessment.reminding import actions
from assessment.reminding.digests import digest
from assessment.reminding.duties.table import DIGEST, DUTIES, TABLE
from assessment.reminding.models import Mail, MailPreference, Reminder, ReminderRule
from assessment.reminding.rules import Rule, rules_of
from assessment.reminding.running import due_on, remind
from assessment.reminding.tasks import remind_all
from schools.clock import today
from schools.notices.models import Notice
from schools.organisations.models import County
from schools.people.models import Membership, Person
from schools.refusals import Refused
from tests import stories
from tests.assessment.reminding import only, people, written
from tests.cast import World, acting


def choosing_ends_in(world: World, days: int) -> Programme:
    programme = stories.programme(world.alpha)
    only(world.alpha, programme, PhaseKind.CHOOSE, days)
    return programme


@pytest.mark.parametrize(
    ("offset", "moment"),
    [
        (-15, None), (-14, -14), (-13, -14), (-12, None), (-7, -7), (-5, None), (-3, -3), (-2, -3), (-1, -1),
        (0, -1), (1, 1), (2, 1), (3, None),
    ],
)  # fmt: skip
def test_moments_come_on_their_day_and_one_missed_night_is_made_up_for(
    offset: int, moment: int | None
) -> None:
    assert Rule(DUTIES["choose"], (-14, -7, -3, -1, 1)).moment(offset) == moment


def test_thousand_people_get_one_notice_and_one_mail_however_often_it_runs(in_alpha: World) -> None:
    east, programme = in_alpha.alpha.schools[0], choosing_ends_in(in_alpha, 3)
    Person.objects.update(email="")
    many = people(east, programme, 1000)
    cast = len(set(due_ids(programme)) - {person.pk for person in many})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        told = remind(programme, today())
    assert (told["choose"], written()) == (1000 + cast, (1000 + cast, 1000 + cast, 1000))
    assert len(asked) < 90
    for _time in range(2):
        assert remind(programme, today()) == {}
    assert remind(programme, today() + timedelta(days=1)) == {}
    assert written() == (1000 + cast, 1000 + cast, 1000)
    assert remind(programme, today() + timedelta(days=2))["choose"] == 1000 + cast


def due_ids(programme: Programme) -> list[int]:
    return [due.pending.person_id for due in due_on(programme, today())["choose"]]


def test_half_told_run_is_completed_by_the_next_and_nobody_hears_twice(in_alpha: World) -> None:
    programme = choosing_ends_in(in_alpha, 3)
    everybody = due_ids(programme)
    Reminder.objects.bulk_create(
        Reminder(
            county=in_alpha.alpha.county, programme=programme, duty="choose", person_id=pk, run="other",
            step=f"choose:{today() + timedelta(days=3):%Y-%m-%d}:-3",
        )
        for pk in everybody[:4]
    )  # fmt: skip
    remind(programme, today())
    fresh = Reminder.objects.exclude(run="other").values_list("person_id", flat=True)
    assert sorted(fresh) == sorted(everybody[4:])
    assert Notice.objects.filter(sentence=DUTIES["choose"].ahead).count() == len(everybody) - 4


def test_run_that_breaks_leaves_nothing_half_done(in_alpha: World) -> None:
    programme = choosing_ends_in(in_alpha, 3)
    with pytest.raises(RuntimeError), transaction.atomic():
        remind(programme, today())
        raise RuntimeError
    assert written() == (0, 0, 0)


def test_several_duties_of_a_day_come_in_one_mail(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    programme = choosing_ends_in(in_alpha, 3)
    programmes.set_phase(
        programme=programme, kind=PhaseKind.TRAIN, opens_on=today(), closes_on=today() + timedelta(days=3),
        by=acting(alpha["county-office"]),
    )  # fmt: skip
    Person.objects.filter(pk=east["teacher"].pk).update(email="t@example.org")
    remind(programme, today())
    notices = Notice.objects.filter(person=east["teacher"]).order_by("pk")
    assert [notice.sentence for notice in notices] == [DUTIES[key].ahead for key in ("choose", "hours")]
    (letter,) = Mail.objects.all()
    assert letter.person == east["teacher"]
    assert letter.body.count("http://localhost:8000/me/") == 3  # choice, hours, and where to switch mails off
    assert Reminder.objects.filter(mail=letter).count() == 2


def test_mail_is_in_the_readers_language_and_only_where_wanted(in_alpha: World, settings) -> None:  # type: ignore[no-untyped-def]
    east, programme = in_alpha.alpha.schools[0], choosing_ends_in(in_alpha, 3)
    for who, wanted in (("teacher", True), ("teacher2", False)):
        Person.objects.filter(pk=east[who].pk).update(email=f"{who}@example.org")
        actions.prefer(person=east[who], by_mail=wanted, language="en", by=acting(east[who]))
    remind(programme, today())
    (letter,) = Mail.objects.all()
    assert (letter.person, letter.subject) == (east["teacher"], "Reminder: 1 thing waits")
    last = (today() + timedelta(days=3)).isoformat()
    assert f"Please choose your points and propose them by {last}." in letter.body
    Mail.objects.all().delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    remind(programme, today() + timedelta(days=2))
    assert (Mail.objects.count(), Reminder.objects.filter(step__endswith=":-1").count() > 0) == (0, True)


def test_countys_own_rule_is_followed(in_alpha: World) -> None:
    programme, office = choosing_ends_in(in_alpha, 5), acting(in_alpha.alpha["county-office"])
    assert due_ids(programme) == []
    rule = {"duty": DUTIES["choose"], "is_on": True, "by_mail": False, "to_chat": False, "by": office}
    actions.set_rule(programme=programme, days=[-5], **rule)
    Person.objects.update(email="somebody@example.org")
    wanted = len(due_ids(programme))
    assert (remind(programme, today())["choose"], written()) == (wanted, (wanted, wanted, 0))
    actions.set_rule(programme=programme, days=[-4], **rule | {"is_on": False})
    assert remind(programme, today() + timedelta(days=1)) == {}
    for days in ([], [-61], list(range(-9, 0))):
        with pytest.raises(Refused):
            actions.set_rule(programme=programme, days=days, **rule)
    with pytest.raises(Refused):
        actions.set_rule(
            programme=programme, days=[-1], **rule | {"by": acting(in_alpha.alpha["county-leader"])}
        )
    assert rules_of(programme)["choose"].days == (-4,)
    assert ReminderRule.objects.count() == 1


def test_digest_names_the_stragglers_once_a_week(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    programme = choosing_ends_in(in_alpha, 20)
    stories.proposed_selection(alpha, east)
    Person.objects.update(email="somebody@example.org")
    MailPreference.objects.bulk_create(
        MailPreference(county=alpha.county, person=person, language="en") for person in Person.objects.all()
    )
    told = digest(programme, today())
    asked = Reminder.objects.filter(duty=DIGEST.key)
    readers = {alpha["county-office"].pk}
    readers |= {school[who].pk for school in (east, west) for who in ("cio", "principal", "group-head")}
    assert (set(asked.values_list("person_id", flat=True)), told) == (readers, len(readers))
    bodies = {letter.person_id: letter.body for letter in Mail.objects.all()}
    chosen = next(line for line in bodies[east["cio"].pk].splitlines() if line.startswith("Choose points"))
    names = set(chosen.partition(": ")[2].split(", "))
    assert (east["teacher2"].name in names, east["teacher"].name in names) == (True, False)
    assert [name for name in names if "西湖" in name] == []
    office, principal = bodies[alpha["county-office"].pk], bodies[east["principal"].pk]
    assert ("西湖小学 " in office, west["teacher"].name in office, "teacher" in principal) == (
        True,
        False,
        False,
    )
    assert digest(programme, today()) == 0
    assert digest(programme, today() + timedelta(days=7)) == len(readers)


def test_digest_of_a_managing_unit_holds_the_managed_school(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    programme = choosing_ends_in(in_alpha, 20)
    west.school.managed_by = east.school
    west.school.save()
    Membership.objects.filter(person=west["cio"]).update(ends_on=today())
    digest(programme, today())
    told = Notice.objects.filter(pk__in=Reminder.objects.values("notice"))
    assert told.get(person=east["cio"]).values["schools"] == 2
    assert not told.filter(person=west["cio"]).exists()


def test_sentences_fit_a_notice_and_fill_in(in_alpha: World) -> None:
    values = {"due": "2026-05-31", "count": 3, "online": "1", "practice": "2", "lacking": "3"}
    for duty in TABLE:
        for sentence in (duty.ahead, duty.past):
            assert len(sentence) <= 200
            assert "%" not in sentence % values


def test_task_runs_every_county_and_leaves_no_scope(world: World) -> None:
    for cast in (world.alpha, world.beta):
        with scope(county=cast.county, school=None):
            only(cast, stories.programme(cast), PhaseKind.CHOOSE, 3)
    remind_all()
    remind_all()
    counts = Reminder._base_manager.values_list("county__slug", "person__county__slug")
    assert set(counts) == {("alpha", "alpha"), ("beta", "beta")}
    told = Reminder._base_manager.values("notice")
    assert Reminder._base_manager.count() == Notice._base_manager.filter(pk__in=told).count()
    assert mail.outbox == []


def test_command_counts_and_then_reminds(world: World) -> None:
    with scope(county=world.alpha.county, school=None):
        programme = choosing_ends_in(world, 3)
        wanted = len(due_ids(programme))

    def counts(*options: str) -> dict[str, int]:
        out = io.StringIO()
        call_command("remind", "--county", "alpha", "--json", *options, stdout=out)
        return json.loads(out.getvalue())["counts"]

    assert (counts("--dry-run")["choose"], Reminder._base_manager.count()) == (wanted, 0)
    assert (counts()["choose"], counts()) == (wanted, {})
    for options in (
        ["--county", "nowhere"],
        ["--county", "alpha", "--day", "2026-01-01"],
        ["--county", "beta"],
    ):
        with pytest.raises(CommandError):
            call_command("remind", *options)


@pytest.mark.race
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two writers at once need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_once(world: World) -> None:
    county = County.objects.get(pk=world.alpha.county.pk)
    with scope(county=county, school=None):
        programme = choosing_ends_in(world, 3)
        people(world.alpha.schools[0], programme, 200)
    ready, counts, before = threading.Barrier(2), [], Notice._base_manager.count()

    def run() -> None:
        try:
            with scope(county=county, school=None):
                ready.wait()
                counts.append(sum(remind(programme, today()).values()))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = Reminder._base_manager.count()
    assert (sum(counts), Notice._base_manager.count() - before) == (told, told)
    assert Mail._base_manager.count() == 200

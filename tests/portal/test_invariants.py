"""The checker finds a deliberate tampering for each invariant, and nothing in an honest county."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django_scopes import scope, scopes_disabled

from assessment.checking.drawing.models import Draw
from assessment.events import Event
from assessment.guiding.circulars import actions as circulars
from assessment.guiding.circulars.actions import Letter
from assessment.guiding.models import Receipt
from assessment.programme.models import Phase, SchoolProgress
from assessment.reminding.digests import digest
from assessment.reminding.models import Reminder
from assessment.reviewing.models import Decision, Review
from assessment.submitting.models import Evidence, Submission, SubmissionState
from certificates.models import Certificate
from portal.demo.people import invent_people
from portal.demo.roster import write_roster
from portal.demo.schools import SCHOOLS
from portal.management.commands.check_invariants import ROOMS
from schools.access.fences import lower_fences
from schools.clock import today
from schools.files.models import StoredFile
from schools.files.storing import location
from schools.invariants import examine
from schools.jobs.models import Job
from schools.jobs.running import run
from schools.notices.models import Notice
from schools.organisations.models import School
from schools.people.models import Membership, Person
from schools.roster import importing
from schools.roster.models import RosterRow
from tests.cast import World, acting
from tests.stories import confirmed_selection, programme, submission_at


@pytest.fixture(scope="module")
def walked(common_ground: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A county with an import, a certificate of an accepted point, reviews finished and open, a circular."""
    alpha, folder = common_ground.alpha, tmp_path_factory.mktemp("roster")
    east, west = alpha.schools
    office = acting(alpha["county-office"])
    with scope(county=alpha.county, school=None):
        described = SCHOOLS[0]
        School.objects.create(county=alpha.county, name=described.name, slug="imported")
        write_roster(folder / "r.xlsx", {described: invent_people(random.Random(1), 3)})
        received = importing.receive(
            path=folder / "r.xlsx", name="r.xlsx", county=alpha.county, school=None, by=office
        )
        importing.commit(roster_import=received, by=office)
    submission_at(alpha, east, SubmissionState.ACCEPTED)
    submission_at(alpha, west, SubmissionState.PASSED)
    with scope(county=alpha.county, school=None):
        letter = Letter(title="Read this", text="Please.", roles=["cio"])
        circulars.send(circular=circulars.draft(county=alpha.county, letter=letter, by=office), by=office)
    for job in Job._base_manager.all():
        run(job.pk)
    with scope(county=alpha.county, school=None):
        digest(programme(alpha), today())


@pytest.fixture
def honest(walked: None, world: World) -> Iterator[World]:
    """The county as it was walked; the rows and files that a test spoils are put right after it."""
    stored = StoredFile._base_manager.filter(pk__in=Evidence._base_manager.values("file_id"))
    kept = {location(file): location(file).read_bytes() for file in stored}
    yield world
    for path, content in kept.items():
        path.write_bytes(content)


def broken() -> dict[int, int]:
    """Return how many violations each invariant has, those without any left out."""
    for room in ROOMS:
        import_module(room)
    with scopes_disabled():
        return {result.number: len(result.violations) for result in examine() if result.violations}


def raw(sql: str, *values: object) -> None:
    """Change a row behind the portal's back."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def tamper_1() -> None:
    raw("UPDATE assessment_submission SET state = 4 WHERE state = 6")


def tamper_2() -> None:
    raw('DROP INDEX "one_current_certificate"')
    certificate = Certificate._base_manager.get()
    certificate.pk, certificate.number, certificate.token = None, "X", "other"
    certificate._state.adding = True
    certificate.save()


def tamper_3() -> None:
    certificate = Certificate._base_manager.get()
    Certificate._base_manager.update(snapshot={**certificate.snapshot, "name": "别人"})


def tamper_4() -> None:
    SchoolProgress._base_manager.filter(credits_accepted__gt=0).update(credits_accepted=99)


def tamper_5() -> None:
    Submission._base_manager.filter(state=SubmissionState.PASSED).update(grade=3)


def tamper_6() -> None:
    raw("DELETE FROM assessment_event WHERE workflow = 'submission' AND version = 1")


def tamper_7() -> None:
    decision = Decision._base_manager.first()
    Decision._base_manager.filter(pk=decision.pk).update(decided_by=decision.submission.person.user)


def tamper_8() -> None:
    review = Review._base_manager.first()
    raw("UPDATE assessment_review SET state = 3, finished_at = NULL WHERE id = %s", review.pk)


def tamper_9() -> None:
    stored = StoredFile._base_manager.filter(pk__in=Evidence._base_manager.values("file_id")).first()
    location(stored).write_bytes(b"something else")


def tamper_10() -> None:
    if connection.vendor == "sqlite":
        lower_fences()
    else:
        raw('DROP TRIGGER "fence_assessment_evidence" ON assessment_evidence')
    other = School._base_manager.exclude(county_id=Evidence._base_manager.first().county_id).first()
    Evidence._base_manager.update(county_id=other.county_id)


def tamper_11() -> None:
    Draw._base_manager.update(frame=[[1, ""], [2, ""]])


def tamper_12() -> None:
    past = Event._base_manager.earliest("at").at - timedelta(days=1)
    Phase._base_manager.filter(kind="submit").update(opens_at=past - timedelta(days=9), closes_at=past)


def tamper_13() -> None:
    RosterRow._base_manager.first().delete()


def tamper_14() -> None:
    Person._base_manager.filter(pk=Person._base_manager.latest("pk").pk).update(id_number_index="0" * 64)


def tamper_15() -> None:
    review = Review._base_manager.first()
    raw("UPDATE assessment_review SET state = 1, finished_at = NULL WHERE id = %s", review.pk)
    Membership._base_manager.filter(person=review.person, role="reviewer").delete()


def tamper_16() -> None:
    Receipt._base_manager.update(notice=None)
    told = Reminder._base_manager.filter(notice__isnull=False).values("notice")
    Notice._base_manager.filter(pk__in=told).delete()


def tamper_17() -> None:
    SchoolProgress._base_manager.filter(chosen__gt=0).update(chosen=9)


NUMBERS = range(1, 18)
TAMPERINGS: dict[int, Callable[[], None]] = {number: globals()[f"tamper_{number}"] for number in NUMBERS}


def test_honest_county_breaks_nothing(honest: World) -> None:
    assert broken() == {}


@pytest.mark.full
@pytest.mark.parametrize("number", TAMPERINGS)
def test_tampering_is_found(honest: World, number: int) -> None:
    TAMPERINGS[number]()
    assert number in broken()


def test_command_prints_json_and_fails_when_broken(honest: World) -> None:
    out = StringIO()
    call_command("check_invariants", json=True, stdout=out)
    report = json.loads(out.getvalue())
    assert report["violations"] == 0
    assert set(report["invariants"]) == {str(number) for number in NUMBERS}
    tamper_5()
    with pytest.raises(SystemExit):
        call_command("check_invariants", json=True, stdout=StringIO())


def test_fence_refuses_a_child_of_another_county(world: World) -> None:
    selection = confirmed_selection(world.alpha, world.alpha.schools[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        selection.__class__._base_manager.filter(pk=selection.pk).update(county=world.beta.county)

"""One's own long work and its files."""

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from schools.audit.models import AuditEntry
from schools.files.storing import keep_bytes
from schools.jobs.models import Job, JobKind, JobStatus
from schools.people.models import Membership, Person
from tests.cast import World


def job_of(person: Person, status: str = JobStatus.RUNNING) -> Job:
    """A job that `person` asked for; a finished one has a file."""
    result = None
    if status == JobStatus.DONE:
        result = keep_bytes(
            b"rows", county=person.county, name="rows.xlsx", kind="sheet", mime="text/plain", by=person.user
        )
    return Job.objects.create(
        kind=JobKind.PROGRESS_REPORT,
        county=person.county,
        asked_by=person.user,
        status=status,
        result=result,
        done=3,
        total=8,
    )


def downloads() -> int:
    with scopes_disabled():
        return AuditEntry.objects.filter(act="downloaded").count()


def test_jobs_are_ones_own_newest_first(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    first, second = job_of(east["cio"]), job_of(east["cio"], JobStatus.DONE)
    job_of(east["team"])
    answer = signed_in_as(east["cio"]).get(reverse("schools:jobs"))
    assert [job.pk for job, _card in answer.context["rows"]] == [second.pk, first.pk]


def test_jobs_ask_as_often_for_one_row_as_for_five(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    cio = world.alpha.schools[0]["cio"]
    client, counts = signed_in_as(cio), []
    for more in (1, 4):
        for _ in range(more):
            job_of(cio, JobStatus.DONE)
        with django_assert_num_queries(100, exact=False) as asked:
            client.get(reverse("schools:jobs"))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["job", "job-progress", "job-file"])
def test_job_of_somebody_else_is_not_there(world: World, signed_in_as, name: str) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    address = reverse(f"schools:{name}", args=[job_of(east["cio"], JobStatus.DONE).pk])
    assert signed_in_as(east["team"]).get(address).status_code == 404
    assert downloads() == 0


def test_progress_is_asked_again_only_while_it_runs(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    cio = world.alpha.schools[0]["cio"]
    client = signed_in_as(cio)
    running, done = (
        client.get(reverse("schools:job-progress", args=[job_of(cio, status).pk])).content.decode()
        for status in (JobStatus.RUNNING, JobStatus.DONE)
    )
    assert (running.count("hx-get"), done.count("hx-get")) == (1, 0)
    assert (running.count("/file/"), done.count("/file/")) == (0, 1)


def test_job_page_shows_the_job(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    cio = world.alpha.schools[0]["cio"]
    answer = signed_in_as(cio).get(reverse("schools:job", args=[job_of(cio).pk]))
    assert (answer.status_code, answer.context["job"].done, answer.context["job"].total) == (200, 3, 8)


def test_file_is_given_and_recorded(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    office = world.alpha["county-office"]
    job = job_of(office, JobStatus.DONE)
    answer = signed_in_as(office).get(reverse("schools:job-file", args=[job.pk]))
    assert b"".join(answer.streaming_content) == b"rows"
    assert downloads() == 1


def test_unfinished_job_has_no_file(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    cio = world.alpha.schools[0]["cio"]
    assert signed_in_as(cio).get(reverse("schools:job-file", args=[job_of(cio).pk])).status_code == 404


def test_file_is_closed_to_who_has_left_the_office(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    office = world.alpha["county-office"]
    job = job_of(office, JobStatus.DONE)
    with scopes_disabled():
        Membership.objects.filter(person=office).delete()
    assert signed_in_as(office).get(reverse("schools:job-file", args=[job.pk])).status_code == 404
    assert downloads() == 0

"""Exemplars: asked of the teacher, agreed on, practised on without a name, never counted."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from assessment.checks import states_follow_their_events
from assessment.reviewing.exemplars import actions
from assessment.reviewing.exemplars.checks import exemplars_rest_on_consent
from assessment.reviewing.exemplars.models import Exemplar, ExemplarState, Practice, PracticeGrade
from assessment.reviewing.models import ItemGrade
from assessment.submitting.models import Evidence, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.notices.models import Notice
from schools.refusals import Forbidden
from tests.assessment.exemplar_stories import WHY, asked, opened, passed_work, the_work
from tests.cast import World, acting
from tests.schools.cleaning import clean_all


@pytest.fixture(scope="module")
def work(common_ground: World) -> int:
    """A passed work of East's teacher."""
    return passed_work(common_ground)


def test_nothing_is_shown_before_the_teacher_agrees(world: World, work: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    alpha, east = world.alpha, world.alpha.schools[0]
    with scopes_disabled():
        found = asked(world, work, is_for_county=True)
        piece = Evidence.objects.filter(attempt=found.attempt).first()
        assert Notice.objects.filter(person=east["teacher"], url="/me/exemplar-requests/").exists()
    office = signed_in_as(alpha["county-office"])
    file = reverse("assessment:county-exemplar-evidence", args=["alpha", found.pk, piece.pk])
    step = reverse("assessment:county-exemplar-step", args=["alpha", found.pk, "show"])
    assert office.get(file).status_code == 404
    office.post(step)
    reviewer = signed_in_as(east["reviewer"])
    assert reviewer.get(reverse("assessment:exemplar", args=[found.pk])).status_code == 404
    teacher = signed_in_as(east["teacher"])
    teacher.post(reverse("assessment:exemplar-answer", args=[found.pk, "agree"]))
    with scopes_disabled():
        clean_all()
    answer = signed_in_as(alpha["county-office"]).get(file)
    assert (answer.status_code, "docx" in answer["Content-Disposition"]) == (200, True)
    with scopes_disabled():
        found.refresh_from_db()
    assert found.state == ExemplarState.AGREED


def test_nobody_else_answers_for_the_teacher(world: World, work: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        found = asked(world, work)
        with pytest.raises(Forbidden):
            actions.step(exemplar=found, action="agree", by=acting(world.alpha.schools[0]["teacher2"]))
    address = reverse("assessment:exemplar-answer", args=[found.pk, "agree"])
    assert signed_in_as(world.alpha.schools[0]["teacher2"]).post(address).status_code == 404
    with scopes_disabled():
        found.refresh_from_db()
    assert found.state == ExemplarState.ASKED


def test_teacher_may_end_it_at_any_time(world: World, work: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        found = opened(world, work)
    teacher = signed_in_as(east["teacher"])
    assert "decline" in teacher.get(reverse("assessment:exemplar-requests")).content.decode()
    teacher.post(reverse("assessment:exemplar-answer", args=[found.pk, "decline"]))
    assert (
        signed_in_as(east["reviewer"]).get(reverse("assessment:exemplar", args=[found.pk])).status_code == 404
    )
    with scopes_disabled():
        assert asked(world, work).pk != found.pk


def test_pages_of_the_school_walk_from_the_question_to_practice(
    world: World, work: int, signed_in_as
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]

    def at(name: str, *args: object) -> str:
        return reverse(f"assessment:school-{name}", args=["alpha", "east", *args])

    cio = signed_in_as(east["cio"])
    assert [row.pk for row in cio.get(at("exemplar-work"), {"grade": "2"}).context["rows"]] == [work]
    assert cio.get(at("exemplar-work"), {"grade": "1"}).context["rows"] == []
    cio.post(at("exemplar-ask"), {"submission": work, "reason": WHY})
    with scopes_disabled():
        found = Exemplar.objects.get()
        actions.step(exemplar=found, action="agree", by=acting(east["teacher"]))
        items = items_of(the_work(work))
    cio = signed_in_as(east["cio"])
    half = {f"grade-{items[0].pk}": "2", **{f"remark-{item.pk}": "Because." for item in items}}
    assert cio.post(at("exemplar-write", found.pk), half).status_code == 200
    cio.post(at("exemplar-write", found.pk), half | {f"grade-{item.pk}": "2" for item in items})
    page = cio.get(at("exemplar", found.pk))
    assert [button.is_open for button in page.context["buttons"]] == [True]
    cio.post(at("exemplar-step", found.pk, "show"), {"version": page.context["exemplar"].version})
    with scopes_disabled():
        found.refresh_from_db()
    assert found.state == ExemplarState.SHOWN
    west = signed_in_as(world.alpha.schools[1]["cio"])
    foreign = reverse("assessment:school-exemplar", args=["alpha", "west", found.pk])
    assert west.get(foreign).status_code == 404


def test_reviewer_practises_and_then_sees_the_agreed_grades(world: World, work: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        found, before = opened(world, work), ItemGrade.objects.count()
        items = items_of(the_work(work))
    reviewer, address = signed_in_as(east["reviewer"]), reverse("assessment:exemplar", args=[found.pk])
    listed = reviewer.get(reverse("assessment:exemplars"))
    assert (listed.context["done"], listed.context["total"]) == (0, 1)
    assert "the data are missing" not in reviewer.get(address).content.decode()
    sent = {f"grade-{item.pk}": "2" for item in items} | {f"grade-{items[0].pk}": "3"}
    assert reviewer.post(f"{address}practise/", {f"grade-{items[0].pk}": "3"}).status_code == 422
    reviewer.post(f"{address}practise/", sent)
    page = reviewer.get(address)
    assert "the data are missing" in page.content.decode()
    assert [one.is_alike for one in page.context["items"]] == [False] + [True] * (len(items) - 1)
    listed = reviewer.get(reverse("assessment:exemplars"))
    assert (listed.context["done"], listed.context["agreed"]) == (1, len(items) - 1)
    reviewer.post(f"{address}practise/", sent)
    with scopes_disabled():
        assert (Practice.objects.count(), PracticeGrade.objects.count()) == (1, len(items))
        assert ItemGrade.objects.count() == before
        kept = the_work(work)
        assert (kept.state, kept.grade) == (SubmissionState.PASSED, Grade.PASS)
        assert (exemplars_rest_on_consent()[1], states_follow_their_events()[1]) == ([], [])
    cio = signed_in_as(east["cio"])
    seen = cio.get(reverse("assessment:school-exemplar", args=["alpha", "east", found.pk]))
    told = [(one.person.name, one.agreed, one.items) for one in seen.context["practices"]]
    assert told == [(east["reviewer"].name, len(items) - 1, len(items))]


def leak(client: Client, found: Exemplar) -> str:
    """Return everything that practising gives: pages, previews and the headers of files."""
    pieces = Evidence.objects.filter(attempt=found.attempt_id)
    urls = [reverse("assessment:exemplars"), reverse("assessment:exemplar", args=[found.pk])]
    texts = [client.get(url).content.decode() for url in urls]
    for piece in pieces:
        answer = client.get(reverse("assessment:exemplar-evidence", args=[found.pk, piece.pk]))
        texts.append(answer["Content-Disposition"])
        preview = reverse("assessment:exemplar-evidence-preview", args=[found.pk, piece.pk])
        texts.append(client.get(preview).content.decode())
    return " ".join(texts)


def test_teacher_and_file_names_are_never_shown(world: World, work: int, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    with scopes_disabled():
        found = opened(world, work, is_for_county=True)
        names = [piece.file.name for piece in Evidence.objects.filter(attempt=found.attempt_id)]
        clean_all()
        client = signed_in_as(world.alpha.schools[1]["reviewer"])
        text = leak(client, found)
    assert [name for name in ("独孤求败", "东风小学", *names) if name in text] == []
    with scopes_disabled():
        kept = reverse("assessment:county-exemplar", args=["alpha", found.pk])
        assert "独孤求败" in signed_in_as(world.alpha["county-office"]).get(kept).content.decode()


def test_list_asks_as_much_for_thirty_exemplars(
    world: World, work: int, signed_in_as, settings: Settings
) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    with scopes_disabled():
        found = opened(world, work)
    client, address = signed_in_as(east["reviewer"]), reverse("assessment:exemplars")
    kept = reverse("assessment:school-exemplars", args=["alpha", "east"])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with scopes_disabled():
        submission = the_work(work)
        for point in submission.programme.catalogue.points.exclude(pk=submission.point_id)[:28]:
            submission.pk, submission._state.adding, submission.point = None, True, point
            submission.due_at = None
            submission.grade = None
            submission.save()
            found.pk, found._state.adding, found.submission = None, True, submission
            found.save()
        Exemplar.objects.update(state=ExemplarState.SHOWN)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(many) == len(few)
    assert (page.context["total"] > 20, len(page.content) < 60_000) == (True, True)
    assert len(signed_in_as(east["cio"]).get(kept).content) < 60_000

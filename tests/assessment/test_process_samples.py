"""Small samples of the process: of what is new, once, with a conclusion; drawn by the office or the portal."""

import pytest
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from assessment.checking.process import actions
from assessment.checking.process.checks import process_samples_can_be_repeated
from assessment.checking.process.models import ProcessCheck, ProcessCheckState, ProcessSample
from assessment.checking.process.queries import new_rows, shown
from assessment.checking.tasks import sample_all
from assessment.training import actions as training
from assessment.training.models import Category, HourClaim
from schools.clock import today
from schools.refusals import Forbidden, Refused
from tests.cast import World, acting
from tests.stories import participant, programme


def recognised(world: World, count: int, *, who: str = "teacher", first: int = 0) -> list[HourClaim]:
    """Hours of East's teacher, recognised by the county."""
    alpha, east = world.alpha, world.alpha.schools[0]
    row, made = participant(alpha, east[who]), []
    with scope(county=alpha.county, school=None):
        for number in range(first, first + count):
            claim = training.claim(
                participant=row,
                category=Category.ONLINE,
                hours=1,
                title=f"Lesson {number}",
                held_on=today(),
                proof=None,
                by=acting(east[who]),
            )
            training.attest(claim=claim, by=acting(east["cio"]))
            training.recognise(claim=claim, by=acting(alpha["county-office"]))
            made.append(claim)
    return made


def draw(world: World, size: int = 2) -> ProcessSample:
    office = acting(world.alpha["county-office"])
    return actions.draw(programme=programme(world.alpha), kind="hours", size=size, by=office)


def test_a_sample_draws_only_what_is_new_since_the_last(world: World) -> None:
    first = {claim.pk for claim in recognised(world, 4)}
    with scope(county=world.alpha.county, school=None):
        sample = draw(world)
        assert (sample.size, {row for row, _stratum in sample.frame}) == (2, first)
        with pytest.raises(Refused) as refused:
            draw(world)
        assert refused.value.code == "empty-frame"
    later = {claim.pk for claim in recognised(world, 1, first=9)}
    with scope(county=world.alpha.county, school=None):
        assert set(new_rows(programme(world.alpha), "hours")) == later
        assert draw(world, size=30).size == 1
        assert process_samples_can_be_repeated() == (2, [])
        ProcessSample.objects.filter(pk=sample.pk).update(seed="another")
        assert len(process_samples_can_be_repeated()[1]) <= 1


def test_what_it_shows_follows_from_what_was_said_of_each_row(world: World) -> None:
    recognised(world, 6)
    office = acting(world.alpha["county-office"])
    with scope(county=world.alpha.county, school=None):
        sample = draw(world, size=6)
        good, bad, *others = sample.checks.order_by("position")
        actions.confirm(check=good, by=office)
        with pytest.raises(Refused) as refused:
            actions.object_to(check=bad, why=" ", by=office)
        assert refused.value.code == "note"
        actions.object_to(check=bad, why="Nobody was there that day.", by=office)
        assert (shown(sample).open, shown(sample).objected, shown(sample).most_bad) == (4, 1, 1)
        with pytest.raises(Forbidden):
            actions.confirm(check=others[0], by=acting(world.alpha.schools[0]["cio"]))


def test_the_portal_draws_once_a_month(world: World) -> None:
    programme(world.alpha)
    assert sample_all() == 0
    recognised(world, 3)
    assert [sample_all(), sample_all()] == [1, 0]
    with scopes_disabled():
        sample = ProcessSample.objects.get()
    assert (sample.drawn_by, sample.size) == (None, 3)


def test_pages_lead_from_the_draw_to_the_answer(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    recognised(world, 2)
    client = signed_in_as(world.alpha["county-office"])
    home = reverse("assessment:process-samples", args=["alpha"])
    assert client.get(home).context["new"][0][1] == 2
    client.post(f"{home}draw/", {"kind": "hours", "size": 0})
    client.post(f"{home}draw/", {"kind": "hours", "size": 1})
    with scopes_disabled():
        check = ProcessCheck.objects.get()
    page = client.get(reverse("assessment:process-check", args=["alpha", check.pk]))
    assert check.said in page.content.decode()
    assert client.get(page.context["subject_url"]).status_code == 200
    client.post(reverse("assessment:process-check-object", args=["alpha", check.pk]), {"note": "Not held."})
    with scopes_disabled():
        assert ProcessCheck.objects.get().state == ProcessCheckState.OBJECTED
    sample = client.get(reverse("assessment:process-sample", args=["alpha", check.sample_id]))
    assert (sample.context["shown"].objected, sample.context["shown"].most_bad) == (1, 2)

"""The teacher's home."""

from datetime import timedelta
from decimal import Decimal

from assessment.checking.results.decisions import take_back
from assessment.programme.models import Phase, PhaseKind
from assessment.selecting import actions as selecting
from assessment.submitting.models import SubmissionState
from assessment.training import actions as training
from assessment.training.models import Category
from schools.clock import now, today
from tests.cast import World, acting
from tests.stories import (
    ADVICE,
    begun_submission,
    confirmed_selection,
    fill,
    participant,
    picture,
    proposed_selection,
    submission_at,
)

HOME = "/me/"
HOURS = "/me/hours/"


def waiting(answer) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the addresses of what waits, in order."""
    return [task.url for task in answer.context["tasks"]]


def test_home_begins_with_choosing_when_nothing_is_chosen(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = participant(in_alpha.alpha, east["teacher"])
    answer = signed_in_as(east["teacher"]).get(HOME)
    closes = Phase.objects.get(programme=row.programme, kind=PhaseKind.CHOOSE).closes_at
    assert waiting(answer) == ["/me/selection/", HOURS]
    assert (answer.context["tasks"][0].due, answer.context["cards"]) == (closes, [])


def test_choice_waits_again_when_it_came_back(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    selection = proposed_selection(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    assert waiting(client.get(HOME)) == [HOURS]
    selecting.send_back(selection=selection, note="Think of A11.", by=acting(east["group-head"]))
    tasks = client.get(HOME).context["tasks"]
    assert (tasks[0].url, tasks[0].tone) == ("/me/selection/", "attention")


def test_points_wait_from_begun_to_ready(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    confirmed_selection(in_alpha.alpha, east)
    client = signed_in_as(east["teacher"])
    first = client.get(HOME)
    assert [(card.point.code, bool(card.begin_url)) for card in first.context["cards"]] == [
        ("A1", True),
        ("A5", True),
        ("A9", True),
        ("A11", True),
    ]
    assert [task.count for task in first.context["tasks"] if task.url == "#points"] == [4]
    submission = begun_submission(in_alpha.alpha, east)
    fill(submission, east["teacher"])
    second = client.get(HOME)
    assert waiting(second) == [f"/me/submissions/{submission.pk}/#submit", "#points", HOURS]
    assert [task.count for task in second.context["tasks"] if task.url == "#points"] == [3]


def test_work_that_came_back_stands_first_with_its_day(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = submission_at(in_alpha.alpha, east, SubmissionState.RETURNED)
    answer = signed_in_as(east["teacher"]).get(HOME)
    task = answer.context["tasks"][0]
    assert (task.url, task.due) == (f"/me/submissions/{submission.pk}/", submission.due_at)
    assert [advice.words for advice in answer.context["advice"]] == [ADVICE]


def test_credits_count_when_the_point_is_passed(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    submission = submission_at(in_alpha.alpha, east, SubmissionState.PASSED)
    client = signed_in_as(east["teacher"])
    year = client.get(HOME).context["year"]
    assert (year.credits_chosen, year.credits_passed) == (22, 4)
    take_back(submission=submission, why="Wrong file looked at.", by=acting(east["cio"]))
    answer = client.get(HOME)
    assert (answer.context["year"].credits_passed, answer.context["advice"]) == (0, [])


def test_hours_wait_until_they_are_claimed(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row, teacher = participant(in_alpha.alpha, east["teacher"]), acting(east["teacher"])
    things = ((Category.ONLINE, "30"), *((Category.PRACTICE, "10"),) * 3)
    for days, (category, hours) in enumerate(things):
        claim = training.claim(
            participant=row,
            category=category,
            hours=Decimal(hours),
            title="Done",
            held_on=today() - timedelta(days=days),
            proof=picture(5),
            by=teacher,
        )
    client = signed_in_as(east["teacher"])
    assert waiting(client.get(HOME)) == ["/me/selection/"]
    training.refuse(claim=claim, because="No date.", by=acting(east["cio"]))
    tasks = client.get(HOME).context["tasks"]
    assert [(task.url, task.count) for task in tasks[1:]] == [(HOURS, 1), (HOURS, "")]


def test_next_date_is_the_earliest_ahead(in_alpha: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = in_alpha.alpha.schools[0]
    row = participant(in_alpha.alpha, east["teacher"])
    phases = Phase.objects.filter(programme=row.programme)
    phases.filter(kind=PhaseKind.CHOOSE).update(closes_at=now() - timedelta(days=1))
    opens = now() + timedelta(days=2)
    phases.filter(kind=PhaseKind.REVIEW).update(opens_at=opens)
    assert signed_in_as(east["teacher"]).get(HOME).context["next_date"][0] == opens


def test_home_asks_as_often_for_one_submission_as_for_four(  # type: ignore[no-untyped-def]
    in_alpha: World, signed_in_as, django_assert_num_queries
) -> None:
    east, counts = in_alpha.alpha.schools[0], []
    client = signed_in_as(east["teacher"])
    for codes in (["A1"], ["A5", "A9", "A11"]):
        for code in codes:
            begun_submission(in_alpha.alpha, east, code=code)
        client.get(HOME)
        with django_assert_num_queries(200, exact=False) as asked:
            client.get(HOME)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]

"""Appeals: lodged in time, heard by people without a part in the first judgement, granted or dismissed by votes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checking import returns
from assessment.checking.appeals import actions
from assessment.checking.appeals.checks import appeals_are_heard_by_others
from assessment.checking.appeals.models import Appeal, AppealState, Hearing
from assessment.checking.appeals.queries import eligible_hearers
from assessment.checking.cases.models import CaseState, SpotCheckCase
from assessment.programme.models import Programme
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Decision, Review, ReviewState
from assessment.submitting.models import Submission, SubmissionState
from microcapabilities.grades import Grade
from schools.clock import now
from schools.people.models import Person
from schools.refusals import Forbidden, Refused
from tests.cast import World, acting, give_role
from tests.stories import grade_all, submission_at

WHY = "The rubric of the second item was met, see page three."


def failed(world: World) -> Submission:
    return submission_at(world.alpha, world.alpha.schools[0], SubmissionState.FAILED)


def lodged(world: World, submission: Submission) -> Appeal:
    return actions.lodge(submission=submission, reason=WHY, by=acting(submission.person))


def heard(world: World, appeal: Appeal, *votes: bool) -> Appeal:
    """Ask as many people as there are votes, and let them vote."""
    people = eligible_hearers(appeal.submission)[: len(votes)]
    actions.ask(appeal=appeal, people=people, by=acting(world.alpha["county-office"]))
    for hearing, is_for in zip(appeal.hearings.order_by("pk"), votes, strict=True):
        actions.vote(hearing=hearing, is_for=is_for, reasons="Seen.", by=acting(hearing.person))
    appeal.refresh_from_db()
    return appeal


def test_a_granted_appeal_lets_other_reviewers_decide(in_alpha: World) -> None:
    alpha, office = in_alpha.alpha, acting(in_alpha.alpha["county-office"])
    east, submission = alpha.schools[0], failed(in_alpha)
    first = set(Review.objects.filter(submission=submission).values_list("person_id", flat=True))
    appeal = heard(in_alpha, lodged(in_alpha, submission), True, True)
    assert appeal.state == AppealState.HEARD
    with pytest.raises(Refused) as refused:
        actions.dismiss(appeal=appeal, note="No.", by=office)
    assert refused.value.code == "votes"
    actions.grant(appeal=appeal, note="The hearers are right.", by=office)
    submission.refresh_from_db()
    assert (submission.state, submission.grade) == (SubmissionState.SUBMITTED, None)
    reviews = Review.objects.filter(submission=submission)
    assert {review.state for review in reviews} == {ReviewState.SET_ASIDE}
    assert Decision.objects.get(submission=submission).is_taken_back
    cio = acting(east["cio"])
    with pytest.raises(Refused) as refused:
        reviewing.assign(submission=submission, reviewer=Person.objects.get(pk=min(first)), by=cio)
    assert refused.value.code == "twice"
    assert appeals_are_heard_by_others() == (2, [])


def test_a_dismissed_appeal_leaves_the_result(in_alpha: World) -> None:
    submission = failed(in_alpha)
    appeal = heard(in_alpha, lodged(in_alpha, submission), False, False)
    office = acting(in_alpha.alpha["county-office"])
    with pytest.raises(Refused):
        actions.grant(appeal=appeal, note="Yes.", by=office)
    actions.dismiss(appeal=appeal, note="The criterion is not met.", by=office)
    submission.refresh_from_db()
    assert (submission.state, appeal.state) == (SubmissionState.FAILED, AppealState.DISMISSED)
    with pytest.raises(Refused) as refused:
        lodged(in_alpha, submission)
    assert refused.value.code == "twice"


def test_an_overturned_result_is_restored_with_its_case(in_alpha: World) -> None:
    submission = submission_at(in_alpha.alpha, in_alpha.alpha.schools[0], SubmissionState.OVERTURNED)
    case = SpotCheckCase.objects.get(submission=submission)
    appeal = heard(in_alpha, lodged(in_alpha, submission), True, False)
    actions.grant(
        appeal=appeal, note="Equal votes speak for the teacher.", by=acting(in_alpha.alpha["county-office"])
    )
    submission.refresh_from_db()
    case.refresh_from_db()
    assert (submission.state, submission.grade) == (SubmissionState.PASSED, case.listed_grade)
    assert case.state == CaseState.UPHELD


def test_nobody_of_the_first_judgement_or_the_school_hears_it(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    submission = submission_at(alpha, alpha.schools[0], SubmissionState.OVERTURNED)
    hearers = {person.pk for person in eligible_hearers(submission)}
    assert alpha["expert2"].pk in hearers
    assert alpha["expert"].pk not in hearers
    appeal = lodged(in_alpha, submission)
    office = acting(alpha["county-office"])
    for barred in (alpha["expert"], alpha.schools[0]["reviewer"], alpha.schools[1]["reviewer3"]):
        with pytest.raises(Refused) as refused:
            actions.ask(appeal=appeal, people=[barred, alpha["expert2"]], by=office)
        assert refused.value.code == "related"
    with pytest.raises(Refused) as refused:
        actions.ask(appeal=appeal, people=[alpha["expert2"]], by=office)
    assert refused.value.code == "few"
    assert not Hearing.objects.exists()


def test_the_window_closes_and_another_persons_result_is_not_appealed(in_alpha: World) -> None:
    submission = failed(in_alpha)
    with pytest.raises(Forbidden):
        actions.lodge(submission=submission, reason=WHY, by=acting(in_alpha.alpha.schools[0]["teacher2"]))
    Decision.objects.filter(submission=submission).update(decided_at=now() - timedelta(days=8))
    with pytest.raises(Refused) as refused:
        lodged(in_alpha, submission)
    assert refused.value.code == "late"
    Programme.objects.update(appeal_days=30)
    submission.programme.refresh_from_db()
    assert lodged(in_alpha, submission).state == AppealState.LODGED


def test_a_vote_is_given_once_and_with_reasons(in_alpha: World) -> None:
    appeal = lodged(in_alpha, failed(in_alpha))
    people = eligible_hearers(appeal.submission)[:2]
    actions.ask(appeal=appeal, people=people, by=acting(in_alpha.alpha["county-office"]))
    own = Hearing.objects.get(person=people[0])
    for is_for, reasons, code in ((None, "Seen.", "vote"), (True, " ", "advice")):
        with pytest.raises(Refused) as refused:
            actions.vote(hearing=own, is_for=is_for, reasons=reasons, by=acting(people[0]))
        assert refused.value.code == code
    with pytest.raises(Forbidden):
        actions.vote(hearing=own, is_for=True, reasons="Seen.", by=acting(people[1]))
    actions.vote(hearing=own, is_for=True, reasons="Seen.", by=acting(people[0]))
    with pytest.raises(Refused) as refused:
        actions.vote(hearing=own, is_for=False, reasons="No.", by=acting(people[0]))
    assert refused.value.code == "frozen"
    with pytest.raises(Refused) as refused:
        actions.withdraw(appeal=appeal, by=acting(appeal.submission.person))
    assert refused.value.code == "heard"


def test_an_open_appeal_holds_up_the_signature(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    appeal = lodged(in_alpha, failed(in_alpha))
    row = returns.open_round(
        programme=appeal.submission.programme, school=east.school, by=acting(east["cio"])
    )
    returns.publish(school_return=row, by=acting(east["cio"]))
    with pytest.raises(Refused) as refused:
        returns.sign(school_return=row, by=acting(east["principal"]))
    assert refused.value.code == "appeals"
    actions.withdraw(appeal=appeal, by=acting(appeal.submission.person))
    returns.sign(school_return=row, by=acting(east["principal"]))


def test_pages_lead_from_the_objection_to_the_answer(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    submission, alpha = failed(world), world.alpha
    teacher: Client = signed_in_as(alpha.schools[0]["teacher"])
    assert (
        reverse("assessment:appeal", args=[submission.pk])
        in teacher.get(reverse("assessment:submission", args=[submission.pk])).content.decode()
    )
    page = teacher.post(reverse("assessment:appeal-lodge", args=[submission.pk]), {"reason": ""})
    assert page.status_code == 422
    teacher.post(reverse("assessment:appeal-lodge", args=[submission.pk]), {"reason": WHY})
    with scopes_disabled():
        appeal = Appeal.objects.get()
        people = eligible_hearers(appeal.submission)[:2]
    address = reverse("assessment:county-appeal", args=["alpha", appeal.pk])
    office = signed_in_as(alpha["county-office"])
    assert WHY in office.get(address).content.decode()
    office.post(f"{address}ask/", {"people": [person.pk for person in people]})
    for person in people:
        hearer = signed_in_as(person)
        shown = hearer.get(reverse("assessment:hearing", args=[appeal.pk])).content.decode()
        assert (WHY in shown, alpha.schools[0]["teacher"].name in shown) == (True, False)
        assert (
            hearer.post(reverse("assessment:hearing-vote", args=[appeal.pk]), {"is_for": "yes"}).status_code
            == 422
        )
        hearer.post(
            reverse("assessment:hearing-vote", args=[appeal.pk]), {"is_for": "yes", "reasons": "It is met."}
        )
    office = signed_in_as(alpha["county-office"])
    office.post(f"{address}grant/", {"note": "Granted."})
    teacher = signed_in_as(alpha.schools[0]["teacher"])
    answer = teacher.get(reverse("assessment:appeal", args=[submission.pk])).content.decode()
    assert ("It is met." in answer, people[0].name in answer) == (True, False)
    with scopes_disabled():
        assert Submission.objects.get(pk=submission.pk).state == SubmissionState.SUBMITTED
        assert Appeal.objects.get().state == AppealState.GRANTED


def test_a_name_in_the_objection_is_hidden_from_those_who_hear_it(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    submission, name = failed(world), world.alpha.schools[0]["teacher"].name
    with scopes_disabled():
        appeal = actions.lodge(
            submission=submission, reason=f"{name} shows it on page three.", by=acting(submission.person)
        )
        people = eligible_hearers(submission)[:2]
        actions.ask(appeal=appeal, people=people, by=acting(world.alpha["county-office"]))
    shown = signed_in_as(people[0]).get(reverse("assessment:hearing", args=[appeal.pk])).content.decode()
    assert ("shows it on page three." in shown, name in shown) == (True, False)


def test_after_a_granted_appeal_others_decide(in_alpha: World) -> None:
    alpha, submission = in_alpha.alpha, failed(in_alpha)
    appeal = heard(in_alpha, lodged(in_alpha, submission), True, True)
    actions.grant(appeal=appeal, note="Granted.", by=acting(alpha["county-office"]))
    east, west = alpha.schools
    cio = acting(east["cio"])
    submission.refresh_from_db()
    for person in (west["reviewer"], west["reviewer2"]):
        give_role(person, "reviewer", east.school)
        grade_all(reviewing.assign(submission=submission, reviewer=person, by=cio), Grade.PASS)
    reviewing.decide(submission=submission, advice="Now it is clear.", by=cio)
    submission.refresh_from_db()
    assert (submission.state, submission.grade) == (SubmissionState.PASSED, Grade.PASS)

"""Pages swapped in place: the part has the head of the whole page, and a message may carry one act."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.planning.models import Filing
from assessment.reviewing.models import Review, ReviewState
from assessment.selecting.models import Selection
from assessment.submitting.models import Evidence, SubmissionState
from schools.toasts import Act, act_of, packed
from tests.cast import World
from tests.stories import confirmed_selection, participant, programme, submission_at

JSON = {"headers": {"accept": "application/json"}}


def head_of(template: str) -> str:
    text = (Path(settings.BASE_DIR) / "templates" / template).read_text()
    found = re.search(r"{% block page_head %}(.*?){% endblock %}\s*{% (?:if|block main)", text, re.DOTALL)
    assert found, template
    return " ".join(found[1].split())


def test_part_of_a_page_has_the_head_of_the_whole() -> None:
    assert head_of("region.html") == head_of("base.html")


@pytest.mark.parametrize(
    "act",
    [Act("Undo", "/back/", {"file": 7, "words": '"<b>'}), Act("Take back…", "/there/#form", is_post=False)],
)
def test_act_travels_with_its_message(act: Act) -> None:
    message = Message(constants.SUCCESS, "Done", packed(act))
    found = act_of(message)
    assert found is not None
    assert (found.label, found.url, found.is_post) == (act.label, act.url, act.is_post)
    shown = render_to_string("_components/toasts.html", {"messages": [message]})
    assert (shown.count("<form"), shown.count('<a class="button')) == ((1, 0) if act.is_post else (0, 1))
    assert shown.count("<b>") == 0


def test_message_without_an_act_has_none() -> None:
    assert act_of(Message(constants.SUCCESS, "Done", "bold")) is None
    assert act_of(Message(constants.SUCCESS, "Done")) is None


def test_file_taken_off_is_laid_back_but_never_a_strangers(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission_at(world.alpha, east, SubmissionState.SUBMITTED, "teacher2")
    submission = submission_at(world.alpha, east, SubmissionState.RETURNED)
    client = signed_in_as(east["teacher"])
    with scopes_disabled():
        pieces = Evidence.objects.filter(attempt__submission=submission)
        lost = pieces.filter(attempt__submitted_at__isnull=False).order_by("item__number").first()
        foreign = Evidence.objects.exclude(attempt__submission=submission).first()
    back = reverse("assessment:evidence-reuse", args=[submission.pk, lost.item_id])
    client.post(back, {"file": lost.file_id})
    with scopes_disabled():
        laid = pieces.get(attempt__submitted_at__isnull=True, item=lost.item_id)
    answer = client.post(reverse("assessment:evidence-remove", args=[laid.pk]), follow=True)
    [act] = [act for message in answer.context["messages"] if (act := act_of(message))]
    assert (act.url, act.fields) == (back, {"file": str(lost.file_id)})
    client.post(act.url, act.fields)
    assert client.post(back, {"file": foreign.file_id}).status_code == 404
    with scopes_disabled():
        assert pieces.get(attempt__submitted_at__isnull=True, item=lost.item_id).file_id == lost.file_id


def test_asking_a_reviewer_is_undone_from_the_toast(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    submission = submission_at(world.alpha, east, SubmissionState.SUBMITTED)
    client = signed_in_as(east["cio"])
    asking = reverse("assessment:panel-assign-one", args=["alpha", "east"])
    sent = {"submission": submission.pk, "person": east["reviewer"].pk}
    answer = client.post(asking, sent, follow=True)
    [undo] = [act_of(message) for message in answer.context["messages"]]
    answer = client.post(undo.url, undo.fields, follow=True)
    [again] = [act_of(message) for message in answer.context["messages"]]
    with scopes_disabled():
        assert Review.objects.get().state == ReviewState.RELEASED
    assert (again.url, again.fields) == (asking, {name: str(value) for name, value in sent.items()})


def test_choice_and_plan_save_themselves_as_drafts(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    row = participant(world.alpha, east["teacher"])
    teacher = signed_in_as(east["teacher"])
    kept = teacher.post(reverse("assessment:selection-save"), {"points": ["A1"], "goal": "Half"}, **JSON)
    assert kept.json() == {"saved": True, "carry": {"version": 0}}
    unknown = teacher.post(reverse("assessment:selection-save"), {"points": ["Z9"]}, **JSON)
    assert (unknown.status_code, unknown.json()["saved"]) == (200, False)
    with scopes_disabled():
        assert [draft.goal for draft in Selection.objects.filter(participant=row)] == ["Half"]
    cio, save = (
        signed_in_as(east["cio"]),
        reverse("assessment:school-filing-save", args=["alpha", "east", "plan"]),
    )
    assert cio.post(save, {"title": "Plan", "problem": "Half"}, **JSON).json() == {"saved": True}
    assert cio.post(save, {"title": ""}, **JSON).json()["saved"] is False
    with scopes_disabled():
        assert (
            Filing.objects.get(programme=programme(world.alpha), school=east.school).content["problem"]
            == "Half"
        )


def test_confirmed_choice_opens_no_draft_by_itself(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    confirmed_selection(world.alpha, east)
    page = signed_in_as(east["teacher"]).get(reverse("assessment:selection"))
    assert (page.context["saves_itself"], page.content.count(b"data-autosave=")) == (False, 0)

"""The engine: rights, states, versions, words, one event per move, nothing else changes a state."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from assessment.events import Event
from assessment.offering import offers
from assessment.programme.actions import close_phase
from assessment.programme.models import PhaseKind
from assessment.reviewing import actions as reviewing
from assessment.selecting import actions as selecting
from assessment.submitting import actions as submitting
from assessment.submitting.models import Submission, SubmissionState
from assessment.workflow import PORTAL, move
from schools.notices.models import Notice
from schools.refusals import Forbidden, Refused, Stale
from tests.cast import World, acting
from tests.stories import (
    begun_submission,
    confirmed_selection,
    fill,
    programme,
    proposed_selection,
    submission_at,
)


def test_move_writes_one_event_with_actor_role_and_states(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    selection = proposed_selection(alpha, east)
    event = selecting.endorse(
        selection=selection, agreed="Agreed after a talk.", by=acting(east["group-head"])
    )
    assert (event.workflow, event.action, event.from_state, event.to_state) == ("selection", "endorse", 2, 3)
    assert (event.actor_id, event.role, event.note) == (
        east["group-head"].user_id,
        "group-head",
        "Agreed after a talk.",
    )
    assert (event.version, selection.version, selection.state) == (2, 2, 3)
    assert event.school_id == east.school.pk


def test_move_without_the_right_is_forbidden_and_changes_nothing(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    selection = proposed_selection(alpha, east)
    for stranger in (west["group-head"], east["teacher2"], alpha["expert"]):
        with pytest.raises(Refused):
            selecting.endorse(selection=selection, agreed="Agreed after a talk.", by=acting(stranger))
    selection.refresh_from_db()
    assert (selection.state, selection.version) == (2, 1)


def test_move_out_of_order_says_where_it_stands(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    selection = confirmed_selection(alpha, east)
    with pytest.raises(Stale) as stale:
        selecting.endorse(selection=selection, agreed="Agreed after a talk.", by=acting(east["group-head"]))
    assert stale.value.code == "state"


def test_stale_page_is_refused(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    selection = proposed_selection(alpha, east)
    with pytest.raises(Stale) as stale:
        selecting.endorse(
            selection=selection, agreed="Agreed after a talk.", by=acting(east["group-head"]), version=0
        )
    assert stale.value.code == "stale"


def test_step_that_needs_words_is_refused_without(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    selection = proposed_selection(alpha, east)
    with pytest.raises(Refused) as refused:
        selecting.send_back(selection=selection, note="   ", by=acting(east["cio"]))
    assert refused.value.code == "note"


def test_portal_steps_are_forbidden_to_people(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    selection = confirmed_selection(alpha, east)
    with pytest.raises(Forbidden):
        move(selection, "supersede", by=acting(east["cio"]))
    move(selection, "supersede", by=PORTAL)
    assert selection.state == 6


def test_save_leaves_state_and_version_alone(in_alpha: World) -> None:
    submission = begun_submission(in_alpha.alpha, in_alpha.alpha.schools[0])
    submission.state, submission.version = SubmissionState.PASSED, 7
    submission.save()
    submission.refresh_from_db()
    assert (submission.state, submission.version) == (SubmissionState.DRAFT, 0)
    with pytest.raises(TypeError):
        submission.save(update_fields=["state"])


def test_events_are_append_only(in_alpha: World) -> None:
    proposed_selection(in_alpha.alpha, in_alpha.alpha.schools[0])
    event = Event.objects.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(TypeError):
        Event.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(
            county_id=event.county_id,
            school_id=event.school_id,
            workflow=event.workflow,
            subject_id=event.subject_id,
            version=event.version,
            action="again",
            from_state=1,
            to_state=1,
        )


def test_own_work_is_decided_by_somebody_else(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    submission = submission_at(alpha, east, SubmissionState.SUBMITTED)
    with pytest.raises(Refused) as refused:
        reviewing.assign(submission=submission, reviewer=east["teacher"], by=acting(east["cio"]))
    assert refused.value.code == "own-work"


def test_deputy_waits_while_the_cio_can_decide(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    submission = submission_at(alpha, east, SubmissionState.SUBMITTED)
    refusals = {offer.step.action: offer.refusal for offer in offers(submission, acting(east["deputy"]))}
    assert refusals["pass"] and refusals["send-back"]
    refusals = {offer.step.action: offer.refusal for offer in offers(submission, acting(east["cio"]))}
    assert refusals["send-back"] == ""


def test_people_are_told_in_the_same_transaction(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    confirmed_selection(alpha, east)
    assert Notice.objects.filter(person=east["teacher"]).count() == 1


def test_query_without_a_scope_is_refused(world: World) -> None:
    for ask in (lambda: Submission.objects.count(), lambda: Submission.objects.exists()):
        with pytest.raises(ScopeError):
            ask()
    with scope(county=world.beta.county, school=None):
        assert Submission.objects.count() == 0


def test_late_submission_names_the_day(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east = alpha.schools[0]
    submission = begun_submission(alpha, east)
    fill(submission, east["teacher"])
    close_phase(programme=programme(alpha), kind=PhaseKind.SUBMIT, by=acting(alpha["county-office"]))
    with pytest.raises(Refused) as refused:
        submitting.submit(submission=submission, is_own_work=True, by=acting(east["teacher"]))
    assert refused.value.code == "late"

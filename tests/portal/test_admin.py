"""The administration shows states, grades, events and certificates, and refuses every attempt to write them."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checks import stateful_models
from assessment.events import Event
from assessment.reviewing.models import Decision
from assessment.submitting.models import SubmissionState
from schools.jobs.models import Job
from schools.jobs.running import run
from schools.people.models import User
from tests.cast import World
from tests.stories import submission_at

FROZEN = [model for model in (*stateful_models(), Event, Decision) if model in admin.site._registry]


@pytest.fixture
def administrator(client: Client, world: World) -> Client:
    """An administrator in a county where a point was accepted and certified."""
    submission_at(world.alpha, world.alpha.schools[0], SubmissionState.ACCEPTED)
    for job in Job._base_manager.all():
        run(job.pk)
    client.force_login(
        User.objects.create(username="root", is_staff=True, is_superuser=True),
        backend="schools.access.backend.MembershipBackend",
    )
    return client


def test_every_kind_of_state_stands_in_the_administration() -> None:
    missing = {model.__name__ for model in (*stateful_models(), Event, Decision)} - {
        m.__name__ for m in FROZEN
    }
    assert missing == set()


def test_writing_states_grades_events_and_certificates_is_refused(administrator: Client) -> None:
    for model in FROZEN:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        with scopes_disabled():
            row = model.objects.order_by("pk").first()
        if row is None:
            continue
        before = model._base_manager.filter(pk=row.pk).values().get()
        forged = {key: "1" for key in before} | {
            "state": "4",
            "grade": "3",
            "note": "forged",
            "action": "accept",
        }
        statuses = [
            administrator.post(reverse(f"{name}_change", args=[row.pk]), forged).status_code,
            administrator.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code,
            administrator.post(reverse(f"{name}_add"), forged).status_code,
        ]
        assert statuses == [403, 403, 403], model.__name__
        assert model._base_manager.filter(pk=row.pk).values().get() == before, model.__name__
        assert administrator.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200

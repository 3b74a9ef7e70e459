"""Fixtures of the upload faults: a teacher with an item for films, and cookies for foreign clients."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django_scopes import scope

from assessment.submitting.models import Submission
from assessment.submitting.queries import items_of
from microcapabilities.models import EvidenceItem
from schools.people.models import Person
from tests.cast import World
from tests.stories import begun_submission

TOKEN = "t" * 32


@dataclass
class Desk:
    """An item of a draft of East's teacher, and what a client needs to send files to it."""

    submission: Submission
    item: EvidenceItem
    teacher: Person

    @property
    def entrance(self) -> str:
        return f"/me/submissions/{self.submission.pk}/items/{self.item.pk}/uploads/"

    @property
    def headers(self) -> dict[str, str]:
        client = Client()
        client.force_login(self.teacher.user, backend="schools.access.backend.MembershipBackend")
        session = client.cookies["sessionid"].value
        return {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


@pytest.fixture
def desk(transactional_db: None, world: World) -> Desk:
    """The first item of A5 that takes films: of 300 MB at most."""
    east = world.alpha.schools[0]
    submission = begun_submission(world.alpha, east, code="A5")
    with scope(county=world.alpha.county, school=None):
        item = next(one for one in items_of(submission) if "V" in one.kinds)
    return Desk(submission, item, east["teacher"])

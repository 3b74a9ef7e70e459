"""Foreign tus clients against a running server: the Python one resumes from its stored address."""

from pathlib import Path

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from pytest_django.live_server_helper import LiveServer
from tusclient.client import TusClient
from tusclient.storage.filestorage import FileStorage

from assessment.submitting.models import Evidence, Submission
from assessment.submitting.queries import items_of
from schools.files.models import Arrival
from schools.files.storing import digest_of, location
from schools.people.models import Person
from tests.cast import World
from tests.stories import begun_submission, document

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "t" * 32


@pytest.fixture
def desk(live_server: LiveServer, world: World) -> tuple[Submission, str, Person]:
    """A draft of East's teacher and the address where files for its first document begin."""
    east = world.alpha.schools[0]
    submission = begun_submission(world.alpha, east)
    with scope(county=world.alpha.county, school=None):
        item = next(one for one in items_of(submission) if "D" in one.kinds)
    path = f"/me/submissions/{submission.pk}/items/{item.pk}/uploads/"
    return submission, f"{live_server.url}{path}", east["teacher"]


def cookies_of(person: Person) -> dict[str, str]:
    client = Client()
    client.force_login(person.user, backend="schools.access.backend.MembershipBackend")
    return {
        "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "教学设计.docx"
    path.write_bytes(document("Plan").read())
    return path


def test_python_client_stops_and_goes_on_from_its_stored_address(
    desk: tuple[Submission, str, Person], plan: Path, tmp_path: Path
) -> None:
    submission, entrance, teacher = desk
    client = TusClient(entrance, headers=cookies_of(teacher))
    stored = {"store_url": True, "url_storage": FileStorage(str(tmp_path / "urls.json"))}
    asked = {"chunk_size": 4_000, "metadata": {"filename": plan.name}, "upload_checksum": True, **stored}

    first = client.uploader(str(plan), **asked)
    first.upload_chunk()
    first.upload_chunk()
    with scopes_disabled():
        assert (Arrival.objects.get().offset, Evidence.objects.count()) == (8_000, 0)
    second = client.uploader(str(plan), **asked)
    assert (second.url, second.offset) == (first.url, 8_000)
    second.upload()

    with scopes_disabled():
        piece = Evidence.objects.select_related("file").get()
        assert piece.attempt.submission_id == submission.pk
    assert (piece.file.name, digest_of(location(piece.file))) == (plan.name, digest_of(plan))

"""Fixtures of arriving files, and of ground that the tests of a module share."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from assessment.submitting.models import Submission
from assessment.submitting.queries import items_of
from tests.assessment.uploading import Sender
from tests.cast import World
from tests.stories import begun_submission, confirmed_selection


@pytest.fixture(scope="module")
def chosen(common_ground: World) -> None:
    """East's teacher has a confirmed choice from the module's first test on."""
    confirmed_selection(common_ground.alpha, common_ground.alpha.schools[0])


@pytest.fixture(scope="module")
def begun(common_ground: World) -> int:
    """East's teacher has begun a submission."""
    return begun_submission(common_ground.alpha, common_ground.alpha.schools[0]).pk


@pytest.fixture
def sender(  # type: ignore[no-untyped-def]
    begun: int, in_alpha: World, signed_in_as, settings: Settings, tmp_path: Path
) -> Sender:
    """East's teacher with an item that takes documents, and folders of the test's own."""
    for name in ("files", "incoming"):
        (tmp_path / name).mkdir()
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files", str(tmp_path / "incoming")
    east = in_alpha.alpha.schools[0]
    submission = Submission.objects.get(pk=begun)
    item = next(one for one in items_of(submission) if "D" in one.kinds)
    return Sender(signed_in_as(east["teacher"]), submission, item)

"""Fixtures of arriving files."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from assessment.submitting.queries import items_of
from tests.assessment.uploading import Sender
from tests.cast import World
from tests.stories import begun_submission


@pytest.fixture
def sender(in_alpha: World, signed_in_as, settings: Settings, tmp_path: Path) -> Sender:  # type: ignore[no-untyped-def]
    """East's teacher with an item that takes documents, and folders of the test's own."""
    for name in ("files", "incoming"):
        (tmp_path / name).mkdir()
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files", str(tmp_path / "incoming")
    east = in_alpha.alpha.schools[0]
    submission = begun_submission(in_alpha.alpha, east)
    item = next(one for one in items_of(submission) if "D" in one.kinds)
    return Sender(signed_in_as(east["teacher"]), submission, item)

"""Stories of alike pieces: somebody lays a file on an item of a point, hands it in, and the worker compares."""

from django.core.files.uploadedfile import UploadedFile
from django_scopes import scope

from assessment.submitting import actions
from assessment.submitting.likeness.models import Likeness
from assessment.submitting.likeness.running import run
from assessment.submitting.models import Evidence
from assessment.submitting.queries import items_of
from schools.files.kinds import Kind
from tests import stories
from tests.cast import CountyCast, SchoolCast, acting

DOCUMENTS, SLIDES, PICTURES = (Kind.DOCUMENT, "docx"), (Kind.SLIDES, "pptx"), (Kind.IMAGE, "jpg")


def lay(
    cast: CountyCast, school: SchoolCast, upload: UploadedFile, who: str = "teacher", code: str = "A1"
) -> Evidence:
    """The teacher lays a file on the first item of the point that takes it."""
    submission = stories.begun_submission(cast, school, who, code)
    with scope(county=cast.county, school=None):
        teacher = acting(school[who])
        for item in items_of(submission):
            try:
                return actions.add_evidence(submission=submission, item=item, upload=upload, by=teacher)
            except actions.Refused as refusal:
                if refusal.code == "twice":
                    raise
                upload.seek(0)
    raise AssertionError("no item takes this file")


def hand_in(cast: CountyCast, school: SchoolCast, piece: Evidence, who: str = "teacher") -> None:
    """Fill the rest and submit."""
    submission = piece.attempt.submission
    with scope(county=cast.county, school=None):
        stories.fill(submission, school[who])
        actions.submit(submission=submission, is_own_work=True, by=acting(school[who]))


def found() -> list[tuple[int, int | None, str]]:
    """Let the worker compare what waits; return (piece, earlier, kind) of every likeness."""
    run()
    rows = Likeness._base_manager.order_by("piece_id", "earlier_id")
    return list(rows.values_list("piece_id", "earlier_id", "kind"))

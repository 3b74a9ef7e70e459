"""Who may open what: alike pieces."""

from assessment.submitting.likeness.models import Likeness, LikenessKind
from tests.access.lines import Line, get, post
from tests.access.stage import Stage
from tests.access.table_assessment import DECIDES, FIRST_PAGE, OFFICE, REVIEWS

ONE = {"at": {"pk": "likeness"}}
SIDE = {"pk": "likeness", "side": "likeness_side"}


def harmless(s: Stage) -> dict[str, str]:
    return {"verdict": "harmless"}


LINES: list[Line] = [
    get("assessment:county-likenesses", OFFICE, lambda s: f"/alpha/likenesses/{s.likeness.pk}/"),
    get("assessment:county-likeness", OFFICE, lambda s: s.sent_piece.file.name, **ONE),
    post("assessment:county-likeness-look", OFFICE, harmless, **ONE),
    get("assessment:county-likeness-file", OFFICE, lambda s: s.bytes_of(s.sent_piece), at=SIDE),
    get("assessment:county-likeness-preview", OFFICE, lambda s: s.sent_piece.file.name, at=SIDE),
    get("assessment:county-likeness-copy", OFFICE, lambda s: s.copy_of(s.sent_piece),
        at={**SIDE, **FIRST_PAGE}),
    post("assessment:review-likeness-look", REVIEWS, harmless, owner="reviewer@east",
         at={"pk": "review", "likeness": "likeness"}),
    post("assessment:school-likeness-look", DECIDES, harmless, at={"pk": "sent", "likeness": "likeness"}),
]  # fmt: skip


def give(stage: Stage) -> None:
    """What East's second teacher sent is like an earlier piece of the first."""
    stage.things["likeness_side"] = "piece"
    stage.things["likeness"] = Likeness.objects.create(
        county=stage.world.alpha.county, piece=stage.sent_piece, earlier=stage.case_piece,
        kind=LikenessKind.TEXT, degree=80, seen_at=stage.case_piece.added_at, seen_school=stage.east.school,
    )  # fmt: skip

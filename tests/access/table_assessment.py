"""Who may open what: the programme's year up to the school's decision."""

from tests.access.lines import Line, get, post
from tests.access.stage import in_a_week
from tests.stories import picture

OFFICE, SEES_COUNTY = "county-office", "county-office county-leader"
SEES_SCHOOL = "county-office county-leader principal cio deputy team school-trainer group-head"
ENDORSES, CONFIRMS = "cio deputy group-head", "cio deputy"
ATTESTS = "cio team school-trainer"
SEES_SUBMISSIONS, DECIDES = "principal cio deputy", "cio deputy"
REVIEWS = "reviewer trainer"
CHOICE = {
    "points": ["A1", "A5", "A9", "A11"],
    "goal": "Use data",
    "measure": "Two lessons",
    "problem": "Quiet",
}
RULES = {
    "panel_least": 1, "honours_percent": 30, "tolerance_percent": 10, "confidence_percent": 95,
    "experts_added": 0, "appeal_days": 7,
    "reviews_needed": 3, "attempts": 3, "sample_percent": 9, "experts_per_case": 1, "publication_days": 0,
    "allows_rectification": "on", "online_hours": 30, "practice_hours": 30, "most_hours_a_day": 12,
    "credits": 20, "environments": ["A", "B", "C"], "team_least": 3, "team_most": 5,
    "team_posts": ["principal"], "certificate_moment": "accepted", "reason": "The panel grew",
}  # fmt: skip


def grades(submission: str):  # type: ignore[no-untyped-def]
    """What a wholly graded review or judgement sends, under both forms' names."""
    return lambda s: (
        {"advice": "Clear goals."}
        | {f"{kind}-{item}": 2 for item in s.items[submission] for kind in ("grade", "item")}
    )


PROGRAMME: list[Line] = [
    get("assessment:programme", SEES_COUNTY, lambda s: s.passed.programme.name),
    get("assessment:participants", OFFICE, lambda s: s.east["teacher3"].name),
    post("assessment:programme-phases", OFFICE,
         lambda s: {"first-review-0": "2026-01-01", "last-review-0": in_a_week(), "reason": "Harvest"}),
    post("assessment:programme-extensions", OFFICE, lambda s: {
        "kind": "submit", "school": s.east.school.pk, "until": in_a_week(), "reason": "Snow"}),
    get("assessment:programme-rules", SEES_COUNTY, lambda s: s.passed.programme.name),
    post("assessment:programme-rules-change", OFFICE, lambda s: RULES),
    post("assessment:programme-enrol", OFFICE),
]  # fmt: skip

PLANNING: list[Line] = [
    get("assessment:county-filings", SEES_COUNTY, lambda s: "中心小学"),
    post("assessment:county-filings-approve", OFFICE, lambda s: {"ids": s.plan_of_centre.pk}, refers=True),
    get("assessment:county-filing", SEES_COUNTY, lambda s: "Plan of centre", at={"pk": "plan_of_centre"}),
    post("assessment:county-filing-approve", OFFICE, at={"pk": "plan_of_centre"}),
    post("assessment:county-filing-return", OFFICE, lambda s: {"note": "How?"}, at={"pk": "plan_of_centre"}),
    get("assessment:school-plan", SEES_SCHOOL, lambda s: "Plan of east", hides=("Plan of west", "乙县")),
    get("assessment:county-filing-paper", SEES_COUNTY, lambda s: "Plan of centre",
        at={"pk": "plan_of_centre"}),
    get("assessment:county-filing-scan", SEES_COUNTY, lambda s: s.bytes_of(s.plan_of_centre.scan),
        at={"pk": "plan_of_centre"}),
]  # fmt: skip

SELECTING: list[Line] = [
    get("assessment:selection", "teacher", lambda s: "Choice of the fourth teacher", owner="teacher4@east"),
    post("assessment:selection-save", "teacher", lambda s: CHOICE, owner="teacher3@east"),
    post("assessment:selection-propose", "teacher", lambda s: CHOICE, owner="teacher3@east"),
    get("assessment:school-selections", ENDORSES, lambda s: "东风小学teacher", in_group=True),
    post("assessment:school-selections-endorse", ENDORSES, lambda s: {"ids": s.proposed.pk, "note": "Agreed."},
         refers=True, mover="group-head@east"),
    post("assessment:school-selections-confirm", CONFIRMS, lambda s: {"ids": s.endorsed.pk}, refers=True),
    get("assessment:school-selection", ENDORSES, lambda s: s.east["teacher4"].name, at={"pk": "proposed"},
        in_group=True),
    post("assessment:school-selection-endorse", ENDORSES, lambda s: {"note": "Agreed."},
         at={"pk": "proposed"}, in_group=True, mover="group-head@east"),
    post("assessment:school-selection-confirm", CONFIRMS, at={"pk": "endorsed"}),
    post("assessment:school-selection-return", ENDORSES, lambda s: {"note": "Talk again."},
         at={"pk": "proposed"}, in_group=True),
]  # fmt: skip

TRAINING: list[Line] = [
    get("assessment:hours", "teacher", lambda s: "Open lesson, attested", owner="teacher@east"),
    post("assessment:hours-claim", "teacher", lambda s: {
        "category": "practice", "title": "Open lesson", "held_on": "2026-01-06", "hours": "2",
        "proof": picture(230)}, owner="teacher@east"),
    post("assessment:hours-again", "teacher", owner="teacher@east", at={"pk": "refused_hours"}),
    get("assessment:hours-proof", "teacher", lambda s: s.bytes_of(s.claimed_hours), owner="teacher@east",
        at={"pk": "claimed_hours"}),
    get("assessment:county-hours", OFFICE, lambda s: "东风小学"),
    post("assessment:county-hours-recognise", OFFICE, lambda s: {"ids": s.attested_hours.pk}, refers=True),
    post("assessment:county-hours-refuse", OFFICE, lambda s: {"note": "No."}, at={"pk": "attested_hours"}),
    get("assessment:county-hours-proof", OFFICE, lambda s: s.bytes_of(s.attested_hours),
        at={"pk": "attested_hours"}),
    get("assessment:school-hours", ATTESTS, lambda s: "Open lesson, claimed"),
    post("assessment:school-hours-attest", ATTESTS, lambda s: {"ids": s.claimed_hours.pk}, refers=True),
    post("assessment:school-hours-refuse", ATTESTS, lambda s: {"note": "No."}, at={"pk": "claimed_hours"}),
    get("assessment:school-hours-proof", ATTESTS, lambda s: s.bytes_of(s.claimed_hours),
        at={"pk": "claimed_hours"}),
]  # fmt: skip

DRAFT = {"owner": "teacher6@east", "at": {"pk": "draft"}}
DRAFT_ITEM = {"owner": "teacher6@east", "at": {"pk": "draft", "item": "draft_item"}}
PIECE = {"owner": "teacher6@east", "at": {"pk": "draft_piece"}}
FIRST_PAGE = {"kind": "page_kind", "number": "page_number"}
ARRIVING = {"owner": "teacher6@east", "at": {"key": "arriving_key"}}

SUBMITTING: list[Line] = [
    post("assessment:submission-begin", "teacher", owner="teacher3@east", at={"code": "code"}),
    post("assessment:evidence-add", "teacher", lambda s: {"file": s.upload_for_draft()}, **DRAFT_ITEM),
    post("assessment:evidence-reuse", "teacher", lambda s: {"file": s.draft_piece.file_id}, **DRAFT_ITEM,
         is_idle=True),
    post("assessment:submission-submit", "teacher", lambda s: {"is_own_work": "on"}, **DRAFT),
    get("assessment:evidence-file", "teacher", lambda s: s.bytes_of(s.draft_piece), **PIECE),
    get("assessment:evidence-preview", "teacher", lambda s: s.draft_piece.file.name, **PIECE),
    get("assessment:evidence-copy", "teacher", lambda s: s.copy_of(s.draft_piece), owner="teacher6@east",
        at={"pk": "draft_piece", **FIRST_PAGE}),
    post("assessment:evidence-remove", "teacher", **PIECE),
    post("assessment:uploads", "teacher", **DRAFT_ITEM, status=412, is_idle=True),
    get("assessment:upload", "teacher", lambda s: "Arriving.docx", **ARRIVING),
    post("assessment:upload-remove", "teacher", **ARRIVING),
]  # fmt: skip

REVIEW = {"owner": "reviewer@east", "at": {"pk": "review"}}
REVIEWED_PIECE = {"owner": "reviewer@east", "at": {"pk": "review", "evidence": "sent_piece"}}

REVIEWING: list[Line] = [
    get("assessment:submission", "teacher", lambda s: s.draft_piece.file.name, **DRAFT),
    post("assessment:submission-withdraw", "teacher", owner="teacher2@east", at={"pk": "sent"}),
    get("assessment:reviews", REVIEWS, lambda s: f"/me/reviews/{s.review.pk}/", owner="reviewer@east"),
    get("assessment:review", REVIEWS, lambda s: s.sent_piece.file.name, **REVIEW),
    post("assessment:review-save", REVIEWS, grades("sent"), **REVIEW),
    post("assessment:review-finish", REVIEWS, grades("sent"), **REVIEW),
    get("assessment:review-evidence", REVIEWS, lambda s: s.bytes_of(s.sent_piece), **REVIEWED_PIECE),
    get("assessment:review-evidence-preview", REVIEWS, lambda s: s.sent_piece.file.name, **REVIEWED_PIECE),
    get("assessment:review-evidence-copy", REVIEWS, lambda s: s.copy_of(s.sent_piece), owner="reviewer@east",
        at={"pk": "review", "evidence": "sent_piece", **FIRST_PAGE}),
    get("assessment:school-submissions", SEES_SUBMISSIONS, lambda s: s.person.name),
    post("assessment:school-submissions-decide", DECIDES,
         lambda s: {"ids": s.reviewed.pk, f"grade-{s.reviewed.pk}": 2}, refers=True, mover="cio@east"),
    get("assessment:school-submission", SEES_SUBMISSIONS, lambda s: s.person.name, at={"pk": "reviewed"}),
    post("assessment:submission-decide", DECIDES, lambda s: {"note": "Well done."}, at={"pk": "reviewed"},
         mover="cio@east", refused=422),
    post("assessment:submission-send-back", DECIDES, lambda s: {
        "note": "Say more.", "due_at": in_a_week(), "items": s.items["sent"][:1]}, at={"pk": "sent"},
         mover="cio@east", refused=422),
    get("assessment:school-evidence", "cio deputy", lambda s: s.bytes_of(s.sent_piece),
        at={"pk": "sent", "evidence": "sent_piece"}),
    get("assessment:school-evidence-preview", "cio deputy", lambda s: s.sent_piece.file.name,
        at={"pk": "sent", "evidence": "sent_piece"}),
    get("assessment:school-evidence-copy", "cio deputy", lambda s: s.copy_of(s.sent_piece),
        at={"pk": "sent", "evidence": "sent_piece", **FIRST_PAGE}),
    get("assessment:school-panel", "cio", lambda s: s.east["reviewer"].name, hides=("南山小学", "乙县")),
    post("assessment:panel-assign", "cio", lambda s: {"ids": s.sent.pk}, refers=True),
    post("assessment:panel-assign-one", "cio",
         lambda s: {"submission": s.sent.pk, "person": s.east["reviewer2"].pk}),
    post("assessment:panel-release", "cio", at={"pk": "review"}),
]  # fmt: skip

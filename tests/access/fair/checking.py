"""Who may open what: planning a draw, its record, appeals, samples of the process, figures of spot checks."""

from assessment.checking.appeals import actions as appeals
from assessment.checking.appeals.queries import eligible_hearers
from assessment.checking.drawing import actions as drawing
from assessment.checking.models import SchoolReturn
from assessment.checking.process import actions as process
from assessment.submitting.models import SubmissionState
from tests import stories
from tests.access.lines import Line, get, post
from tests.access.stage import Stage
from tests.access.table_assessment import FIRST_PAGE, OFFICE, SEES_COUNTY
from tests.cast import acting, give_role, make_person

HEARS = "expert trainer"
PLAN = {"claim": "county", "tolerance": 10, "confidence": 95, "percent": 100}
WHY = "The second item meets the rubric."
PLANNED, APPEAL = {"at": {"pk": "planned"}}, {"at": {"pk": "appeal"}}
HEARING = {
    "owner": "expert2@alpha",
    "at": {"pk": "appeal"},
    "hides": ("东风小学teacher3", "西湖小学", "乙县"),
}
HEARD_PIECE = {"owner": "expert2@alpha", "at": {"pk": "appeal", "evidence": "appeal_piece"}}
OWN_FAILED, CHECK = {"owner": "teacher3@east", "at": {"pk": "appealed"}}, {"at": {"pk": "process_check"}}


def noted(s: Stage) -> dict[str, str]:
    return {"note": "Seen.", "due_at": "2099-01-01"}


def vote(s: Stage) -> dict[str, str]:
    return {"is_for": "yes", "reasons": "The rubric is met."}


LINES: list[Line] = [
    get("assessment:checked-schools", SEES_COUNTY, lambda s: "东风小学"),
    get("assessment:draws-plan", OFFICE),
    post("assessment:draws-freeze", OFFICE, lambda s: {"ids": s.filed.pk, **PLAN}, refers=True, is_idle=True),
    get("assessment:draw-record", OFFICE, lambda s: s.draw.seed, at={"pk": "draw"}),
    post("assessment:draw-make", OFFICE, lambda s: {"words": "Rain"}, **PLANNED),
    post("assessment:draw-abandon", OFFICE, **PLANNED),
    post("assessment:draw-enlarge", OFFICE, lambda s: {"size": 9, "why": "More"}, at={"pk": "draw"}, is_idle=True),
    post("assessment:county-return-rectify", OFFICE, noted, at={"pk": "filed"}, is_idle=True),
    get("assessment:appeal", "teacher", lambda s: WHY, **OWN_FAILED),
    post("assessment:appeal-lodge", "teacher", lambda s: {"reason": WHY}, **OWN_FAILED, is_idle=True),
    post("assessment:appeal-withdraw", "teacher", **OWN_FAILED),
    get("assessment:county-appeals", OFFICE, lambda s: s.appeal.code),
    get("assessment:county-appeal", OFFICE, lambda s: WHY, **APPEAL),
    post("assessment:county-appeal-ask", OFFICE,
         lambda s: {"people": [person.pk for person in s.hearers]}, **APPEAL),
    post("assessment:county-appeal-grant", OFFICE, noted, **APPEAL, is_idle=True),
    post("assessment:county-appeal-dismiss", OFFICE, noted, **APPEAL, is_idle=True),
    get("assessment:hearings", HEARS, lambda s: s.appeal.code, owner="expert2@alpha"),
    get("assessment:hearing", HEARS, lambda s: WHY, **HEARING),
    post("assessment:hearing-vote", HEARS, vote, owner="expert2@alpha", at={"pk": "appeal"}),
    get("assessment:hearing-evidence", HEARS, lambda s: s.bytes_of(s.appeal_clean), **HEARD_PIECE),
    get("assessment:hearing-evidence-preview", HEARS, lambda s: 'role="region"', **HEARD_PIECE),
    get("assessment:hearing-evidence-copy", HEARS, lambda s: s.copy_of(s.appeal_clean), owner="expert2@alpha",
        at=HEARD_PIECE["at"] | FIRST_PAGE),
    get("assessment:process-samples", OFFICE, lambda s: f"/alpha/process-samples/{s.process_sample.pk}/"),
    post("assessment:process-samples-draw", OFFICE, lambda s: {"kind": "hours", "size": 1}, is_idle=True),
    get("assessment:process-sample", OFFICE, lambda s: s.process_check.said, at={"pk": "process_sample"}),
    get("assessment:process-check", OFFICE, lambda s: s.process_check.said, **CHECK),
    post("assessment:process-check-confirm", OFFICE, **CHECK),
    post("assessment:process-check-object", OFFICE, noted, **CHECK),
]  # fmt: skip


def give(stage: Stage) -> None:
    """Put the things of these lines on the stage: a planned draw, an appeal with hearers, a sample of hours."""
    alpha, east, west = stage.world.alpha, stage.east, stage.west
    office, year = acting(alpha["county-office"]), stories.programme(alpha)
    stories.submission_at(alpha, west, SubmissionState.PASSED, "teacher", "A5")
    filed = stories.filed_return(alpha, west)
    stage.things["planned"] = drawing.plan(programme=year, returns=[filed], sizes={"": 1}, by=office)
    assert SchoolReturn.objects.filter(pk=filed.pk, state=3).exists()
    failed = stories.submission_at(alpha, east, SubmissionState.FAILED, "teacher3", "A9")
    third = make_person("第三位专家", alpha.county)
    give_role(third, "expert")
    appeal = appeals.lodge(submission=failed, reason=WHY, by=acting(east["teacher3"]))
    appeals.ask(appeal=appeal, people=[alpha["expert2"], third], by=office)
    sample = process.draw(programme=year, kind="hours", size=1, by=office)
    stage.things |= {
        "appeal": appeal, "appealed": failed, "hearers": eligible_hearers(failed),
        "appeal_piece": failed.rounds.get().evidence.select_related("file", "item").order_by("pk")[0],
        "process_sample": sample, "process_check": sample.checks.get(),
    }  # fmt: skip

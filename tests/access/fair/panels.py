"""Who may open what: panels, declared relations, phrases, honours and coaches."""

from assessment.programme.models import Programme
from assessment.reviewing.coaching.actions import name_coach
from assessment.reviewing.honours.actions import put_forward
from assessment.reviewing.honours.models import HonourName
from assessment.reviewing.panels import delegating, relations
from assessment.reviewing.panels.models import RelationKind
from assessment.reviewing.phrases import bank
from assessment.reviewing.phrases.bank import Owner
from assessment.submitting.models import Submission, SubmissionState
from microcapabilities.grades import Grade
from tests import stories
from tests.access.lines import Line, get, post
from tests.access.stage import Stage
from tests.access.table_assessment import OFFICE, SEES_COUNTY
from tests.cast import acting

CIO, JUDGES, DECIDES = "cio", "reviewer trainer expert", "cio deputy"
REVIEWS, PREPARES = "reviewer trainer", "cio"
OWN = {"owner": "reviewer@east"}
FOREIGN = ("南山小学", "乙县")


def phrase(s: Stage) -> dict[str, str]:
    return {"text": "Show the pupils' work.", "point": "A1"}


def near(s: Stage) -> dict[str, str]:
    return {"other": s.east["teacher5"].name, "kind": "preparation"}


def near_at_school(s: Stage) -> dict[str, object]:
    return {**near(s), "person": s.east["teacher6"].pk}


LINES: list[Line] = [
    post("assessment:panel-spread", CIO, is_idle=True),
    post("assessment:panel-delegate", CIO, lambda s: {"note": "Too few"}),
    post("assessment:panel-take-back", CIO, is_idle=True),
    post("assessment:panel-third", CIO, lambda s: {"note": "Not sure"}, at={"pk": "reviewed"}),
    get("assessment:county-panels", SEES_COUNTY, lambda s: "东风小学"),
    post("assessment:county-panel-delegate", OFFICE, at={"pk": "east_school"}),
    post("assessment:county-panel-take-back", OFFICE, at={"pk": "west_school"}),
    get("assessment:own-relations", JUDGES, lambda s: s.east["teacher4"].name, **OWN),
    post("assessment:own-relation-declare", JUDGES, near, **OWN),
    post("assessment:own-relation-end", JUDGES, **OWN, at={"pk": "relation"}),
    get("assessment:school-relations", CIO, lambda s: s.east["teacher4"].name, hides=FOREIGN),
    post("assessment:school-relation-declare", CIO, near_at_school, mover="cio@east"),
    post("assessment:school-relation-end", CIO, at={"pk": "school_relation"}),
    get("assessment:own-phrases", REVIEWS, lambda s: "Phrase of the reviewer", **OWN),
    post("assessment:own-phrases-keep", REVIEWS, phrase, **OWN),
    post("assessment:own-phrases-remove", REVIEWS, **OWN, at={"pk": "own_phrase"}),
    get("assessment:school-phrases", CIO, lambda s: "Phrase of East"),
    post("assessment:school-phrases-keep", CIO, phrase),
    post("assessment:school-phrases-remove", CIO, at={"pk": "school_phrase"}),
    get("assessment:county-phrases", OFFICE, lambda s: "Phrase of Alpha"),
    post("assessment:county-phrases-keep", OFFICE, phrase),
    post("assessment:county-phrases-remove", OFFICE, at={"pk": "county_phrase"}),
    get("assessment:school-honours", PREPARES, lambda s: s.east["teacher6"].name),
    post("assessment:honours-put-forward", PREPARES, at={"pk": "second_excellent"}),
    post("assessment:honours-withdraw", PREPARES, at={"pk": "honour"}),
    get("assessment:county-honours", SEES_COUNTY, lambda s: s.east["teacher6"].name),
    get("assessment:school-coaching", DECIDES, lambda s: s.east["teacher6"].name),
    post("assessment:school-coach-name", DECIDES,
         lambda s: {"person": s.world.alpha["trainer"].pk}, at={"pk": "ended_work"}),
    get("assessment:county-coaching", OFFICE, lambda s: s.east["teacher6"].name),
    post("assessment:county-coach-name", OFFICE,
         lambda s: {"person": s.world.alpha["trainer"].pk}, at={"pk": "ended_work"}),
]  # fmt: skip


def give(stage: Stage) -> None:
    """Put the things of these lines on the stage."""
    alpha, east, west = stage.world.alpha, stage.east, stage.west
    cio, reviewer = acting(east["cio"]), acting(east["reviewer"])
    stage.things |= {"east_school": east.school, "west_school": west.school}
    delegating.delegate(school=west.school, by=acting(alpha["county-office"]))
    stage.things["relation"] = relations.declare(
        person=east["reviewer"], other=east["teacher4"], kind=RelationKind.FAMILY, by=reviewer
    )
    stage.things["school_relation"] = relations.declare(
        person=east["teacher4"], other=east["reviewer3"], kind=RelationKind.OTHER, by=cio, school=east.school
    )
    for name, owner, words, by in (
        ("own_phrase", Owner(alpha.county, person=east["reviewer"]), "Phrase of the reviewer", reviewer),
        ("school_phrase", Owner(alpha.county, east.school), "Phrase of East", cio),
        ("county_phrase", Owner(alpha.county), "Phrase of Alpha", acting(alpha["county-office"])),
    ):
        stage.things[name] = bank.keep(owner=owner, text=words, point=None, by=by)
    give_honours(stage)
    give_ended_work(stage)


def give_honours(stage: Stage) -> None:
    """Two excellent results of East's sixth teacher, one of them put forward; the share allows both."""
    year = stories.programme(stage.world.alpha)
    Programme.objects.filter(pk=year.pk).update(honours_percent=60)
    first, second = (
        stories.submission_at(
            stage.world.alpha, stage.east, SubmissionState.PASSED, "teacher6", code, Grade.EXCELLENT
        )
        for code in ("A5", "A9")
    )
    name: HonourName = put_forward(submission=first, by=acting(stage.east["cio"]))
    stage.things |= {"honour": name, "second_excellent": second}


def give_ended_work(stage: Stage) -> None:
    """Work of East's sixth teacher with the last attempt open; a school trainer coaches."""
    row = stories.submission_at(stage.world.alpha, stage.east, SubmissionState.RETURNED, "teacher6", "A11")
    work = Submission.objects.select_related("school__county", "programme").get(pk=row.pk)
    name_coach(submission=work, coach=stage.east["school-trainer"], by=acting(stage.east["cio"]))
    stage.things["ended_work"] = work

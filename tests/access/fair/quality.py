"""Who may open what: the quality of reviews, exemplars to practise on, and the judging of groups' records."""

from assessment.planning.models import Filing
from assessment.programme.actions import enrol_school
from assessment.programme.waves import actions as waves
from assessment.reviewing.exemplars import actions as exemplars
from assessment.reviewing.exemplars.models import Exemplar
from assessment.reviewing.group_records import actions as records
from assessment.reviewing.group_records.models import GroupRecordReview
from assessment.reviewing.group_records.records import record_named
from assessment.submitting.models import Evidence, Submission, SubmissionState
from assessment.submitting.queries import items_of
from assessment.training.activities import actions as activities
from microcapabilities.grades import Grade
from tests import stories
from tests.access.copies import give_copy
from tests.access.lines import Line, get, post
from tests.access.stage import Stage
from tests.assessment import activity_stories as walked
from tests.cast import SchoolCast, acting, cast_school

OFFICE, SEES_COUNTY = "county-office", "county-office county-leader"
SEES_SCHOOL = "county-office county-leader principal cio deputy team school-trainer group-head"
SEES_SUBMISSIONS = "principal cio deputy"
REVIEWS = "reviewer trainer"
PAGE = {"kind": "page_kind", "number": "page_number"}
TRAINER = {"owner": "trainer@alpha", "at": {"pk": "exemplar"}}
HERS = {"owner": "trainer@alpha", "hides": ("独峰小学", ".docx", ".png")}
PIECE = {"pk": "exemplar", "evidence": "exemplar_piece"}
KEPT_PIECE = {"pk": "county_exemplar", "evidence": "kept_piece"}
ASKED = {"owner": "reviewer@east", "at": {"pk": "asked_record"}}
TOPIC = {"at": {"kind": "topic_kind", "pk": "topic_record"}}
WHY = "Shows each grade clearly."


def practice_of(stage: Stage) -> dict[str, object]:
    return {f"grade-{item}": "2" for item in stage.items["exemplar"]}


def agreed_of(name: str) -> object:
    """Return what the form of agreed grades posts: other comments than those that stand."""

    def sent(stage: Stage) -> dict[str, object]:
        items = stage.items[name]
        return {f"grade-{item}": "3" for item in items} | {f"remark-{item}": "Anew" for item in items}

    return sent


LINES: list[Line] = [
    get("assessment:review-quality", REVIEWS),
    get("assessment:school-review-quality", SEES_SUBMISSIONS, lambda s: s.east["reviewer"].name),
    get("assessment:county-review-quality", SEES_COUNTY, lambda s: "东风小学"),
    get("assessment:county-reviewers", SEES_COUNTY, lambda s: s.east["reviewer"].name),
    get("assessment:exemplar-requests", "teacher", lambda s: "Shown at East?", owner="teacher@east"),
    post("assessment:exemplar-answer", "teacher", owner="teacher@east",
         at={"pk": "asked_exemplar", "action": "agree_word"}),
    get("assessment:exemplars", REVIEWS, lambda s: f"/me/exemplars/{s.exemplar.pk}/", **HERS | {"hides": ()}),
    get("assessment:exemplar", REVIEWS, lambda s: "Practise at the lonely one", **TRAINER,
        hides=("独峰小学teacher",)),
    post("assessment:exemplar-practise", REVIEWS, practice_of, **TRAINER),
    get("assessment:exemplar-evidence", REVIEWS, lambda s: s.bytes_of(s.exemplar_clean),
        owner="trainer@alpha", at=PIECE),
    get("assessment:exemplar-evidence-preview", REVIEWS, lambda s: 'role="region"', at=PIECE, **HERS | {
        "hides": ("独峰小学",)}),
    get("assessment:exemplar-evidence-copy", REVIEWS, lambda s: s.copy_of(s.exemplar_clean), **HERS,
        at=PIECE | PAGE),
    get("assessment:county-exemplars", SEES_COUNTY, lambda s: "For the whole county"),
    get("assessment:county-exemplar-work", OFFICE, lambda s: s.released_work.person.name),
    post("assessment:county-exemplar-ask", OFFICE,
         lambda s: {"submission": s.released_work.pk, "reason": WHY}),
    get("assessment:county-exemplar", SEES_COUNTY, lambda s: "For the whole county", at={"pk": "county_exemplar"}),
    post("assessment:county-exemplar-write", OFFICE, agreed_of("county_exemplar"), at={"pk": "county_exemplar"}),
    post("assessment:county-exemplar-step", OFFICE, at={"pk": "county_exemplar", "action": "show_word"}),
    get("assessment:county-exemplar-evidence", OFFICE, lambda s: s.bytes_of(s.kept_clean), at=KEPT_PIECE),
    get("assessment:county-exemplar-evidence-preview", OFFICE, lambda s: 'role="region"', at=KEPT_PIECE),
    get("assessment:county-exemplar-evidence-copy", OFFICE, lambda s: s.copy_of(s.kept_clean),
        at=KEPT_PIECE | PAGE),
    get("assessment:school-exemplars", SEES_SUBMISSIONS, lambda s: "Shown at East?"),
    get("assessment:school-exemplar-work", "cio", lambda s: s.released_work.person.name),
    post("assessment:school-exemplar-ask", "cio", lambda s: {"submission": s.released_work.pk, "reason": WHY}),
    get("assessment:school-exemplar", SEES_SUBMISSIONS, lambda s: "Kept by East", at={"pk": "school_exemplar"}),
    post("assessment:school-exemplar-write", "cio", agreed_of("school_exemplar"), at={"pk": "school_exemplar"}),
    post("assessment:school-exemplar-step", "cio", at={"pk": "school_exemplar", "action": "show_word"}),
    get("assessment:group-records", REVIEWS, lambda s: "Topic of approved", owner="reviewer@east"),
    get("assessment:group-record", REVIEWS, lambda s: "Dull exercises", **ASKED),
    post("assessment:group-record-judge", REVIEWS, lambda s: {"grade": "2", "advice": "Go on."}, **ASKED),
    get("assessment:group-record-output", REVIEWS, lambda s: s.bytes_of(s.record_output), owner="reviewer@east",
        at={"pk": "asked_activity", "output": "record_output"}),
    get("assessment:county-group-records", SEES_COUNTY, lambda s: "Topic of approved"),
    get("assessment:school-group-records", SEES_SCHOOL, lambda s: "Topic of approved", in_group=True),
    get("assessment:school-group-record", SEES_SCHOOL, lambda s: "Dull exercises", **TOPIC, in_group=True,
        hides=("南山小学", "乙县")),
    post("assessment:school-group-record-ask", "cio", lambda s: {"person": s.east["reviewer2"].pk}, **TOPIC),
    post("assessment:school-group-record-judge", OFFICE, lambda s: {"grade": "2", "advice": "Go on."}, **TOPIC),
    post("assessment:school-group-record-release", "cio", at={"pk": "asked_record"}),
]  # fmt: skip


def give(stage: Stage) -> None:
    """Put the things of these lines on the stage."""
    stage.things |= {"agree_word": "agree", "show_word": "show", "topic_kind": "topic"}
    give_exemplars(stage)
    give_records(stage)


def give_exemplars(stage: Stage) -> None:
    """At East one asked for and one agreed, one of the county, and one that only the trainer practises on."""
    alpha, east, office = stage.world.alpha, stage.east, acting(stage.world.alpha["county-office"])
    cio, work = acting(east["cio"]), Submission.objects.select_related("person", "point", "school__county")
    own = work.filter(person=east["teacher"], state=SubmissionState.PASSED).order_by("point__position")
    first, second = list(own)[:2]
    ask = exemplars.ask
    stage.things["asked_exemplar"] = ask(
        submission=first, is_for_county=False, reason="Shown at East?", by=cio
    )
    county = ask(submission=second, is_for_county=True, reason="For the whole county", by=office)
    kept = ask(submission=work.get(pk=stage.failed.pk), is_for_county=False, reason="Kept by East", by=cio)
    agreed(stage, "county_exemplar", county, east["teacher"])
    agreed(stage, "school_exemplar", kept, east["teacher2"])
    stage.things["released_work"] = work.get(
        person=east["teacher2"], point__code="A1", state=SubmissionState.PASSED
    )
    lonely = cast_school(alpha.county, "独峰小学", "lonely")
    enrol_school(programme=stories.programme(alpha), school=lonely.school, by=office)
    waves.propose(programme=stage.draft_programme, by=office)  # this school too has its wave in the draft
    lonely_exemplar(stage, lonely)
    for name, thing in (("kept_piece", county), ("exemplar_piece", stage.exemplar)):
        piece = Evidence.objects.filter(attempt=thing.attempt).select_related("file").order_by("pk")[0]
        give_copy(piece.file, f"page of {name}".encode())
        stage.things[name] = piece


def lonely_exemplar(stage: Stage, lonely: SchoolCast) -> None:
    """A school that nobody of the cast reviews for but the county's trainer, with an open exemplar."""
    work = stories.submission_at(stage.world.alpha, lonely, SubmissionState.PASSED)
    cio = acting(lonely["cio"])
    made = exemplars.ask(submission=work, is_for_county=False, reason="Practise at the lonely one", by=cio)
    agreed(stage, "exemplar", made, lonely["teacher"], lonely["cio"])
    exemplars.step(exemplar=made, action="show", by=cio)


def agreed(stage: Stage, name: str, made: Exemplar, teacher: object, keeper: object = None) -> None:
    """The teacher agrees and every item has an agreed grade."""
    exemplars.step(exemplar=made, action="agree", by=acting(teacher))  # type: ignore[arg-type]
    found = stage.world.alpha["county-office"] if made.is_for_county else stage.east["cio"]
    items = [item.pk for item in items_of(made.submission)]
    exemplars.agree_on(
        exemplar=made,
        grades=dict.fromkeys(items, Grade.PASS),
        comments=dict.fromkeys(items, "The goal is clear."),
        by=acting(keeper or found),  # type: ignore[arg-type]
    )
    stage.items[name] = items
    stage.things[name] = made


def give_records(stage: Stage) -> None:
    """East's reviewer is asked to judge an agreed topic plan and a closed activity of another group."""
    alpha, east, cio = stage.world.alpha, stage.east, acting(stage.east["cio"])
    held = walked.opened(alpha, east, group=stage.met_activity.group, title="Small group judged")
    stage.things["record_output"] = activities.add_output(activity=held, upload=stories.picture(234), by=cio)
    walked.closed(alpha, held, east["cio"])
    plan = Filing.objects.get(title="Topic of approved")
    for name, kind, pk in (("asked_record", "topic", plan.pk), ("asked_activity", "activity", held.pk)):
        record = record_named(kind, pk, east.school)
        assert record is not None
        made = records.ask(record=record, reviewer=east["reviewer"], by=cio)
        stage.things[name] = GroupRecordReview.objects.get(pk=made.pk)
    stage.things["topic_record"] = plan

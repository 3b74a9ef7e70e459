"""Who may open what: activities, courses and their ratings."""

from datetime import timedelta

from assessment.training.activities import actions, signing
from assessment.training.activities.models import How
from assessment.training.courses import actions as courses
from assessment.training.polishing import actions as polishing
from schools.clock import now, today
from schools.organisations.models import TeachingGroup
from schools.people.models import Person
from tests import stories
from tests.access.lines import SIGNED_IN, Line, get, post
from tests.access.stage import Stage
from tests.assessment import activity_stories as walked
from tests.cast import acting

OFFICE, SEES_COUNTY = "county-office", "county-office county-leader"
SEES_SCHOOL = "county-office county-leader principal cio deputy team school-trainer group-head"
LEADS, KEEPS = "cio team school-trainer group-head", "cio team school-trainer"
RATING = {"content": 5, "trainer": 4, "use": 3}
RATE = {"kind": "showing", "basis": "session", "hours": "3"}
SIX = {"owner": "teacher6@east"}
GROUP = {"in_group": True}
FOREIGN = ("南山小学", "乙县")  # the form names the county's schools, of which one may be the partner
COURSE = {"kind": "team", "title": "Leading", "category": "online", "hours": "6",
          "begins_on": "2026-01-05", "ends_on": "2026-01-06"}  # fmt: skip


def plan_of(stage: Stage) -> dict[str, object]:
    """What the form of an activity posts: one of East's own group, which all who lead may plan."""
    return {
        "kind": "workshop", "group": stage.east.group.pk, "title": "Slides", "purpose": "Better slides",
        "day": today().isoformat(), "begins": "14:00", "ends": "15:00", "place": "Hall",
        "leader": stage.east["cio"].pk,
    }  # fmt: skip


def on(thing: str) -> dict[str, dict[str, str]]:
    return {"at": {"pk": thing}}


LINES: list[Line] = [
    get("assessment:activities", "teacher", lambda s: "Small group meets", **SIX),
    get("assessment:activity", "teacher", lambda s: "Small group met", **SIX, **on("met_activity")),
    post("assessment:activity-rate", "teacher", lambda s: RATING, **SIX, **on("met_activity")),
    get("assessment:activity-sign-in", "teacher", lambda s: "Small group meets", **SIX, **on("small_activity")),
    post("assessment:activity-sign-in-send", "teacher",
         lambda s: {"how": "code", "code": signing.code_at(s.small_activity, now())}, **SIX,
         **on("small_activity")),
    get("assessment:county-activities", SEES_COUNTY, lambda s: "East plans slides"),
    get("assessment:county-rates", SEES_COUNTY),
    post("assessment:county-rate-set", OFFICE, lambda s: RATE),
    get("assessment:school-activities", SEES_SCHOOL, lambda s: "East plans slides"),
    get("assessment:school-activity-new", LEADS, lambda s: "东风小学", hides=FOREIGN),
    post("assessment:school-activity-plan", LEADS, plan_of, mover="cio@east"),
    get("assessment:school-activity", SEES_SCHOOL, lambda s: "East plans slides", **on("planned_activity")),
    get("assessment:school-activity-edit", LEADS, lambda s: "East plans slides", **on("planned_activity"),
        **GROUP, hides=FOREIGN),
    post("assessment:school-activity-change", LEADS, plan_of, **on("planned_activity"), **GROUP),
    post("assessment:school-activity-open", LEADS, **on("planned_activity"), **GROUP),
    post("assessment:school-activity-cancel", LEADS, lambda s: {"note": "Snow"}, **on("planned_activity"),
         **GROUP),
    post("assessment:school-activity-close", LEADS, **on("open_activity"), **GROUP),
    get("assessment:school-activity-screen", LEADS, lambda s: "East talks", **on("open_activity"), **GROUP),
    get("assessment:school-activity-code", LEADS, lambda s: f"/activities/{s.open_activity.pk}/screen/code/",
        **on("open_activity"), **GROUP),
    get("assessment:school-activity-list", LEADS, lambda s: "东风小学teacher2", **on("open_activity"), **GROUP),
    post("assessment:school-activity-list-add", LEADS,
         lambda s: {"ids": stories.participant(s.world.alpha, s.east["teacher2"]).pk}, **on("open_activity"),
         **GROUP),
    post("assessment:school-activity-list-strike", LEADS, at={"pk": "open_activity", "sign_in": "sign_in"},
         **GROUP),
    post("assessment:school-activity-record", LEADS, lambda s: {"record": "Found two questions, and why."},
         **on("open_activity"), **GROUP, is_idle=True),
    post("assessment:school-activity-output-add", LEADS, lambda s: {"file": stories.picture(233)},
         **on("open_activity"), **GROUP),
    get("assessment:school-activity-output", SEES_SCHOOL, lambda s: s.bytes_of(s.output),
        at={"pk": "open_activity", "output": "output"}),
    post("assessment:school-activity-output-remove", LEADS, at={"pk": "open_activity", "output": "output"},
         **GROUP),
    get("assessment:polishings", "teacher", lambda s: "Folded by the fifth", **SIX),
    post("assessment:polish-begin", "teacher",
         lambda s: {"topic": "Anew", "file": stories.document("Anew")}, **SIX),
    get("assessment:polish", "teacher", lambda s: "Folded by the fifth", **SIX, **on("polish")),
    post("assessment:polish-draft-add", "teacher", lambda s: {"file": stories.document("More")}, **SIX,
         **on("own_polish")),
    get("assessment:polish-draft", "teacher", lambda s: s.bytes_of(s.draft_of_piece), **SIX,
        at={"pk": "polish", "draft": "draft_of_piece"}),
    post("assessment:polish-note", "teacher", lambda s: {"text": "Ask first."}, **SIX,
         at={"pk": "polish", "draft": "draft_of_piece"}),
    get("assessment:school-polishings", LEADS, lambda s: "Folded at East", **GROUP),
    get("assessment:school-polish", LEADS, lambda s: "Folded at East", **on("group_polish"), **GROUP),
    get("assessment:school-polish-draft", LEADS, lambda s: s.bytes_of(s.group_draft),
        at={"pk": "group_polish", "draft": "group_draft"}, **GROUP),
    post("assessment:school-polish-note", LEADS, lambda s: {"text": "Ask first."},
         at={"pk": "group_polish", "draft": "group_draft"}, **GROUP),
    post("assessment:school-polish-finish", LEADS, lambda s: {"word": "Clear now."}, **on("group_polish"),
         **GROUP),
    get("assessment:courses", SIGNED_IN, lambda s: "Course of the county", owner="teacher2@east"),
    get("assessment:course", SIGNED_IN, lambda s: "Course of the county", owner="teacher2@east",
        **on("county_course")),
    post("assessment:course-rate", SIGNED_IN, lambda s: RATING, owner="teacher2@east", **on("county_course")),
    get("assessment:county-team-training", SEES_COUNTY, lambda s: "东风小学"),
    get("assessment:county-courses", SEES_COUNTY, lambda s: "Course of the county"),
    get("assessment:county-course-new", OFFICE),
    post("assessment:county-course-keep", OFFICE, lambda s: COURSE),
    get("assessment:county-course", SEES_COUNTY, lambda s: "Course of the county", **on("county_course")),
    get("assessment:county-course-edit", OFFICE, lambda s: "Course of the county", **on("county_course")),
    post("assessment:county-course-change", OFFICE, lambda s: COURSE, **on("blank_county_course")),
    post("assessment:county-course-mark", OFFICE, lambda s: {"ids": s.east["teacher3"].pk},
         **on("county_course")),
    post("assessment:county-course-strike", OFFICE, lambda s: {"person": s.east["teacher2"].pk},
         **on("county_course")),
    get("assessment:school-courses", SEES_SCHOOL, lambda s: "Course of East"),
    get("assessment:school-course-new", KEEPS),
    post("assessment:school-course-keep", KEEPS, lambda s: COURSE),
    get("assessment:school-course", SEES_SCHOOL, lambda s: "Course of East", **on("school_course")),
    get("assessment:school-course-edit", KEEPS, lambda s: "Course of East", **on("school_course")),
    post("assessment:school-course-change", KEEPS, lambda s: COURSE, **on("blank_course")),
    post("assessment:school-course-mark", KEEPS, lambda s: {"ids": s.east["teacher3"].pk},
         **on("school_course")),
    post("assessment:school-course-strike", KEEPS, lambda s: {"person": s.east["teacher2"].pk},
         **on("school_course")),
]  # fmt: skip


def give(stage: Stage) -> None:
    """Put the things of these lines on the stage."""
    give_activities(stage)
    give_polishing(stage)
    give_courses(stage)


def give_activities(stage: Stage) -> None:
    """Of East's group one planned and one open; of a small group of two one open and one closed."""
    alpha, east = stage.world.alpha, stage.east
    cio = acting(east["cio"])
    small = TeachingGroup.objects.create(county=alpha.county, school=east.school, name="Two alone")
    for who in ("teacher5", "teacher6"):
        Person.objects.filter(pk=east[who].pk).update(group=small)
        east.people[who] = Person.objects.select_related("user").get(pk=east[who].pk)
    planned = walked.planned(alpha, east, group=east.group, title="East plans slides")
    held = walked.opened(alpha, east, group=east.group, title="East talks")
    actions.write_record(activity=held, text="Found two questions.", by=cio)
    output = actions.add_output(activity=held, upload=stories.picture(232), by=cio)
    sign_in = walked.signed_in(alpha, held, east["teacher3"])
    met = walked.opened(alpha, east, group=small, title="Small group met")
    walked.signed_in(alpha, met, east["teacher6"], How.QR)
    walked.closed(alpha, met, east["cio"])
    stage.things |= {
        "planned_activity": planned, "open_activity": held, "output": output, "sign_in": sign_in,
        "met_activity": met, "small_activity": walked.opened(alpha, east, group=small, title="Small group meets"),
    }  # fmt: skip


def give_polishing(stage: Stage) -> None:
    """Pieces of the small group and one of East's group with a note."""
    pieces = {}
    for name, who, topic in (
        ("polish", "teacher5", "Folded by the fifth"),
        ("own_polish", "teacher6", "Folded by the sixth"),
        ("group_polish", "teacher3", "Folded at East"),
    ):
        pieces[name] = polishing.begin(
            participant=stories.participant(stage.world.alpha, stage.east[who]),
            topic=topic, upload=stories.document(topic), by=acting(stage.east[who]),
        )  # fmt: skip
    drafts = {name: piece.drafts.select_related("file", "polish").get() for name, piece in pieces.items()}
    polishing.note_at(draft=drafts["group_polish"], text="Ask first.", by=acting(stage.east["teacher2"]))
    stage.things |= pieces | {"draft_of_piece": drafts["polish"], "group_draft": drafts["group_polish"]}


def give_courses(stage: Stage) -> None:
    """A course of the county and one of East that the second teacher attended, and each one without anybody."""
    alpha, east = stage.world.alpha, stage.east
    for name, school, title in (
        ("county_course", None, "Course of the county"),
        ("school_course", east, "Course of East"),
    ):
        row = walked.course(alpha, school, title=title, counts=False, begins_on=today() - timedelta(days=9))
        by = acting(east["cio"] if school else alpha["county-office"])
        place = school.school if school else None
        courses.note_attendance(course=row, people=[east["teacher2"]], school=place, by=by)
        stage.things[name] = row
    stage.things["blank_county_course"] = walked.course(alpha, title="Blank")
    stage.things["blank_course"] = walked.course(alpha, east, title="Blank of the school")

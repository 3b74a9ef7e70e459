"""Who may open what: visits, inspections and issues, minutes, the library, circulars."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Permission as NamedPermission

from assessment.guiding.circulars import actions as circulars
from assessment.guiding.circulars.actions import Letter
from assessment.guiding.inspections import actions as inspections
from assessment.guiding.inspections.models import Inspection, Issue, Level, Severity, Topic
from assessment.guiding.library import actions as library
from assessment.guiding.library.models import DocumentKind
from assessment.guiding.meetings import actions as meetings
from assessment.guiding.meetings.models import MeetingKind
from assessment.guiding.visits import actions as visits
from assessment.guiding.visits.models import VisitKind
from schools.access.models import SchoolGrant
from schools.clock import today
from schools.organisations.models import School
from tests import stories
from tests.access.lines import SIGNED_IN, Line, get, post
from tests.access.stage import Stage, in_a_week
from tests.cast import acting, give_role, make_person

OFFICE, SEES_COUNTY = "county-office", "county-office county-leader"
SEES_SCHOOL = "county-office county-leader principal cio deputy team school-trainer group-head"
SEES_PEOPLE = "county-office principal cio team"
GUIDED = {"owner": "trainer@alpha", "at": {"pk": "assignment"}}
VISITED = {"owner": "trainer@alpha", "at": {"pk": "visit"}}
READER, ADDRESSED = "reviewer2@east", "principal@east"


def a_visit(_stage: Stage) -> dict[str, Any]:
    return {
        "day": today().isoformat(), "kind": "online", "looked_at": "Records", "observed": "In order",
        "advice": "Go on",
    }  # fmt: skip


def an_issue(stage: Stage) -> dict[str, Any]:
    owner = stage.east["team"].pk
    return {"title": "Lists", "severity": 2, "owner": owner, "due_on": in_a_week(), "school": "east"}


def a_meeting(_stage: Stage) -> dict[str, Any]:
    return {"title": "Monday", "kind": "other", "held_on": today().isoformat(), "attendees": "All"}


def a_version(_stage: Stage) -> dict[str, Any]:
    return {"file": stories.document("Version"), "effective_from": "2026-01-01"}


def a_document(stage: Stage) -> dict[str, Any]:
    return {"name": "Another document", "kind": "guide", **a_version(stage)}


def a_letter(stage: Stage) -> dict[str, Any]:
    return {"title": "Letter", "text": "Text", "roles": ["cio"], "schools": [stage.east.school.pk]}


VISITS: list[Line] = [
    get("assessment:county-trainers", SEES_COUNTY, lambda s: "Focus on records"),
    post("assessment:county-trainers-assign", OFFICE, lambda s: {
        "trainer": s.world.alpha["trainer"].pk, "schools": [s.west.school.pk],
        "starts_on": today().isoformat(), "last_on": in_a_week()}),
    post("assessment:county-trainers-end", OFFICE, at={"pk": "assignment"}),
    get("assessment:county-visits", SEES_COUNTY, lambda s: "Lessons of East"),
    get("assessment:county-visit", SEES_COUNTY, lambda s: "Lessons of East", at={"pk": "visit"}),
    get("assessment:school-visit", SEES_SCHOOL, lambda s: "Lessons of East", at={"pk": "visit"}),
    post("assessment:school-visit-answer", "cio", lambda s: {"note": "Done."}, at={"pk": "visit"}),
    get("assessment:guidance", "trainer", lambda s: "Lessons of East", owner="trainer@alpha"),
    get("assessment:guidance-school", "trainer", lambda s: "Focus on records", **GUIDED),
    post("assessment:guidance-visit-write", "trainer", a_visit, **GUIDED),
    get("assessment:guidance-visit", "trainer", lambda s: "Lessons of East", **VISITED),
    get("assessment:guidance-file", "trainer", lambda s: s.bytes_of(s.visit_file), owner="trainer@alpha",
        at={"pk": "visit_file"}),
    get("assessment:county-guidance-file", SEES_COUNTY, lambda s: s.bytes_of(s.visit_file),
        at={"pk": "visit_file"}),
    get("assessment:school-guidance-file", SEES_SCHOOL, lambda s: s.bytes_of(s.visit_file),
        at={"pk": "visit_file"}),
]  # fmt: skip

INSPECTIONS: list[Line] = [
    get("assessment:county-inspections", SEES_COUNTY, lambda s: "Inspectors of East"),
    post("assessment:county-inspections-record", OFFICE, lambda s: {
        "school": s.east.school.pk, "level": "city", "topic": "hours", "day": "2026-01-05",
        "members": "Two", "summary": "In order"}),
    get("assessment:county-inspection", SEES_COUNTY, lambda s: "Issue of East, open", at={"pk": "inspection"}),
    post("assessment:county-inspection-issue", OFFICE, an_issue, at={"pk": "inspection"}),
    get("assessment:county-issues", SEES_COUNTY, lambda s: "Issue of East, open"),
    get("assessment:county-issue", SEES_COUNTY, lambda s: "Issue of East, mended", at={"pk": "mended_issue"}),
    post("assessment:county-issue-close", OFFICE, at={"pk": "mended_issue"}),
    post("assessment:county-issue-reopen", OFFICE, lambda s: {"note": "Not yet.", "due_at": in_a_week()},
         at={"pk": "mended_issue"}),
    get("assessment:county-issue-proof", SEES_COUNTY, lambda s: s.bytes_of(s.mended_issue.proof),
        at={"pk": "mended_issue"}),
    get("assessment:school-guidance", SEES_SCHOOL, lambda s: "Issue of East, open"),
    get("assessment:school-inspection", SEES_SCHOOL, lambda s: "Inspectors of East", at={"pk": "inspection"}),
    get("assessment:school-issue", SEES_SCHOOL, lambda s: "Issue of East, open", at={"pk": "open_issue"}),
    post("assessment:school-issue-mend", "cio", lambda s: {"words": "Done.", "proof": stories.picture(233)},
         at={"pk": "open_issue"}),
    get("assessment:school-issue-proof", SEES_SCHOOL, lambda s: s.bytes_of(s.mended_issue.proof),
        at={"pk": "mended_issue"}),
]  # fmt: skip

MEETINGS: list[Line] = [
    get("assessment:county-minutes", SEES_COUNTY, lambda s: "Minutes of Alpha"),
    post("assessment:county-minutes-keep", OFFICE, a_meeting),
    get("assessment:county-meeting", SEES_COUNTY, lambda s: "Decision of Alpha", at={"pk": "county_minutes"}),
    post("assessment:county-meeting-decide", OFFICE, lambda s: {"what": "More"}, at={"pk": "county_minutes"}),
    get("assessment:county-decision", OFFICE, lambda s: "Decision of Alpha", at={"pk": "county_decision"}),
    post("assessment:county-decision-raise", OFFICE, an_issue, at={"pk": "county_decision"}),
    get("assessment:school-minutes", SEES_SCHOOL, lambda s: "Minutes of East"),
    post("assessment:school-minutes-keep", "cio", a_meeting),
    get("assessment:school-meeting", SEES_SCHOOL, lambda s: "Decision of East", at={"pk": "school_minutes"}),
    post("assessment:school-meeting-decide", "cio", lambda s: {"what": "More"}, at={"pk": "school_minutes"}),
    get("assessment:school-decision", "cio", lambda s: "Decision of East", at={"pk": "school_decision"}),
    post("assessment:school-decision-raise", "cio", an_issue, at={"pk": "school_decision"}),
]  # fmt: skip

LIBRARY: list[Line] = [
    get("assessment:library", SIGNED_IN, lambda s: "Document of the bend", owner=READER),
    get("assessment:document", SIGNED_IN, lambda s: "Document of the bend", owner=READER,
        at={"pk": "bend_document"}),
    post("assessment:document-take", SIGNED_IN, owner=READER, at={"pk": "bend_version"}, status=200),
    post("assessment:document-follow", SIGNED_IN, lambda s: {"follow": "yes"}, owner=READER,
         at={"pk": "bend_document"}),
    get("assessment:county-library", SEES_COUNTY, lambda s: "Document of Alpha"),
    post("assessment:county-library-add", OFFICE, a_document),
    get("assessment:county-document", SEES_COUNTY, lambda s: "Document of Alpha", at={"pk": "county_document"}),
    post("assessment:county-document-publish", OFFICE, a_version, at={"pk": "county_document"}),
    get("assessment:school-library", SEES_SCHOOL, lambda s: "Document of East"),
    post("assessment:school-library-add", "cio", a_document),
    get("assessment:school-document", SEES_SCHOOL, lambda s: "Document of East", at={"pk": "east_document"}),
    post("assessment:school-document-publish", "cio", a_version, at={"pk": "east_document"}),
]  # fmt: skip

DRAFT, SENT = {"at": {"pk": "draft_circular"}}, {"at": {"pk": "circular"}}
CIRCULARS: list[Line] = [
    get("assessment:circulars", SIGNED_IN, lambda s: "Circular to East", owner=ADDRESSED),
    get("assessment:circular", SIGNED_IN, lambda s: "Circular to East", owner=ADDRESSED, **SENT),
    post("assessment:circular-read", SIGNED_IN, owner=ADDRESSED, **SENT),
    get("assessment:circular-file", SIGNED_IN, lambda s: s.bytes_of(s.circular_file), owner=ADDRESSED,
        at={"pk": "circular", "enclosure": "circular_file"}),
    get("assessment:county-circulars", SEES_COUNTY, lambda s: "Circular to East"),
    post("assessment:county-circulars-draft", OFFICE, a_letter),
    get("assessment:county-circular", SEES_COUNTY, lambda s: "Circular to East", **SENT),
    post("assessment:county-circular-save", OFFICE, lambda s: {**a_letter(s), "files": stories.picture(238)}, **DRAFT),
    post("assessment:county-circular-send", OFFICE, **DRAFT),
    post("assessment:county-circular-withdraw", OFFICE, lambda s: {"note": "Wrong day."}, **SENT),
    post("assessment:county-circular-remind", OFFICE, **SENT),
    get("assessment:school-circulars", SEES_PEOPLE, lambda s: "Circular to East"),
    get("assessment:school-circular", SEES_PEOPLE, lambda s: s.east["principal"].name, **SENT),
]  # fmt: skip

LINES: list[Line] = [*VISITS, *INSPECTIONS, *MEETINGS, *LIBRARY, *CIRCULARS]


def give(stage: Stage) -> None:
    """A visit, an inspection with two issues, minutes, documents and circulars of East and Alpha."""
    give_visit(stage)
    give_inspection(stage)
    give_minutes(stage)
    give_library(stage)
    give_circulars(stage)


def give_visit(stage: Stage) -> None:
    office, trainer = acting(stage.world.alpha["county-office"]), stage.world.alpha["trainer"]
    row = visits.assign(
        trainer=trainer, school=stage.east.school, starts_on=date(2026, 1, 1),
        last_on=today() + timedelta(days=30), focus="Focus on records", by=office,
    )  # fmt: skip
    visit = visits.write(
        assignment=row, day=date(2026, 1, 5), kind=VisitKind.ON_SITE, looked_at="Lessons of East",
        observed="Quiet", advice="Ask more", uploads=[stories.picture(234)], by=acting(trainer),
    )  # fmt: skip
    stage.things |= {"assignment": row, "visit": visit, "visit_file": visit.enclosures.get()}


def give_inspection(stage: Stage) -> None:
    office, cio = acting(stage.world.alpha["county-office"]), acting(stage.east["cio"])
    row = inspections.inspect(
        school=stage.east.school, level=Level.COUNTY, topic=Topic.PROCESS, day=date(2026, 1, 6),
        members="Inspectors of East", summary="Two things", uploads=[stories.picture(235)], by=office,
    )  # fmt: skip
    opened, mended = (named(stage, row, f"Issue of East, {name}") for name in ("open", "mended"))
    inspections.mend(issue=mended, words="Done.", proof=stories.picture(236), by=cio)
    stage.things |= {"inspection": row, "open_issue": opened, "mended_issue": mended}


def named(stage: Stage, row: Inspection, title: str) -> Issue:
    return inspections.raise_issue(
        school=stage.east.school, title=title, area="", severity=Severity.SERIOUS, owner=stage.east["team"],
        due_on=today() + timedelta(days=7), inspection=row, by=acting(stage.world.alpha["county-office"]),
    )  # fmt: skip


def give_minutes(stage: Stage) -> None:
    county, school = stage.world.alpha.county, stage.east.school
    for key, place, name, keeper in (
        ("county", None, "Alpha", stage.world.alpha["county-office"]),
        ("school", school, "East", stage.east["cio"]),
    ):
        row = meetings.keep(
            county=county, school=place, title=f"Minutes of {name}", kind=MeetingKind.REGULAR,
            held_on=date(2026, 1, 7), attendees="Everybody", by=acting(keeper),
        )  # fmt: skip
        decision = meetings.decide(minutes=row, what=f"Decision of {name}", by=acting(keeper))
        stage.things |= {f"{key}_minutes": row, f"{key}_decision": decision}


def give_library(stage: Stage) -> None:
    """The bend is a small school; its document is for its CIO and an outside reviewer alone."""
    county = stage.world.alpha.county
    bend = School.objects.create(county=county, name="河湾小学", slug="bend")
    keeper_of_bend = make_person("河湾小学cio", county, bend)
    give_role(keeper_of_bend, "cio", bend)
    for key, place, name, keeper in (
        ("county", None, "Alpha", stage.world.alpha["county-office"]),
        ("east", stage.east.school, "East", stage.east["cio"]),
        ("bend", bend, "the bend", keeper_of_bend),
    ):
        by = acting(keeper)
        stage.things[f"{key}_document"] = library.add(
            county=county, school=place, name=f"Document of {name}", kind=DocumentKind.GUIDE,
            upload=stories.document(name), effective_from=date(2026, 1, 1), by=by,
        )  # fmt: skip
    stage.things["bend_version"] = stage.bend_document.versions.get()
    may_review = NamedPermission.objects.get(codename="review_school", content_type__app_label="schools")
    SchoolGrant.objects.create(
        user_id=stage.east["reviewer2"].user_id, permission=may_review, content_object=bend, reason="Subject"
    )


def give_circulars(stage: Stage) -> None:
    county, office = stage.world.alpha.county, acting(stage.world.alpha["county-office"])
    for key, roles, uploads in (
        ("circular", ["principal"], [stories.picture(237)]),
        ("draft_circular", ["cio"], []),
    ):
        letter = Letter(
            title="Circular to East" if uploads else "Draft to East", text="Please read.", roles=roles,
            schools=[stage.east.school], is_to_all_schools=False, uploads=uploads,
        )  # fmt: skip
        stage.things[key] = circulars.draft(county=county, letter=letter, by=office)
    circulars.send(circular=stage.circular, by=office)
    stage.things["circular_file"] = stage.circular.enclosures.get()

"""Who may open what: filings beside the plan."""

from assessment.planning import actions, comments, remarks
from assessment.planning.models import Filing, FilingKind
from schools.organisations.models import TeachingGroup
from schools.people.models import Membership
from tests import stories
from tests.access.lines import Line, get, post
from tests.access.stage import Stage
from tests.cast import SINCE, acting
from tests.filings_said import scheme_said, topic_said

OFFICE, SEES_COUNTY = "county-office", "county-office county-leader"
SEES_SCHOOL = "county-office county-leader principal cio deputy team school-trainer group-head"
WRITES = "cio group-head"
SENT = {
    "title": "Topic anew", "problem": "Dull exercises", "points": ["A1"], "sessions-0-what": "Look at errors",
    "sessions-0-when": "2026-05-20", "sessions-0-hours": "2", "sessions-0-who": "Head",
}  # fmt: skip


def topic(name: str) -> dict[str, object]:
    return {"at": {"document": f"topic_{name}"}}


def written(name: str) -> dict[str, object]:
    return topic(name) | {"in_group": True}


LINES: list[Line] = [
    get("assessment:plan", "teacher", lambda s: f"/me/plan/comments/{s.comment.pk}/change/", owner="teacher@east"),
    post("assessment:plan-comment", "teacher", lambda s: {"of": "plan", "text": "How often?"},
         owner="teacher@east"),
    post("assessment:plan-comment-change", "teacher", lambda s: {"text": "Rather so."}, owner="teacher@east",
         at={"pk": "comment"}),
    get("assessment:county-filings-board", SEES_COUNTY, lambda s: "中心小学"),
    get("assessment:county-filing-compare", SEES_COUNTY, lambda s: "Scheme of east", at={"pk": "scheme"}),
    post("assessment:county-filing-remark", OFFICE, lambda s: {"field": "goals", "text": "By whom?"},
         at={"pk": "plan_of_centre"}),
    post("assessment:county-remark-remove", OFFICE, at={"pk": "draft_remark"}),
    get("assessment:school-filings", SEES_SCHOOL, lambda s: "Group draft", hides=("乙县",)),
    get("assessment:school-filing", SEES_SCHOOL, lambda s: "Topic of draft", **topic("draft")),
    post("assessment:school-filing-save", WRITES, lambda s: SENT, is_idle=True, **written("draft")),
    post("assessment:school-filing-file", WRITES, **written("draft")),
    post("assessment:school-filing-amend", WRITES, lambda s: {"note": "More."}, **written("approved")),
    post("assessment:school-filing-keep", WRITES, **written("amended")),
    post("assessment:school-filing-agree", "cio", **topic("filed")),
    post("assessment:school-filing-give-back", "cio", lambda s: {"note": "How?"}, **topic("filed")),
    get("assessment:school-filing-compare", SEES_SCHOOL, lambda s: "Topic of approved", **topic("approved")),
    get("assessment:school-filing-paper", SEES_SCHOOL, lambda s: "Topic of filed", **topic("filed")),
    get("assessment:school-filing-scan", SEES_SCHOOL, lambda s: s.bytes_of(s.filed_topic.scan), **topic("filed")),
    post("assessment:school-filing-scan-add", "cio", lambda s: {"scan": stories.picture(252)}, **topic("filed")),
    post("assessment:school-filing-open", "cio", lambda s: {"is_open": "on"}, at={"pk": "scheme"}),
    post("assessment:school-remark-answer", "cio", lambda s: {"answer": "Done.", "is_mended": "on"},
         at={"pk": "remark"}),
    post("assessment:school-comment-reply", "cio", lambda s: {"text": "Weekly."}, at={"pk": "comment"}),
]  # fmt: skip


def give(stage: Stage) -> None:
    """Topic plans of East at each state, its scheme returned with a remark, a comment on its plan."""
    for name in ("draft", "filed", "approved", "amended"):
        give_topic(stage, name)
    give_scheme(stage)
    office = acting(stage.world.alpha["county-office"])
    stage.things["draft_remark"] = remarks.remark(
        filing=stage.plan_of_centre, field="goals.0", text="Measured by whom?", by=office
    )
    stage.things["comment"] = comments.comment(
        filing=Filing.objects.get(pk=stage.plan_of_east.pk),
        text="East asks",
        by=acting(stage.east["teacher"]),
    )


def give_topic(stage: Stage, name: str) -> None:
    """A group of East with the same head, and its topic plan at one state."""
    east, year = stage.east, stories.programme(stage.world.alpha)
    group = TeachingGroup.objects.create(county=east.school.county, school=east.school, name=f"Group {name}")
    Membership.objects.create(
        person=east["group-head"], role="group-head", county=east.school.county, school=east.school,
        group=group, starts_on=SINCE,
    )  # fmt: skip
    head, cio = acting(east["group-head"]), acting(east["cio"])
    filing = actions.write(
        programme=year, school=east.school, kind=FilingKind.TOPIC, group=group, title=f"Topic of {name}",
        content=topic_said(year), by=head,
    )  # fmt: skip
    stage.things[f"topic_{name}"] = filing.document
    if name == "draft":
        return
    actions.file(filing=filing, by=head)
    if name == "filed":
        actions.attach_scan(filing=filing, upload=stories.picture(251), by=cio)
        stage.things["filed_topic"] = filing
        return
    actions.agree(filing=filing, by=cio)
    if name == "amended":
        actions.amend(filing=filing, why="One more session.", by=head)


def give_scheme(stage: Stage) -> None:
    east, year = stage.east, stories.programme(stage.world.alpha)
    cio, office = acting(east["cio"]), acting(stage.world.alpha["county-office"])
    scheme = actions.write(
        programme=year, school=east.school, kind=FilingKind.SCHEME, title="Scheme of east",
        content=scheme_said(year), by=cio,
    )  # fmt: skip
    actions.file(filing=scheme, by=cio)
    stage.things["remark"] = remarks.remark(filing=scheme, field="themes", text="Which groups?", by=office)
    actions.send_back(filing=scheme, remarks="", by=office)
    stage.things["scheme"] = scheme

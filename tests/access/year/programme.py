"""Who may open what: the setting up, waves, dates, calendars and absences."""

from datetime import timedelta

from assessment.programme.absences import actions as absences
from assessment.programme.absences.models import AbsenceKind
from assessment.programme.dates import feeds
from assessment.programme.drafts.actions import choose_pack
from assessment.programme.presets import preset
from assessment.programme.waves import actions as waves
from assessment.programme.waves.actions import WaveWanted
from schools.clock import today
from tests import stories
from tests.access.lines import COUNTY_ROLES, PUBLIC, SCHOOL_ROLES, SIGNED_IN, Line, get, post
from tests.access.stage import Stage, in_a_week
from tests.access.table_assessment import OFFICE, RULES, SEES_COUNTY, SEES_SCHOOL
from tests.cast import acting, give_role, make_person

WAVES = {"name-1": "All", "year-1": 2026, "share-1": 100}
ASKS = "cio team county-office"
PEOPLE = " ".join((*COUNTY_ROLES, *SCHOOL_ROLES))


def asks(stage: Stage) -> dict[str, object]:
    row = stories.participant(stage.world.alpha, stage.east["teacher3"])
    return {"participant": row.pk, "kind": "exclusion", "starts_on": in_a_week(), "reason": "Retires"}


def draft(name: str, text: str = "Jiangsu") -> Line:
    return get(f"assessment:programme-draft{name}", OFFICE, lambda s: s.draft_programme.name)


LINES: list[Line] = [
    get("assessment:calendar-feed", PUBLIC, lambda s: "BEGIN:VCALENDAR", at={"token": "feed_token"},
        hides=("东风小学", "乙县")),
    get("assessment:my-calendar", SIGNED_IN),
    post("assessment:my-calendar-renew", PEOPLE),
    get("assessment:programme-calendar", OFFICE, lambda s: s.passed.programme.name),
    get("assessment:programme-dates", SEES_COUNTY, lambda s: s.east.school.name),
    draft(""), draft("-rules"), draft("-waves"), draft("-calendar"), draft("-check"),
    post("assessment:programme-draft-choose", OFFICE,
         lambda s: {"preset": "si-county-2022", "year": 2031, "starts_anew": "on"}),
    post("assessment:programme-draft-rules-save", OFFICE, lambda s: RULES),
    post("assessment:programme-draft-waves-save", OFFICE, lambda s: {
        "name-1": "One", "year-1": 2020, "share-1": 20, "name-2": "Two", "year-2": 2021, "share-2": 40,
        "name-3": "Three", "year-3": 2022, "share-3": 40}),
    post("assessment:programme-draft-waves-place", OFFICE,
         lambda s: {"ids": s.west.school.pk, "pilot": "yes"}),
    post("assessment:programme-draft-waves-propose", OFFICE, is_idle=True),
    post("assessment:programme-draft-calendar-save", OFFICE,
         lambda s: {"first-plan-0": "2026-01-01", "last-plan-0": in_a_week()}),
    post("assessment:programme-draft-begin", OFFICE, lambda s: {"replaces": "on"}),
    post("assessment:programme-draft-discard", OFFICE),
    get("assessment:county-waves", SEES_COUNTY, lambda s: "First wave of Alpha"),
    post("assessment:county-waves-save", OFFICE, lambda s: WAVES),
    post("assessment:county-waves-place", OFFICE,
         lambda s: {"ids": s.west.school.pk, "wave": "1"}, refers=True),
    post("assessment:county-waves-propose", OFFICE),
    get("assessment:county-absences", OFFICE, lambda s: "Birth of a child at East"),
    get("assessment:county-absence", OFFICE, lambda s: "Birth of a child at East", at={"pk": "absence"}),
    post("assessment:county-absence-approve", OFFICE, at={"pk": "absence"}),
    post("assessment:county-absence-refuse", OFFICE, lambda s: {"note": "No paper"}, at={"pk": "absence"}),
    post("assessment:county-absence-end", OFFICE, at={"pk": "approved_absence"}),
    get("assessment:school-calendar", SEES_SCHOOL, lambda s: "Snow at East"),
    get("assessment:school-absences", ASKS, lambda s: "Birth of a child at East"),
    post("assessment:school-absence-ask", "cio", asks),
    post("assessment:school-participant-enrol", ASKS, lambda s: {"person": s.late_teacher.pk}, refers=True),
]  # fmt: skip


def give(stage: Stage) -> None:
    """A draft, a wave with East, an extension, two absences, somebody who came late, a calendar's address."""
    alpha, east, office = stage.world.alpha, stage.east, acting(stage.world.alpha["county-office"])
    year = stories.programme(alpha)
    stage.things["draft_programme"] = choose_pack(
        county=alpha.county, preset=preset("jiangsu-2020"), catalogue=stories.catalogue(), by=office
    )
    waves.propose(programme=stage.draft_programme, by=office)
    (first,) = waves.set_waves(
        programme=year, waves=[WaveWanted("First wave of Alpha", 2026, 100)], by=office
    )
    waves.place(programme=year, schools=[east.school], wave=first, by=office)
    stories.programmes.extend(
        programme=year, kind=stories.PhaseKind.SHARE, school=east.school,
        until=today() + timedelta(days=90), reason="Snow at East", by=office,
    )  # fmt: skip
    for name, who in (("absence", "teacher3"), ("approved_absence", "teacher6")):
        stage.things[name] = absences.ask(
            participant=stories.participant(alpha, east[who]), kind=AbsenceKind.LEAVE,
            reason="Birth of a child at East", starts_on=today(), ends_on=today() + timedelta(days=9),
            by=acting(east["cio"]),
        )  # fmt: skip
    absences.approve(absence=stage.approved_absence, by=office)
    late = make_person("东风小学late", alpha.county, east.school, group=east.group)
    give_role(late, "teacher", east.school)
    feed = feeds.renew(person=east["teacher"], by=acting(east["teacher"]))
    stage.things |= {"late_teacher": late, "feed_token": feed.token}

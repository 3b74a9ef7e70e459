"""Who may open what: bodies, inventory and nominations."""

from datetime import timedelta
from typing import Any

from assessment.planning.bodies import actions as bodies
from assessment.planning.bodies.actions import Holder, Term
from assessment.planning.inventory import actions as inventories
from assessment.planning.nominations import actions as nominations
from schools.clock import today
from tests import stories
from tests.access.lines import Line, get, post
from tests.access.stage import Stage, in_a_week
from tests.cast import SchoolCast, acting, make_person

OFFICE, SEES_COUNTY = "county-office", "county-office county-leader"
SEES_SCHOOL = "county-office county-leader principal cio deputy team school-trainer group-head"
SEES_PEOPLE = "county-office principal cio team"
FACTS = {
    "multimedia_rooms": 9, "interactive_displays": 3, "networked_rooms": 1, "tablet_classes": 0,
    "recording_rooms": 0, "platform": "New platform", "bandwidth": 100, "notes": "",
}  # fmt: skip


def seat_asked(s: Stage) -> dict[str, str]:
    day = today().isoformat()
    return {"place": "executive-office:member", "name": "何外来", "origin": "university", "starts_on": day}


def renewal(s: Stage) -> dict[str, str]:
    return {"until": (today() + timedelta(days=900)).isoformat(), "reason": "Good work."}


def waived(s: Stage) -> dict[str, Any]:
    return {"school": s.west.school.pk, "about": "principal", "reason": "Three teachers."}


BODIES: list[Line] = [
    get("assessment:county-bodies", SEES_COUNTY, lambda s: "甲县组长"),
    get("assessment:county-bodies-roster", SEES_COUNTY, lambda s: "甲县组长"),
    post("assessment:county-body-describe", OFFICE, lambda s: {"kind": "executive-office", "duties": "Runs."}),
    post("assessment:county-seat-add", OFFICE, seat_asked),
    post("assessment:county-seat-end", OFFICE, lambda s: {"note": "Retired."}, at={"pk": "county_seat"}),
    get("assessment:county-teams", SEES_COUNTY, lambda s: "西湖小学"),
    post("assessment:county-waiver-add", OFFICE, waived),
    post("assessment:county-waiver-end", OFFICE, at={"pk": "waiver"}),
    get("assessment:county-training-team", SEES_COUNTY, lambda s: "东风培训员"),
    get("assessment:county-trainer", SEES_COUNTY, lambda s: "东风培训员", at={"pk": "trainer_seat"}),
    post("assessment:county-trainer-renew", OFFICE, renewal, at={"pk": "trainer_seat"}),
    post("assessment:county-trainer-retire", OFFICE, lambda s: {"reason": "No visit."},
         at={"pk": "trainer_seat"}),
    get("assessment:school-bodies", SEES_SCHOOL, lambda s: s.centre["team"].name),
    post("assessment:school-seat-add", "cio", seat_asked),
    post("assessment:school-seat-end", "cio", lambda s: {"note": "Moved."}, at={"pk": "east_seat"}),
]  # fmt: skip

NOMINATIONS: list[Line] = [
    get("assessment:county-nominations", SEES_COUNTY, lambda s: s.nomination.person.name),
    get("assessment:county-nomination", SEES_COUNTY, lambda s: "Leads the group of East.",
        at={"pk": "nomination"}),
    post("assessment:county-nomination-select", OFFICE, lambda s: {"due_at": in_a_week()},
         at={"pk": "nomination"}),
    post("assessment:county-nomination-decline", OFFICE, lambda s: {"note": "Next year."},
         at={"pk": "nomination"}),
    get("assessment:county-quotas", SEES_COUNTY, lambda s: "东风小学"),
    post("assessment:county-quota-set", OFFICE, lambda s: {"school": "", "subject": "美术", "places": 4}),
    post("assessment:county-quota-remove", OFFICE, at={"pk": "quota"}),
    get("assessment:school-nominations", SEES_PEOPLE, lambda s: "Leads the group of East."),
    post("assessment:school-nomination-add", "cio", lambda s: {
        "person": s.east["teacher5"].pk, "subject": "语文", "employment": "part", "reason": "Guides others."}),
    post("assessment:school-nomination-withdraw", "cio", at={"pk": "nomination"}),
]  # fmt: skip

INVENTORIES: list[Line] = [
    get("assessment:county-inventories", SEES_COUNTY, lambda s: "Platform of west"),
    get("assessment:county-inventory", SEES_COUNTY, lambda s: "Platform of west", at={"pk": "inventory"}),
    post("assessment:county-inventory-confirm", OFFICE, at={"pk": "inventory"}),
    post("assessment:county-inventory-return", OFFICE, lambda s: {"note": "How many?"},
         at={"pk": "inventory"}),
    get("assessment:school-inventory", SEES_SCHOOL, lambda s: "Platform of east",
        hides=("Platform of west", "乙县")),
    post("assessment:school-inventory-save", "cio",
         lambda s: {**FACTS, "multimedia_rooms": 11, "environments": ["A", "B"]}),
    post("assessment:school-inventory-state", "cio"),
]  # fmt: skip

LINES: list[Line] = [*BODIES, *NOMINATIONS, *INVENTORIES]


def give(stage: Stage) -> None:
    """Seats of county, East and Centre, a waiver, a nomination that waits and one selected, two inventories."""
    alpha, office = stage.world.alpha, acting(stage.world.alpha["county-office"])
    year, term = stories.programme(alpha), Term(today())
    stage.things["county_seat"] = bodies.seat(
        county=alpha.county, school=None, kind="leading-group", post="head",
        holder=Holder(None, "甲县组长", "education-office"), term=term, by=office,
    )  # fmt: skip
    for name, who in (("east", "teacher2"), ("centre", "team")):
        cast = getattr(stage, name)
        stage.things[f"{name}_seat"] = bodies.seat(
            county=alpha.county, school=cast.school, kind="management-team", post="it-backbone",
            holder=Holder(cast[who]), term=term, by=acting(cast["cio"]),
        )  # fmt: skip
    stage.things["waiver"] = bodies.waive(
        programme=year, school=stage.west.school, about="size", reason="Small.", by=office
    )
    give_nominations(stage)
    stage.things["inventory"] = written(stage.west, "west")
    inventories.state(inventory=stage.inventory, by=acting(stage.west["cio"]))
    written(stage.east, "east")


def give_nominations(stage: Stage) -> None:
    """Of East: one that waits, and one whose person sits on the training team; a quota that holds both."""
    alpha, east = stage.world.alpha, stage.east
    office, year = acting(alpha["county-office"]), stories.programme(alpha)
    stage.things["quota"] = nominations.set_quota(
        programme=year, school=east.school, subject="", places=5, by=office
    )
    chosen = make_person("东风培训员", alpha.county, east.school)
    rows = [
        nominations.nominate(
            programme=year, school=east.school, person=person, subject="数学", employment="part",
            reason="Leads the group of East.", by=acting(east["cio"]),
        )
        for person in (chosen, east["teacher3"])
    ]  # fmt: skip
    nominations.select(nomination=rows[0], until=today() + timedelta(days=300), by=office)
    stage.things |= {"trainer_seat": rows[0].seat, "nomination": rows[1]}


def written(cast: SchoolCast, name: str) -> Any:
    """Return a draft of a school's inventory with a platform that nobody else has."""
    facts = {**FACTS, "platform": f"Platform of {name}"}
    return inventories.write(
        school=cast.school, facts=facts, environments="AB", reason="", by=acting(cast["cio"])
    )

"""The county's programme: who sees it, who sets rules, calendar and extensions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from assessment.programme.models import Extension, Participant, Phase, PhaseKind
from schools.audit.models import AuditEntry
from schools.clock import SHANGHAI, today
from tests.cast import World, give_role, make_person
from tests.stories import programme

RULES = {
    "online_hours": 30,
    "practice_hours": 30,
    "total_hours": "",
    "most_hours_a_day": 12,
    "credits": 20,
    "environments": ["A", "B", "C"],
    "team_least": 3,
    "team_most": 5,
    "team_posts": ["principal", "deputy-principal", "teaching-director", "it-backbone"],
    "team_may_share": "on",
    "certificate_moment": "accepted",
    "reviews_needed": 3,
    "attempts": 2,
    "sample_percent": 20,
    "panel_least": 1,
    "honours_percent": 30,
    "tolerance_percent": 10,
    "confidence_percent": 95,
    "experts_added": 0,
    "appeal_days": 7,
    "experts_per_case": 1,
    "publication_days": 5,
    "reason": "Two more reviewers came",
}


def address(name: str = "programme") -> str:
    return reverse(f"assessment:{name}", args=["alpha"])


def test_leader_reads_the_rules_without_forms(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    programme(world.alpha)
    client = signed_in_as(world.alpha["county-leader"])
    context = client.get(address()).context
    assert [row.shape for row in context["phases"]] == ["dot"] * len(PhaseKind)
    assert client.get(address("programme-rules")).context["form"] is None
    assert client.post(address("programme-rules-change"), RULES).status_code == 403


def test_school_staff_do_not_see_it(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    assert signed_in_as(world.alpha.schools[0]["cio"]).get(address()).status_code == 403


def test_changed_rules_are_recorded_old_and_new(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    made = programme(world.alpha)
    signed_in_as(world.alpha["county-office"]).post(address("programme-rules-change"), RULES)
    with scopes_disabled():
        made.refresh_from_db()
        entry = AuditEntry.objects.get(act="rules-changed")
    assert (made.reviews_needed, made.sample_percent, made.publication_days) == (3, 20, 5)
    assert entry.details == {
        "reviews_needed": [2, 3],
        "sample_percent": [10, 20],
        "publication_days": [0, 5],
        "allows_rectification": [True, False],
    }


def test_rules_out_of_bounds_change_nothing(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    made = programme(world.alpha)
    client = signed_in_as(world.alpha["county-office"])
    answer = client.post(address("programme-rules-change"), {**RULES, "reviews_needed": 0})
    assert (answer.status_code, answer.context["form"]["sample_percent"].value()) == (422, "20")
    with scopes_disabled():
        made.refresh_from_db()
    assert (made.reviews_needed, made.sample_percent) == (2, 10)


def test_a_phase_is_set_in_whole_days_of_shanghai(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    made = programme(world.alpha)
    days = {"first-submit-0": "2026-05-01", "last-submit-0": "2026-09-30", "reason": "Harvest"}
    signed_in_as(world.alpha["county-office"]).post(address("programme-phases"), days)
    with scopes_disabled():
        phase = Phase.objects.get(programme=made, kind="submit")
    shown = [moment.astimezone(SHANGHAI).isoformat()[:16] for moment in (phase.opens_at, phase.closes_at)]
    assert shown == ["2026-05-01T00:00", "2026-09-30T23:59"]


def test_an_extension_names_one_person_of_the_school(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    made, (east, west) = programme(world.alpha), world.alpha.schools
    client = signed_in_as(world.alpha["county-office"])
    with scopes_disabled():
        theirs = Participant.objects.get(person=west["teacher"])
        own = Participant.objects.get(person=east["teacher"])
    until = today() + timedelta(days=60)
    asked = {"kind": "submit", "school": east.school.pk, "until": until.isoformat(), "reason": "Illness"}
    names = [
        label
        for _pk, label in client.get(address(), {"school": east.school.pk})
        .context["extension_form"]
        .fields["participant"]
        .choices
    ]
    assert east["teacher"].name in names and west["teacher"].name not in names
    client.post(address("programme-extensions"), {**asked, "participant": theirs.pk})
    client.post(address("programme-extensions"), {**asked, "participant": own.pk})
    with scopes_disabled():
        assert list(Extension.objects.filter(programme=made).values_list("participant", "reason")) == [
            (own.pk, "Illness")
        ]


def test_enrolling_says_how_many_and_doubles_nobody(  # type: ignore[no-untyped-def]
    world: World, signed_in_as
) -> None:
    made, east = programme(world.alpha), world.alpha.schools[0]
    with scope(county=world.alpha.county, school=None):
        before = Participant.objects.filter(programme=made).count()
    newcomer = make_person("新老师", world.alpha.county, east.school)
    give_role(newcomer, "teacher", east.school)
    client = signed_in_as(world.alpha["county-office"])
    for _again in range(2):
        client.post(address("programme-enrol"))
    with scope(county=world.alpha.county, school=None):
        assert Participant.objects.filter(programme=made).count() == before + 1
        assert Participant.objects.filter(person=newcomer).count() == 1


@pytest.mark.parametrize("name", ["phases", "extensions", "rules-change", "draft-begin", "enrol"])
def test_another_county_is_not_known(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, name: str
) -> None:
    client = signed_in_as(world.beta["county-office"])
    assert client.post(address(f"programme-{name}")).status_code == 404

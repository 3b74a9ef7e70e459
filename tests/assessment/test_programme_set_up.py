"""Setting a programme up in five steps, from the pack to the beginning, left and found again."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from assessment.programme import actions
from assessment.programme.drafts.actions import begin, choose_pack
from assessment.programme.drafts.queries import draft_of, looked_at
from assessment.programme.models import Phase, PhaseKind, Programme, Wave
from assessment.programme.presets import preset, presets
from assessment.programme.rules.models import RulesVersion
from assessment.programme.waves.models import Enrolment
from schools.refusals import Refused
from tests.assessment.test_programme_pages import RULES
from tests.cast import World, acting
from tests.stories import catalogue, programme

pytestmark = pytest.mark.django_db


def url(step: str = "") -> str:
    return reverse(f"assessment:programme-draft{step}", args=["alpha"])


def test_jiangsu_has_three_waves_over_three_years_and_no_credits() -> None:
    pack = preset("jiangsu-2020")
    assert [(wave.name, wave.year, wave.share) for wave in pack.waves] == [
        ("第一批", 2020, 20),
        ("第二批", 2021, 40),
        ("第三批", 2022, 40),
    ]
    rules = pack.rules
    assert [rules[name] for name in ("online_hours", "practice_hours", "total_hours", "credits")] == [
        *(25, 25, 50),
        None,
    ]
    assert (rules["starts_on"].year, rules["ends_on"].year, rules["name"][:9]) == (2020, 2022, "2020—2022")
    assert {slug for slug, _source in presets()} == {"jiangsu-2020", "si-county-2022"}


def test_a_pack_moves_with_its_year() -> None:
    pack = preset("jiangsu-2020", 2027)
    assert [wave.year for wave in pack.waves] == [2027, 2028, 2029]
    assert {opens.year for _kind, opens, _closes in pack.windows_of(pack.waves[2])} == {2029}
    assert {opens.year for _kind, opens, _closes in preset("si-county-2022", 2027).windows()} == {2027}


def test_set_up_makes_waves_with_their_phases(in_alpha: World) -> None:
    county = in_alpha.alpha.county
    made = actions.set_up(
        county=county,
        preset=preset("jiangsu-2020"),
        catalogue=catalogue(),
        by=acting(in_alpha.alpha["county-office"]),
    )
    assert (made.is_current, made.is_draft, made.credits) == (True, False, None)
    assert Wave.objects.filter(programme=made).count() == 3
    assert Phase.objects.filter(programme=made, wave__isnull=True).count() == 0
    assert Phase.objects.filter(programme=made, wave__number=2).count() == len(PhaseKind)
    assert list(RulesVersion.objects.values_list("number", "changed")) == [(1, {})]


@pytest.fixture
def office(world: World, signed_in_as) -> Client:  # type: ignore[no-untyped-def]
    catalogue()
    client: Client = signed_in_as(world.alpha["county-office"])
    return client


def test_five_steps_lead_to_a_current_programme(world: World, office: Client) -> None:
    steps = [url("-rules"), url("-waves"), url("-calendar"), url("-check")]
    assert [office.get(step).status_code for step in steps] == [404] * 4
    chosen = office.post(url("-choose"), {"preset": "jiangsu-2020", "year": 2026})
    assert chosen["Location"] == url("-rules")
    assert [office.get(step).status_code for step in (url(), *steps)] == [200] * 5
    kept = office.post(url("-rules-save"), {**RULES, "credits": "", "team_most": 7, "attempts": 3})
    assert kept["Location"] == url("-waves")
    refused = office.post(url("-begin"))
    assert refused["Location"] == url("-check")
    office.post(url("-waves-propose"))
    dates = {"first-plan-0": "2026-03-01", "last-plan-0": "2026-04-30"}
    assert office.post(url("-calendar-save"), dates)["Location"] == url("-check")
    assert office.get(url("-check")).context["can_begin"] is True
    begun = office.post(url("-begin"))
    assert begun["Location"] == reverse("assessment:programme", args=["alpha"])
    with scope(county=world.alpha.county, school=None):
        made = Programme.objects.get(is_current=True)
        version = RulesVersion.objects.get(programme=made)
        assert (made.credits, made.attempts, made.team_rule["most"], made.year) == (None, 3, 7, 2026)
        assert (version.number, version.rules["attempts"]) == (1, 3)
        assert Phase.objects.filter(programme=made).count() == 1
        assert sorted(Enrolment.objects.values_list("wave__number", flat=True)) == [2, 3]
        assert draft_of(world.alpha.county) is None


def test_a_draft_that_was_left_is_found_again_and_begun_anew_only_when_meant(
    world: World, office: Client
) -> None:
    asked = {"preset": "si-county-2022", "year": 2026}
    office.post(url("-choose"), asked)
    office.post(url("-rules-save"), {**RULES, "attempts": 5})
    assert office.get(url("-rules")).context["form"]["attempts"].value() == 5
    assert office.get(url()).context["form"]["year"].value() == 2026
    refused = office.post(url("-choose"), {**asked, "year": 2027})
    assert (refused.status_code, refused.context["form"]["year"].value()) == (422, "2027")
    office.post(url("-choose"), {**asked, "year": 2027, "starts_anew": "on"})
    with scopes_disabled():
        assert list(Programme.objects.values_list("year", "attempts", "is_draft")) == [(2027, 2, True)]
    office.post(url("-discard"))
    with scopes_disabled():
        assert (Programme.objects.count(), Phase.objects.count()) == (0, 0)


def test_a_second_programme_has_to_be_meant(world: World, office: Client) -> None:
    first = programme(world.alpha)
    office.post(url("-choose"), {"preset": "si-county-2022", "year": 2030})
    office.post(url("-begin"))
    with scopes_disabled():
        assert Programme.objects.get(is_current=True, county=world.alpha.county) == first
    office.post(url("-begin"), {"replaces": "on"})
    with scopes_disabled():
        found = Programme.objects.filter(county=world.alpha.county).order_by("pk")
        states = list(found.values_list("year", "is_current", "is_draft"))
    assert states == [(first.year, False, False), (2030, True, False)]


def test_rules_that_contradict_each_other_are_shown_again(office: Client) -> None:
    office.post(url("-choose"), {"preset": "si-county-2022", "year": 2026})
    cases: list[dict[str, object]] = [
        {"total_hours": 40},
        {"team_least": 6, "team_most": 5},
        {"environments": []},
        {"attempts": 0},
    ]
    for wrong in cases:
        answer = office.post(url("-rules-save"), {**RULES, **wrong, "sample_percent": 33})
        assert (answer.status_code, answer.context["form"]["sample_percent"].value()) == (422, "33"), wrong


def test_half_a_phase_and_a_phase_turned_round_are_shown_again(office: Client) -> None:
    office.post(url("-choose"), {"preset": "si-county-2022", "year": 2026})
    for wrong in (
        {"first-plan-0": "2026-03-01"},
        {"first-plan-0": "2026-03-09", "last-plan-0": "2026-03-01"},
        {"first-plan-0": "31 March", "last-plan-0": "2026-03-01"},
    ):
        assert office.post(url("-calendar-save"), wrong).status_code == 422


def test_the_check_names_what_is_missing(in_alpha: World) -> None:
    county, by = in_alpha.alpha.county, acting(in_alpha.alpha["county-office"])
    draft = choose_pack(county=county, preset=preset("jiangsu-2020"), catalogue=catalogue(), by=by)
    missing = [one.step for one in looked_at(draft) if one.standing == "missing"]
    assert missing == ["waves"]
    with pytest.raises(Refused) as refused:
        begin(draft=draft, replaces=True, by=by)
    assert refused.value.code == "missing"
    Phase.objects.filter(kind="train", wave__number=2).delete()
    hints = {one.step: one.sentence for one in looked_at(draft) if one.standing == "hint"}
    assert str(PhaseKind.TRAIN.label) in hints["calendar"]


def test_drafts_are_nobodys_current_programme(world: World, office: Client) -> None:
    office.post(url("-choose"), {"preset": "si-county-2022", "year": 2026})
    page = office.get(reverse("assessment:programme", args=["alpha"]))
    assert (page.context["programme"], page.context["draft"].year) == (None, 2026)
    assert office.get(reverse("assessment:programme-rules", args=["alpha"])).status_code == 404

"""An activity: the leader shows the code, a teacher signs in on the phone, the hours stand in the ledger."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from playwright.sync_api import expect

from assessment.training.activities.models import SignIn
from assessment.training.models import HourClaim
from tests.assessment.activity_stories import planned
from tests.cast import World
from tests.journeys.conftest import Enter
from tests.journeys.pages import PHONE, WIDE, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_teacher_signs_in_by_the_code_on_the_screen_and_gets_the_hours(set_out: World, enter: Enter) -> None:
    east = set_out.alpha.schools[0]
    with scope(county=set_out.alpha.county, school=None):
        activity = planned(set_out.alpha, east)
    page = reverse("assessment:school-activity", args=["alpha", "east", activity.pk])
    leader = enter(east["cio"], WIDE)
    leader.go(page)
    leader.press("/open/")
    leader.follow("/screen/")
    leader.show("sign-in-screen")
    assert axe_faults(leader.page) == []
    phone = enter(east["teacher"], PHONE)
    phone.go(reverse("assessment:activities"))
    phone.follow("/sign-in/")
    code = leader.page.locator(".sign-code").inner_text()
    assert re.fullmatch(r"\d{3} \d{3}", code)
    phone.page.fill("#code", code)
    phone.show("sign-in-on-the-phone")
    phone.press("/sign-in/send/")
    expect(leader.page.locator(".sign-count strong")).to_have_text("1", timeout=10_000)
    leader.go(page)
    leader.page.fill("#record-text", "We found two good questions.")
    leader.press("/record/")
    leader.press("/close/")
    leader.show("closed-activity")
    phone.go(reverse("assessment:hours"))
    assert (activity.title in phone.tells(), "1.0" in phone.tells()) == (True, True)
    with scopes_disabled():
        assert [row.how for row in SignIn.objects.all()] == ["code"]
        assert HourClaim.objects.get().origin == f"activity:{activity.pk}"


def test_picture_leads_to_one_large_button(set_out: World, enter: Enter) -> None:
    east = set_out.alpha.schools[0]
    with scope(county=set_out.alpha.county, school=None):
        activity = planned(set_out.alpha, east)
    leader = enter(east["cio"], WIDE)
    leader.go(reverse("assessment:school-activity", args=["alpha", "east", activity.pk]))
    leader.press("/open/")
    leader.follow("/screen/")
    code = leader.page.locator(".sign-code").inner_text().replace(" ", "")
    phone = enter(east["teacher"], PHONE)
    phone.go(f"{reverse('assessment:activity-sign-in', args=[activity.pk])}?code={code}")
    assert phone.page.locator("main button").count() == 1
    phone.press("/sign-in/send/")
    with scopes_disabled():
        assert [row.how for row in SignIn.objects.all()] == ["qr"]

"""The pages of reminders: rules and mails of the office, chats, flags of a school, one's own."""

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from assessment.programme.models import PhaseKind
from assessment.reminding.chats.models import ChatHook, ChatMessage
from assessment.reminding.models import Mail, MailPreference, OutboxStatus, Reminder, ReminderRule
from assessment.reminding.risks import actions as risks
from assessment.reminding.risks.models import RiskFlag
from assessment.reminding.risks.raising import flag
from schools.clock import today
from schools.people.models import Person
from tests import stories
from tests.assessment.reminding import only, people
from tests.cast import World, acting

RULES, MAILS, CHATS = "/alpha/reminders/", "/alpha/reminders/mails/", "/alpha/east/reminders/chats/"
FLAGS, OWN = "/alpha/east/flags/", "/me/reminders/"
RULE = {"duty": "choose", "is_on": "on", "before": "10、4, 1", "after": "2", "by_mail": "on"}


@pytest.fixture
def choosing(in_alpha: World) -> World:
    """Choosing ends in three days, and nobody has chosen."""
    only(in_alpha.alpha, stories.programme(in_alpha.alpha), PhaseKind.CHOOSE, 3)
    return in_alpha


@pytest.fixture
def office(choosing: World, signed_in_as) -> Client:  # type: ignore[no-untyped-def]
    return signed_in_as(choosing.alpha["county-office"])


def flagged(world: World) -> RiskFlag:
    flag(stories.programme(world.alpha), today())
    return RiskFlag.objects.get(person=world.alpha.schools[0]["teacher"], kind="no-choice")


def test_office_sees_how_many_would_be_reminded_and_reminds(office: Client) -> None:
    answer = office.get(RULES)
    wanted = answer.context["today"]
    counts = {row.rule.duty.key: (row.today, row.told) for row in answer.context["rules"]}
    assert (counts["choose"], counts["submit"]) == ((wanted, 0), (0, 0))
    assert wanted > 0
    assert office.post(f"{RULES}run/").headers["Location"] == RULES
    answer = office.get(RULES)
    counts = {row.rule.duty.key: (row.today, row.told) for row in answer.context["rules"]}
    assert (answer.context["today"], counts["choose"], Reminder.objects.count()) == (0, (0, wanted), wanted)


def test_office_sets_the_days(office: Client) -> None:
    page = office.get(f"{RULES}rule/?duty=choose")
    assert page.context["form"].initial["before"] == "14, 7, 3, 1"
    assert page.context["count"] == len(page.context["people"]) > 0
    assert office.post(f"{RULES}rule/set/", RULE).status_code == 302
    rule = ReminderRule.objects.get()
    assert (rule.days, rule.is_on, rule.by_mail, rule.to_chat) == ([-10, -4, -1, 2], True, True, False)
    assert office.post(f"{RULES}rule/set/", {"duty": "digest"}).status_code == 302
    assert not ReminderRule.objects.get(duty="digest").is_on


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"before": "soon"}, "before"), ({"before": "99"}, "before"), ({"before": "", "after": ""}, "before")],
)
def test_days_that_are_none_come_back_as_typed(office: Client, changes: dict[str, str], field: str) -> None:
    answer = office.post(f"{RULES}rule/set/", RULE | changes)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert form["before"].value() == changes["before"]
    assert ReminderRule.objects.count() == 0


def test_unknown_duty_is_not_there(office: Client) -> None:
    assert office.get(f"{RULES}rule/?duty=none").status_code == 404
    assert office.post(f"{RULES}rule/set/", {"duty": "none"}).status_code == 404


def test_mails_given_up_are_listed_and_tried_again(office: Client, choosing: World) -> None:
    person = choosing.alpha.schools[0]["teacher"]
    mail = Mail.objects.create(
        county=choosing.alpha.county, person=person, key="k", subject="Lost", body="", tries=6,
        status=OutboxStatus.FAILED, trouble="ConnectionRefusedError",
    )  # fmt: skip
    assert [row.subject for row in office.get(MAILS).context["rows"]] == ["Lost"]
    assert office.post(f"{MAILS}{mail.pk}/again/").status_code == 302
    mail.refresh_from_db()
    assert (mail.status, mail.tries, office.get(MAILS).context["rows"]) == ("waiting", 0, [])


def test_chat_is_added_masked_tried_and_taken_away(choosing: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(choosing.alpha.schools[0]["cio"])
    asked = {"name": "Our group", "kind": "wecom", "url": "https://qyapi.weixin.qq.com/send?key=secret-key"}
    refused = client.post(f"{CHATS}add/", asked | {"url": "https://example.org/x"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["url"])
    assert refused.context["form"]["name"].value() == "Our group"
    assert client.post(f"{CHATS}add/", asked).status_code == 302
    page = client.get(CHATS).content.decode()
    assert ("Our group" in page, "qyapi.weixin.qq.com/…" in page, "secret-key" in page) == (True, True, False)
    hook = ChatHook.objects.get()
    client.post(f"{CHATS}{hook.pk}/try/")
    client.post(f"{CHATS}{hook.pk}/switch/", {"with_names": "on"})
    hook.refresh_from_db()
    assert (ChatMessage.objects.count(), hook.is_on, hook.with_names) == (1, False, True)
    client.post(f"{CHATS}{hook.pk}/remove/")
    assert (ChatHook.objects.count(), ChatMessage.objects.count()) == (0, 0)


def test_chats_of_the_county_and_of_another_school_are_not_ones_own(choosing: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = choosing.alpha.schools
    hook = ChatHook.objects.create(
        county=choosing.alpha.county, school=None, name="County", kind="plain", host="h", url_sealed=b"x",
        added_by=choosing.alpha["county-office"].user,
    )  # fmt: skip
    assert signed_in_as(east["cio"]).post(f"{CHATS}{hook.pk}/remove/").status_code == 404
    assert signed_in_as(west["cio"]).get(CHATS).status_code == 404
    assert signed_in_as(east["group-head"]).get(CHATS).status_code == 403
    assert ChatHook.objects.count() == 1


def test_school_names_a_helper_and_notes_what_was_agreed(choosing: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = choosing.alpha.schools
    found, client = flagged(choosing), signed_in_as(east["cio"])
    assert found.pk in {row.pk for row in client.get(FLAGS).context["flags"]}
    refused = client.post(f"{FLAGS}{found.pk}/helper/", {"helper": west["teacher"].pk})
    assert (refused.status_code, list(refused.context["helper_form"].errors)) == (422, ["helper"])
    client.post(f"{FLAGS}{found.pk}/helper/", {"helper": east["teacher2"].pk})
    client.post(f"{FLAGS}{found.pk}/note/", {"note": "<b>Tuesday</b>"})
    found.refresh_from_db()
    assert (found.helper, found.note) == (east["teacher2"], "<b>Tuesday</b>")
    page = client.get(f"{FLAGS}{found.pk}/").content.decode()
    assert ("&lt;b&gt;Tuesday" in page, "<b>Tuesday" in page) == (True, False)
    unhelped = client.get(f"{FLAGS}?helper=nobody&kind=no-choice").context["flags"]
    assert found.pk not in {row.pk for row in unhelped}
    stories.proposed_selection(choosing.alpha, east)
    client.post(f"{FLAGS}check/")
    assert found.pk in {row.pk for row in client.get(f"{FLAGS}?state=cleared").context["flags"]}
    assert signed_in_as(west["cio"]).get(f"/alpha/west/flags/{found.pk}/").status_code == 404


def test_county_sees_counts_and_with_the_right_the_people(choosing: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    found = flagged(choosing)
    name = found.person.name
    pages = {}
    for role in ("county-office", "county-leader"):
        client = signed_in_as(choosing.alpha[role])
        pages[role] = [client.get(f"/alpha/flags/{query}").content.decode() for query in ("", "?school=east")]
    assert [name in page for page in pages["county-office"]] == [False, True]
    assert [name in page for page in pages["county-leader"]] == [False, False]
    assert all("东风小学" in page for one in pages.values() for page in one)


def test_teacher_reads_kind_words_and_who_helps(choosing: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, found = choosing.alpha.schools[0], flagged(choosing)
    risks.name_helper(flagged=found, helper=east["teacher2"], by=acting(east["cio"]))
    own = signed_in_as(east["teacher"]).get(OWN)
    assert {row.pk for row in own.context["flags"]} >= {found.pk}
    assert east["teacher2"].name in own.content.decode()
    helping = signed_in_as(east["teacher2"]).get(OWN)
    assert [row.pk for row in helping.context["helped"]] == [found.pk]
    assert found.pk not in {row.pk for row in signed_in_as(east["cio"]).get(OWN).context["flags"]}


def test_preference_is_kept_and_an_unknown_language_comes_back(choosing: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(choosing.alpha.schools[0]["teacher"])
    assert client.get(OWN).context["form"].initial == {"by_mail": True, "language": "zh-hans"}
    assert client.post(f"{OWN}set/", {"language": "xx"}).status_code == 422
    assert client.post(f"{OWN}set/", {"language": "en"}).headers["Location"] == OWN
    row = MailPreference.objects.get()
    assert (row.by_mail, row.language) == (False, "en")


def test_account_without_a_person_has_an_empty_page(world: World, client: Client) -> None:
    client.force_login(world.observer, backend="schools.access.backend.MembershipBackend")
    assert client.get(OWN).status_code == 200
    assert client.post(f"{OWN}set/", {"language": "en"}).status_code == 302
    assert MailPreference._base_manager.count() == 0


@pytest.mark.parametrize(
    "url", [RULES, f"{RULES}rule/?duty=choose", "/alpha/flags/", "/alpha/flags/?school=east"]
)
def test_county_pages_ask_few_questions(  # type: ignore[no-untyped-def]
    office: Client, choosing: World, url: str, django_assert_max_num_queries
) -> None:
    people(choosing.alpha.schools[0], stories.programme(choosing.alpha), 60)
    flagged(choosing)
    office.get(url)
    with django_assert_max_num_queries(40 if url == RULES else 18):
        office.get(url)


def test_school_lists_turn_their_pages_and_are_taken_away(choosing: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    people(choosing.alpha.schools[0], stories.programme(choosing.alpha), 60)
    flagged(choosing)
    signed_in_as(choosing.alpha["county-office"]).post(f"{RULES}run/")
    client: Any = signed_in_as(choosing.alpha.schools[0]["cio"])
    for url, key in ((FLAGS, "flags"), ("/alpha/east/reminders/", "rows")):
        assert len(client.get(url).context[key]) == 50
        book = load_workbook(io.BytesIO(client.get(f"{url}?export=xlsx").content))
        assert book.worksheets[0].max_row > 60
    assert Person.objects.filter(school=choosing.alpha.schools[0].school).count() > 60

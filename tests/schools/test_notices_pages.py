"""One's own notices."""

from datetime import timedelta

from django.contrib.messages import get_messages
from django.urls import reverse
from django_scopes import scopes_disabled

from schools.clock import SHANGHAI, now
from schools.notices.models import Notice
from schools.notices.telling import tell
from schools.people.models import Person
from schools.toasts import act_of
from tests.cast import World


def unread(person: Person) -> int:
    with scopes_disabled():
        return Notice.objects.filter(person=person, read_at__isnull=True).count()


def test_notices_are_ones_own_newest_first(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    tell([east["teacher"]], "First %(what)s", what="one")
    tell([east["teacher"], east["teacher2"]], "Second <b>", url="/home/")
    answer = signed_in_as(east["teacher"]).get(reverse("schools:notices"))
    assert [notice.text for notice in answer.context["rows"]] == ["Second <b>", "First one"]
    assert answer.context["unread"] == 2
    assert answer.content.decode().count("<b>") == 0


def test_reading_marks_ones_own_only_and_by_post(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    tell([east["teacher"], east["teacher2"]], "Something")
    client = signed_in_as(east["teacher"])
    assert client.get(reverse("schools:notices-read")).status_code == 405
    assert client.post(reverse("schools:notices-read"))["Location"] == reverse("schools:notices")
    assert (unread(east["teacher"]), unread(east["teacher2"])) == (0, 1)


def test_notices_ask_as_often_for_one_row_as_for_five(  # type: ignore[no-untyped-def]
    world: World, signed_in_as, django_assert_num_queries
) -> None:
    teacher = world.alpha.schools[0]["teacher"]
    client, counts = signed_in_as(teacher), []
    for more in (1, 4):
        for _ in range(more):
            tell([teacher], "Something", url="/home/")
        with django_assert_num_queries(100, exact=False) as asked:
            client.get(reverse("schools:notices"))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_user_without_a_person_has_no_notices(world: World, client) -> None:  # type: ignore[no-untyped-def]
    tell([world.alpha.schools[0]["teacher"]], "Something")
    client.force_login(world.observer, backend="schools.access.backend.MembershipBackend")
    assert client.get(reverse("schools:notices")).context["rows"] == []


def test_notices_stand_under_their_days(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    teacher = world.alpha.schools[0]["teacher"]
    tell([teacher], "Today")
    tell([teacher], "Long ago")
    moment = now()
    with scopes_disabled():
        Notice.objects.filter(sentence="Long ago").update(told_at=moment - timedelta(days=40))
    days = signed_in_as(teacher).get(reverse("schools:notices")).context["days"]
    assert [[notice.sentence for notice in day.notices] for day in days] == [["Today"], ["Long ago"]]
    assert days[0].day == moment.astimezone(SHANGHAI).date()


def test_only_unread_ones_are_left_when_asked(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    teacher = world.alpha.schools[0]["teacher"]
    tell([teacher], "Old")
    client = signed_in_as(teacher)
    client.post(reverse("schools:notices-read"))
    tell([teacher], "New")
    answer = client.get(reverse("schools:notices"), {"state": "unread"})
    assert [notice.sentence for notice in answer.context["rows"]] == ["New"]


def test_opening_one_marks_it_and_leads_to_the_thing(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    tell([east["teacher"]], "Something", url="/me/hours/")
    tell([east["teacher"]], "Another", url="https://example.org/")
    with scopes_disabled():
        something, another = Notice.objects.order_by("pk")
    stranger = signed_in_as(east["teacher2"])
    assert stranger.post(reverse("schools:notice-open", args=[something.pk])).status_code == 404
    client = signed_in_as(east["teacher"])
    assert client.get(reverse("schools:notice-open", args=[something.pk])).status_code == 405
    assert unread(east["teacher"]) == 2
    assert client.post(reverse("schools:notice-open", args=[something.pk]))["Location"] == "/me/hours/"
    assert unread(east["teacher"]) == 1
    elsewhere = client.post(reverse("schools:notice-open", args=[another.pk]))["Location"]
    assert (elsewhere, unread(east["teacher"])) == (reverse("schools:notices"), 0)


def test_marking_one_stays_on_the_list(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    teacher = world.alpha.schools[0]["teacher"]
    tell([teacher], "Something", url="/me/hours/")
    with scopes_disabled():
        notice = Notice.objects.get()
    answer = signed_in_as(teacher).post(reverse("schools:notice-open", args=[notice.pk]), {"stay": ""})
    assert (answer["Location"], unread(teacher)) == (reverse("schools:notices"), 0)


def test_marking_all_can_be_undone_for_just_those(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east = world.alpha.schools[0]
    tell([east["teacher"], east["teacher2"]], "First")
    client = signed_in_as(east["teacher"])
    client.post(reverse("schools:notices-read"))
    tell([east["teacher"]], "Second")
    tell([east["teacher"]], "Third")
    answer = client.post(reverse("schools:notices-read"))
    undo = act_of(list(get_messages(answer.wsgi_request))[-1])
    assert unread(east["teacher"]) == 0
    client.post(undo.url, undo.fields)
    assert (unread(east["teacher"]), unread(east["teacher2"])) == (2, 1)
    client.post(reverse("schools:notices-unread"), {"moment": "nonsense"})
    assert unread(east["teacher"]) == 2

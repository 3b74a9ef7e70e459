"""One's own notices."""

from django.urls import reverse
from django_scopes import scopes_disabled

from schools.notices.models import Notice
from schools.notices.telling import tell
from schools.people.models import Person
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

"""The administration's pages of this room."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from schools.admin import ReadOnlyAdmin
from schools.audit.models import AuditEntry
from schools.files.storing import keep_bytes
from schools.jobs.models import Job, JobKind
from schools.notices.models import Notice
from schools.people.models import ActivationCode, Person, Transfer, User
from schools.people.sealing import unseal
from tests.cast import World

ROOM = sorted(model._meta.model_name for model in admin.site._registry if model._meta.app_label == "schools")
TRACES = ["auditentry", "job", "notice", "storedfile", "transfer"]


@pytest.fixture
def administrator(client: Client, world: World) -> Client:
    """A superuser's client; one row of every trace exists."""
    user = User.objects.create_superuser(username="admin")
    client.force_login(user, backend="schools.access.backend.MembershipBackend")
    east, west = world.alpha.schools
    county, teacher = world.alpha.county, east["teacher"]
    AuditEntry.objects.create(county=county, act="unmasked", user=user)
    Job.objects.create(county=county, kind=JobKind.PROGRESS_REPORT, token="secret-token")
    Notice.objects.create(county=county, person=teacher, sentence="Hello")
    keep_bytes(b"x", county=county, name="x.pdf", kind="pdf", mime="application/pdf", by=user)
    Transfer.objects.create(county=county, person=teacher, school=west.school, from_school=east.school)
    return client


def first_pk(name: str) -> int:
    model = next(model for model in admin.site._registry if model._meta.label_lower == f"schools.{name}")
    with scopes_disabled():
        return model._default_manager.order_by("pk").first().pk


def test_room_is_registered_without_activation_codes() -> None:
    assert (
        sorted([*TRACES, "county", "membership", "person", "region", "school", "teachinggroup", "user"])
        == ROOM
    )
    assert ActivationCode not in admin.site._registry
    assert (
        sorted(
            model._meta.model_name
            for model, page in admin.site._registry.items()
            if isinstance(page, ReadOnlyAdmin) and model._meta.app_label == "schools"
        )
        == TRACES
    )


@pytest.mark.parametrize("name", ROOM)
def test_lists_and_rows_open_for_an_administrator(administrator: Client, name: str) -> None:
    listed = administrator.get(reverse(f"admin:schools_{name}_changelist"))
    shown = administrator.get(reverse(f"admin:schools_{name}_change", args=[first_pk(name)]))
    assert (listed.status_code, shown.status_code) == (200, 200)


@pytest.mark.parametrize("name", sorted(set(ROOM) - set(TRACES)))
def test_rows_can_be_added_where_they_are_kept(administrator: Client, name: str) -> None:
    assert administrator.get(reverse(f"admin:schools_{name}_add")).status_code == 200


@pytest.mark.parametrize("name", TRACES)
def test_traces_refuse_every_change(administrator: Client, name: str) -> None:
    pk = first_pk(name)
    answers = [
        administrator.get(reverse(f"admin:schools_{name}_add")),
        administrator.post(reverse(f"admin:schools_{name}_add"), {}),
        administrator.post(reverse(f"admin:schools_{name}_change", args=[pk]), {"act": "x"}),
        administrator.post(reverse(f"admin:schools_{name}_delete", args=[pk]), {"post": "yes"}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert first_pk(name) == pk


def test_people_show_no_number(administrator: Client, world: World) -> None:
    teacher = world.alpha.schools[0]["teacher"]
    number = unseal(teacher.id_number_sealed)
    pages = [
        administrator.get(reverse("admin:schools_person_changelist"), {"q": teacher.name}),
        administrator.get(reverse("admin:schools_person_change", args=[teacher.pk])),
    ]
    assert [page.content.decode().count(number) for page in pages] == [0, 0]
    assert [page.content.decode().count(teacher.id_number_shown) > 0 for page in pages] == [True, True]


def test_people_are_carried_out_harmless_as_text_and_recorded(administrator: Client, world: World) -> None:
    teacher = world.alpha.schools[0]["teacher"]
    with scopes_disabled():
        Person.objects.filter(pk=teacher.pk).update(title="=1+1", email="t@example.org")
        people = Person.objects.count()
    address = reverse("admin:schools_person_export")
    form = administrator.get(address).context["form"]
    fields = {name: "on" for name in form.fields if name.startswith("personresource_")}
    answer = administrator.post(address, {"format": "0", "resource": "", **fields})
    sheet = answer.content.decode()
    assert sheet.splitlines()[0] == "county__name,school__name,name,post,title,stage,subject,is_active"
    assert len(sheet.splitlines()) == people + 1
    hidden = (unseal(teacher.id_number_sealed), teacher.phone, "t@example.org", ",=1+1")
    assert [sheet.count(value) for value in hidden] == [0] * 4
    with scopes_disabled():
        entry = AuditEntry.objects.get(act="exported")
    assert (entry.user.username, entry.details) == ("admin", {"count": people})


def test_name_changed_by_an_administrator_is_spelled_anew(administrator: Client, world: World) -> None:
    teacher = world.alpha.schools[0]["teacher"]
    data = {"county": teacher.county_id, "school": teacher.school_id, "name": "钱多", "is_active": "on"}
    answer = administrator.post(reverse("admin:schools_person_change", args=[teacher.pk]), data)
    assert answer.status_code == 302
    with scopes_disabled():
        changed = Person.objects.get(pk=teacher.pk)
    assert (changed.pinyin, changed.initials) == ("qianduo", "qd")
    assert changed.id_number_shown == teacher.id_number_shown


def test_administration_is_closed_to_everybody_else(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    client = signed_in_as(world.alpha["county-office"])
    answers = {client.get(reverse(f"admin:schools_{name}_changelist")).status_code for name in ROOM}
    assert answers == {302}

"""Absences: the school asks, the county decides; exclusions leave the count, leaves stay and are marked."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_scopes import scopes_disabled

from assessment.checking.lines import lines_of
from assessment.programme.absences.actions import approve, ask, end, refuse
from assessment.programme.absences.models import Absence, AbsenceKind, AbsenceState
from assessment.programme.absences.queries import on_leave
from assessment.programme.actions import enrol_person
from assessment.programme.models import Extension, Participant, PhaseKind, SchoolProgress
from schools.access.actor import Actor
from schools.clock import SHANGHAI, today
from schools.notices.models import Notice
from schools.people.models import Transfer
from schools.refusals import Forbidden, Refused, Stale
from tests.cast import World, acting, give_role, make_person
from tests.stories import participant, programme

pytestmark = pytest.mark.django_db
LEAVE, EXCLUSION = AbsenceKind.LEAVE, AbsenceKind.EXCLUSION


def office(world: World) -> Actor:
    return acting(world.alpha["county-office"])


def asked(
    world: World, kind: AbsenceKind = LEAVE, who: str = "teacher", *, first: int = 0, last: int = 20
) -> Absence:
    """East's CIO asks for an absence of `who`, from and until days after today."""
    east, day = world.alpha.schools[0], today()
    return ask(
        participant=participant(world.alpha, east[who]),
        kind=kind,
        reason="Retires in May" if kind == EXCLUSION else "Birth of a child",
        starts_on=day + timedelta(days=first),
        ends_on=day + timedelta(days=last) if kind == LEAVE else None,
        by=acting(east["cio"]),
    )


def test_an_approved_exclusion_leaves_the_count_with_its_reason(in_alpha: World) -> None:
    made, east = programme(in_alpha.alpha), in_alpha.alpha.schools[0]
    counted = SchoolProgress.objects.get(school=east.school).participants
    absence = asked(in_alpha, EXCLUSION)
    row = participant(in_alpha.alpha, east["teacher"])
    assert row.excluded_because == ""
    approve(absence=absence, by=office(in_alpha))
    row.refresh_from_db()
    assert (absence.state, row.excluded_because) == (AbsenceState.APPROVED, "Retires in May")
    assert absence.granted_by == in_alpha.alpha["county-office"].user
    outcomes = {line.participant.pk: (line.outcome, line.reason) for line in lines_of(made, east.school)}
    assert outcomes[row.pk] == ("excluded", "Retires in May")
    assert SchoolProgress.objects.get(school=east.school).participants == counted
    end(absence=absence, by=office(in_alpha))
    row.refresh_from_db()
    assert (absence.state, row.excluded_because) == (AbsenceState.ENDED, "")


def test_on_leave_is_asked_for_many_on_a_day_in_one_query(in_alpha: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    east, day = in_alpha.alpha.schools[0], today()
    absent = asked(in_alpha, who="teacher", first=2, last=5)
    approve(absence=absent, by=office(in_alpha))
    waiting = asked(in_alpha, who="teacher2", first=2, last=5)
    rows = list(Participant.objects.filter(school=east.school))
    with django_assert_num_queries(1):
        found = on_leave(rows, day + timedelta(days=2))
    assert found == {absent.participant_id}
    days = [day + timedelta(days=number) for number in (1, 2, 5, 6)]
    assert [on_leave(rows, one) == {absent.participant_id} for one in days] == [False, True, True, False]
    assert waiting.state == AbsenceState.ASKED
    assert not Participant.objects.exclude(excluded_because="").exists()


def test_approving_a_leave_brings_more_time_in_the_same_act(in_alpha: World) -> None:
    absence, until = asked(in_alpha), today() + timedelta(days=50)
    kinds = [PhaseKind.SUBMIT, PhaseKind.TRAIN]
    approve(absence=absence, until=until, kinds=kinds, by=office(in_alpha))
    found = Extension.objects.filter(participant=absence.participant).order_by("kind")
    shown = [(row.kind, row.until.astimezone(SHANGHAI).date(), row.reason) for row in found]
    assert shown == [("submit", until, absence.reason), ("train", until, absence.reason)]


def test_more_time_without_a_day_approves_nothing(in_alpha: World) -> None:
    absence = asked(in_alpha)
    with pytest.raises(Refused) as refused:
        approve(absence=absence, kinds=[PhaseKind.SUBMIT], by=office(in_alpha))
    assert refused.value.code == "no-until"
    assert Absence.objects.get(pk=absence.pk).state == AbsenceState.ASKED


def test_ending_a_leave_early_cuts_it_short(in_alpha: World) -> None:
    absence = asked(in_alpha, first=-3, last=20)
    approve(absence=absence, by=office(in_alpha))
    end(absence=absence, by=office(in_alpha))
    assert (absence.state, Absence.objects.get(pk=absence.pk).ends_on) == (AbsenceState.ENDED, today())
    assert on_leave([absence.participant], today()) == set()


def test_who_may_ask_and_who_may_answer(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    programme(in_alpha.alpha)
    row = participant(in_alpha.alpha, east["teacher"])
    for stranger in (east["principal"], east["teacher"], west["cio"], in_alpha.alpha["county-office"]):
        with pytest.raises(Forbidden):
            ask(participant=row, kind=EXCLUSION, reason="Ill", starts_on=today(), by=acting(stranger))
    absence = asked(in_alpha)
    for stranger in (east["cio"], in_alpha.alpha["county-leader"], in_alpha.beta["county-office"]):
        with pytest.raises(Forbidden):
            approve(absence=absence, by=acting(stranger))
    refuse(absence=absence, because="Please send the paper.", by=office(in_alpha))
    with pytest.raises(Stale):
        approve(absence=absence, by=office(in_alpha))


def test_nobody_approves_their_own_or_what_they_asked_for(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    absence = asked(in_alpha)
    with scopes_disabled():
        give_role(east["cio"], "county-office")
        give_role(east["teacher"], "county-office")
    codes = []
    for who in ("cio", "teacher"):
        for answered in (approve, lambda **given: refuse(because="No", **given)):
            with pytest.raises(Refused) as refused:
                answered(absence=absence, by=acting(east[who]))
            codes.append(refused.value.code)
    assert codes == ["own-asking", "own-asking", "own-work", "own-work"]


@pytest.mark.parametrize(
    ("kind", "reason", "first", "last", "code"),
    [
        (LEAVE, " ", 0, 1, "reason"),
        (LEAVE, "Ill", 5, 4, "span"),
        (LEAVE, "Ill", 0, None, "no-end"),
    ],
)
def test_what_cannot_be_asked(  # type: ignore[no-untyped-def]
    in_alpha: World, kind: AbsenceKind, reason: str, first: int, last: int | None, code: str
) -> None:
    east = in_alpha.alpha.schools[0]
    row, day = participant(in_alpha.alpha, east["teacher"]), today()
    ends_on = None if last is None else day + timedelta(days=last)
    with pytest.raises(Refused) as refused:
        ask(
            participant=row,
            kind=kind,
            reason=reason,
            starts_on=day + timedelta(days=first),
            ends_on=ends_on,
            by=acting(east["cio"]),
        )
    assert (refused.value.code, Absence.objects.count()) == (code, 0)


def test_the_same_is_asked_once_at_a_time(in_alpha: World) -> None:
    first = asked(in_alpha)
    with pytest.raises(Refused) as refused:
        asked(in_alpha)
    assert refused.value.code == "twice"
    refuse(absence=first, because="No paper", by=office(in_alpha))
    assert asked(in_alpha).pk != first.pk


def test_the_database_keeps_an_absence_without_a_reason_out(in_alpha: World) -> None:
    absence = asked(in_alpha)
    for wrong in ({"reason": ""}, {"ends_on": absence.starts_on - timedelta(days=1)}, {"granted_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            changes = {"granted_by": office(in_alpha).user} if "granted_at" in wrong else {}
            Absence.objects.filter(pk=absence.pk).update(**wrong, **changes)


def test_school_and_teacher_are_told_the_answer(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    absence = asked(in_alpha)
    known = set(Notice.objects.values_list("pk", flat=True))
    refuse(absence=absence, because="Please send the paper.", by=office(in_alpha))
    new = Notice.objects.exclude(pk__in=known).order_by("pk")
    assert [row.person_id for row in new] == [east["cio"].pk, east["teacher"].pk]
    assert all("Please send the paper." in row.text for row in new)


def test_somebody_who_came_during_the_year_is_enrolled_once(in_alpha: World) -> None:
    made, (east, west) = programme(in_alpha.alpha), in_alpha.alpha.schools
    newcomer = make_person("新老师", in_alpha.alpha.county, east.school)
    give_role(newcomer, "teacher", east.school)
    counted = SchoolProgress.objects.get(school=east.school).participants
    row = enrol_person(programme=made, school=east.school, person=newcomer, by=acting(east["team"]))
    assert (row.starts_on, row.school) == (today(), east.school)
    assert SchoolProgress.objects.get(school=east.school).participants == counted + 1
    for person, school, by in (
        (newcomer, east.school, east["team"]),
        (west["teacher"], east.school, east["team"]),
        (east["cio"], east.school, east["team"]),
    ):
        with pytest.raises(Refused):
            enrol_person(programme=made, school=school, person=person, by=acting(by))
    with pytest.raises(Forbidden):
        enrol_person(programme=made, school=east.school, person=newcomer, by=acting(west["team"]))


def test_pages_ask_show_errors_and_answer(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    programme(world.alpha)
    east = world.alpha.schools[0]
    with scopes_disabled():
        row = participant(world.alpha, east["teacher"])
        strange = participant(world.alpha, world.alpha.schools[1]["teacher"])
    client = signed_in_as(east["cio"])
    address = reverse("assessment:school-absence-ask", args=["alpha", "east"])
    typed = {"participant": row.pk, "kind": "leave", "starts_on": "2026-03-01", "reason": "Illness"}
    wrong = client.post(address, typed)
    assert (wrong.status_code, wrong.context["form"]["reason"].value()) == (422, "Illness")
    assert client.post(address, {**typed, "ends_on": "2026-02-01"}).status_code == 422
    assert client.post(address, {**typed, "participant": strange.pk}).status_code == 422
    assert client.post(address, {**typed, "ends_on": "2026-04-01"}).status_code == 302
    with scopes_disabled():
        absence = Absence.objects.get()
    assert (absence.starts_on, absence.ends_on) == (date(2026, 3, 1), date(2026, 4, 1))
    office_client = signed_in_as(world.alpha["county-office"])
    page = office_client.get(reverse("assessment:county-absences", args=["alpha"]))
    assert [one.pk for one in page.context["rows"]] == [absence.pk]
    one = [*("alpha",), absence.pk]
    answer = reverse("assessment:county-absence-approve", args=one)
    assert office_client.post(answer, {"kinds": ["submit"], "version": 0}).status_code == 422
    office_client.post(answer, {"kinds": ["submit"], "until": "2027-01-31", "version": 0})
    office_client.post(answer, {"version": 0})
    with scopes_disabled():
        absence.refresh_from_db()
        assert (absence.state, Extension.objects.count()) == (AbsenceState.APPROVED, 1)
    assert office_client.get(reverse("assessment:county-absence", args=one)).status_code == 200


def test_participants_show_leave_and_waiting_transfer(world: World, signed_in_as) -> None:  # type: ignore[no-untyped-def]
    east, west = world.alpha.schools
    with scopes_disabled():
        approve(absence=asked(world), by=office(world))
        moving = east["teacher2"]
        Transfer.objects.create(
            county=world.alpha.county, school=west.school, person=moving, from_school=east.school
        )
    client, address = (
        signed_in_as(world.alpha["county-office"]),
        reverse("assessment:participants", args=["alpha"]),
    )
    rows = {row.person_id: row for row, _standing in client.get(address).context["rows"]}
    assert rows[east["teacher"].pk].leave_until == today() + timedelta(days=20)
    assert rows[moving.pk].moving_to == west.school.name
    assert (rows[west["teacher"].pk].leave_until, rows[west["teacher"].pk].moving_to) == (None, None)
    for standing, person in (("leave", east["teacher"]), ("moving", moving)):
        found = client.get(address, {"standing": standing}).context["rows"]
        assert [row.person_id for row, _said in found] == [person.pk]

"""Flags on those who hang behind: raised and cleared by what is, helped by whom the school names."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from assessment.programme.models import Participant, PhaseKind
from assessment.reminding.checks import helpers_belong
from assessment.reminding.risks import actions
from assessment.reminding.risks.models import RiskFlag, RiskKind
from assessment.reminding.risks.queries import flagged_schools
from assessment.reminding.risks.raising import Change, flag
from assessment.submitting.actions import add_evidence
from assessment.submitting.models import Evidence, SubmissionState
from assessment.submitting.queries import items_of
from assessment.training import actions as training
from assessment.training.models import Category
from schools.audit.models import AuditEntry
from schools.clock import now, today
from schools.notices.models import Notice
from schools.organisations.models import TeachingGroup
from schools.people.models import Person, User
from schools.refusals import Forbidden, Refused
from tests import stories
from tests.assessment.reminding import ends_in, only
from tests.cast import World, acting, give_role, make_person

CHOICE, HOURS, RETURNED, SILENT = (kind.value for kind in RiskKind)


def look(world: World, days: int = 0) -> Change:
    return flag(stories.programme(world.alpha), today() + timedelta(days=days))


def open_flags(person: Person) -> set[str]:
    return set(RiskFlag.objects.filter(person=person, cleared_at__isnull=True).values_list("kind", flat=True))


def raised(world: World, who: str = "teacher") -> RiskFlag:
    """Return the flag of somebody of East who lacks a choice."""
    programme = stories.programme(world.alpha)
    only(world.alpha, programme, PhaseKind.CHOOSE, 3)
    look(world)
    return RiskFlag.objects.select_related("person", "school__county").get(
        person=world.alpha.schools[0][who], kind=CHOICE
    )


def test_choosing_is_late_when_half_of_its_time_is_over(in_alpha: World) -> None:
    teacher, programme = in_alpha.alpha.schools[0]["teacher"], stories.programme(in_alpha.alpha)
    ends_in(in_alpha.alpha, programme, PhaseKind.CHOOSE, 30, began=29)
    look(in_alpha)
    assert CHOICE not in open_flags(teacher)
    ends_in(in_alpha.alpha, programme, PhaseKind.CHOOSE, 30, began=30)
    look(in_alpha)
    assert CHOICE in open_flags(teacher)
    stories.proposed_selection(in_alpha.alpha, in_alpha.alpha.schools[0])
    look(in_alpha)
    cleared = RiskFlag.objects.get(person=teacher, kind=CHOICE)
    assert (CHOICE in open_flags(teacher), cleared.cleared_at is not None) == (False, True)


def test_hours_are_behind_below_the_even_course_less_a_tenth(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    teacher, programme = alpha.schools[0]["teacher"], stories.programme(alpha)
    row = stories.participant(alpha, teacher)
    for category, hours in ((Category.ONLINE, "12"), (Category.PRACTICE, "11.5")):
        training.claim(
            participant=row, category=category, hours=Decimal(hours), title="Lesson", held_on=today(),
            proof=stories.picture(9), by=acting(teacher),
        )  # fmt: skip
    ends_in(alpha, programme, PhaseKind.TRAIN, 50, began=50)  # half: 15 of 30 hours each, 12 will do
    look(in_alpha)
    assert HOURS in open_flags(teacher)
    training.claim(
        participant=row, category=Category.PRACTICE, hours=Decimal("0.5"), title="Talk", held_on=today(),
        proof=stories.picture(8), by=acting(teacher),
    )  # fmt: skip
    look(in_alpha)
    assert HOURS not in open_flags(teacher)
    look(in_alpha, days=50)
    assert HOURS in open_flags(teacher)


def test_returned_work_is_flagged_when_a_week_went_by_untouched(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    returned = stories.submission_at(alpha, east, SubmissionState.RETURNED)
    for days, is_flagged in ((0, False), (6, False), (8, True)):
        look(in_alpha, days)
        assert (RETURNED in open_flags(east["teacher"])) is is_flagged
    item = items_of(returned)[0]
    upload = stories.document("Redone") if "D" in item.kinds else stories.picture(77)
    add_evidence(submission=returned, item=item, upload=upload, by=acting(east["teacher"]))
    Evidence.objects.filter(attempt__submission=returned, attempt__submitted_at__isnull=True).update(
        added_at=now() + timedelta(days=4)
    )
    look(in_alpha, 8)
    assert RETURNED not in open_flags(east["teacher"])


def test_silent_are_those_with_open_work_who_did_nothing_for_a_month(in_alpha: World) -> None:
    alpha, east = in_alpha.alpha, in_alpha.alpha.schools[0]
    only(alpha, stories.programme(alpha), PhaseKind.CHOOSE, 60)
    look(in_alpha)
    assert RiskFlag.objects.filter(kind=SILENT).count() == 0  # nobody takes part for a month yet
    Participant.objects.update(starts_on=today() - timedelta(days=40))
    User.objects.filter(person=east["teacher"]).update(last_login=now() - timedelta(days=29))
    User.objects.filter(person=east["teacher2"]).update(last_login=now() - timedelta(days=32))
    look(in_alpha)
    assert (SILENT in open_flags(east["teacher"]), SILENT in open_flags(east["teacher2"])) == (False, True)


def test_looking_twice_raises_once_and_the_database_holds_it(in_alpha: World) -> None:
    found = raised(in_alpha)
    count = RiskFlag.objects.count()
    assert (look(in_alpha), RiskFlag.objects.count()) == (Change(0, 0, count), count)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskFlag.objects.create(
            county_id=found.county_id, school_id=found.school_id, programme_id=found.programme_id,
            participant_id=found.participant_id, person_id=found.person_id, kind=found.kind,
        )  # fmt: skip


def test_who_is_excluded_or_left_keeps_no_flag(in_alpha: World) -> None:
    found = raised(in_alpha)
    Participant.objects.filter(pk=found.participant_id).update(excluded_because="Retires")
    look(in_alpha)
    assert open_flags(found.person) == set()


def test_helper_is_named_and_both_are_told(in_alpha: World) -> None:
    east = in_alpha.alpha.schools[0]
    found = raised(in_alpha)
    cio = acting(east["cio"])
    actions.name_helper(flagged=found, helper=east["school-trainer"], by=cio)
    actions.name_helper(flagged=found, helper=east["school-trainer"], by=cio)
    actions.note(flagged=found, text=" Tuesday after school. ", by=cio)
    found.refresh_from_db()
    assert (found.helper, found.helper_named_by, found.note) == (
        east["school-trainer"], cio.user, "Tuesday after school.",
    )  # fmt: skip
    told = {
        row.person_id: row.values for row in Notice.objects.all() if {"teacher", "helper"} & set(row.values)
    }
    assert told == {
        east["school-trainer"].pk: {"teacher": east["teacher"].name},
        east["teacher"].pk: {"helper": east["school-trainer"].name},
    }
    assert AuditEntry.objects.filter(act__in=("name-helper", "note-flag")).count() == 2


def test_nobody_unfit_is_named_and_nobody_else_names(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    found, cio = raised(in_alpha), acting(alpha.schools[0]["cio"])
    for helper in (east["teacher"], west["teacher"], alpha["trainer"]):
        with pytest.raises(Refused):
            actions.name_helper(flagged=found, helper=helper, by=cio)
    other = TeachingGroup.objects.create(county=alpha.county, school=east.school, name="数学组")
    head = make_person("数学组长", alpha.county, east.school, group=other)
    give_role(head, "group-head", east.school, other)
    for person in (west["cio"], head, east["principal"], alpha["county-office"], east["teacher2"]):
        with pytest.raises(Forbidden):
            actions.name_helper(flagged=found, helper=east["teacher2"], by=acting(person))
    actions.name_helper(flagged=found, helper=east["teacher2"], by=acting(east["group-head"]))
    RiskFlag.objects.filter(pk=found.pk).update(cleared_at=now())
    with pytest.raises(Refused):
        actions.name_helper(flagged=found, helper=east["cio"], by=cio)


def test_helper_who_leaves_is_released(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    found = raised(in_alpha)
    actions.name_helper(flagged=found, helper=east["teacher2"], by=acting(east["cio"]))
    assert (actions.release_helpers(), list(helpers_belong()[1])) == (0, [])
    Person.objects.filter(pk=east["teacher2"].pk).update(school=west.school)
    assert list(helpers_belong()[1]) == [f"flag {found.pk}: its helper is not of the school"]
    assert (actions.release_helpers(), list(helpers_belong()[1])) == (1, [])
    found.refresh_from_db()
    assert (found.helper, found.helper_named_at, found.helper_named_by) == (None, None, None)


def test_county_counts_by_school(in_alpha: World) -> None:
    east, west = in_alpha.alpha.schools
    found = raised(in_alpha)
    west.school.is_rural = True
    west.school.save()
    actions.name_helper(flagged=found, helper=east["teacher2"], by=acting(east["cio"]))
    rows = {row["school__slug"]: row for row in flagged_schools(found.programme)}
    each = Participant.objects.filter(school=east.school).count()
    assert (rows["east"]["people"], rows["east"]["no_choice"]) == (each, each)
    flags = RiskFlag.objects.filter(school=east.school).count()
    assert rows["east"]["unhelped"] == flags - 1
    assert [row["school__slug"] for row in flagged_schools(found.programme, place="rural")] == ["west"]

"""A commit writes a whole roster or nothing, and the same people never twice."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.access.actor import Actor
from schools.audit.models import AuditEntry
from schools.files.storing import location
from schools.organisations.models import School, TeachingGroup
from schools.people.models import Membership, Person, Transfer
from schools.people.sealing import unseal
from schools.refusals import Forbidden, Refused, Stale
from schools.roster import importing
from schools.roster.faults import FileRefused
from schools.roster.models import RosterImport, RosterRow
from tests.cast import World, acting
from tests.schools.roster_files import HEADINGS, number, saved, teacher, teachers, xlsx

EAST, WEST = "东风小学", "西湖小学"
NOTHING = {"added": 0, "changed": 0, "transferred": 0, "unchanged": 0, "refused": 0}


def received(
    world: World, folder: Path, rows: list[list[object]], *, school: School | None = None
) -> RosterImport:
    """Send a file of county Alpha, or of one of its schools."""
    cast = world.alpha.schools[0]["cio"] if school else world.alpha["county-office"]
    path = saved(folder, xlsx(rows))
    return importing.receive(
        path=path, name="roster.xlsx", county=world.alpha.county, school=school, by=acting(cast)
    )


def taken_in(
    world: World, folder: Path, rows: list[list[object]], *, school: School | None = None
) -> dict[str, int]:
    """Send a file and commit it; returns the counts."""
    cast = world.alpha.schools[0]["cio"] if school else world.alpha["county-office"]
    roster_import = received(world, folder, rows, school=school)
    return importing.commit(roster_import=roster_import, by=acting(cast))


def east(world: World) -> School:
    return world.alpha.schools[0].school


def person_of(serial: int) -> Person:
    """Return the active person whose sealed number is that of `serial`."""
    (found,) = (
        person
        for person in Person.objects.filter(is_active=True)
        if unseal(person.id_number_sealed) == number(serial)
    )
    return found


def test_new_people_are_written_when_committed(in_alpha: World, tmp_path: Path) -> None:
    assert taken_in(in_alpha, tmp_path, teachers(3, EAST)) == NOTHING | {"added": 3}
    person = person_of(1)
    assert (person.name, person.pinyin, person.initials) == ("李伟", "liwei", "lw")
    assert (person.school, person.sex, person.teaching_years) == (east(in_alpha), "女", 1)
    assert (person.phone, person.email, person.user) == ("13800000001", "t1@example.com", None)
    assert (person.group.name, person.group.school) == ("数学组", east(in_alpha))
    assert number(1).encode() not in bytes(person.id_number_sealed)
    (membership,) = Membership.objects.filter(person=person)
    assert (membership.role, membership.school, membership.ends_on) == ("teacher", east(in_alpha), None)
    assert TeachingGroup.objects.filter(name="数学组").count() == 1


def test_rows_name_file_line_and_confirmer(in_alpha: World, tmp_path: Path) -> None:
    taken_in(in_alpha, tmp_path, teachers(2, EAST))
    rows = RosterRow.objects.order_by("line").select_related("roster_import")
    assert [(row.line, row.person_id, row.outcome) for row in rows] == [
        (2, person_of(0).pk, "added"),
        (3, person_of(1).pk, "added"),
    ]
    kept = rows[0].roster_import
    assert (kept.committed_by, kept.file.name) == (in_alpha.alpha["county-office"].user, "roster.xlsx")
    assert location(kept.file).read_bytes() == (tmp_path / "roster.xlsx").read_bytes()


def test_nothing_changes_when_the_same_file_comes_again(in_alpha: World, tmp_path: Path) -> None:
    taken_in(in_alpha, tmp_path, teachers(3, EAST))
    people, memberships = Person.objects.count(), Membership.objects.count()
    assert taken_in(in_alpha, tmp_path, teachers(3, EAST)) == NOTHING | {"unchanged": 3}
    assert (Person.objects.count(), Membership.objects.count()) == (people, memberships)


def test_correction_adds_and_changes_without_doubles(in_alpha: World, tmp_path: Path) -> None:
    taken_in(in_alpha, tmp_path, teachers(3, EAST))
    corrected = [HEADINGS, teacher(0, EAST), teacher(1, EAST, 姓名="李维", 教研组="科学组"), teacher(7, EAST)]
    wanted = NOTHING | {"added": 1, "changed": 1, "unchanged": 1}
    assert taken_in(in_alpha, tmp_path, corrected) == wanted
    changed = person_of(1)
    assert (changed.name, changed.pinyin, changed.group.name) == ("李维", "liwei", "科学组")
    row = RosterRow.objects.get(person=changed, outcome="changed")
    assert row.changes == ["姓名", "教研组"]


def test_empty_cell_and_missing_column_leave_what_is_known(in_alpha: World, tmp_path: Path) -> None:
    taken_in(in_alpha, tmp_path, teachers(1, EAST))
    rows = [["姓名", "身份证号", "单位", "手机"], ["王芳", number(0), EAST, None]]
    assert taken_in(in_alpha, tmp_path, rows) == NOTHING | {"unchanged": 1}
    assert (person_of(0).phone, person_of(0).email) == ("13800000000", "t0@example.com")


def test_person_of_another_school_is_asked_for_when_the_county_lists_them(
    in_alpha: World, tmp_path: Path
) -> None:
    taken_in(in_alpha, tmp_path, teachers(2, EAST))
    moved = [HEADINGS, teacher(0, WEST, 姓名="王方"), teacher(1, EAST)]
    assert taken_in(in_alpha, tmp_path, moved) == NOTHING | {"transferred": 1, "unchanged": 1}
    person = person_of(0)
    assert (person.school.name, person.name) == (EAST, "王芳")
    (transfer,) = Transfer.objects.all()
    assert (transfer.person, transfer.from_school.name, transfer.school.name) == (person, EAST, WEST)
    assert (transfer.is_requested_by_school, transfer.completed_at) == (False, None)
    assert taken_in(in_alpha, tmp_path, moved) == NOTHING | {"unchanged": 2}
    assert Transfer.objects.count() == 1


def test_person_of_another_school_is_requested_when_a_school_lists_them(
    in_alpha: World, tmp_path: Path
) -> None:
    taken_in(in_alpha, tmp_path, teachers(1, WEST))
    rows = [HEADINGS, teacher(0, EAST), teacher(1, "")]
    counts = taken_in(in_alpha, tmp_path, rows, school=east(in_alpha))
    assert counts == NOTHING | {"added": 1, "transferred": 1}
    assert Transfer.objects.get().is_requested_by_school is True
    assert person_of(0).school.name == WEST
    assert person_of(1).school == east(in_alpha)


def test_open_transfer_elsewhere_is_left_when_a_school_lists_the_person(
    in_alpha: World, tmp_path: Path
) -> None:
    third = School.objects.create(county=in_alpha.alpha.county, name="北山小学", slug="north")
    taken_in(in_alpha, tmp_path, teachers(1, WEST))
    taken_in(in_alpha, tmp_path, [HEADINGS, teacher(0, third.name)])
    counts = taken_in(in_alpha, tmp_path, teachers(1, EAST), school=east(in_alpha))
    assert counts == NOTHING | {"unchanged": 1}
    assert Transfer.objects.get().school == third


def test_person_of_another_county_is_new_here(in_alpha: World, tmp_path: Path) -> None:
    beta = in_alpha.beta
    path = saved(tmp_path, xlsx(teachers(1, "南山小学")))
    theirs = importing.receive(
        path=path, name="b.xlsx", county=beta.county, school=None, by=acting(beta["county-office"])
    )
    importing.commit(roster_import=theirs, by=acting(beta["county-office"]))
    assert taken_in(in_alpha, tmp_path, teachers(1, EAST)) == NOTHING | {"added": 1}


def test_post_of_principal_gives_no_role(in_alpha: World, tmp_path: Path) -> None:
    taken_in(in_alpha, tmp_path, [[*HEADINGS, "职务"], [*teacher(0, EAST), "校长"]])
    person = person_of(0)
    assert person.post == "校长"
    assert [one.role for one in Membership.objects.filter(person=person)] == ["teacher"]


def test_nothing_is_written_when_one_row_is_refused(in_alpha: World, tmp_path: Path) -> None:
    before = Person.objects.count(), TeachingGroup.objects.count()
    roster_import = received(in_alpha, tmp_path, [*teachers(3, EAST), teacher(5, EAST, 手机="1")])
    assert roster_import.counts == NOTHING | {"added": 3, "refused": 1}
    with pytest.raises(Refused) as refused:
        importing.commit(roster_import=roster_import, by=acting(in_alpha.alpha["county-office"]))
    assert refused.value.code == "rows-refused"
    assert (Person.objects.count(), TeachingGroup.objects.count()) == before
    roster_import.refresh_from_db()
    assert (roster_import.committed_at, RosterRow.objects.count()) == (None, 0)


def test_preview_writes_nothing(in_alpha: World, tmp_path: Path) -> None:
    path = saved(tmp_path, xlsx(teachers(3, EAST)))
    with CaptureQueriesContext(connection) as queries:
        importing.preview(path, "r.xlsx", county=in_alpha.alpha.county, school=None, by=Actor(user=None))
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_commit_is_refused_when_done_already(in_alpha: World, tmp_path: Path) -> None:
    roster_import = received(in_alpha, tmp_path, teachers(2, EAST))
    office = acting(in_alpha.alpha["county-office"])
    importing.commit(roster_import=roster_import, by=office)
    with pytest.raises(Refused) as refused:
        importing.commit(roster_import=roster_import, by=office)
    assert refused.value.code == "committed"


def test_commit_needs_somebody_who_answers_for_it(in_alpha: World, tmp_path: Path) -> None:
    roster_import = received(in_alpha, tmp_path, teachers(2, EAST))
    with pytest.raises(Forbidden):
        importing.commit(roster_import=roster_import, by=Actor(user=None))


def test_commit_is_stale_when_people_changed_since_the_preview(in_alpha: World, tmp_path: Path) -> None:
    first = received(in_alpha, tmp_path, teachers(2, EAST))
    seen = importing.look_again(first).digest
    taken_in(in_alpha, tmp_path, teachers(1, EAST))
    first.refresh_from_db()
    assert first.is_stale is True
    office = acting(in_alpha.alpha["county-office"])
    with pytest.raises(Stale):
        importing.commit(roster_import=first, by=office, seen=seen)
    assert RosterImport.objects.get(pk=first.pk).committed_at is None
    seen = importing.look_again(first).digest
    counts = importing.commit(roster_import=first, by=office, seen=seen)
    assert counts == NOTHING | {"added": 1, "unchanged": 1}


def test_commit_checks_again_when_a_school_was_renamed(in_alpha: World, tmp_path: Path) -> None:
    roster_import = received(in_alpha, tmp_path, teachers(2, EAST))
    School.objects.filter(pk=east(in_alpha).pk).update(name="东风中心小学")
    with pytest.raises(Refused) as refused:
        importing.commit(roster_import=roster_import, by=acting(in_alpha.alpha["county-office"]))
    assert refused.value.code == "rows-refused"


def test_kept_file_is_refused_when_its_bytes_changed(in_alpha: World, tmp_path: Path) -> None:
    roster_import = received(in_alpha, tmp_path, teachers(2, EAST))
    location(roster_import.file).write_bytes(xlsx(teachers(3, EAST)))
    with pytest.raises(Refused) as refused:
        importing.commit(roster_import=roster_import, by=acting(in_alpha.alpha["county-office"]))
    assert refused.value.code == "damaged"


def test_nothing_is_kept_when_the_file_is_no_roster(in_alpha: World, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        received(in_alpha, tmp_path, [["姓名"], ["王芳"]])
    assert refused.value.code == "missing-columns"
    assert RosterImport.objects.count() == 0


def test_audit_holds_counts_only(in_alpha: World, tmp_path: Path) -> None:
    taken_in(in_alpha, tmp_path, teachers(2, EAST))
    entries = AuditEntry.objects.filter(act__startswith="roster").order_by("pk")
    assert [(entry.act, entry.details) for entry in entries] == [
        ("roster-upload", NOTHING | {"added": 2}),
        ("roster-commit", NOTHING | {"added": 2}),
    ]


def queries_for(world: World, folder: Path, rows: list[list[object]]) -> tuple[int, int]:
    """Return how many queries preview and commit of a file take."""
    with CaptureQueriesContext(connection) as looking:
        roster_import = received(world, folder, rows)
    with CaptureQueriesContext(connection) as writing:
        importing.commit(roster_import=roster_import, by=acting(world.alpha["county-office"]))
    return len(looking), len(writing)


def test_queries_do_not_grow_with_the_rows(in_alpha: World, tmp_path: Path) -> None:
    few = queries_for(in_alpha, tmp_path, teachers(20, EAST))
    many = queries_for(in_alpha, tmp_path, teachers(200, WEST, first=500))
    # SQLite takes 999 values in a statement: a person has 23, so that 200 people are five statements.
    assert many[0] == few[0]
    assert many[1] - few[1] <= 8
    changed = [[*row[:7], "英语组"] for row in teachers(200, WEST, first=500)[1:]]
    again = queries_for(in_alpha, tmp_path, [HEADINGS, *changed])
    assert again[0] == few[0]
    assert again[1] - few[1] <= 8

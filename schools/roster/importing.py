"""Taking rosters in: look at a file, keep it, and commit it wholly or not at all."""

from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from schools.access.actor import Actor
from schools.access.roles import Teacher
from schools.audit.recording import record
from schools.clock import now, today
from schools.files.kinds import Kind
from schools.files.storing import digest_of, keep_bytes, location
from schools.organisations.models import County, School
from schools.people.models import Membership, Transfer
from schools.refusals import Forbidden, Refused, Stale
from schools.roster.faults import FileRefused
from schools.roster.formats import MIMES, read_table, refuse_size
from schools.roster.models import RosterImport, RosterRow
from schools.roster.outcome import Line, Outcome, RowOutcome
from schools.roster.resource import BATCH, RosterResource, run
from schools.roster.tables import Table


def read(path_or_bytes: Path | bytes, name: str) -> tuple[bytes, Table]:
    """Return bytes and table of a roster; raises FileRefused for one that cannot be read."""
    if isinstance(path_or_bytes, bytes):
        return path_or_bytes, read_table(path_or_bytes, name)
    refuse_size(path_or_bytes.stat().st_size)
    content = path_or_bytes.read_bytes()
    return content, read_table(content, name)


def preview(
    path_or_bytes: Path | bytes, name: str, *, county: County, school: School | None, by: Actor
) -> Outcome:
    """Say what a roster would do and write nothing; a file refused as a whole is the only refusal then."""
    try:
        table = read(path_or_bytes, name)[1]
    except FileRefused as refused:
        return Outcome(refusals=[refused.refusal], refused_rows=1)
    return look(table, county=county, school=school)


def look(table: Table, *, county: County, school: School | None) -> Outcome:
    """Run a table dry against the present database: no transaction, nothing written."""
    with scope(county=county, school=None):
        return run(RosterResource(table=table, county=county, school=school), is_dry=True)


def receive(*, path: Path, name: str, county: County, school: School | None, by: Actor) -> RosterImport:
    """Store the file at `path` (which stays) with its preview; raises FileRefused for an unreadable one."""
    content, table = read(path, name)
    outcome = look(table, county=county, school=school)
    with scope(county=county, school=None):
        stored = keep_bytes(
            content, county=county, name=name, kind=Kind.SHEET, mime=MIMES[table.grid.kind], by=by.user
        )
        with transaction.atomic():
            roster_import = RosterImport.objects.create(
                county=county,
                school=school,
                file=stored,
                counts=outcome.counts,
                refusals=[refusal.as_json() for refusal in outcome.refusals],
                uploaded_by=by.user,
            )
            subject = str(roster_import.pk)
            record("roster-upload", county=county, school=school, subject=subject, by=by, **outcome.counts)
    return roster_import


def table_of_import(roster_import: RosterImport) -> Table:
    """Read the kept file again; it must still be the same bytes."""
    path = location(roster_import.file)
    if digest_of(path) != roster_import.file.sha256:
        raise Refused(_("The kept file has been damaged. Please upload it again."), "damaged")
    return read(path, roster_import.file.name)[1]


def look_again(roster_import: RosterImport) -> Outcome:
    """Say what a kept roster would do now."""
    table = table_of_import(roster_import)
    return look(table, county=roster_import.county, school=roster_import.school)


def commit(*, roster_import: RosterImport, by: Actor, seen: str = "") -> dict[str, int]:
    """Write a roster wholly or not at all and return its counts; `seen` is the digest of what was shown."""
    if by.user is None:
        raise Forbidden(_("A roster is committed by somebody with an account."))
    table = table_of_import(roster_import)  # before the transaction, which holds SQLite's lock
    county, school = roster_import.county, roster_import.school
    try:
        with scope(county=county, school=None), transaction.atomic():
            claim(roster_import, by)
            outcome = run(RosterResource(table=table, county=county, school=school), is_dry=False)
            refuse_unless_whole(outcome, seen)
            write_consequences(roster_import, outcome, by)
            others = RosterImport.objects.filter(county=county, committed_at__isnull=True)
            others.update(is_stale=True)
            RosterImport.objects.filter(pk=roster_import.pk).update(counts=outcome.counts, refusals=[])
            subject = str(roster_import.pk)
            record("roster-commit", county=county, school=school, subject=subject, by=by, **outcome.counts)
    except IntegrityError:
        # Somebody wrote the same people between our reading and our writing; the error may quote them.
        sentence = _("The roster was changed at the same moment. Please look at the preview again.")
        raise Stale(sentence) from None
    roster_import.refresh_from_db()
    return outcome.counts


def claim(roster_import: RosterImport, by: Actor) -> None:
    """Mark the import as committed, which works once; undone with everything else when a row is refused."""
    waiting = RosterImport.objects.filter(pk=roster_import.pk, committed_at__isnull=True)
    if not waiting.update(committed_at=now(), committed_by=by.user, is_stale=False):
        raise Refused(_("This roster has been committed already. Nothing was changed."), "committed")


def refuse_unless_whole(outcome: Outcome, seen: str) -> None:
    """Raise where a row is refused now, or where the roster would do something else than was shown."""
    if outcome.refusals:
        sentence = _("%(count)s rows must be mended first. Nothing was changed.")
        raise Refused(sentence % {"count": outcome.refused_rows}, "rows-refused")
    if seen and seen != outcome.digest:
        raise Stale(_("People have changed since this preview. Nothing was written; please look again."))


def write_consequences(roster_import: RosterImport, outcome: Outcome, by: Actor) -> None:
    """Write what follows from the people written: memberships of the new, transfers asked for, rows kept."""
    added, moving = outcome.of(RowOutcome.ADDED), outcome.of(RowOutcome.TRANSFERRED)
    day = today()
    Membership.objects.bulk_create((_membership(line, day, by) for line in added), batch_size=BATCH)
    asked = (_transfer(line, roster_import, by) for line in moving)
    Transfer.objects.bulk_create(asked, batch_size=BATCH)
    rows = (
        RosterRow(
            county_id=roster_import.county_id,
            roster_import=roster_import,
            line=line.number,
            person=line.person,
            outcome=line.outcome,
            changes=line.changes,
        )
        for line in outcome.lines
    )
    RosterRow.objects.bulk_create(rows, batch_size=BATCH)


def _membership(line: Line, day: date, by: Actor) -> Membership:
    return Membership(
        person=line.person,
        role=Teacher.key,
        county_id=line.school.county_id,
        school=line.school,
        starts_on=day,
        appointed_by=by.user,
    )


def _transfer(line: Line, roster_import: RosterImport, by: Actor) -> Transfer:
    return Transfer(
        county_id=roster_import.county_id,
        school=line.school,
        person=line.person,
        from_school=line.person.school,
        is_requested_by_school=roster_import.school_id is not None,
        asked_by=by.user,
    )

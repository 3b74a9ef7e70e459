"""Taking a provider's file in: keep it, look at what it would do, and commit it wholly or not at all."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessment.moving import move_all
from assessment.programme.models import Programme
from assessment.training.models import HourClaim
from assessment.training.providers.entering import amend_all, enter_all
from assessment.training.providers.matching import Matched, match
from assessment.training.providers.models import (
    LEFT_OUT,
    ColumnMapping,
    HourImport,
    HourImportRow,
    RowOutcome,
)
from assessment.training.providers.reading import Reader
from assessment.training.providers.tables import ProviderTable, table_of_import
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.audit.recording import record
from schools.clock import now
from schools.files.kinds import Kind
from schools.files.models import StoredFile
from schools.files.storing import clean_name, digest_of, keep_bytes, location
from schools.jobs.models import JobKind
from schools.jobs.queueing import ask_for
from schools.organisations.models import County
from schools.refusals import Forbidden, Refused, Stale
from schools.roster.formats import MIMES, refuse_size

AT_ONCE_MOST = 2_000  # rows; longer files are looked at and committed by a worker
BATCH = 500


@dataclass(frozen=True)
class Asked:
    """What whoever commits has ticked: rows left out (how many), and recognising at once."""

    leave_out: int = 0
    is_recognised: bool = False


def check_right(county: County, by: Actor) -> None:
    if not by.can(Permission.IMPORT_HOURS, county):
        raise Forbidden(_("You may not do this here."), "forbidden")


def bytes_of(upload: UploadedFile) -> tuple[bytes, str]:
    """Return an upload's bytes and harmless name; one that is too large is refused unread."""
    refuse_size(upload.size or 0)
    return upload.read(), clean_name(upload.name or "")


def keep_sheet(content: bytes, name: str, table: ProviderTable, county: County, by: Actor) -> StoredFile:
    return keep_bytes(
        content, county=county, name=name, kind=Kind.SHEET, mime=MIMES[table.grid.kind], by=by.user
    )


def receive(
    *, content: bytes, name: str, mapping: ColumnMapping, programme: Programme, by: Actor
) -> HourImport:
    """Keep a file and say what it would do; a long one is looked at by a worker.

    Raises FileRefused or ProviderFileRefused for a file that cannot be read by the mapping.
    """
    check_right(programme.county, by)
    if not mapping.is_ready or not mapping.provider.is_active:
        raise Refused(_("This mapping or its provider is not in use."), "mapping")
    table = table_of_import(content, name, set(mapping.columns.values()))
    stored = keep_sheet(content, name, table, programme.county, by)
    with transaction.atomic():
        hour_import = HourImport.objects.create(
            county=programme.county,
            programme=programme,
            provider=mapping.provider,
            mapping=mapping,
            file=stored,
            uploaded_by=by.user,
        )
        record(
            "hours-upload", county=programme.county, subject=str(hour_import.pk), by=by, rows=len(table.rows)
        )
        if len(table.rows) > AT_ONCE_MOST:
            ask(hour_import, by, act="look")
        else:
            write_report(hour_import, look(hour_import, table))
    return hour_import


def ask(hour_import: HourImport, by: Actor, **params: object) -> None:
    """Let a worker do it; the import's page shows how far it is."""
    params |= {"hour_import": hour_import.pk, "title": hour_import.file.name, "language": get_language()}
    job = ask_for(JobKind.HOUR_IMPORT, county=hour_import.county, by=by, **params)
    HourImport.objects.filter(pk=hour_import.pk).update(job=job)
    hour_import.job = job


def table_of(hour_import: HourImport) -> ProviderTable:
    """Read the kept file again; it must still be the same bytes."""
    path = location(hour_import.file)
    if digest_of(path) != hour_import.file.sha256:
        raise Refused(_("The kept file has been damaged. Please upload it again."), "damaged")
    wanted = set(hour_import.mapping.columns.values())
    return table_of_import(path.read_bytes(), hour_import.file.name, wanted)


def look(hour_import: HourImport, table: ProviderTable) -> list[Matched]:
    """Say of every row what it comes to at this moment; writes nothing."""
    entries = Reader(table, hour_import.mapping).entries()
    return match(entries, hour_import.programme, hour_import.provider)


@transaction.atomic
def look_again(*, hour_import: HourImport, by: Actor) -> None:
    """Write the report anew; a committed import keeps the one it was committed with."""
    check_right(hour_import.county, by)
    waiting = HourImport.objects.select_for_update().filter(pk=hour_import.pk, committed_at__isnull=True)
    if not waiting.first():
        raise Refused(_("This file has been entered already. Nothing was changed."), "committed")
    write_report(hour_import, look(hour_import, table_of(hour_import)))


def write_report(
    hour_import: HourImport, rows: list[Matched], claims: dict[int, HourClaim] | None = None
) -> None:
    """Write one row per line, with the claim that came of it, and the counts."""
    HourImportRow.objects.filter(hour_import=hour_import).delete()
    HourImportRow.objects.bulk_create(
        [row_of(hour_import, row, (claims or {}).get(row.entry.line)) for row in rows], batch_size=BATCH
    )
    counts = {outcome.value: 0 for outcome in RowOutcome}
    for row in rows:
        counts[row.outcome] += 1
    HourImport.objects.filter(pk=hour_import.pk).update(counts=counts, looked_at=now())
    hour_import.refresh_from_db(fields=["counts", "looked_at"])


def row_of(hour_import: HourImport, row: Matched, claim: HourClaim | None) -> HourImportRow:
    entry = row.entry
    return HourImportRow(
        county_id=hour_import.county_id,
        hour_import=hour_import,
        line=entry.line,
        who=entry.who,
        person_id=row.person_id,
        course_code=entry.code,
        course_name=entry.course,
        hours=entry.hours,
        before=row.before,
        finished_on=entry.finished_on,
        outcome=row.outcome,
        fault=row.fault.key if row.fault else "",
        values=row.fault.values if row.fault else {},
        claim=claim,
    )


def commit(*, hour_import: HourImport, asked: Asked, by: Actor) -> None:
    """Enter the hours of a file, wholly or not at all; the rows left out are those that were confirmed.

    Raises Refused (faults, rows not confirmed), Stale (the county has changed since the report).
    """
    check_right(hour_import.county, by)
    table = table_of(hour_import)  # before the transaction, which holds SQLite's lock
    try:
        with transaction.atomic():
            waiting = HourImport.objects.filter(
                pk=hour_import.pk, committed_at__isnull=True, looked_at__isnull=False
            )
            if not waiting.update(committed_at=now(), committed_by=by.user, left_out=asked.leave_out):
                raise Refused(_("This file has been entered already. Nothing was changed."), "committed")
            rows = look(hour_import, table)
            refuse_unless_as_shown(hour_import, rows)
            refuse_unless_whole(rows, asked)
            write(hour_import, rows, asked, by)
    except IntegrityError:
        raise changed_since() from None
    hour_import.refresh_from_db()


def changed_since() -> Stale:
    return Stale(_("The county has changed since this report. Nothing was entered; please look at it again."))


def refuse_unless_as_shown(hour_import: HourImport, rows: list[Matched]) -> None:
    """Raise where the file would now do something else than the report says."""
    shown = HourImportRow.objects.filter(hour_import=hour_import).order_by("line")
    facts = ("line", "outcome", "person_id", "hours", "before")
    now_so = sorted(
        (row.entry.line, str(row.outcome), row.person_id, row.entry.hours, row.before) for row in rows
    )
    if list(shown.values_list(*facts)) != now_so:
        raise changed_since()


def refuse_unless_whole(rows: list[Matched], asked: Asked) -> None:
    """Raise where a row is to be mended, or where other rows are left out than was confirmed."""
    faults = sum(row.outcome == RowOutcome.FAULT for row in rows)
    if faults:
        sentence = ngettext(
            "%d row must be mended first. Nothing was entered.",
            "%d rows must be mended first. Nothing was entered.",
            faults,
        )
        raise Refused(sentence % faults, "faults")
    left_out = sum(row.outcome in LEFT_OUT for row in rows)
    if left_out != asked.leave_out:
        sentence = ngettext(
            "%d row speaks of nobody who takes part. Tick that it is left out, or mend it.",
            "%d rows speak of nobody who takes part. Tick that they are left out, or mend them.",
            left_out,
        )
        raise Refused(sentence % left_out, "left-out")


def write(hour_import: HourImport, rows: list[Matched], asked: Asked, by: Actor) -> None:
    """Enter what is new, amend or correct what has changed, recognise if wished, and keep every row."""
    claims = enter_all(hour_import, [row for row in rows if row.outcome == RowOutcome.NEW], by)
    claims |= amend_all(hour_import, [row for row in rows if row.outcome == RowOutcome.CHANGED], by)
    recognised = 0
    if asked.is_recognised:
        attested = [claim for claim in claims.values() if claim.corrects_id is None]
        recognised = len(move_all(attested, "recognise", by=by, details={"import": hour_import.pk})[0])
    for row in rows:
        if row.standing and row.outcome == RowOutcome.SAME:
            claims[row.entry.line] = row.standing.claims[0]
    write_report(hour_import, rows, claims)
    record(
        "hours-import",
        county=hour_import.county,
        subject=str(hour_import.pk),
        by=by,
        left_out=asked.leave_out,
        recognised=recognised,
        **hour_import.counts,
    )

"""Issuing: rows with number and signed snapshot first, then print in batches, then hand out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import import_module
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.programme.models import Programme
from assessment.submitting.models import Submission, SubmissionState
from assessment.workflow import PORTAL, move
from certificates.glyphs import missing_glyphs
from certificates.models import Certificate, CertificateState, Serial
from certificates.numbers import compose
from certificates.pages import Form, Overlay, Sheet, Unprintable, words_in
from certificates.queries import due, groundless
from microcapabilities.grades import Grade
from schools.clock import now, today
from schools.files.storing import keep_bytes
from schools.jobs.models import JobKind
from schools.jobs.running import Run, work
from schools.people.models import User
from schools.signing import sign

BATCH = 60
PRINTED_LANGUAGE = "zh-hans"


@work(JobKind.ISSUE_CERTIFICATES)
def issue_certificates(run: Run) -> None:
    """Issue what is due at the job's school (or in its whole county); safe to run twice."""
    programmes = Programme.objects.filter(county=run.job.county, is_current=True).select_related(
        "county", "catalogue"
    )
    school_id = run.job.school_id
    issued = problems = 0
    for programme in programmes:
        prepare(programme, due(programme, school_id), run.job.asked_by)
        pending = Certificate.objects.filter(programme=programme, state=CertificateState.PENDING)
        if school_id is not None:
            pending = pending.filter(school_id=school_id)
        rows = list(
            pending.select_related("submission", "person", "school").order_by("school_id", "point_code", "pk")
        )
        for batch in batches(rows):
            printed = print_batch(batch)
            issued += hand_out(printed, run.job.asked_by)
            problems += len(batch) - len(printed)
            run.advance(issued + problems, len(rows))
    message = ngettext("%d certificate issued.", "%d certificates issued.", issued) % issued
    if problems:
        message += " " + _("%d could not be printed; see the register.") % problems
    run.finish(message)


def prepare(programme: Programme, submissions: Iterable[Submission], asked_by: User | None) -> None:
    """Make a pending certificate for each submission: number, snapshot, signature; one transaction a batch."""
    for batch in groups_of(BATCH, list(submissions)):
        with transaction.atomic():
            Serial.objects.get_or_create(county=programme.county, year=programme.year)
            serial = Serial.objects.select_for_update().get(county=programme.county, year=programme.year)
            held = Certificate.objects.filter(
                submission__in=batch, state__in=(CertificateState.PENDING, CertificateState.ISSUED)
            ).values_list("submission_id", flat=True)
            taken = set(held)
            for submission in batch:
                if submission.pk not in taken:
                    serial.last += 1
                    make_pending(programme, submission, serial.last, asked_by)
            Serial.objects.filter(pk=serial.pk).update(last=serial.last)


def make_pending(
    programme: Programme, submission: Submission, serial: int, asked_by: User | None
) -> Certificate:
    """Write one pending certificate with its frozen, signed snapshot."""
    point = submission.point
    number = compose(programme.county.code, programme.year, point.code, serial)
    snapshot = {
        "number": number,
        "name": submission.person.name,
        "school": submission.school.name,
        "county": programme.county.name,
        "issuer": programme.county.office_name,
        "programme": programme.name,
        "catalogue": programme.catalogue.title_zh,
        "point": point.code,
        "point_zh": point.name_zh,
        "point_en": point.name_en,
        "credits": point.credits,
        "grade": submission.grade,
        "issued_on": today().isoformat(),
    }
    signature = sign(snapshot)
    return Certificate.objects.create(
        county=programme.county,
        school=submission.school,
        programme=programme,
        submission=submission,
        person=submission.person,
        point_code=point.code,
        number=number,
        snapshot=snapshot,
        key_id=signature.key_id,
        signature=signature.value,
        asked_by=asked_by,
    )


def batches(rows: Sequence[Certificate]) -> Iterator[list[Certificate]]:
    """Yield certificates of one school, at most a batch of them, ordered by point."""
    for _school, group in groupby(rows, key=lambda row: row.school_id):
        yield from groups_of(BATCH, list(group))


def groups_of(size: int, rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def print_batch(batch: list[Certificate]) -> list[tuple[Certificate, bytes]]:
    """Print certificates of one school; those that cannot be printed keep a sentence that says why."""
    renderer = import_module("certificates.render")  # WeasyPrint is loaded by workers only
    printable = [certificate for certificate in batch if has_all_signs(certificate)]
    if not printable:
        return []
    with translation.override(PRINTED_LANGUAGE):
        sheets = sheets_of(printable)
    try:
        return list(zip(printable, renderer.render_batch(sheets), strict=True))
    except Unprintable as problem:
        if len(printable) == 1:
            note_problem(printable[0], str(problem))
            return []
        return [pair for certificate in printable for pair in print_batch([certificate])]


def sheets_of(certificates: list[Certificate]) -> list[Sheet]:
    """Return a sheet per point, in the order of `certificates`, which are ordered by point."""
    return [
        Sheet(form_of(rows[0].snapshot), [overlay_of(row) for row in rows])
        for rows in (list(group) for _code, group in groupby(certificates, key=lambda row: row.point_code))
    ]


def has_all_signs(certificate: Certificate) -> bool:
    """Say whether the fonts hold every sign of name and school; otherwise note which are missing."""
    missing = missing_glyphs([certificate.snapshot["name"], certificate.snapshot["school"]])
    if missing:
        signs = " ".join(sorted({sign for signs in missing.values() for sign in signs}))
        note_problem(certificate, _("The fonts have no sign for: %s") % signs)
    return not missing


def note_problem(certificate: Certificate, sentence: str) -> None:
    Certificate.objects.filter(pk=certificate.pk, state=CertificateState.PENDING).update(
        problem=sentence[:200]
    )


def form_of(snapshot: dict[str, Any]) -> Form:
    """Return the words that all certificates of the snapshot's point share."""
    return Form(
        programme=snapshot["programme"],
        catalogue_title=snapshot["catalogue"],
        point_code=snapshot["point"],
        point_name=snapshot["point_zh"],
        credits=str(snapshot["credits"]),
        issuer=snapshot["issuer"],
        words=words_in("zh-hans", snapshot["programme"]),
        small_words=words_in("en"),
        point_name_small=snapshot["point_en"],
    )


def overlay_of(certificate: Certificate) -> Overlay:
    """Return the holder's own words, all from the signed snapshot."""
    snapshot = certificate.snapshot
    day = date.fromisoformat(snapshot["issued_on"])
    return Overlay(
        name=snapshot["name"],
        school=snapshot["school"],
        grade=str(Grade(snapshot["grade"]).label),
        number=snapshot["number"],
        issued_on=f"{day.year}年{day.month}月{day.day}日",
        verify_url=verify_address(certificate),
    )


def verify_address(certificate: Certificate) -> str:
    """Return the address in the QR code."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}/v/{certificate.token}/"


def hand_out(printed: list[tuple[Certificate, bytes]], by: User | None) -> int:
    """Store each file and issue its certificate in one transaction; returns how many were issued."""
    issued = 0
    for certificate, content in printed:
        with transaction.atomic():
            fresh = Certificate.objects.select_for_update().get(pk=certificate.pk)
            if fresh.state != CertificateState.PENDING or fresh.submission.state != SubmissionState.ACCEPTED:
                continue
            stored = keep_bytes(
                content,
                county=fresh.county,
                name=f"{fresh.number}.pdf",
                kind="pdf",
                mime="application/pdf",
                by=by,
            )
            changes = {"pdf": stored, "pdf_sha256": stored.sha256, "issued_at": now(), "problem": ""}
            move(fresh, "issue", by=PORTAL, changes=changes)
            issued += 1
    return issued


def reconcile(programme: Programme) -> tuple[int, int]:
    """Revoke certificates whose ground is gone and count those that are due; returns (revoked, due)."""
    revoked = 0
    for certificate in groundless(programme):
        move(
            certificate,
            "lapse",
            by=PORTAL,
            note=_("The submission is not accepted any more, or with another grade."),
        )
        revoked += 1
    waiting = Certificate.objects.filter(programme=programme, state=CertificateState.PENDING, problem="")
    return revoked, len(due(programme)) + waiting.count()

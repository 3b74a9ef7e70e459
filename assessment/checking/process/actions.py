"""Acts on samples of the process: draw one of what is new, and say of each row whether it is in order."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.checking.drawing import sampling
from assessment.checking.process.models import ProcessCheck, ProcessKind, ProcessSample
from assessment.checking.process.queries import new_rows
from assessment.checking.process.sources import SOURCES
from assessment.events import Event
from assessment.programme.models import Programme
from assessment.workflow import PORTAL, move
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.refusals import Forbidden, Refused

USUAL_SIZE = 10
EVERY = timedelta(days=30)


@transaction.atomic
def draw(*, programme: Programme, kind: str, size: int, by: Actor, seed: str = "") -> ProcessSample:
    """Draw `size` rows, or all, of what is new since the last sample of the kind."""
    if by is not PORTAL and not by.can(Permission.RUN_SPOT_CHECKS, programme.county):
        raise Forbidden(_("You may not do this here."), "forbidden")
    if kind not in SOURCES:
        raise Refused(_("Only what the list names can be sampled."), "kind")
    if size < 1:
        raise Refused(_("Please say how many are to be drawn."), "size")
    # One at a time: two presses would draw the same rows twice.
    Programme.objects.select_for_update().get(pk=programme.pk)
    frame = [(pk, "") for pk in new_rows(programme, kind)]
    if not frame:
        raise Refused(_("Nothing new has come since the last sample."), "empty-frame")
    seed = seed or secrets.token_hex(16)
    chosen = sampling.draw(frame, seed, {"": min(size, len(frame))})
    sample = ProcessSample.objects.create(
        county=programme.county,
        programme=programme,
        kind=kind,
        frame=[list(row) for row in frame],
        frame_sha256=sampling.frame_hash(frame),
        seed=seed,
        size=len(chosen),
        confidence_percent=programme.confidence_percent,
        drawn_by=by.user,
    )
    rows = {row.pk: row for row in SOURCES[kind].rows(programme).filter(pk__in=chosen)}
    ProcessCheck.objects.bulk_create(
        ProcessCheck(
            county_id=rows[pk].county_id,
            school_id=rows[pk].school_id,
            state=ProcessCheck.workflow.initial,
            sample=sample,
            subject_id=pk,
            said=SOURCES[kind].said(rows[pk])[:200],
            position=position,
        )
        for position, pk in enumerate(chosen, start=1)
    )
    return sample


def confirm(*, check: ProcessCheck, by: Actor, note: str = "", version: int | None = None) -> Event:
    """Say that a row is in order."""
    return move(check, "confirm", by=by, note=note, version=version)


def object_to(*, check: ProcessCheck, why: str, by: Actor, version: int | None = None) -> Event:
    """Say what is not in order about a row."""
    return move(check, "object", by=by, note=why, version=version)


def draw_what_is_due(programme: Programme) -> list[ProcessSample]:
    """Draw a small sample of each kind whose last one is a month old and of which something new has come."""
    made = []
    for kind in ProcessKind:
        lately = ProcessSample.objects.filter(programme=programme, kind=kind, drawn_at__gt=now() - EVERY)
        if lately.exists() or not new_rows(programme, kind):
            continue
        made.append(draw(programme=programme, kind=kind, size=USUAL_SIZE, by=PORTAL))
    return made

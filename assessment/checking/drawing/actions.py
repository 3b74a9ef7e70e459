"""Acts on draws: plan with frozen frame and committed seed, draw, abandon, enlarge."""

import secrets
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.drawing import sampling
from assessment.checking.drawing.models import Claim, Draw, DrawnReturn, Enlargement, StratumBy
from assessment.checking.drawing.queries import sizes_now
from assessment.checking.drawing.strata import frame_of
from assessment.checking.models import ReturnState, SchoolReturn
from assessment.checking.queries import drawable
from assessment.programme.models import Programme
from assessment.submitting.models import Attempt, Submission
from schools.access.actor import Actor
from schools.access.permissions import Permission
from schools.clock import now
from schools.organisations.models import County
from schools.refusals import Forbidden, Refused, Stale

MOST_WORDS = 100


def require(by: Actor, county: County) -> None:
    """Raise Forbidden unless the actor runs the county's spot checks."""
    if not by.can(Permission.RUN_SPOT_CHECKS, county):
        raise Forbidden(_("You may not do this here."), "forbidden")


@transaction.atomic
def plan(
    *,
    programme: Programme,
    returns: list[SchoolReturn],
    sizes: Mapping[str, int],
    by: Actor,
    claim: str = Claim.COUNTY,
    stratum_by: str = StratumBy.NOTHING,
    tolerance_percent: int | None = None,
    confidence_percent: int | None = None,
    seed: str = "",
) -> Draw:
    """Freeze the frame of all passed rows that the filed returns list, and commit a seed nobody is shown yet.

    `sizes` says by stratum how many will be drawn. A filing is drawn from once.
    """
    require(by, programme.county)
    returns = held(returns)
    frame = frame_of(drawable(returns), stratum_by)
    if not frame:
        raise Refused(_("No filed return lists a passed submission yet."), "empty-frame")
    check_sizes(frame, sizes)
    seed = seed or secrets.token_hex(16)
    planned = Draw.objects.create(
        county=programme.county,
        programme=programme,
        claim=claim,
        stratum_by=stratum_by,
        tolerance_percent=tolerance_percent or programme.tolerance_percent,
        confidence_percent=confidence_percent or programme.confidence_percent,
        frame=[list(row) for row in frame],
        frame_sha256=sampling.frame_hash(frame),
        sizes=dict(sizes),
        size=sum(sizes.values()),
        seed=seed,
        seed_sha256=sampling.seed_hash(seed),
        planned_by=by.user,
    )
    cover(planned, returns)
    return planned


def held(returns: list[SchoolReturn]) -> list[SchoolReturn]:
    """Return those that are filed, held until the commit."""
    rows = SchoolReturn.objects.select_for_update().filter(pk__in=[row.pk for row in returns])
    return list(rows.filter(state=ReturnState.FILED).order_by("pk"))


def check_sizes(frame: list[sampling.Row], sizes: Mapping[str, int]) -> None:
    """Refuse sizes that the strata of the frame cannot give."""
    strata = sampling.stratum_sizes(frame)
    if set(sizes) - set(strata) or not sum(sizes.values()):
        raise Refused(_("The filed returns have changed meanwhile. Please calculate anew."), "strata")
    for stratum, size in sizes.items():
        if not 0 <= size <= strata[stratum]:
            raise Refused(_("Between 1 and %d cases can be drawn.") % strata[stratum], "size")


def cover(planned: Draw, returns: list[SchoolReturn]) -> None:
    """Note which filings the draw covers; a filing is drawn from once."""
    try:
        with transaction.atomic():
            DrawnReturn.objects.bulk_create(
                DrawnReturn(
                    county=planned.county,
                    school_id=row.school_id,
                    draw=planned,
                    school_return=row,
                    filing=row.filings,
                )
                for row in returns
            )
    except IntegrityError as error:
        raise Refused(_("One of these returns has been drawn from already."), "drawn") from error


@transaction.atomic
def draw(*, planned: Draw, by: Actor, words: str = "") -> Draw:
    """Draw the cases: the seed is opened, `words` said by a witness join it; once, never again."""
    require(by, planned.county)
    words = " ".join(words.split())
    if len(words) > MOST_WORDS:
        raise Refused(_("At most %d characters, please.") % MOST_WORDS, "words")
    if not sampling.is_as_committed(planned.frame, planned.frame_sha256, planned.seed, planned.seed_sha256):
        raise Refused(_("Frame or seed are not those that were frozen; nothing was drawn."), "frozen")
    waiting = Draw.objects.filter(pk=planned.pk, drawn_at__isnull=True, abandoned_at__isnull=True)
    moment = now()
    if not waiting.update(drawn_at=moment, drawn_by=by.user, words=words):
        raise Stale(
            _("This draw is made or abandoned already. The page now shows how things stand."), "drawn"
        )
    planned.drawn_at, planned.drawn_by, planned.words = moment, by.user, words
    make_cases(planned, sampling.draw(planned.frame, sampling.key_of(planned.seed, words), planned.sizes))
    return planned


@transaction.atomic
def abandon(*, planned: Draw, by: Actor) -> Draw:
    """Give up a plan before its draw: its filings can be planned anew; frame and hashes are kept."""
    require(by, planned.county)
    waiting = Draw.objects.filter(pk=planned.pk, drawn_at__isnull=True, abandoned_at__isnull=True)
    if not waiting.update(abandoned_at=now(), abandoned_by=by.user):
        raise Stale(
            _("This draw is made or abandoned already. The page now shows how things stand."), "drawn"
        )
    DrawnReturn.objects.filter(draw=planned).update(is_dropped=True)
    planned.refresh_from_db()
    return planned


@transaction.atomic
def enlarge(*, drawn: Draw, sizes: Mapping[str, int], why: str, by: Actor) -> Enlargement:
    """Draw more out of the same frame in the same order; `sizes` are those that hold from now on."""
    require(by, drawn.county)
    fresh = Draw.objects.select_for_update().get(pk=drawn.pk)
    if fresh.drawn_at is None:
        raise Refused(_("Only a draw that has been made can be enlarged."), "undrawn")
    if not why.strip():
        raise Refused(_("Please say why the draw is enlarged."), "note")
    before = sizes_now(fresh)
    after = {stratum: max(size, sizes.get(stratum, 0)) for stratum, size in before.items()}
    check_sizes([(case, stratum) for case, stratum in fresh.frame], after)
    key = sampling.key_of(fresh.seed, fresh.words)
    drawn_before = set(sampling.draw(fresh.frame, key, before))
    more = [case for case in sampling.draw(fresh.frame, key, after) if case not in drawn_before]
    if not more:
        raise Refused(_("Please ask for more cases than are drawn already."), "size")
    covered = [row.school_return for row in fresh.returns.select_related("school_return")]
    if len(held(covered)) < len(covered):
        raise Refused(_("A return of this draw is decided already; the draw stands."), "decided")
    enlargement = Enlargement.objects.create(
        county_id=fresh.county_id, draw=fresh, sizes=after, why=why.strip()[:200], made_by=by.user
    )
    make_cases(fresh, more, first=len(drawn_before) + 1)
    return enlargement


def make_cases(drawn: Draw, chosen: list[int], first: int = 1) -> None:
    """Make a case for each drawn submission, in the order of the draw; three queries for any number."""
    rows = Submission.objects.in_bulk(chosen)
    attempts: dict[int, int] = {}
    handed_in = Attempt.objects.filter(submission__in=chosen, submitted_at__isnull=False).order_by("number")
    for submission_id, attempt_id in handed_in.values_list("submission_id", "pk"):
        attempts[submission_id] = attempt_id
    SpotCheckCase.objects.bulk_create(
        SpotCheckCase(
            county_id=rows[pk].county_id,
            school_id=rows[pk].school_id,
            state=SpotCheckCase.workflow.initial,
            draw=drawn,
            submission=rows[pk],
            attempt_id=attempts[pk],
            listed_grade=rows[pk].grade,
            position=position,
        )
        for position, pk in enumerate(chosen, start=first)
    )

"""The conversion table: how an attendance becomes hours, and how that is said."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from assessment.programme.models import Programme
from assessment.training.activities.models import ActivityKind, Basis, ConversionRate, SignIn
from assessment.training.polishing.models import Polish

TENTH = Decimal("0.1")
# basis, hours, most per session, most per year
DEFAULTS: dict[str, tuple[Basis, str, str | None, str]] = {
    ActivityKind.RESEARCH: (Basis.CLOCK_HOUR, "1", "4", "12"),
    ActivityKind.DISCUSSION: (Basis.CLOCK_HOUR, "1", "4", "10"),
    ActivityKind.ANALYSIS: (Basis.CLOCK_HOUR, "1", "4", "10"),
    ActivityKind.WORKSHOP: (Basis.CLOCK_HOUR, "1", "6", "12"),
    ActivityKind.POLISHING: (Basis.SESSION, "2", None, "8"),
    ActivityKind.SHOWING: (Basis.SESSION, "2", None, "6"),
    ActivityKind.PAIRED: (Basis.SESSION, "2", None, "8"),
    ActivityKind.RESOURCES: (Basis.CLOCK_HOUR, "1", "4", "8"),
    ActivityKind.ONLINE: (Basis.CLOCK_HOUR, "1", "4", "10"),
    ActivityKind.NOMINATION: (Basis.SESSION, "1", None, "3"),
}


def default_rate(programme: Programme, kind: str) -> ConversionRate:
    """Return the rate with which a kind begins, not saved."""
    basis, hours, most, year = DEFAULTS[kind]
    return ConversionRate(
        county_id=programme.county_id,
        programme=programme,
        kind=kind,
        basis=basis,
        hours=Decimal(hours),
        most_per_session=Decimal(most) if most else None,
        most_per_year=Decimal(year),
    )


def rates_of(programme: Programme) -> list[ConversionRate]:
    """Return the rate of every kind, the default where the county has set none."""
    known = {rate.kind: rate for rate in ConversionRate.objects.filter(programme=programme)}
    return [known.get(kind) or default_rate(programme, kind) for kind in ActivityKind.values]


def rate_of(programme: Programme, kind: str) -> ConversionRate:
    """Return the rate of one kind."""
    known = ConversionRate.objects.filter(programme=programme, kind=kind).first()
    return known or default_rate(programme, kind)


def session_hours(rate: ConversionRate, begins_at: datetime, ends_at: datetime, most_a_day: int) -> Decimal:
    """Return what one attendance counts, in tenths of an hour."""
    hours = rate.hours
    if rate.basis == Basis.CLOCK_HOUR:
        hours = rate.hours * Decimal((ends_at - begins_at).total_seconds()) / 3600
    limits = [Decimal(most_a_day), *([rate.most_per_session] if rate.most_per_session is not None else [])]
    return min([hours, *limits]).quantize(TENTH, ROUND_HALF_UP)


def counted_before(programme: Programme, kind: str, people: Iterable[int]) -> dict[int, Decimal]:
    """Return the hours that each person already has by this kind, at whatever school they were earned."""
    people = list(people)
    rows = SignIn._base_manager.filter(
        county_id=programme.county_id,
        activity__programme=programme,
        activity__kind=kind,
        person_id__in=people,
        hours__isnull=False,
    )
    found: dict[int, Decimal] = dict(rows.order_by().values_list("person_id").annotate(Sum("hours")))
    if kind == ActivityKind.POLISHING:
        pieces = Polish._base_manager.filter(
            county_id=programme.county_id, programme=programme, person_id__in=people, hours__isnull=False
        )
        for person_id, hours in pieces.order_by().values_list("person_id").annotate(Sum("hours")):
            found[person_id] = found.get(person_id, Decimal(0)) + hours
    return found


def left_this_year(rate: ConversionRate, counted: Decimal) -> Decimal | None:
    """Return what the kind still allows somebody in the year; None without a limit."""
    return None if rate.most_per_year is None else max(Decimal(0), rate.most_per_year - counted)


def rate_said(rate: ConversionRate) -> str:
    """Return the rate as a sentence."""
    counted = _("%(hours)s hours %(basis)s") % {
        "hours": plain(rate.hours),
        "basis": rate.get_basis_display(),
    }
    parts = [counted]
    if rate.most_per_session is not None:
        parts.append(_("at most %s a session") % plain(rate.most_per_session))
    if rate.most_per_year is not None:
        parts.append(_("at most %s a year") % plain(rate.most_per_year))
    return _(", ").join(parts)


def plain(hours: Decimal) -> str:
    """Return hours without needless zeros: 2, 1.5."""
    return f"{hours.normalize():f}"

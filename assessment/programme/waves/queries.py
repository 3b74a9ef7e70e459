"""Reading the waves: which schools are in them, and how that stands to the rule."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from assessment.programme.models import Programme, Wave
from assessment.programme.waves.models import Enrolment
from assessment.programme.waves.sizes import wave_sizes
from schools.organisations.models import School
from schools.organisations.queries import school_named


@dataclass(frozen=True)
class WaveStanding:
    """One wave: its share by the rule, the schools that makes, and the schools that are in it."""

    wave: Wave
    wanted: int
    schools: int
    percent: int

    @property
    def is_kept(self) -> bool:
        """Whether as many schools are in it as the rule makes."""
        return self.schools == self.wanted

    @property
    def difference(self) -> int:
        return self.schools - self.wanted


def waves_of(programme: Programme) -> list[Wave]:
    return list(Wave.objects.filter(programme=programme))


def standings_of(programme: Programme, waves: list[Wave]) -> list[WaveStanding]:
    """Return the waves as they stand, in two queries."""
    total = School.objects.filter(county=programme.county).count()
    wanted = wave_sizes(total, [wave.share_percent for wave in waves])
    rows = Enrolment.objects.filter(programme=programme, wave__isnull=False).order_by()
    counts = dict(rows.values_list("wave").annotate(Count("pk")))
    return [
        WaveStanding(wave, size, counts.get(wave.pk, 0), round(100 * counts.get(wave.pk, 0) / (total or 1)))
        for wave, size in zip(waves, wanted, strict=True)
    ]


def without_wave(programme: Programme) -> int:
    """Return how many schools of the county are in no wave."""
    placed = Enrolment.objects.filter(programme=programme, wave__isnull=False).values("school_id")
    return School.objects.filter(county=programme.county).exclude(pk__in=placed).count()


def schools_placed(
    programme: Programme, *, q: str = "", wave: str = "", tier: str = "", pilot: str = ""
) -> QuerySet[School]:
    """Return the county's schools with `wave_number`, `wave_name`, `is_pilot` and `tier`, as the filters leave."""
    places = Enrolment.objects.filter(programme=programme, school=OuterRef("pk"))
    schools = School.objects.filter(county=programme.county).annotate(
        wave_number=Subquery(places.values("wave__number")[:1]),
        wave_name=Subquery(places.values("wave__name")[:1]),
        is_pilot=Subquery(places.values("is_pilot")[:1]),
        tier=Subquery(places.values("tier")[:1]),
    )
    if q:
        schools = schools.filter(school_named(q))
    if wave:
        schools = schools.filter(wave_number=int(wave)) if wave != "0" else schools.filter(wave_number=None)
    if tier:
        schools = schools.filter(tier=tier)
    if pilot:
        schools = schools.filter(is_pilot=True)
    return schools.order_by(F("wave_number").asc(nulls_last=True), "pinyin", "pk")


def of_region(county_ids: list[int]) -> list[tuple[int, int, int]]:
    """Return number of the wave, its schools and its counties over the current programmes of some counties."""
    rows = (
        Enrolment._base_manager.filter(
            Q(programme__is_current=True), county__in=county_ids, wave__isnull=False
        )
        .order_by("wave__number")
        .values_list("wave__number")
        .annotate(Count("pk"), Count("county", distinct=True))
    )
    return [(number, schools, counties) for number, schools, counties in rows]

"""In which stratum each row of a frame stands."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _

from assessment.checking.drawing.models import StratumBy
from assessment.checking.drawing.sampling import Row
from assessment.reviewing.models import Review, ReviewState
from assessment.submitting.models import Submission
from microcapabilities.grades import Grade
from schools.organisations.models import School, Stage
from schools.people.models import Person

RURAL, TOWN, NOBODY = "rural", "town", "0"
PLACES = {RURAL: _("in the country"), TOWN: _("in town")}


def frame_of(submissions: Sequence[int], by: str) -> list[Row]:
    """Return (id, stratum) of the submissions, ascending; strata are slugs, ids and numbers, never names."""
    rows = list(Submission.objects.filter(pk__in=submissions).select_related("school").order_by("pk"))
    reviewers = first_reviewers(submissions) if by == StratumBy.REVIEWER else {}
    stratum: dict[str, Callable[[Submission], str]] = {
        StratumBy.NOTHING: lambda row: "",
        StratumBy.SCHOOL: lambda row: row.school.slug,
        StratumBy.STAGE: lambda row: row.school.stage,
        StratumBy.REVIEWER: lambda row: str(reviewers.get(row.pk, NOBODY)),
        StratumBy.RURAL: lambda row: RURAL if row.school.is_rural else TOWN,
        StratumBy.GRADE: lambda row: str(row.grade),
    }
    return [(row.pk, stratum[by](row)) for row in rows]


def first_reviewers(submissions: Sequence[int]) -> dict[int, int]:
    """Return by submission id who finished the first review of it; one query."""
    found: dict[int, int] = {}
    rows = Review.objects.filter(submission__in=submissions, state=ReviewState.FINISHED).order_by("pk")
    for submission_id, person_id in rows.values_list("submission_id", "person_id"):
        found.setdefault(submission_id, person_id)
    return found


def names_of(strata: Sequence[str], by: str) -> dict[str, str]:
    """Return how strata are called, in at most one query."""
    if by == StratumBy.SCHOOL:
        schools = dict(School.objects.filter(slug__in=strata).values_list("slug", "name"))
        return {slug: schools.get(slug, slug) for slug in strata}
    if by == StratumBy.REVIEWER:
        wanted = [int(pk) for pk in strata if pk != NOBODY]
        people = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))
        return {pk: people.get(int(pk), "—") for pk in strata}
    labels: dict[str, dict[str, str]] = {
        StratumBy.STAGE: {value: str(label) for value, label in Stage.choices},
        StratumBy.GRADE: {str(grade.value): str(grade.label) for grade in Grade},
        StratumBy.RURAL: {value: str(label) for value, label in PLACES.items()},
    }
    return {name: labels.get(by, {}).get(name, name) for name in strata}

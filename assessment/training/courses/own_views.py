"""Courses as one sees one's own: what was attended, its rating, and what was said of those one gave."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessment.training.courses import queries
from assessment.training.courses.models import Course
from assessment.training.ratings.forms import RatingForm
from assessment.training.ratings.models import Rated
from assessment.training.ratings.queries import may_rate, verdict_of, verdict_on
from schools.access.doors import signed_in
from schools.paging import turned


@signed_in
@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """What one attended, and what one gave with what the attendees said of it together."""
    person = request.actor.person
    if person is None:
        return render(request, "assessment/training/courses/own.html", {"rows": [], "given": []})
    page, links = turned(request, queries.attended_by(person))
    seen = [row.course_id for row in page]
    rated = set(Rated.objects.filter(person=person, course__in=seen).values_list("course_id", flat=True))
    given = list(queries.given_by(person)[:50])
    context = {
        "rows": [(row.course, row.course_id in rated) for row in page],
        "page": links,
        "given": given,
        "verdict": verdict_on(person),
    }
    return render(request, "assessment/training/courses/own.html", context)


@signed_in
@require_GET
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course that one attended or gave."""
    person = request.actor.person
    if person is None:
        raise Http404
    mine = Course.objects.filter(Q(attendances__person=person) | Q(trainers=person)).distinct()
    return course_page(request, get_object_or_404(mine.select_related("school"), pk=pk), RatingForm())


def course_page(request: HttpRequest, row: Course, form: RatingForm, status: int = 200) -> HttpResponse:
    person = request.actor.person
    is_given = row.trainers.filter(pk=person.pk).exists()
    context = {
        "course": row,
        "form": form if may_rate(row, person) else None,
        "points": list(row.points.all()),
        "verdict": verdict_of(row) if is_given else None,
    }
    return render(request, "assessment/training/courses/own_course.html", context, status=status)

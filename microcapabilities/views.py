"""The public pages of the catalogue: all points, and one point with its items and criteria."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from microcapabilities.models import KINDERGARTEN, Point
from microcapabilities.queries import by_environment, current_catalogue
from schools.access.doors import public


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    edition = current_catalogue()
    points = list(edition.points.all()) if edition else []
    context = {
        "catalogue": edition,
        "environments": by_environment(points),
        "points": len(points),
        "credits": sum(point.credits for point in points),
    }
    return render(request, "microcapabilities/catalogue.html", context)


@public
@require_safe
def point(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(
        Point.objects.select_related("catalogue").prefetch_related("items__criteria"),
        catalogue__is_current=True,
        code=code,
    )
    items = list(shown.items.all())
    context = {
        "point": shown,
        "items": [item for item in items if not item.stage],
        "variants": [item for item in items if item.stage == KINDERGARTEN],
    }
    return render(request, "microcapabilities/point.html", context)

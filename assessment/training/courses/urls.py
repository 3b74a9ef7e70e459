"""Addresses of courses; one's own first, then the county's and a school's, which share their views."""

from django.urls import URLPattern, path

from assessment.training.courses import own_views, views
from assessment.training.ratings import views as ratings


def kept_at(place: str, level: str) -> list[URLPattern]:
    """Return the addresses of the courses of a county or of a school."""
    one = f"{place}<int:pk>/"
    return [
        path(place, views.courses, name=f"{level}-courses"),
        path(f"{place}new/", views.new, name=f"{level}-course-new"),
        path(f"{place}keep/", views.keep, name=f"{level}-course-keep"),
        path(one, views.course, name=f"{level}-course"),
        path(f"{one}edit/", views.edit, name=f"{level}-course-edit"),
        path(f"{one}change/", views.change, name=f"{level}-course-change"),
        path(f"{one}attendance/mark/", views.mark, name=f"{level}-course-mark"),
        path(f"{one}attendance/strike/", views.strike, name=f"{level}-course-strike"),
    ]


COUNTY, SCHOOL = "<slug:county>/courses/", "<slug:county>/<slug:school>/courses/"
urlpatterns: list[URLPattern] = [
    path("me/courses/", own_views.courses, name="courses"),
    path("me/courses/<int:pk>/", own_views.course, name="course"),
    path("me/courses/<int:pk>/rate/", ratings.course_rate, name="course-rate"),
    path(f"{COUNTY}coverage/", views.coverage, name="county-team-training"),
    *kept_at(COUNTY, "county"),
    *kept_at(SCHOOL, "school"),
]

"""Addresses of guidance, gathered; one's own and the county's first."""

from django.urls import URLPattern, path

from assessment.guiding.circulars.urls import urlpatterns as circulars
from assessment.guiding.enclosures import views as enclosures
from assessment.guiding.inspections.urls import urlpatterns as inspections
from assessment.guiding.library.urls import urlpatterns as library
from assessment.guiding.meetings.urls import urlpatterns as meetings
from assessment.guiding.visits.urls import urlpatterns as visits

FILE = "guidance/files/<int:pk>/"
urlpatterns: list[URLPattern] = [
    *visits,
    *inspections,
    *meetings,
    *library,
    *circulars,
    path(f"me/{FILE}", enclosures.guidance_file, name="guidance-file"),
    path(f"<slug:county>/{FILE}", enclosures.county_guidance_file, name="county-guidance-file"),
    path(f"<slug:county>/<slug:school>/{FILE}", enclosures.school_guidance_file, name="school-guidance-file"),
]

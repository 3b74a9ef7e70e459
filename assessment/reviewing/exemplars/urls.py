"""Addresses of exemplars."""

from django.urls import URLPattern, path

from assessment.reviewing.exemplars import county_views, own_views, school_views
from schools.files.previews.answering import COPY, PREVIEW

ASKED, OWN = "me/exemplar-requests/", "me/exemplars/"
SCHOOL, COUNTY = "<slug:county>/<slug:school>/exemplars/", "<slug:county>/exemplars/"
PIECE, KEPT_PIECE = f"{OWN}<int:pk>/evidence/<int:evidence>/", f"{COUNTY}<int:pk>/evidence/<int:evidence>/"
STEP = "<int:pk>/<slug:action>/"
urlpatterns: list[URLPattern] = [
    path(ASKED, own_views.exemplar_requests, name="exemplar-requests"),
    path(f"{ASKED}{STEP}", own_views.exemplar_answer, name="exemplar-answer"),
    path(OWN, own_views.exemplars, name="exemplars"),
    path(f"{OWN}<int:pk>/", own_views.exemplar, name="exemplar"),
    path(f"{OWN}<int:pk>/practise/", own_views.exemplar_practise, name="exemplar-practise"),
    path(PIECE, own_views.exemplar_evidence, name="exemplar-evidence"),
    path(f"{PIECE}{PREVIEW}", own_views.exemplar_preview, name="exemplar-evidence-preview"),
    path(f"{PIECE}{COPY}", own_views.exemplar_copy, name="exemplar-evidence-copy"),
    path(COUNTY, county_views.county_exemplars, name="county-exemplars"),
    path(f"{COUNTY}work/", county_views.county_exemplar_work, name="county-exemplar-work"),
    path(f"{COUNTY}ask/", county_views.county_exemplar_ask, name="county-exemplar-ask"),
    path(f"{COUNTY}<int:pk>/", county_views.county_exemplar, name="county-exemplar"),
    path(f"{COUNTY}<int:pk>/write/", county_views.county_exemplar_write, name="county-exemplar-write"),
    path(KEPT_PIECE, county_views.county_exemplar_evidence, name="county-exemplar-evidence"),
    path(
        f"{KEPT_PIECE}{PREVIEW}",
        county_views.county_exemplar_preview,
        name="county-exemplar-evidence-preview",
    ),
    path(f"{KEPT_PIECE}{COPY}", county_views.county_exemplar_copy, name="county-exemplar-evidence-copy"),
    path(f"{COUNTY}{STEP}", county_views.county_exemplar_step, name="county-exemplar-step"),
    path(SCHOOL, school_views.school_exemplars, name="school-exemplars"),
    path(f"{SCHOOL}work/", school_views.school_exemplar_work, name="school-exemplar-work"),
    path(f"{SCHOOL}ask/", school_views.school_exemplar_ask, name="school-exemplar-ask"),
    path(f"{SCHOOL}<int:pk>/", school_views.school_exemplar, name="school-exemplar"),
    path(f"{SCHOOL}<int:pk>/write/", school_views.school_exemplar_write, name="school-exemplar-write"),
    path(f"{SCHOOL}{STEP}", school_views.school_exemplar_step, name="school-exemplar-step"),
]

"""Addresses of this stage; one's own first."""

from django.urls import URLPattern, path

from assessment.training import ledger_views, office_views, views

SCHOOL, COUNTY = "<slug:county>/<slug:school>/hours/", "<slug:county>/hours/"
urlpatterns: list[URLPattern] = [
    path("me/hours/", views.hours, name="hours"),
    path("me/hours/claim/", views.hours_claim, name="hours-claim"),
    path("me/hours/<int:pk>/again/", views.hours_again, name="hours-again"),
    path("me/hours/<int:pk>/proof/", views.hours_proof, name="hours-proof"),
    path(COUNTY, office_views.county_hours, name="county-hours"),
    path(f"{COUNTY}recognise/", office_views.county_hours_recognise, name="county-hours-recognise"),
    path(f"{COUNTY}<int:pk>/refuse/", office_views.county_hours_refuse, name="county-hours-refuse"),
    path(f"{COUNTY}<int:pk>/proof/", office_views.county_hours_proof, name="county-hours-proof"),
    path(f"{COUNTY}ledgers/<int:pk>/", ledger_views.county_person_hours, name="county-person-hours"),
    path(
        f"{COUNTY}<int:pk>/correction/", ledger_views.county_hours_correction, name="county-hours-correction"
    ),
    path(f"{COUNTY}<int:pk>/correct/", ledger_views.county_hours_correct, name="county-hours-correct"),
    path(SCHOOL, office_views.school_hours, name="school-hours"),
    path(f"{SCHOOL}attest/", office_views.school_hours_attest, name="school-hours-attest"),
    path(f"{SCHOOL}<int:pk>/refuse/", office_views.school_hours_refuse, name="school-hours-refuse"),
    path(f"{SCHOOL}<int:pk>/proof/", office_views.school_hours_proof, name="school-hours-proof"),
    path(f"{SCHOOL}ledgers/<int:pk>/", ledger_views.school_person_hours, name="school-person-hours"),
]

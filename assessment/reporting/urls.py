"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.reporting import views_county, views_me, views_school

urlpatterns: list[URLPattern] = [
    path("me/", views_me.me, name="me"),
    path("regions/<slug:region>/", views_county.region_home, name="region-home"),
    path("<slug:county>/", views_county.county_home, name="county-home"),
    path("<slug:county>/reports/", views_county.county_reports, name="county-reports"),
    path("<slug:county>/reports/ask/", views_county.county_reports_ask, name="county-reports-ask"),
    path("<slug:county>/<slug:school>/reports/", views_county.school_reports, name="school-reports"),
    path(
        "<slug:county>/<slug:school>/reports/ask/", views_county.school_reports_ask, name="school-reports-ask"
    ),
    path("<slug:county>/<slug:school>/", views_school.school_home, name="school-home"),
]

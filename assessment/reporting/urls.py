"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.reporting import views_county, views_me, views_plots, views_school

urlpatterns: list[URLPattern] = [
    path("me/", views_me.me, name="me"),
    path("regions/<slug:region>/", views_county.region_home, name="region-home"),
    path("<slug:county>/", views_county.county_home, name="county-home"),
    path("<slug:county>/plots/funnel.svg", views_plots.county_funnel, name="county-plot-funnel"),
    path("<slug:county>/plots/curve.svg", views_plots.county_curve, name="county-plot-curve"),
    path("<slug:county>/reports/", views_county.county_reports, name="county-reports"),
    path("<slug:county>/reports/ask/", views_county.county_reports_ask, name="county-reports-ask"),
    path("<slug:county>/<slug:school>/plots/curve.svg", views_plots.school_curve, name="school-plot-curve"),
    path(
        "<slug:county>/<slug:school>/plots/credits.svg",
        views_plots.school_credits,
        name="school-plot-credits",
    ),
    path("<slug:county>/<slug:school>/reports/", views_county.school_reports, name="school-reports"),
    path(
        "<slug:county>/<slug:school>/reports/ask/", views_county.school_reports_ask, name="school-reports-ask"
    ),
    path("<slug:county>/<slug:school>/", views_school.school_home, name="school-home"),
]

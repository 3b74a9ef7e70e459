"""Addresses of the roster pages, of a county and of a school."""

from django.urls import path

from schools.roster import views

COUNTY, SCHOOL = "<slug:county>/people/", "<slug:county>/<slug:school>/people/"
urlpatterns = [
    path(f"{place}{address}", view, name=f"{level}-roster{name}")
    for level, place in (("county", COUNTY), ("school", SCHOOL))
    for address, view, name in (
        ("import/", views.roster, ""),
        ("import/<int:pk>/", views.roster_preview, "-preview"),
        ("import/<int:pk>/commit/", views.roster_commit, "-commit"),
        ("import/<int:pk>/errors.xlsx", views.roster_errors, "-errors"),
        ("template.xlsx", views.roster_template, "-template"),
    )
]

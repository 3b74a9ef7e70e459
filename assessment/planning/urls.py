"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.planning import views

urlpatterns: list[URLPattern] = [
    path("<slug:county>/filings/", views.county_filings, name="county-filings"),
    path("<slug:county>/filings/approve/", views.filings_approve, name="county-filings-approve"),
    path("<slug:county>/filings/<int:pk>/", views.county_filing, name="county-filing"),
    path("<slug:county>/filings/<int:pk>/approve/", views.filing_approve, name="county-filing-approve"),
    path("<slug:county>/filings/<int:pk>/return/", views.filing_return, name="county-filing-return"),
    path("<slug:county>/<slug:school>/plan/", views.school_plan, name="school-plan"),
    path("<slug:county>/<slug:school>/plan/save/", views.plan_save, name="school-plan-save"),
    path("<slug:county>/<slug:school>/plan/file/", views.plan_file, name="school-plan-file"),
]

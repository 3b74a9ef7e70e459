"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.planning import paper_views, views

urlpatterns: list[URLPattern] = [
    path("<slug:county>/filings/", views.county_filings, name="county-filings"),
    path("<slug:county>/filings/approve/", views.filings_approve, name="county-filings-approve"),
    path("<slug:county>/filings/<int:pk>/", views.county_filing, name="county-filing"),
    path("<slug:county>/filings/<int:pk>/approve/", views.filing_approve, name="county-filing-approve"),
    path("<slug:county>/filings/<int:pk>/return/", views.filing_return, name="county-filing-return"),
    path(
        "<slug:county>/filings/<int:pk>/paper/", paper_views.county_filing_paper, name="county-filing-paper"
    ),
    path("<slug:county>/filings/<int:pk>/scan/", paper_views.county_filing_scan, name="county-filing-scan"),
    path("<slug:county>/<slug:school>/plan/", views.school_plan, name="school-plan"),
    path("<slug:county>/<slug:school>/plan/paper/", paper_views.school_plan_paper, name="school-plan-paper"),
    path("<slug:county>/<slug:school>/plan/scan/", paper_views.school_plan_scan, name="school-plan-scan"),
    path(
        "<slug:county>/<slug:school>/plan/scan/add/",
        paper_views.school_plan_scan_add,
        name="school-plan-scan-add",
    ),
    path("<slug:county>/<slug:school>/plan/save/", views.plan_save, name="school-plan-save"),
    path("<slug:county>/<slug:school>/plan/file/", views.plan_file, name="school-plan-file"),
]

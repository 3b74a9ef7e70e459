"""Addresses of inspections and issues."""

from django.urls import URLPattern, path

from assessment.guiding.inspections import school_views, views

INSPECTIONS, ISSUES = "<slug:county>/inspections/", "<slug:county>/issues/"
SCHOOL = "<slug:county>/<slug:school>/guidance/"
SCHOOL_ISSUE = f"{SCHOOL}issues/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(INSPECTIONS, views.county_inspections, name="county-inspections"),
    path(f"{INSPECTIONS}record/", views.county_inspections_record, name="county-inspections-record"),
    path(f"{INSPECTIONS}<int:pk>/", views.county_inspection, name="county-inspection"),
    path(f"{INSPECTIONS}<int:pk>/issue/", views.county_inspection_issue, name="county-inspection-issue"),
    path(ISSUES, views.county_issues, name="county-issues"),
    path(f"{ISSUES}<int:pk>/", views.county_issue, name="county-issue"),
    path(f"{ISSUES}<int:pk>/close/", views.county_issue_close, name="county-issue-close"),
    path(f"{ISSUES}<int:pk>/reopen/", views.county_issue_reopen, name="county-issue-reopen"),
    path(f"{ISSUES}<int:pk>/proof/", views.county_issue_proof, name="county-issue-proof"),
    path(SCHOOL, school_views.school_guidance, name="school-guidance"),
    path(f"{SCHOOL}inspections/<int:pk>/", school_views.school_inspection, name="school-inspection"),
    path(SCHOOL_ISSUE, school_views.school_issue, name="school-issue"),
    path(f"{SCHOOL_ISSUE}mend/", school_views.school_issue_mend, name="school-issue-mend"),
    path(f"{SCHOOL_ISSUE}proof/", school_views.school_issue_proof, name="school-issue-proof"),
]

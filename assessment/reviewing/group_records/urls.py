"""Addresses of the judging of groups' records."""

from django.urls import URLPattern, path

from assessment.reviewing.group_records import own_views, views

OWN, COUNTY = "me/group-records/", "<slug:county>/group-records/"
SCHOOL = "<slug:county>/<slug:school>/group-records/"
ONE = f"{SCHOOL}<slug:kind>/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(OWN, own_views.own_group_records, name="group-records"),
    path(f"{OWN}<int:pk>/", own_views.own_group_record, name="group-record"),
    path(f"{OWN}<int:pk>/judge/", own_views.own_group_record_judge, name="group-record-judge"),
    path(f"{OWN}<int:pk>/outputs/<int:output>/", own_views.group_record_output, name="group-record-output"),
    path(COUNTY, views.county_group_records, name="county-group-records"),
    path(SCHOOL, views.school_group_records, name="school-group-records"),
    path(
        f"{SCHOOL}reviews/<int:pk>/release/", views.group_record_release, name="school-group-record-release"
    ),
    path(ONE, views.school_group_record, name="school-group-record"),
    path(f"{ONE}ask/", views.group_record_ask, name="school-group-record-ask"),
    path(f"{ONE}judge/", views.group_record_judge_here, name="school-group-record-judge"),
]

"""Addresses of activities; one's own first, and the polishing rounds beside them."""

from django.urls import URLPattern, path

from assessment.training.activities import county_views, output_views, sign_views, views
from assessment.training.polishing.urls import urlpatterns as polishing
from assessment.training.ratings import views as ratings

OWN, COUNTY = "me/activities/", "<slug:county>/activities/"
SCHOOL = "<slug:county>/<slug:school>/activities/"
ONE = f"{SCHOOL}<int:pk>/"
urlpatterns: list[URLPattern] = [
    *polishing,
    path(OWN, sign_views.own_activities, name="activities"),
    path(f"{OWN}<int:pk>/", sign_views.own_activity, name="activity"),
    path(f"{OWN}<int:pk>/rate/", ratings.activity_rate, name="activity-rate"),
    path(f"{OWN}<int:pk>/sign-in/", sign_views.own_sign_in, name="activity-sign-in"),
    path(f"{OWN}<int:pk>/sign-in/send/", sign_views.own_sign_in_send, name="activity-sign-in-send"),
    path(COUNTY, county_views.county_activities, name="county-activities"),
    path(f"{COUNTY}rates/", county_views.rates, name="county-rates"),
    path(f"{COUNTY}rates/set/", county_views.rate_set, name="county-rate-set"),
    path(SCHOOL, views.activities, name="school-activities"),
    path(f"{SCHOOL}new/", views.activity_new, name="school-activity-new"),
    path(f"{SCHOOL}plan/", views.activity_plan, name="school-activity-plan"),
    path(ONE, views.activity, name="school-activity"),
    path(f"{ONE}edit/", views.activity_edit, name="school-activity-edit"),
    path(f"{ONE}change/", views.activity_change, name="school-activity-change"),
    path(f"{ONE}open/", views.activity_open, name="school-activity-open"),
    path(f"{ONE}close/", views.activity_close, name="school-activity-close"),
    path(f"{ONE}cancel/", views.activity_cancel, name="school-activity-cancel"),
    path(f"{ONE}screen/", sign_views.screen, name="school-activity-screen"),
    path(f"{ONE}screen/code/", sign_views.screen_code, name="school-activity-code"),
    path(f"{ONE}list/", sign_views.attendance, name="school-activity-list"),
    path(f"{ONE}list/add/", sign_views.attendance_add, name="school-activity-list-add"),
    path(
        f"{ONE}list/<int:sign_in>/strike/", sign_views.attendance_strike, name="school-activity-list-strike"
    ),
    path(f"{ONE}record/", output_views.record_write, name="school-activity-record"),
    path(f"{ONE}outputs/add/", output_views.output_add, name="school-activity-output-add"),
    path(f"{ONE}outputs/<int:output>/", output_views.output_file, name="school-activity-output"),
    path(
        f"{ONE}outputs/<int:output>/remove/", output_views.output_remove, name="school-activity-output-remove"
    ),
]

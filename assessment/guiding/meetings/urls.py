"""Addresses of minutes."""

from django.urls import URLPattern, path

from assessment.guiding.meetings import views

COUNTY, SCHOOL = "<slug:county>/minutes/", "<slug:county>/<slug:school>/minutes/"
DECISION = "decisions/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(COUNTY, views.county_minutes, name="county-minutes"),
    path(f"{COUNTY}keep/", views.county_minutes_keep, name="county-minutes-keep"),
    path(f"{COUNTY}<int:pk>/", views.county_meeting, name="county-meeting"),
    path(f"{COUNTY}<int:pk>/decide/", views.county_meeting_decide, name="county-meeting-decide"),
    path(f"{COUNTY}{DECISION}", views.county_decision, name="county-decision"),
    path(f"{COUNTY}{DECISION}raise/", views.county_decision_raise, name="county-decision-raise"),
    path(SCHOOL, views.school_minutes, name="school-minutes"),
    path(f"{SCHOOL}keep/", views.school_minutes_keep, name="school-minutes-keep"),
    path(f"{SCHOOL}<int:pk>/", views.school_meeting, name="school-meeting"),
    path(f"{SCHOOL}<int:pk>/decide/", views.school_meeting_decide, name="school-meeting-decide"),
    path(f"{SCHOOL}{DECISION}", views.school_decision, name="school-decision"),
    path(f"{SCHOOL}{DECISION}raise/", views.school_decision_raise, name="school-decision-raise"),
]

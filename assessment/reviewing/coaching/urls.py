"""Addresses of coaching."""

from django.urls import URLPattern, path

from assessment.reviewing.coaching import views

COUNTY, SCHOOL = "<slug:county>/coaching", "<slug:county>/<slug:school>/coaching"

urlpatterns: list[URLPattern] = [
    path(f"{COUNTY}/", views.county_coaching, name="county-coaching"),
    path(f"{COUNTY}/<int:pk>/name/", views.county_coach_name, name="county-coach-name"),
    path(f"{SCHOOL}/", views.school_coaching, name="school-coaching"),
    path(f"{SCHOOL}/<int:pk>/name/", views.school_coach_name, name="school-coach-name"),
]

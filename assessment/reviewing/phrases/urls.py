"""Addresses of the phrase bank."""

from django.urls import URLPattern, path

from assessment.reviewing.phrases import views

OWN, COUNTY, SCHOOL = "me/phrases", "<slug:county>/phrases", "<slug:county>/<slug:school>/phrases"

urlpatterns: list[URLPattern] = [
    path(f"{OWN}/", views.own_phrases, name="own-phrases"),
    path(f"{OWN}/keep/", views.own_phrases_keep, name="own-phrases-keep"),
    path(f"{OWN}/<int:pk>/remove/", views.own_phrases_remove, name="own-phrases-remove"),
    path(f"{COUNTY}/", views.county_phrases, name="county-phrases"),
    path(f"{COUNTY}/keep/", views.county_phrases_keep, name="county-phrases-keep"),
    path(f"{COUNTY}/<int:pk>/remove/", views.county_phrases_remove, name="county-phrases-remove"),
    path(f"{SCHOOL}/", views.school_phrases, name="school-phrases"),
    path(f"{SCHOOL}/keep/", views.school_phrases_keep, name="school-phrases-keep"),
    path(f"{SCHOOL}/<int:pk>/remove/", views.school_phrases_remove, name="school-phrases-remove"),
]

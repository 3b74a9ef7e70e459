"""Addresses of bodies and school teams."""

from django.urls import URLPattern, path

from assessment.planning.bodies import school_views, views

COUNTY, SCHOOL = "<slug:county>/bodies", "<slug:county>/<slug:school>/bodies"

urlpatterns: list[URLPattern] = [
    path(f"{COUNTY}/", views.county_bodies, name="county-bodies"),
    path(f"{COUNTY}/describe/", views.body_describe, name="county-body-describe"),
    path(f"{COUNTY}/roster/", views.county_roster, name="county-bodies-roster"),
    path(f"{COUNTY}/seats/add/", views.seat_add, name="county-seat-add"),
    path(f"{COUNTY}/seats/<int:pk>/end/", views.seat_end, name="county-seat-end"),
    path(f"{COUNTY}/teams/", views.county_teams, name="county-teams"),
    path(f"{COUNTY}/waivers/add/", views.waiver_add, name="county-waiver-add"),
    path(f"{COUNTY}/waivers/<int:pk>/end/", views.waiver_end, name="county-waiver-end"),
    path(f"{SCHOOL}/", school_views.school_bodies, name="school-bodies"),
    path(f"{SCHOOL}/seats/add/", school_views.seat_add, name="school-seat-add"),
    path(f"{SCHOOL}/seats/<int:pk>/end/", school_views.seat_end, name="school-seat-end"),
]

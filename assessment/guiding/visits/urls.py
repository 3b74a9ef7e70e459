"""Addresses of trainers and visits."""

from django.urls import URLPattern, path

from assessment.guiding.visits import own_views, views

TRAINERS, VISITS, OWN = "<slug:county>/trainers/", "<slug:county>/visits/", "me/guidance/"
SCHOOL = "<slug:county>/<slug:school>/guidance/visits/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(OWN, own_views.guidance, name="guidance"),
    path(f"{OWN}schools/<int:pk>/", own_views.guidance_school, name="guidance-school"),
    path(f"{OWN}schools/<int:pk>/write/", own_views.guidance_visit_write, name="guidance-visit-write"),
    path(f"{OWN}visits/<int:pk>/", own_views.guidance_visit, name="guidance-visit"),
    path(TRAINERS, views.county_trainers, name="county-trainers"),
    path(f"{TRAINERS}assign/", views.county_trainers_assign, name="county-trainers-assign"),
    path(f"{TRAINERS}<int:pk>/end/", views.county_trainers_end, name="county-trainers-end"),
    path(VISITS, views.county_visits, name="county-visits"),
    path(f"{VISITS}<int:pk>/", views.county_visit, name="county-visit"),
    path(SCHOOL, views.school_visit, name="school-visit"),
    path(f"{SCHOOL}answer/", views.school_visit_answer, name="school-visit-answer"),
]

"""Addresses of honours."""

from django.urls import URLPattern, path

from assessment.reviewing.honours import views

SCHOOL = "<slug:county>/<slug:school>/honours"

urlpatterns: list[URLPattern] = [
    path("<slug:county>/honours/", views.county_honours, name="county-honours"),
    path(f"{SCHOOL}/", views.school_honours, name="school-honours"),
    path(f"{SCHOOL}/<int:pk>/put-forward/", views.honours_put_forward, name="honours-put-forward"),
    path(f"{SCHOOL}/<int:pk>/withdraw/", views.honours_withdraw, name="honours-withdraw"),
]

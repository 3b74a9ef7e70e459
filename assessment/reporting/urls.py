"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.reporting import views_me

urlpatterns: list[URLPattern] = [
    path("me/", views_me.me, name="me"),
]

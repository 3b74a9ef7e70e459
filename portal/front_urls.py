"""Addresses of the front door."""

from django.urls import path

from portal import styleguide, views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("_styleguide/", styleguide.styleguide, name="styleguide"),
]

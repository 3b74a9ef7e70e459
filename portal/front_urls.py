"""Addresses of the front door."""

from django.urls import path

from portal import styleguide, views
from portal.help import views as help_views
from portal.search import views as search_views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("help/", help_views.index, name="help"),
    path("help/roles/<slug:role>/", help_views.role, name="help-role"),
    path("help/steps/<slug:workflow>/", help_views.steps, name="help-steps"),
    path("tour/<slug:role>/close/", help_views.tour_close, name="tour-close"),
    path("<slug:county>/search/", search_views.search, name="county-search"),
    path("<slug:county>/<slug:school>/search/", search_views.search, name="school-search"),
    path("_styleguide/", styleguide.styleguide, name="styleguide"),
]

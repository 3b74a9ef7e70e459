"""Addresses at which long lists are asked for."""

from django.urls import path

from schools.sheets import views

urlpatterns = [
    path("<slug:county>/jobs/lists/", views.list_ask, name="county-list-ask"),
    path("<slug:county>/<slug:school>/jobs/lists/", views.list_ask, name="school-list-ask"),
]

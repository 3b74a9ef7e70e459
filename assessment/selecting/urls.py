"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.selecting import school_views, views

urlpatterns: list[URLPattern] = [
    path("me/selection/", views.selection, name="selection"),
    path("me/selection/save/", views.selection_save, name="selection-save"),
    path("me/selection/propose/", views.selection_propose, name="selection-propose"),
    path("<slug:county>/<slug:school>/selections/", school_views.school_selections, name="school-selections"),
    path(
        "<slug:county>/<slug:school>/selections/endorse/",
        school_views.selections_endorse,
        name="school-selections-endorse",
    ),
    path(
        "<slug:county>/<slug:school>/selections/confirm/",
        school_views.selections_confirm,
        name="school-selections-confirm",
    ),
    path(
        "<slug:county>/<slug:school>/selections/<int:pk>/",
        school_views.school_selection,
        name="school-selection",
    ),
    path(
        "<slug:county>/<slug:school>/selections/<int:pk>/endorse/",
        school_views.selection_endorse,
        name="school-selection-endorse",
    ),
    path(
        "<slug:county>/<slug:school>/selections/<int:pk>/confirm/",
        school_views.selection_confirm,
        name="school-selection-confirm",
    ),
    path(
        "<slug:county>/<slug:school>/selections/<int:pk>/return/",
        school_views.selection_return,
        name="school-selection-return",
    ),
]

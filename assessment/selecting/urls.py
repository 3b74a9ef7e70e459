"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.selecting import county_views, school_views, task_views, views

urlpatterns: list[URLPattern] = [
    path("me/selection/", views.selection, name="selection"),
    path("me/selection/save/", views.selection_save, name="selection-save"),
    path("me/selection/propose/", views.selection_propose, name="selection-propose"),
    path("me/tasks/", task_views.own_tasks, name="own-tasks"),
    path("<slug:county>/choices/", county_views.choices_by_school, name="county-choices"),
    path("<slug:county>/choices/points/", county_views.choices_by_point, name="county-choices-points"),
    path("<slug:county>/choices/teachers/", county_views.choices_by_teacher, name="county-choices-teachers"),
    path(
        "<slug:county>/<slug:school>/selections/<int:pk>/tasks/",
        task_views.school_tasks,
        name="school-selection-tasks",
    ),
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

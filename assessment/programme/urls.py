"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.programme import views

urlpatterns: list[URLPattern] = [
    path("<slug:county>/programme/", views.programme, name="programme"),
    path("<slug:county>/programme/phases/", views.phases, name="programme-phases"),
    path("<slug:county>/programme/extensions/", views.extensions, name="programme-extensions"),
    path("<slug:county>/programme/participants/", views.participants, name="participants"),
    path("<slug:county>/programme/rules/", views.rules, name="programme-rules"),
    path("<slug:county>/programme/set-up/", views.set_up, name="programme-set-up"),
    path("<slug:county>/programme/enrol/", views.enrol, name="programme-enrol"),
]

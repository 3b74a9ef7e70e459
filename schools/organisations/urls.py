"""Addresses of the county's pages of schools and experts."""

from django.urls import path

from schools.organisations import views

urlpatterns = [
    path("<slug:county>/schools/", views.county_schools, name="county-schools"),
    path("<slug:county>/schools/<int:pk>/leaders/", views.school_leaders, name="school-leaders"),
    path("<slug:county>/experts/", views.county_experts, name="county-experts"),
    path("<slug:county>/experts/<int:pk>/end/", views.expert_end, name="expert-end"),
]

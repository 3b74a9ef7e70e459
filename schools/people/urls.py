"""Addresses of the pages of people; fixed ones before those with slugs."""

from django.urls import path

from schools.people import role_views, views

SCHOOL = "<slug:county>/<slug:school>/people"

urlpatterns = [
    path("activate/", views.activate, name="activate"),
    path("<slug:county>/people/", views.county_people, name="county-people"),
    path("<slug:county>/people/<int:pk>/code/", views.person_code, name="county-person-code"),
    path(f"{SCHOOL}/", views.school_people, name="school-people"),
    path(f"{SCHOOL}/codes/", views.school_codes, name="school-codes"),
    path(f"{SCHOOL}/roles/", role_views.school_roles, name="school-roles"),
    path(f"{SCHOOL}/roles/appoint/", role_views.role_appoint, name="role-appoint"),
    path(f"{SCHOOL}/roles/<int:pk>/end/", role_views.role_end, name="role-end"),
    path(f"{SCHOOL}/outsiders/", role_views.outsider_add, name="outsider-add"),
    path(f"{SCHOOL}/outsiders/<int:pk>/end/", role_views.outsider_end, name="outsider-end"),
    path(f"{SCHOOL}/<int:pk>/", views.person, name="person"),
    path(f"{SCHOOL}/<int:pk>/code/", views.person_code, name="person-code"),
    path(f"{SCHOOL}/<int:pk>/id-number/", views.id_number, name="id-number"),
]

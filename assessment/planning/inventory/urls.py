"""Addresses of the inventories."""

from django.urls import URLPattern, path

from assessment.planning.inventory import views

COUNTY, SCHOOL = "<slug:county>/inventories", "<slug:county>/<slug:school>/inventory"

urlpatterns: list[URLPattern] = [
    path(f"{COUNTY}/", views.county_inventories, name="county-inventories"),
    path(f"{COUNTY}/<int:pk>/", views.county_inventory, name="county-inventory"),
    path(f"{COUNTY}/<int:pk>/confirm/", views.inventory_confirm, name="county-inventory-confirm"),
    path(f"{COUNTY}/<int:pk>/return/", views.inventory_return, name="county-inventory-return"),
    path(f"{SCHOOL}/", views.school_inventory, name="school-inventory"),
    path(f"{SCHOOL}/save/", views.inventory_save, name="school-inventory-save"),
    path(f"{SCHOOL}/state/", views.inventory_state, name="school-inventory-state"),
]

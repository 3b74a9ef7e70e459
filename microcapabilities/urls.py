"""Addresses of the public catalogue pages."""

from django.urls import path

from microcapabilities import views

app_name = "microcapabilities"

urlpatterns = [
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/<str:code>/", views.point, name="point"),
]

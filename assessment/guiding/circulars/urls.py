"""Addresses of circulars; those sent to oneself first."""

from django.urls import URLPattern, path

from assessment.guiding.circulars import own_views, views

OWN, COUNTY, SCHOOL = "me/circulars/", "<slug:county>/circulars/", "<slug:county>/<slug:school>/circulars/"
urlpatterns: list[URLPattern] = [
    path(OWN, own_views.circulars, name="circulars"),
    path(f"{OWN}<int:pk>/", own_views.circular, name="circular"),
    path(f"{OWN}<int:pk>/read/", own_views.circular_read, name="circular-read"),
    path(f"{OWN}<int:pk>/files/<int:enclosure>/", own_views.circular_file, name="circular-file"),
    path(COUNTY, views.county_circulars, name="county-circulars"),
    path(f"{COUNTY}draft/", views.county_circulars_draft, name="county-circulars-draft"),
    path(f"{COUNTY}<int:pk>/", views.county_circular, name="county-circular"),
    path(f"{COUNTY}<int:pk>/save/", views.county_circular_save, name="county-circular-save"),
    path(f"{COUNTY}<int:pk>/send/", views.county_circular_send, name="county-circular-send"),
    path(f"{COUNTY}<int:pk>/withdraw/", views.county_circular_withdraw, name="county-circular-withdraw"),
    path(f"{COUNTY}<int:pk>/remind/", views.county_circular_remind, name="county-circular-remind"),
    path(SCHOOL, own_views.school_circulars, name="school-circulars"),
    path(f"{SCHOOL}<int:pk>/", own_views.school_circular, name="school-circular"),
]

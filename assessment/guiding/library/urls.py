"""Addresses of the library; what one reads lies below /me/."""

from django.urls import URLPattern, path

from assessment.guiding.library import views

OWN, COUNTY, SCHOOL = "me/library/", "<slug:county>/library/", "<slug:county>/<slug:school>/library/"
urlpatterns: list[URLPattern] = [
    path(OWN, views.library, name="library"),
    path(f"{OWN}<int:pk>/", views.document, name="document"),
    path(f"{OWN}<int:pk>/follow/", views.document_follow, name="document-follow"),
    path(f"{OWN}versions/<int:pk>/open/", views.document_take, name="document-take"),
    path(COUNTY, views.county_library, name="county-library"),
    path(f"{COUNTY}add/", views.county_library_add, name="county-library-add"),
    path(f"{COUNTY}<int:pk>/", views.county_document, name="county-document"),
    path(f"{COUNTY}<int:pk>/publish/", views.county_document_publish, name="county-document-publish"),
    path(SCHOOL, views.school_library, name="school-library"),
    path(f"{SCHOOL}add/", views.school_library_add, name="school-library-add"),
    path(f"{SCHOOL}<int:pk>/", views.school_document, name="school-document"),
    path(f"{SCHOOL}<int:pk>/publish/", views.school_document_publish, name="school-document-publish"),
]

"""Addresses of the quality of reviews."""

from django.urls import URLPattern, path

from assessment.reviewing.quality import views

urlpatterns: list[URLPattern] = [
    path("me/reviews/quality/", views.own_quality, name="review-quality"),
    path("<slug:county>/<slug:school>/review-quality/", views.school_quality, name="school-review-quality"),
]

"""Addresses of alike pieces at the county."""

from django.urls import URLPattern, path

from assessment.submitting.likeness import county_views as views
from schools.files.previews.answering import COPY, PREVIEW

ONE = "<slug:county>/likenesses/<int:pk>/"
FILE = f"{ONE}<slug:side>/file/"

urlpatterns: list[URLPattern] = [
    path("<slug:county>/likenesses/", views.likenesses, name="county-likenesses"),
    path(ONE, views.likeness, name="county-likeness"),
    path(f"{ONE}look/", views.likeness_look, name="county-likeness-look"),
    path(FILE, views.likeness_file, name="county-likeness-file"),
    path(f"{FILE}{PREVIEW}", views.likeness_preview, name="county-likeness-preview"),
    path(f"{FILE}{COPY}", views.likeness_copy, name="county-likeness-copy"),
]

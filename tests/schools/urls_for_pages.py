"""Addresses for the tests of this room's pages, as long as the portal's own do not hold them."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from schools.access.doors import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include(([path("home/", home, name="home"), path("", home, name="front")], "portal"))),
    path("", include("schools.urls")),
]

"""All addresses of the portal; fixed ones first, then `/<county>/` and `/<county>/<school>/`."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)

handler403 = "portal.views.forbidden"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("portal.front_urls")),
    path("", include("microcapabilities.urls")),
    path("", include("certificates.urls")),
    path("", include("schools.urls")),
    path("", include("assessment.urls")),
]

"""Addresses of the room; fixed ones first."""

from django.urls import URLPattern, path

from certificates import register_views, views

app_name = "certificates"
urlpatterns: list[URLPattern] = [
    path("verify/", views.verify, name="verify"),
    path("v/<str:token>/", views.verified, name="verified"),
    path("me/portfolio/", views.portfolio, name="portfolio"),
    path("me/certificates/<int:pk>/pdf/", views.own_pdf, name="own-pdf"),
    path("<slug:county>/certificates/", register_views.register, name="register"),
    path("<slug:county>/certificates/issue/", register_views.issue, name="issue"),
    path("<slug:county>/certificates/<int:pk>/", register_views.certificate, name="certificate"),
    path("<slug:county>/certificates/<int:pk>/pdf/", register_views.pdf, name="pdf"),
    path("<slug:county>/certificates/<int:pk>/revoke/", register_views.revoke, name="revoke"),
]

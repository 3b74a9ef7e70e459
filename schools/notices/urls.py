"""Addresses of one's own notices."""

from django.urls import path

from schools.notices import views

urlpatterns = [
    path("me/notices/", views.notices, name="notices"),
    path("me/notices/read/", views.notices_read, name="notices-read"),
    path("me/notices/unread/", views.notices_unread, name="notices-unread"),
    path("me/notices/<int:pk>/open/", views.notice_open, name="notice-open"),
]

"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.submitting import views

urlpatterns: list[URLPattern] = [
    path("me/submissions/begin/<str:code>/", views.submission_begin, name="submission-begin"),
    path("me/submissions/<int:pk>/items/<int:item>/add/", views.evidence_add, name="evidence-add"),
    path("me/submissions/<int:pk>/items/<int:item>/reuse/", views.evidence_reuse, name="evidence-reuse"),
    path("me/submissions/<int:pk>/submit/", views.submission_submit, name="submission-submit"),
    path("me/evidence/<int:pk>/file/", views.evidence_file, name="evidence-file"),
    path("me/evidence/<int:pk>/remove/", views.evidence_remove, name="evidence-remove"),
]

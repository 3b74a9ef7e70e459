"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.submitting import preview_views, upload_views, views
from schools.files.previews.answering import COPY, PREVIEW

urlpatterns: list[URLPattern] = [
    path("me/submissions/begin/<str:code>/", views.submission_begin, name="submission-begin"),
    path("me/submissions/<int:pk>/items/<int:item>/add/", views.evidence_add, name="evidence-add"),
    path("me/submissions/<int:pk>/items/<int:item>/reuse/", views.evidence_reuse, name="evidence-reuse"),
    path("me/submissions/<int:pk>/items/<int:item>/uploads/", upload_views.uploads, name="uploads"),
    path("me/uploads/<str:key>/", upload_views.upload, name="upload"),
    path("me/uploads/<str:key>/remove/", upload_views.upload_remove, name="upload-remove"),
    path("me/submissions/<int:pk>/submit/", views.submission_submit, name="submission-submit"),
    path("me/evidence/<int:pk>/file/", views.evidence_file, name="evidence-file"),
    path(f"me/evidence/<int:pk>/file/{PREVIEW}", preview_views.evidence_preview, name="evidence-preview"),
    path(f"me/evidence/<int:pk>/file/{COPY}", preview_views.evidence_copy, name="evidence-copy"),
    path("me/evidence/<int:pk>/remove/", views.evidence_remove, name="evidence-remove"),
]

"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.reviewing import alike_views, preview_views, school_views, teacher_views, views
from assessment.reviewing.exemplars.urls import urlpatterns as exemplars
from assessment.reviewing.group_records.urls import urlpatterns as group_records
from assessment.reviewing.quality.urls import urlpatterns as quality
from schools.files.previews.answering import COPY, PREVIEW

SCHOOL = "<slug:county>/<slug:school>"
OF_REVIEW = "me/reviews/<int:pk>/evidence/<int:evidence>/"
OF_SCHOOL = f"{SCHOOL}/submissions/<int:pk>/evidence/<int:evidence>/"

urlpatterns: list[URLPattern] = [
    *quality,
    *exemplars,
    *group_records,
    path("me/submissions/<int:pk>/", teacher_views.submission, name="submission"),
    path("me/submissions/<int:pk>/withdraw/", teacher_views.submission_withdraw, name="submission-withdraw"),
    path("me/reviews/", views.reviews, name="reviews"),
    path("me/reviews/<int:pk>/", views.review, name="review"),
    path("me/reviews/<int:pk>/save/", views.review_save, name="review-save"),
    path("me/reviews/<int:pk>/finish/", views.review_finish, name="review-finish"),
    path(OF_REVIEW, views.review_evidence, name="review-evidence"),
    path(f"{OF_REVIEW}{PREVIEW}", preview_views.review_evidence_preview, name="review-evidence-preview"),
    path(f"{OF_REVIEW}{COPY}", preview_views.review_evidence_copy, name="review-evidence-copy"),
    path(
        "me/reviews/<int:pk>/likenesses/<int:likeness>/look/",
        alike_views.review_likeness_look,
        name="review-likeness-look",
    ),
    path(
        f"{SCHOOL}/submissions/<int:pk>/likenesses/<int:likeness>/look/",
        alike_views.school_likeness_look,
        name="school-likeness-look",
    ),
    path(f"{SCHOOL}/submissions/", school_views.school_submissions, name="school-submissions"),
    path(f"{SCHOOL}/submissions/decide/", school_views.submissions_decide, name="school-submissions-decide"),
    path(f"{SCHOOL}/submissions/<int:pk>/", school_views.school_submission, name="school-submission"),
    path(f"{SCHOOL}/submissions/<int:pk>/decide/", school_views.submission_decide, name="submission-decide"),
    path(
        f"{SCHOOL}/submissions/<int:pk>/send-back/",
        school_views.submission_send_back,
        name="submission-send-back",
    ),
    path(OF_SCHOOL, school_views.school_evidence, name="school-evidence"),
    path(f"{OF_SCHOOL}{PREVIEW}", preview_views.school_evidence_preview, name="school-evidence-preview"),
    path(f"{OF_SCHOOL}{COPY}", preview_views.school_evidence_copy, name="school-evidence-copy"),
]

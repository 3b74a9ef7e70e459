"""Addresses of appeals."""

from django.urls import URLPattern, path

from assessment.checking.appeals import county_views, hearing_views, teacher_views
from schools.files.previews.answering import COPY, PREVIEW

PIECE = "me/hearings/<int:pk>/evidence/<int:evidence>/"

urlpatterns: list[URLPattern] = [
    path("me/submissions/<int:pk>/appeal/", teacher_views.appeal, name="appeal"),
    path("me/submissions/<int:pk>/appeal/lodge/", teacher_views.lodge, name="appeal-lodge"),
    path("me/submissions/<int:pk>/appeal/withdraw/", teacher_views.withdraw, name="appeal-withdraw"),
    path("me/hearings/", hearing_views.hearings, name="hearings"),
    path("me/hearings/<int:pk>/", hearing_views.hearing, name="hearing"),
    path("me/hearings/<int:pk>/vote/", hearing_views.hearing_vote, name="hearing-vote"),
    path(PIECE, hearing_views.hearing_evidence, name="hearing-evidence"),
    path(f"{PIECE}{PREVIEW}", hearing_views.hearing_evidence_preview, name="hearing-evidence-preview"),
    path(f"{PIECE}{COPY}", hearing_views.hearing_evidence_copy, name="hearing-evidence-copy"),
    path("<slug:county>/appeals/", county_views.appeals, name="county-appeals"),
    path("<slug:county>/appeals/<int:pk>/", county_views.county_appeal, name="county-appeal"),
    path("<slug:county>/appeals/<int:pk>/ask/", county_views.appeal_ask, name="county-appeal-ask"),
    path("<slug:county>/appeals/<int:pk>/grant/", county_views.appeal_grant, name="county-appeal-grant"),
    path(
        "<slug:county>/appeals/<int:pk>/dismiss/", county_views.appeal_dismiss, name="county-appeal-dismiss"
    ),
]

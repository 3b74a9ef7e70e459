"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.checking import (
    county_views,
    figure_views,
    paper_views,
    preview_views,
    quality_views,
    school_views,
    views,
)
from assessment.checking.appeals import urls as appeals
from assessment.checking.cases import views as case_views
from assessment.checking.drawing import act_views as draw_acts
from assessment.checking.drawing import views as draw_views
from assessment.checking.process import urls as process
from schools.files.previews.answering import COPY, PREVIEW

PIECE = "me/cases/<int:pk>/evidence/<int:evidence>/"

urlpatterns: list[URLPattern] = [
    *appeals.urlpatterns,
    *process.urlpatterns,
    path("me/cases/", views.cases, name="cases"),
    path("me/cases/<int:pk>/", views.case, name="case"),
    path("me/cases/<int:pk>/save/", views.case_save, name="case-save"),
    path("me/cases/<int:pk>/finish/", views.case_finish, name="case-finish"),
    path(PIECE, views.case_evidence, name="case-evidence"),
    path(f"{PIECE}{PREVIEW}", preview_views.case_evidence_preview, name="case-evidence-preview"),
    path(f"{PIECE}{COPY}", preview_views.case_evidence_copy, name="case-evidence-copy"),
    path("<slug:county>/review-quality/", quality_views.county_quality, name="county-review-quality"),
    path("<slug:county>/review-quality/reviewers/", quality_views.county_reviewers, name="county-reviewers"),
    path("<slug:county>/transfers/", county_views.transfer_list, name="transfers"),
    path(
        "<slug:county>/transfers/<int:pk>/complete/", county_views.transfer_complete, name="transfer-complete"
    ),
    path("<slug:county>/transfers/<int:pk>/refuse/", county_views.transfer_refuse, name="transfer-refuse"),
    path("<slug:county>/returns/", county_views.return_list, name="county-returns"),
    path("<slug:county>/returns/accept/", county_views.returns_accept, name="county-returns-accept"),
    path("<slug:county>/returns/<int:pk>/", county_views.return_page, name="county-return"),
    path("<slug:county>/returns/<int:pk>/accept/", county_views.return_accept, name="county-return-accept"),
    path(
        "<slug:county>/returns/<int:pk>/send-back/",
        county_views.return_send_back,
        name="county-return-send-back",
    ),
    path(
        "<slug:county>/returns/<int:pk>/rectify/", county_views.return_rectify, name="county-return-rectify"
    ),
    path(
        "<slug:county>/returns/<int:pk>/paper/", paper_views.county_return_paper, name="county-return-paper"
    ),
    path("<slug:county>/returns/<int:pk>/scan/", paper_views.county_return_scan, name="county-return-scan"),
    path("<slug:county>/checked-schools/", figure_views.checked_schools, name="checked-schools"),
    path("<slug:county>/draws/", draw_views.draws, name="draws"),
    path("<slug:county>/draws/planning/", draw_views.plan, name="draws-plan"),
    path("<slug:county>/draws/freeze/", draw_acts.freeze, name="draws-freeze"),
    path("<slug:county>/draws/<int:pk>/", draw_views.draw, name="draw"),
    path("<slug:county>/draws/<int:pk>/assign/", draw_acts.assign, name="draw-assign"),
    path("<slug:county>/draws/<int:pk>/record/", draw_views.record, name="draw-record"),
    path("<slug:county>/draws/<int:pk>/draw/", draw_acts.make, name="draw-make"),
    path("<slug:county>/draws/<int:pk>/abandon/", draw_acts.abandon, name="draw-abandon"),
    path("<slug:county>/draws/<int:pk>/enlarge/", draw_acts.enlarge, name="draw-enlarge"),
    path("<slug:county>/draws/<int:pk>/uphold/", draw_acts.draw_uphold, name="draw-uphold"),
    path("<slug:county>/cases/<int:pk>/", case_views.county_case, name="county-case"),
    path("<slug:county>/cases/<int:pk>/uphold/", case_views.case_uphold, name="county-case-uphold"),
    path("<slug:county>/cases/<int:pk>/overturn/", case_views.case_overturn, name="county-case-overturn"),
    path("<slug:county>/cases/<int:pk>/rectify/", case_views.case_rectify, name="county-case-rectify"),
    path("<slug:county>/<slug:school>/return/", school_views.school_return, name="school-return"),
    path(
        "<slug:county>/<slug:school>/return/paper/",
        paper_views.school_return_paper,
        name="school-return-paper",
    ),
    path(
        "<slug:county>/<slug:school>/return/scan/", paper_views.school_return_scan, name="school-return-scan"
    ),
    path(
        "<slug:county>/<slug:school>/return/scan/add/",
        paper_views.school_return_scan_add,
        name="school-return-scan-add",
    ),
    path("<slug:county>/<slug:school>/return/open/", school_views.return_open, name="school-return-open"),
    path(
        "<slug:county>/<slug:school>/return/publish/",
        school_views.return_publish,
        name="school-return-publish",
    ),
    path("<slug:county>/<slug:school>/return/sign/", school_views.return_sign, name="school-return-sign"),
    path("<slug:county>/<slug:school>/return/file/", school_views.return_file, name="school-return-file"),
    path(
        "<slug:county>/<slug:school>/submissions/<int:pk>/take-back/",
        school_views.submission_take_back,
        name="submission-take-back",
    ),
    path(
        "<slug:county>/<slug:school>/submissions/<int:pk>/reopen/",
        school_views.submission_reopen,
        name="submission-reopen",
    ),
]

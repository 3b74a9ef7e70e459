"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.planning import paper_views as papers
from assessment.planning import views_county as county
from assessment.planning import views_me as me
from assessment.planning import views_school as school
from assessment.planning import views_steps as steps

COUNTY, SCHOOL = "<slug:county>/filings/", "<slug:county>/<slug:school>/filings/"
ONE, DOCUMENT = f"{COUNTY}<int:pk>/", f"{SCHOOL}<slug:document>/"

urlpatterns: list[URLPattern] = [
    path("me/plan/", me.plan, name="plan"),
    path("me/plan/comments/", me.comment_add, name="plan-comment"),
    path("me/plan/comments/<int:pk>/change/", me.comment_change, name="plan-comment-change"),
    path(COUNTY, county.county_filings, name="county-filings"),
    path(f"{COUNTY}board/", county.filings_board, name="county-filings-board"),
    path(f"{COUNTY}approve/", county.filings_approve, name="county-filings-approve"),
    path(f"{COUNTY}remarks/<int:pk>/remove/", county.remark_remove, name="county-remark-remove"),
    path(ONE, county.county_filing, name="county-filing"),
    path(f"{ONE}approve/", county.filing_approve, name="county-filing-approve"),
    path(f"{ONE}return/", county.filing_return, name="county-filing-return"),
    path(f"{ONE}remark/", county.remark_add, name="county-filing-remark"),
    path(f"{ONE}compare/", papers.county_filing_compare, name="county-filing-compare"),
    path(f"{ONE}paper/", papers.county_filing_paper, name="county-filing-paper"),
    path(f"{ONE}scan/", papers.county_filing_scan, name="county-filing-scan"),
    path("<slug:county>/<slug:school>/plan/", school.school_plan, name="school-plan"),
    path(SCHOOL, school.school_filings, name="school-filings"),
    path(f"{SCHOOL}<int:pk>/open/", steps.filing_open, name="school-filing-open"),
    path(f"{SCHOOL}remarks/<int:pk>/answer/", steps.remark_answer, name="school-remark-answer"),
    path(f"{SCHOOL}comments/<int:pk>/reply/", steps.comment_reply, name="school-comment-reply"),
    path(DOCUMENT, school.school_filing, name="school-filing"),
    path(f"{DOCUMENT}save/", school.filing_save, name="school-filing-save"),
    path(f"{DOCUMENT}file/", steps.filing_file, name="school-filing-file"),
    path(f"{DOCUMENT}amend/", steps.filing_amend, name="school-filing-amend"),
    path(f"{DOCUMENT}keep/", steps.filing_keep, name="school-filing-keep"),
    path(f"{DOCUMENT}agree/", steps.filing_agree, name="school-filing-agree"),
    path(f"{DOCUMENT}give-back/", steps.filing_give_back, name="school-filing-give-back"),
    path(f"{DOCUMENT}compare/", papers.school_filing_compare, name="school-filing-compare"),
    path(f"{DOCUMENT}paper/", papers.school_filing_paper, name="school-filing-paper"),
    path(f"{DOCUMENT}scan/", papers.school_filing_scan, name="school-filing-scan"),
    path(f"{DOCUMENT}scan/add/", papers.school_filing_scan_add, name="school-filing-scan-add"),
]

"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.programme import views
from assessment.programme.absences import views as absences
from assessment.programme.dates import views as dates
from assessment.programme.drafts import views as drafts
from assessment.programme.rules import views as rules
from assessment.programme.waves import views as waves

PROGRAMME, DRAFT, SCHOOL = (
    "<slug:county>/programme/",
    "<slug:county>/programme/draft/",
    "<slug:county>/<slug:school>/",
)

urlpatterns: list[URLPattern] = [
    path("calendar/<str:token>.ics", dates.calendar_feed, name="calendar-feed"),
    path("me/calendar/", dates.my_calendar, name="my-calendar"),
    path("me/calendar/renew/", dates.my_calendar_renew, name="my-calendar-renew"),
    path(PROGRAMME, views.programme, name="programme"),
    path(f"{PROGRAMME}rules/", rules.rules, name="programme-rules"),
    path(f"{PROGRAMME}rules/change/", rules.rules_change, name="programme-rules-change"),
    path(f"{PROGRAMME}calendar/", dates.programme_calendar, name="programme-calendar"),
    path(f"{PROGRAMME}phases/", dates.phases, name="programme-phases"),
    path(f"{PROGRAMME}dates/", dates.dates, name="programme-dates"),
    path(f"{PROGRAMME}extensions/", views.extensions, name="programme-extensions"),
    path(f"{PROGRAMME}participants/", views.participants, name="participants"),
    path(f"{PROGRAMME}enrol/", views.enrol, name="programme-enrol"),
    path(DRAFT, drafts.draft, name="programme-draft"),
    path(f"{DRAFT}choose/", drafts.draft_choose, name="programme-draft-choose"),
    path(f"{DRAFT}rules/", rules.draft_rules, name="programme-draft-rules"),
    path(f"{DRAFT}rules/save/", rules.draft_rules_save, name="programme-draft-rules-save"),
    path(f"{DRAFT}waves/", waves.draft_waves, name="programme-draft-waves"),
    path(f"{DRAFT}waves/save/", waves.draft_waves_save, name="programme-draft-waves-save"),
    path(f"{DRAFT}waves/place/", waves.draft_waves_place, name="programme-draft-waves-place"),
    path(f"{DRAFT}waves/propose/", waves.draft_waves_propose, name="programme-draft-waves-propose"),
    path(f"{DRAFT}calendar/", dates.draft_calendar, name="programme-draft-calendar"),
    path(f"{DRAFT}calendar/save/", dates.draft_calendar_save, name="programme-draft-calendar-save"),
    path(f"{DRAFT}check/", drafts.draft_check, name="programme-draft-check"),
    path(f"{DRAFT}begin/", drafts.draft_begin, name="programme-draft-begin"),
    path(f"{DRAFT}discard/", drafts.draft_discard, name="programme-draft-discard"),
    path("<slug:county>/waves/", waves.waves, name="county-waves"),
    path("<slug:county>/waves/save/", waves.waves_save, name="county-waves-save"),
    path("<slug:county>/waves/place/", waves.waves_place, name="county-waves-place"),
    path("<slug:county>/waves/propose/", waves.waves_propose, name="county-waves-propose"),
    path("<slug:county>/absences/", absences.county_absences, name="county-absences"),
    path("<slug:county>/absences/<int:pk>/", absences.county_absence, name="county-absence"),
    path("<slug:county>/absences/<int:pk>/approve/", absences.absence_approve, name="county-absence-approve"),
    path("<slug:county>/absences/<int:pk>/refuse/", absences.absence_refuse, name="county-absence-refuse"),
    path("<slug:county>/absences/<int:pk>/end/", absences.absence_end, name="county-absence-end"),
    path(f"{SCHOOL}calendar/", dates.school_calendar, name="school-calendar"),
    path(f"{SCHOOL}absences/", absences.school_absences, name="school-absences"),
    path(f"{SCHOOL}absences/ask/", absences.absence_ask, name="school-absence-ask"),
    path(f"{SCHOOL}participants/enrol/", absences.participant_enrol, name="school-participant-enrol"),
]

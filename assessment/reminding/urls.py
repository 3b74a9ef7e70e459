"""Addresses of this stage; one's own first, then the county's fixed words."""

from django.urls import URLPattern, path

from assessment.reminding import county_views, views
from assessment.reminding.chats import views as chats
from assessment.reminding.risks import views as risks

COUNTY, SCHOOL = "<slug:county>/reminders/", "<slug:county>/<slug:school>/reminders/"
FLAGS = "<slug:county>/<slug:school>/flags/"
urlpatterns: list[URLPattern] = [
    path("me/reminders/", views.own_reminders, name="own-reminders"),
    path("me/reminders/set/", views.own_reminders_set, name="own-reminders-set"),
    path(COUNTY, county_views.reminders, name="county-reminders"),
    path(f"{COUNTY}run/", county_views.reminders_run, name="county-reminders-run"),
    path(f"{COUNTY}rule/", county_views.reminder_rule, name="county-reminder-rule"),
    path(f"{COUNTY}rule/set/", county_views.reminder_rule_set, name="county-reminder-rule-set"),
    path(f"{COUNTY}mails/", county_views.mails, name="county-mails"),
    path(f"{COUNTY}mails/<int:pk>/again/", county_views.mail_again, name="county-mail-again"),
    path(f"{COUNTY}chats/", chats.county_chats, name="county-chats"),
    path(f"{COUNTY}chats/add/", chats.county_chats_add, name="county-chats-add"),
    path(f"{COUNTY}chats/<int:pk>/switch/", chats.county_chat_switch, name="county-chat-switch"),
    path(f"{COUNTY}chats/<int:pk>/try/", chats.county_chat_try, name="county-chat-try"),
    path(f"{COUNTY}chats/<int:pk>/remove/", chats.county_chat_remove, name="county-chat-remove"),
    path("<slug:county>/flags/", risks.county_flags, name="county-flags"),
    path(SCHOOL, views.school_reminders, name="school-reminders"),
    path(f"{SCHOOL}chats/", chats.school_chats, name="school-chats"),
    path(f"{SCHOOL}chats/add/", chats.school_chats_add, name="school-chats-add"),
    path(f"{SCHOOL}chats/<int:pk>/switch/", chats.school_chat_switch, name="school-chat-switch"),
    path(f"{SCHOOL}chats/<int:pk>/try/", chats.school_chat_try, name="school-chat-try"),
    path(f"{SCHOOL}chats/<int:pk>/remove/", chats.school_chat_remove, name="school-chat-remove"),
    path(FLAGS, risks.school_flags, name="school-flags"),
    path(f"{FLAGS}check/", risks.school_flags_check, name="school-flags-check"),
    path(f"{FLAGS}<int:pk>/", risks.school_flag, name="school-flag"),
    path(f"{FLAGS}<int:pk>/helper/", risks.school_flag_helper, name="school-flag-helper"),
    path(f"{FLAGS}<int:pk>/note/", risks.school_flag_note, name="school-flag-note"),
]

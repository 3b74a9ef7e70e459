"""Addresses of polishing rounds; one's own first."""

from django.urls import URLPattern, path

from assessment.training.polishing import own_views, views

OWN, SCHOOL = "me/polishing/", "<slug:county>/<slug:school>/polishing/"
urlpatterns: list[URLPattern] = [
    path(OWN, own_views.polishings, name="polishings"),
    path(f"{OWN}begin/", own_views.polish_begin, name="polish-begin"),
    path(f"{OWN}<int:pk>/", own_views.polish, name="polish"),
    path(f"{OWN}<int:pk>/drafts/add/", own_views.draft_add, name="polish-draft-add"),
    path(f"{OWN}<int:pk>/drafts/<int:draft>/", own_views.draft_file, name="polish-draft"),
    path(f"{OWN}<int:pk>/drafts/<int:draft>/note/", own_views.draft_note, name="polish-note"),
    path(SCHOOL, views.polishings, name="school-polishings"),
    path(f"{SCHOOL}<int:pk>/", views.polish, name="school-polish"),
    path(f"{SCHOOL}<int:pk>/finish/", views.polish_finish, name="school-polish-finish"),
    path(f"{SCHOOL}<int:pk>/drafts/<int:draft>/", views.draft_file, name="school-polish-draft"),
    path(f"{SCHOOL}<int:pk>/drafts/<int:draft>/note/", views.draft_note, name="school-polish-note"),
]

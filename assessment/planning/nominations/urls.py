"""Addresses of nominations, quotas and the training team."""

from django.urls import URLPattern, path

from assessment.planning.nominations import office_views, views

COUNTY, SCHOOL = "<slug:county>/nominations", "<slug:county>/<slug:school>/nominations"
TRAINERS = "<slug:county>/bodies/trainers"

urlpatterns: list[URLPattern] = [
    path(f"{COUNTY}/", views.county_nominations, name="county-nominations"),
    path(f"{COUNTY}/quotas/", office_views.quotas, name="county-quotas"),
    path(f"{COUNTY}/quotas/set/", office_views.quota_set, name="county-quota-set"),
    path(f"{COUNTY}/quotas/<int:pk>/remove/", office_views.quota_remove, name="county-quota-remove"),
    path(f"{COUNTY}/<int:pk>/", views.county_nomination, name="county-nomination"),
    path(f"{COUNTY}/<int:pk>/select/", views.nomination_select, name="county-nomination-select"),
    path(f"{COUNTY}/<int:pk>/decline/", views.nomination_decline, name="county-nomination-decline"),
    path(f"{TRAINERS}/", office_views.county_trainers, name="county-training-team"),
    path(f"{TRAINERS}/<int:pk>/", office_views.county_trainer, name="county-trainer"),
    path(f"{TRAINERS}/<int:pk>/renew/", office_views.trainer_renew, name="county-trainer-renew"),
    path(f"{TRAINERS}/<int:pk>/retire/", office_views.trainer_retire, name="county-trainer-retire"),
    path(f"{SCHOOL}/", views.school_nominations, name="school-nominations"),
    path(f"{SCHOOL}/add/", views.nomination_add, name="school-nomination-add"),
    path(f"{SCHOOL}/<int:pk>/withdraw/", views.nomination_withdraw, name="school-nomination-withdraw"),
]

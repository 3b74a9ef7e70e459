"""Addresses of this stage: one's own first; the county's and a school's are the same below their places."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from assessment.surveying import own_views, question_views, result_views, views

COUNTY, SCHOOL = "<slug:county>/surveys/", "<slug:county>/<slug:school>/surveys/"
View = Callable[..., HttpResponseBase]

OWN: list[URLPattern] = [
    path("me/surveys/", own_views.surveys, name="surveys"),
    path("me/surveys/<int:pk>/", own_views.survey, name="survey"),
    path("me/surveys/<int:pk>/save/", own_views.survey_save, name="survey-save"),
    path("me/surveys/<int:pk>/send/", own_views.survey_send, name="survey-send"),
    path("me/surveys/<int:pk>/result/", own_views.survey_result, name="survey-result"),
    path("me/surveys/<int:pk>/result/plot.svg", own_views.survey_result_plot, name="survey-result-plot"),
    path("me/recommendations/", own_views.recommendations, name="own-recommendations"),
]

# Below a place: the route, the name after "county-" or "school-", and the view.
AT_A_PLACE: tuple[tuple[str, str, View], ...] = (
    ("", "surveys", views.surveys),
    ("begin/", "survey-begin", views.survey_begin),
    ("<int:pk>/change/", "survey-change", views.survey_change),
    ("<int:pk>/preview/", "survey-preview", views.survey_preview),
    ("<int:pk>/publish/", "survey-publish", views.survey_publish),
    ("<int:pk>/close/", "survey-close", views.survey_close),
    ("<int:pk>/renew/", "survey-renew", views.survey_renew),
    ("<int:pk>/questions/add/", "survey-question-add", question_views.question_add),
    ("<int:pk>/questions/<int:question>/", "survey-question", question_views.question),
    ("<int:pk>/questions/<int:question>/change/", "survey-question-change", question_views.question_change),
    ("<int:pk>/questions/<int:question>/move/", "survey-question-move", question_views.question_move),
    ("<int:pk>/questions/<int:question>/remove/", "survey-question-remove", question_views.question_remove),
    ("<int:pk>/results/", "survey-results", result_views.results),
    ("<int:pk>/results/figures/", "survey-figures", result_views.result_figures),
    ("<int:pk>/plots/<slug:plot>.svg", "survey-plot", result_views.result_plot),
)

urlpatterns: list[URLPattern] = [
    *OWN,
    path(f"{COUNTY}<int:pk>/", views.county_survey, name="county-survey"),
    *(path(f"{COUNTY}{route}", view, name=f"county-{name}") for route, name, view in AT_A_PLACE),
    path(f"{SCHOOL}<int:pk>/", views.school_survey, name="school-survey"),
    *(path(f"{SCHOOL}{route}", view, name=f"school-{name}") for route, name, view in AT_A_PLACE),
]

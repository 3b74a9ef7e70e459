"""Addresses of panels, of their assigning and of declared relations."""

from django.urls import URLPattern, path

from assessment.reviewing.panels import county_views, relation_views, views

SCHOOL = "<slug:county>/<slug:school>"
COUNTY = "<slug:county>/panels"

urlpatterns: list[URLPattern] = [
    path("me/relations/", relation_views.own_relations, name="own-relations"),
    path("me/relations/declare/", relation_views.own_relation_declare, name="own-relation-declare"),
    path("me/relations/<int:pk>/end/", relation_views.own_relation_end, name="own-relation-end"),
    path(f"{COUNTY}/", county_views.county_panels, name="county-panels"),
    path(f"{COUNTY}/<int:pk>/delegate/", county_views.county_panel_delegate, name="county-panel-delegate"),
    path(f"{COUNTY}/<int:pk>/take-back/", county_views.county_panel_take_back, name="county-panel-take-back"),
    path(f"{SCHOOL}/panel/", views.school_panel, name="school-panel"),
    path(f"{SCHOOL}/panel/assign/", views.panel_assign, name="panel-assign"),
    path(f"{SCHOOL}/panel/assign-one/", views.panel_assign_one, name="panel-assign-one"),
    path(f"{SCHOOL}/panel/spread/", views.panel_spread, name="panel-spread"),
    path(f"{SCHOOL}/panel/delegate/", views.panel_delegate, name="panel-delegate"),
    path(f"{SCHOOL}/panel/take-back/", views.panel_take_back, name="panel-take-back"),
    path(f"{SCHOOL}/panel/reviews/<int:pk>/release/", views.panel_release, name="panel-release"),
    path(f"{SCHOOL}/panel/submissions/<int:pk>/third/", views.panel_third, name="panel-third"),
    path(f"{SCHOOL}/relations/", relation_views.school_relations, name="school-relations"),
    path(
        f"{SCHOOL}/relations/declare/",
        relation_views.school_relation_declare,
        name="school-relation-declare",
    ),
    path(f"{SCHOOL}/relations/<int:pk>/end/", relation_views.school_relation_end, name="school-relation-end"),
]

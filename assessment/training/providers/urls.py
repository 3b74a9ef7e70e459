"""Addresses of this stage."""

from django.urls import URLPattern, path

from assessment.training.providers import import_views, views

COUNTY = "<slug:county>/providers/"
urlpatterns: list[URLPattern] = [
    path(COUNTY, views.county_providers, name="county-providers"),
    path(f"{COUNTY}add/", views.county_providers_add, name="county-providers-add"),
    path(f"{COUNTY}<int:pk>/", views.county_provider, name="county-provider"),
    path(f"{COUNTY}<int:pk>/switch/", views.county_provider_switch, name="county-provider-switch"),
    path(f"{COUNTY}<int:pk>/sample/", views.county_provider_sample, name="county-provider-sample"),
    path(f"{COUNTY}<int:pk>/import/", views.county_provider_import, name="county-provider-import"),
    path(f"{COUNTY}mappings/<int:pk>/", views.county_mapping, name="county-mapping"),
    path(f"{COUNTY}mappings/<int:pk>/save/", views.county_mapping_save, name="county-mapping-save"),
    path(f"{COUNTY}imports/<int:pk>/", import_views.county_hour_import, name="county-hour-import"),
    path(
        f"{COUNTY}imports/<int:pk>/look/",
        import_views.county_hour_import_look,
        name="county-hour-import-look",
    ),
    path(
        f"{COUNTY}imports/<int:pk>/commit/",
        import_views.county_hour_import_commit,
        name="county-hour-import-commit",
    ),
]

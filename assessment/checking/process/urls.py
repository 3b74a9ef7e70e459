"""Addresses of samples of the process."""

from django.urls import URLPattern, path

from assessment.checking.process import views

HERE = "<slug:county>/process-samples/"

urlpatterns: list[URLPattern] = [
    path(HERE, views.samples, name="process-samples"),
    path(f"{HERE}draw/", views.sample_draw, name="process-samples-draw"),
    path(f"{HERE}<int:pk>/", views.sample, name="process-sample"),
    path(f"{HERE}checks/<int:pk>/", views.check, name="process-check"),
    path(f"{HERE}checks/<int:pk>/confirm/", views.check_confirm, name="process-check-confirm"),
    path(f"{HERE}checks/<int:pk>/object/", views.check_object, name="process-check-object"),
]

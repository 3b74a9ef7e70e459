"""The room's entry in Django's list of apps; the step tables and kinds of job are read once all models stand."""

from importlib import import_module

from django.apps import AppConfig

STAGES_WITH_STEPS = (
    "programme",
    "programme.absences",
    "planning",
    "planning.nominations",
    "planning.inventory",
    "selecting",
    "training",
    "training.activities",
    "guiding",
    "submitting",
    "reviewing",
    "reviewing.exemplars",
    "reviewing.group_records",
    "checking",
    "checking.cases",
    "checking.results",
    "checking.appeals",
    "checking.process",
)


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        for stage in STAGES_WITH_STEPS:
            import_module(f"assessment.{stage}.steps")
        import_module("assessment.submitting.previewed")
        import_module("assessment.checking.masking")
        import_module("assessment.reporting.jobs")
        import_module("assessment.training.providers.jobs")

"""The year in the administration, read only but for its settings; each part registers its tables."""

from assessment.admin import guiding, judging, planning, programme, training

__all__ = ["guiding", "judging", "planning", "programme", "training"]

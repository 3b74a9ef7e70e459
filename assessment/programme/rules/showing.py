"""The rules as pages show them: what each is called, its value in words, and what it means."""

from dataclasses import dataclass
from typing import Any

from assessment.programme.models import Programme
from assessment.programme.rules.forms import help_of
from assessment.programme.rules.terms import RULES, rule_label, said


@dataclass(frozen=True)
class RuleInWords:
    """One rule of a programme."""

    label: str
    value: str
    help: Any


def rules_in_words(programme: Programme) -> list[RuleInWords]:
    return [
        RuleInWords(rule_label(name), said(name, getattr(programme, name)), help_of(name)) for name in RULES
    ]

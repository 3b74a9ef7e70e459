"""Forms of surveys: the survey itself, one question, and the sheet on which people answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessment.surveying.filling import LONGEST_TEXT, Answers, faults
from assessment.surveying.models import Question
from assessment.surveying.templates import templates
from assessment.surveying.terms import Dimension, Kind, Strand


def day_field(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SurveyForm(forms.Form):
    """Title, purpose, window and promise of a survey."""

    title = forms.CharField(label=_("Title"), max_length=100, required=False)
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who are asked read this first."),
    )
    opens_on = day_field(_("Opens on"))
    closes_on = day_field(_("Last day"))
    is_anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_(
            "Nobody can tell who answered what, the portal neither; there are no recommendations of one's own."
        ),
    )


class NewSurveyForm(SurveyForm):
    """A survey to begin, empty or from a template."""

    template = forms.ChoiceField(
        label=_("Begin with"),
        required=False,
        help_text=_("The questions of a template can be changed, moved and removed."),
    )
    field_order = ("template", "title", "purpose", "opens_on", "closes_on", "is_anonymous")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", _("No question yet")), *templates()]  # type: ignore[attr-defined]
        self.fields["title"].help_text = _("Empty: the template's title.")


class LinesField(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=3000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip()[:200] for line in super().clean(value).splitlines() if line.strip()]


class QuestionForm(forms.Form):
    """One question with what can be chosen."""

    kind = forms.ChoiceField(label=_("How it is answered"), choices=Kind.choices)
    text = forms.CharField(label=_("Question"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    text_en = forms.CharField(label=_("Question in English"), max_length=400, required=False)
    help = forms.CharField(label=_("Help"), max_length=300, required=False)
    options = LinesField(
        label=_("Options"), help_text=_("One a line; for “one of several” and “several of several” only.")
    )
    options_en = LinesField(label=_("Options in English"))
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    strand = forms.ChoiceField(label=_("Strand"), required=False, choices=[("", _("none")), *Strand.choices])
    dimension = forms.ChoiceField(
        label=_("Dimension"),
        required=False,
        choices=[("", _("none")), *Dimension.choices],
        help_text=_("Strand and dimension make a scale count in the self-assessment's means."),
    )


def initial_of(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in QuestionForm.base_fields}


@dataclass(frozen=True)
class Asked:
    """One question as the sheet shows it: with its field, its kind, and its errors."""

    question: Question
    field: BoundField

    @property
    def is_scale(self) -> bool:
        return self.question.kind == Kind.SCALE

    @property
    def is_text(self) -> bool:
        return self.question.kind == Kind.TEXT


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    heading: str
    asked: list[Asked]

    @property
    def has_scale(self) -> bool:
        return any(one.is_scale for one in self.asked)


class AnswerForm(forms.Form):
    """The sheet: one field per question; what is wrong stands at the question."""

    def __init__(
        self, *args: Any, questions: Iterable[Question], is_final: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.is_final = list(questions), is_final
        for question in self.questions:
            self.fields[name_of(question)] = field_of(question)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for pk, sentence in faults(self.questions, self.answers(), is_final=self.is_final).items():
            if f"q{pk}" not in self.errors:
                self.add_error(f"q{pk}", sentence)
        return found

    def answers(self) -> Answers:
        """Return what was answered, by question; a question without an answer is left out."""
        found: dict[int, list[int] | str] = {}
        for question in self.questions:
            value = self.cleaned_data.get(name_of(question))
            if not value:
                continue
            if question.kind == Kind.TEXT:
                found[question.pk] = value
            else:
                found[question.pk] = [int(one) for one in (value if isinstance(value, list) else [value])]
        return found

    def sections(self) -> list[Section]:
        """Return the questions in order; those of one strand and dimension stand together under its name."""
        found: list[Section] = []
        for question in self.questions:
            heading = heading_of(question)
            if not found or found[-1].heading != heading:
                found.append(Section(heading, []))
            found[-1].asked.append(Asked(question, self[name_of(question)]))
        return found


def name_of(question: Question) -> str:
    return f"q{question.pk}"


def heading_of(question: Question) -> str:
    if not question.domain:
        return ""
    return f"{Strand(question.strand).label} · {Dimension(question.dimension).label}"


def field_of(question: Question) -> forms.Field:
    """Return the field of a question; whether it must be answered is judged by `faults`."""
    label = str(question)
    if question.kind == Kind.TEXT:
        return forms.CharField(
            label=label,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
        )
    wrong = _("Please choose one of the answers that are offered.")
    if question.kind == Kind.SCALE:
        wrong = _("Please choose a step from 1 to 5.")
    choices = [(str(number), words) for number, words in question.choices]
    if question.kind == Kind.MULTIPLE:
        return forms.MultipleChoiceField(
            label=label,
            required=False,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": wrong},
        )
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": wrong},
    )


def initial_answers(answers: Answers) -> dict[str, Any]:
    """Return kept answers as the sheet wants them."""
    return {
        f"q{pk}": given if isinstance(given, str) else [str(one) for one in given]
        for pk, given in answers.items()
    }

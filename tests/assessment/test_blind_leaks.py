"""A name that is planted everywhere reaches no blind reviewer and no expert, whatever they ask for.

Every address of the house is asked, with every id that belongs to the planted work; new addresses are
covered as soon as they stand in the URLconf. With the masking off the same search finds the name.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django_scopes import scope, scopes_disabled

from assessment.checking import spot_checks
from assessment.programme.models import PhaseKind, Programme
from assessment.reminding.models import Mail
from assessment.reminding.running import remind
from assessment.reviewing import actions as reviewing
from assessment.reviewing.models import Review
from assessment.submitting import actions as submitting
from assessment.submitting.models import Evidence, Submission
from assessment.submitting.queries import items_of
from microcapabilities.grades import Grade
from schools.access.models import SchoolGrant
from schools.clock import now, today
from schools.files.cleaning.models import Cleaned, CleaningState
from schools.files.models import StoredFile
from schools.files.storing import keep_bytes, location
from schools.notices.models import Notice
from schools.people.models import Person
from tests import stories
from tests.access.building import build
from tests.access.copies import give_copy
from tests.access.stage import Stage
from tests.assessment import leaking
from tests.assessment.leaking import NAME, NEEDLES, REMARK, all_addresses, ask, leaks, table_addresses
from tests.assessment.reminding import only
from tests.cast import World, acting
from tests.schools.cleaning import clean_all
from tests.schools.named_files import letter, paper, photo, told_film

pytestmark = pytest.mark.django_db
REVIEWERS = ("reviewer3@east", "reviewer3@west", "trainer@alpha")
FINISHED = REVIEWERS[2]  # who has finished, with a remark that nobody else may read
EXPERT = "expert@alpha"
JUDGES = [
    REVIEWERS[0],
    EXPERT,
    *(pytest.param(name, marks=pytest.mark.full) for name in REVIEWERS[1:]),
]


@pytest.fixture(scope="module")
def planted(common_ground: World, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The stage with the planted teacher's work redone, reviewed blind by three, and before an expert."""
    stage = build()
    with scope(county=stage.world.alpha.county, school=None):
        leaking.plant(stage.east["teacher2"])
        lay_named_files(stage, tmp_path_factory.mktemp("named"))
        Programme.objects.filter(county=stage.world.alpha.county).update(is_blind=True)
        redo(stage)
        give_to_reviewers(stage)
        case = stage.drawn_case
        spot_checks.give_to_experts(
            case=case, experts=[stage.world.alpha["expert"]], by=acting(stage.world.alpha["county-office"])
        )
        assert clean_all() > 4
        for copy in StoredFile.objects.filter(cleaned_from__isnull=False):
            give_copy(copy, b"page without names")
            give_copy_of_original(copy)
    return stage


def give_copy_of_original(copy: StoredFile) -> None:
    """The original has a preview too, and that tells whose it is."""
    give_copy(copy.cleaned_from.file, f"page of {NAME}".encode())


def lay_named_files(stage: Stage, folder: Path) -> None:
    """Put files that tell everything in the place of what lies on the planted work."""
    teacher, contents = stage.east["teacher2"], [letter(), paper(), photo(), told_film(folder, "mp4")]
    for submission in (stage.sent, stage.drawn_case.submission):
        pieces = list(Evidence.objects.filter(attempt__submission=submission).order_by("pk"))
        for number, content in enumerate(contents):
            ending, kind, mime = KINDS[number]
            stored = keep_bytes(
                content, county=teacher.county, kind=kind, mime=mime, by=teacher.user,
                name=leaking.named(b"x", ending).name or "",
            )  # fmt: skip
            if number < len(pieces):
                Evidence.objects.filter(pk=pieces[number].pk).update(file=stored)
            else:
                first = pieces[0]
                Evidence.objects.create(
                    county_id=first.county_id, school_id=first.school_id, attempt_id=first.attempt_id,
                    item_id=pieces[-1].item_id, file=stored,
                )  # fmt: skip


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = (
    ("docx", "document", WORD), ("pdf", "pdf", "application/pdf"), ("jpg", "image", "image/jpeg"),
    ("mp4", "video", "video/mp4"),
)  # fmt: skip


def redo(stage: Stage) -> None:
    """The work is sent back with words that name the teacher, and handed in again."""
    cio, sent = acting(stage.east["cio"]), Submission.objects.get(pk=stage.sent.pk)
    words = f"{NAME}, once more please; call me. ouyangjingwen"
    reviewing.send_back(
        submission=sent, items=items_of(sent)[:1], advice=words, due_at=now() + timedelta(days=7), by=cio
    )
    sent.refresh_from_db()
    stories.fill(sent, stage.east["teacher2"])
    submitting.submit(submission=sent, is_own_work=True, by=acting(stage.east["teacher2"]))


def give_to_reviewers(stage: Stage) -> None:
    """Two reviewers hold the work open, the trainer has finished with a remark."""
    cio, sent = acting(stage.east["cio"]), Submission.objects.get(pk=stage.sent.pk)
    trainer = stage.world.alpha["trainer"]
    grant = stage.grant
    SchoolGrant.objects.create(
        user_id=trainer.user_id,
        permission=grant.permission,
        content_object=stage.east.school,
        reason="Guides",
    )
    for person in (stage.east["reviewer3"], stage.west["reviewer3"], trainer):
        person.email = f"{person.pk}@reviewers.example"
        person.save()
        reviewing.assign(submission=sent, reviewer=person, by=cio)
    review = Review.objects.get(submission=sent, person=trainer)
    stories.grade_all(review, Grade.EXCELLENT, REMARK)


def people(stage: Stage, names: Iterable[str]) -> list[Person]:
    return [stage.people(name.partition("@")[2])[name.partition("@")[0]] for name in names]


def known(stage: Stage) -> dict[str, list[Any]]:
    """Return every value that a part of an address can have around the planted work."""
    with scopes_disabled():
        sent, case = stage.sent, stage.drawn_case
        reviews = list(Review.objects.filter(submission=sent).values_list("pk", flat=True))
        attempts = [case.attempt_id, sent.rounds.order_by("number").last().pk]
        evidence = Evidence.objects.filter(attempt__in=attempts)
        ids = {*reviews, sent.pk, case.pk, case.submission_id, stage.east["teacher2"].pk}
        pieces = list(evidence.values_list("pk", flat=True))
    return {
        "pk": sorted(ids), "evidence": pieces, "kind": ["page"], "number": [1], "item": [1], "code": ["A1", "A5"],
        "person": [stage.east["teacher2"].pk], "submission": [sent.pk], "attempt": [1, 2],
    }  # fmt: skip


def asked(stage: Stage, name: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """Yield what somebody asks and is answered: the table's pages and forms, then all addresses with all ids.

    Where the right is lacking, 403, the other ids of the same address are not asked; what takes only forms,
    405, is sent one.
    """
    client, refused = stage.clients[name], set()
    for method in ("get", "post"):
        for url, data in table_addresses(stage, name, method):
            yield f"{method} {url}", ask(client, method, url, data)
    for address, url in all_addresses(known(stage)):
        if address in refused:
            continue
        answer = ask(client, "get", url)
        yield f"get {url}", answer
        if answer.status_code == 405:
            answer = ask(client, "post", url)
            yield f"post {url}", answer
        if answer.status_code == 403:
            refused.add(address)


def found(stage: Stage, name: str, needles: Iterable[str] = NEEDLES) -> tuple[list[str], int]:
    """Return where needles stand in what somebody is answered, and how many pages and files were opened."""
    told, opened = [], 0
    for question, answer in asked(stage, name):
        opened += answer.status_code == 200
        told += [f"{question} {answer.status_code}: {one}" for one in leaks(answer, needles)]
    return told, opened


@pytest.mark.parametrize("name", JUDGES)
def test_name_and_foreign_grades_reach_nobody_who_judges_blind(
    planted: Stage, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    told, opened = found(planted, name, NEEDLES if name == FINISHED else [*NEEDLES, REMARK])
    assert told == []
    assert opened > 20
    assert [needle for needle in NEEDLES if needle in caplog.text] == []


def test_notices_and_mails_name_nobody(planted: Stage) -> None:
    alpha = planted.world.alpha
    with scope(county=alpha.county, school=None), transaction.atomic():
        programme = Programme.objects.get(is_current=True)
        only(alpha, programme, PhaseKind.REVIEW, 1)
        remind(programme, today())
        judges = people(planted, [*REVIEWERS, EXPERT])
        notices = [notice.text for notice in Notice.objects.filter(person__in=judges)]
        mails = [f"{mail.subject} {mail.body}" for mail in Mail.objects.filter(person__in=judges)]
        transaction.set_rollback(True)
    assert (len(notices) >= 4, len(mails) >= 2) == (True, True)
    assert [needle for needle in NEEDLES for text in [*notices, *mails] if needle in text] == []


def test_search_finds_the_name_when_reviews_are_not_blind(planted: Stage) -> None:
    with scopes_disabled(), transaction.atomic():
        Review.objects.update(is_blind=False, code="")
        told = {line.split()[1] for line in found_on_own_pages(planted, REVIEWERS[0])}
        transaction.set_rollback(True)
    assert len(told) > 4


@pytest.mark.parametrize("name", [REVIEWERS[0], EXPERT])
def test_search_finds_the_name_when_files_are_not_cleaned(planted: Stage, name: str) -> None:
    with scopes_disabled(), transaction.atomic():
        for cleaned in Cleaned.objects.filter(state=CleaningState.READY).select_related("file"):
            original = cleaned.file
            same = keep_bytes(
                location(original).read_bytes(), county=original.county, name=original.name,
                kind=original.kind, mime=original.mime, by=original.stored_by,
            )  # fmt: skip
            Cleaned.objects.filter(pk=cleaned.pk).update(copy=same)
        told = {line.split()[1] for line in found_on_own_pages(planted, name)}
        transaction.set_rollback(True)
    assert len(told) >= 3


def found_on_own_pages(stage: Stage, name: str) -> list[str]:
    """Return where the name stands in the pages and files below /me/."""
    with scopes_disabled():
        review = Review.objects.filter(submission=stage.sent, person=people(stage, [name])[0]).last()
    values = known(stage) | {"pk": [review.pk if review else stage.drawn_case.pk]}
    own = [url for _name, url in all_addresses(values) if url.startswith("/me/")]
    answers = ((url, ask(stage.clients[name], "get", url)) for url in own)
    return [f"get {url} {one}" for url, answer in answers for one in leaks(answer)]

"""Alike pieces in the demonstration year: a copy, a text with a fifth written anew, a picture saved anew."""

import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from assessment.submitting import actions as submitting
from assessment.submitting.likeness import actions as likeness
from assessment.submitting.likeness.models import Fingerprint, Likeness, PrintStatus, Verdict
from assessment.submitting.likeness.running import run
from assessment.submitting.models import Submission, SubmissionState
from assessment.submitting.queries import items_of
from microcapabilities.models import EvidenceItem
from portal.demo.lessons import PHRASES, compose
from portal.demo.teachers import upload
from portal.demo.year import Year
from schools.access.permissions import Permission

SEED, PLACES_READ = 7, 400
TALK = "两份教学设计几乎相同，请两校分别与教师谈一次，弄清先后。"
Place = tuple[Submission, EvidenceItem]


def walk(year: Year) -> None:
    """Lay three pairs and compare them; between beginning the points and submitting them."""
    rng = random.Random(SEED)  # its own, so that the rest of the year stays as it is
    title, paragraphs = compose(sorted(PHRASES)[0], "技术支持的课堂讲授", rng)
    lesson = year.teachers.maker.docx(title, paragraphs)
    anew = year.teachers.maker.docx(f"{title}（修订）", a_fifth_anew(paragraphs, rng))
    chart = year.teachers.maker.picture("第三单元前测", [42, 67, 55, 71])
    documents, pictures = places(year, "D"), places(year, "P")
    for first, second, those in ((lesson, lesson, documents), (lesson, anew, documents),
                                 (chart, smaller(chart), pictures)):  # fmt: skip
        lay_pair(year, first, second, those)
    run()
    for row in Likeness.objects.filter(kind="text").order_by("pk")[:1]:
        likeness.look(
            likeness=row, verdict=Verdict.TALK, note=TALK, permission=Permission.RUN_SPOT_CHECKS,
            place=year.demo.county, by=year.office,
        )  # fmt: skip


def settle(year: Year) -> None:
    """Leave the rest uncompared: made-up evidence comes from a small stock, in which everything is alike."""
    waiting = Fingerprint.objects.filter(county=year.demo.county, status=PrintStatus.WAITING)
    waiting.update(status=PrintStatus.DONE, reason="stock")


def places(year: Year, letter: str) -> Iterator[Place]:
    """Yield empty required items that take such a file, one a teacher, and never two of a school in a row."""
    drafts = Submission.objects.filter(
        programme=year.demo.programme, state=SubmissionState.DRAFT, rounds__evidence__isnull=True
    )
    seen: set[int] = set()
    by_school: dict[int, list[Place]] = {}
    for submission in drafts.select_related("person", "point", "school", "county").order_by("pk")[
        :PLACES_READ
    ]:
        item = next((one for one in items_of(submission) if one.is_required and letter in one.kinds), None)
        if item is not None and submission.person_id not in seen:
            seen.add(submission.person_id)
            by_school.setdefault(submission.school_id, []).append((submission, item))
    while len(by_school) > 1:
        for school in list(by_school):
            yield by_school[school].pop(0)
            if not by_school[school]:
                del by_school[school]


def lay_pair(year: Year, first: Path, second: Path, those: Iterator[Place]) -> None:
    """Let the next two teachers lay these files, where there are two."""
    for path in (first, second):
        place = next(those, None)
        if place is None:
            return
        submission, item = place
        with upload(path) as file:
            submitting.add_evidence(
                submission=submission, item=item, upload=file, by=year.demo.acting(submission.person)
            )


def a_fifth_anew(paragraphs: list[str], rng: random.Random) -> list[str]:
    """Return the paragraphs with every fifth sentence from another lesson."""
    _title, others = compose(sorted(PHRASES)[1], "学情分析", rng)
    foreign = [one for one in "".join(others).split("。") if one]
    text, number = [], 0
    for paragraph in paragraphs:
        kept = []
        for sentence in paragraph.split("。"):
            number += 1
            kept.append(foreign[number % len(foreign)] if sentence and number % 5 == 0 else sentence)
        text.append("。".join(kept))
    return text


def smaller(picture: Path) -> Path:
    """Return the picture at half its size, as JPEG beside it."""
    path = picture.with_name(f"{picture.stem}-small.jpg")
    with Image.open(picture) as opened:
        opened.convert("RGB").resize((opened.width // 2, opened.height // 2)).save(path, "JPEG", quality=60)
    return path

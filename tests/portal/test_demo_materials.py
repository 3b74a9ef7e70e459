"""The invented county's people, schools, roster and evidence are what real ones would be."""

import itertools
import random
from pathlib import Path

import pytest
from openpyxl import load_workbook

from portal.demo.evidence import ENDINGS, EvidenceMaker
from portal.demo.lessons import PHRASES, compose
from portal.demo.people import RARE_NAMES, TITLES, invent_people
from portal.demo.roster import HEADINGS, roster_row, write_roster
from portal.demo.schools import COUNTY_CODE, SCHOOLS, scaled
from schools.files.opener import fits, open_file
from schools.people import id_numbers


@pytest.fixture
def maker(tmp_path: Path) -> EvidenceMaker:
    return EvidenceMaker(tmp_path / "evidence")


def test_id_numbers_are_valid_unique_and_agree_with_the_person() -> None:
    people = invent_people(random.Random(1), 400)
    assert [id_numbers.fault(person.id_number) for person in people] == [""] * 400
    assert len({person.id_number for person in people}) == 400
    for person in people:
        assert person.id_number[:14] == f"{COUNTY_CODE}{person.born_on:%Y%m%d}"
        assert int(person.id_number[16]) % 2 == (person.sex == "男")


def test_numbers_stay_unique_over_several_calls() -> None:
    rng, taken = random.Random(2), set[str]()
    people = [person for _school in range(30) for person in invent_people(rng, 60, taken=taken)]
    for field in ("id_number", "mobile", "continuing_number", "email"):
        assert len({getattr(person, field) for person in people}) == 1800


def test_people_are_the_same_for_the_same_seed() -> None:
    assert invent_people(random.Random(3), 20) == invent_people(random.Random(3), 20)
    assert invent_people(random.Random(3), 20) != invent_people(random.Random(4), 20)


def test_titles_are_earned_by_years_of_teaching() -> None:
    people = invent_people(random.Random(5), 300, stage="初中")
    assert [person.name for person in people if TITLES[person.title] > person.years] == []


def test_rare_names_come_first_when_asked_for() -> None:
    people = invent_people(random.Random(6), 8, rare=list(RARE_NAMES))
    assert [person.name for person in people[:6]] == list(RARE_NAMES)
    assert {person.name: person.people for person in people}["阿依古丽·买买提"] == "维吾尔族"


def test_schools_have_unique_slugs_names_and_codes_when_scaled() -> None:
    schools = scaled(400)
    assert len(schools) == 400
    assert schools[: len(SCHOOLS)] == list(SCHOOLS)
    for field in ("slug", "code", "name"):
        assert len({getattr(school, field) for school in schools}) == 400
    assert [school.slug for school in schools if not set(school.environments) <= set("ABC")] == []


def test_scaled_down_keeps_central_schools_before_their_own() -> None:
    assert scaled(3) == list(SCHOOLS[:3])
    for number, school in enumerate(SCHOOLS):
        assert school.above is None or school.above in {earlier.slug for earlier in SCHOOLS[:number]}


def test_the_county_has_a_central_school_a_teaching_point_and_a_kindergarten() -> None:
    below = [school for school in SCHOOLS if school.above == "caogou-zhongxin"]
    assert [(school.category, school.teachers) for school in below] == [("小学", 14), ("教学点", 3)]
    assert [school.head_post for school in SCHOOLS if school.kind == "kindergarten"] == ["园长"]


def test_roster_reads_back_as_text_cells(tmp_path: Path) -> None:
    people = invent_people(random.Random(7), 5, rare=["王𬴊"])
    written = write_roster(tmp_path / "roster.xlsx", {SCHOOLS[0]: people[:3], SCHOOLS[2]: people[3:]})
    rows = list(load_workbook(tmp_path / "roster.xlsx").active.iter_rows())
    assert written == 5
    assert tuple(cell.value for cell in rows[0]) == HEADINGS
    expected = [
        roster_row(person, SCHOOLS[0] if number < 3 else SCHOOLS[2]) for number, person in enumerate(people)
    ]
    assert [tuple(cell.value for cell in row) for row in rows[1:]] == expected
    assert {(cell.data_type, cell.number_format) for row in rows for cell in row} == {("s", "@")}


@pytest.mark.parametrize("letters", ["D", "V", "R", "P", "DV", "RP"])
def test_evidence_opens_and_fits_its_letters(maker: EvidenceMaker, letters: str) -> None:
    rng = random.Random(letters)
    for subject in ("语文", "数学", "历史"):
        path = maker.make(letters, subject, "技术支持的课堂导入", rng)
        assert fits(open_file(path, path.name), letters)


def test_a_film_is_small_and_plays_in_a_browser(maker: EvidenceMaker) -> None:
    film = maker.mp4("数学《圆的面积》课堂实录片段", 4)
    opened = open_file(film, film.name)
    assert (opened.seconds, opened.width, opened.height) == (4.0, 320, 240)
    content = film.read_bytes()
    assert len(content) < 200_000
    assert content.index(b"moov") < content.index(b"mdat")
    assert content.index(b"avc1") > 0


def test_stocked_files_differ_and_are_picked_by_letter(maker: EvidenceMaker) -> None:
    maker.stock(2, random.Random(8))
    files = [path for ending in ENDINGS for path in maker.shelves[ending]]
    assert len({path.read_bytes() for path in files}) == 2 * len(ENDINGS)
    rng = random.Random(9)
    for letters in ("D", "V", "R", "P"):
        path = maker.pick(letters, rng)
        assert fits(open_file(path, path.name), letters)


def test_the_same_words_are_made_once(maker: EvidenceMaker) -> None:
    first = maker.docx("题目", ["一", "二"])
    stamp = first.stat().st_mtime_ns
    assert maker.docx("题目", ["一", "二"]) == first
    assert first.stat().st_mtime_ns == stamp
    assert maker.docx("题目", ["一", "三"]) != first


def test_a_signed_copy_carries_the_name_and_still_opens(maker: EvidenceMaker) -> None:
    unsigned = maker.docx("语文《背影》教学设计", ["一、学情分析。"])
    signed = maker.sign(unsigned, "王𬴊")
    assert signed.read_bytes() != unsigned.read_bytes()
    assert open_file(signed, signed.name).extension == "docx"
    assert maker.sign(unsigned, "李㛃") != signed


def test_texts_speak_of_the_subject_and_the_point() -> None:
    for subject, phrases in PHRASES.items():
        title, paragraphs = compose(subject, "评价量规设计与应用", random.Random(10), "教学反思")
        assert any(title == f"{subject}{lesson}教学反思" for lesson in phrases.lessons)
        assert paragraphs[0] == "微能力点：评价量规设计与应用"
        assert len(paragraphs) == 6


def test_names_of_one_school_seldom_repeat() -> None:
    names = sorted(person.name for person in invent_people(random.Random(11), 100))
    assert sum(one == other for one, other in itertools.pairwise(names)) < 5

"""Fingerprints: words out of genuine files, how alike texts and pictures are, and slices that find them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessment.submitting.likeness.matching import (
    bands,
    numbers,
    picture_degree,
    signed,
    text_degree,
    unsigned,
)
from assessment.submitting.likeness.passages import side_by_side
from assessment.submitting.likeness.reading import Unreadable, words_of
from assessment.submitting.likeness.seeing import sight_of
from assessment.submitting.likeness.shingles import plain, shingles
from assessment.submitting.likeness.signing import signature_of
from tests.assessment import alike_files as files

LINES = files.sentences(30, 1)


def laid(folder: Path, upload: SimpleUploadedFile) -> Path:
    path = folder / str(upload.name)
    path.write_bytes(upload.read())
    return path


def degree(one: str, other: str) -> int:
    return text_degree(numbers(signature_of(one)), numbers(signature_of(other)))


def shared(one: list[int], other: list[int]) -> int:
    return len(set(one) & set(other))


def test_words_are_the_same_out_of_every_kind_of_file(tmp_path: Path) -> None:
    found = {
        "document": words_of("document", laid(tmp_path, files.document(LINES))),
        "slides": words_of("slides", laid(tmp_path, files.slides(LINES))),
        "pdf": words_of("pdf", laid(tmp_path, files.pdf(LINES))),
    }
    assert {kind: plain(text) for kind, text in found.items()} == dict.fromkeys(found, plain("".join(LINES)))
    assert found["document"].splitlines() == [*LINES]


def test_spoiled_files_are_unreadable(tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled"
    spoiled.write_bytes(b"PK\x03\x04 nothing behind it")
    for kind in ("document", "slides", "sheet", "pdf"):
        with pytest.raises(Unreadable):
            words_of(kind, spoiled)
    with pytest.raises(Unreadable):
        sight_of(spoiled)


def test_fifth_written_anew_is_alike_and_the_same_topic_is_not() -> None:
    text = "\n".join(LINES)
    assert degree(text, text) == 100
    assert degree(text, "\n".join(files.changed(LINES, 0.2, 5))) >= 60
    assert degree(text, "\n".join(files.sentences(30, 2))) < 45
    assert shared(bands(signature_of(text), None), bands(signature_of("".join(reversed(LINES))), None)) > 20


def test_short_texts_have_no_signature() -> None:
    assert signature_of("教学反思" * 20) == b""
    assert len(shingles("".join(LINES))) > 200
    english = " ".join(f"pupil number {n} measures the {n * 7} cm shadow" for n in range(40))
    assert "the 49 cm" in shingles(english)


def test_text_of_a_form_does_not_count() -> None:
    form = "\n".join(files.sentences(20, 7))
    one, other = (numbers(signature_of(form + "\n".join(files.sentences(20, seed)))) for seed in (8, 9))
    places = frozenset(at for at in range(len(one)) if one[at] == other[at])
    assert text_degree(one, other) >= 45
    assert text_degree(one, other, places) == 0
    assert text_degree(one, one, places) == 100


def test_photo_saved_anew_is_alike_and_another_is_not(tmp_path: Path) -> None:
    image = files.scene(1)
    first = sight_of(laid(tmp_path, files.photo(image)))
    smaller = sight_of(laid(tmp_path, files.photo(image.resize((410, 310)), "small.jpg", quality=40)))
    other = sight_of(laid(tmp_path, files.photo(files.scene(2), "other.png")))
    assert picture_degree(first, smaller) >= 75
    assert picture_degree(first, other) == 0
    assert shared(bands(b"", first), bands(b"", smaller)) > 0


def test_blank_pictures_have_no_sight(tmp_path: Path) -> None:
    for name, image in (
        ("white.png", Image.new("RGB", (90, 60), "white")),
        ("clear.png", Image.new("RGBA", (90, 60), (200, 10, 10, 0))),
    ):
        assert sight_of(laid(tmp_path, files.photo(image, name))) is None


def test_pictures_that_differ_in_six_bits_share_a_slice() -> None:
    bits = 0x9F3C_55AA_0102_77E1
    other = bits ^ 0x0101_0101_0101_0000
    assert (picture_degree(signed(bits), signed(other)), unsigned(signed(bits))) == (81, bits)
    assert shared(bands(b"", signed(bits)), bands(b"", signed(other))) == 1


def test_passages_mark_what_both_have() -> None:
    one, other = side_by_side("甲乙丙丁戊己庚辛壬癸一二", "子丑甲乙丙丁戊己庚辛壬寅卯")
    assert [(part.text, part.is_shared) for part in one] == [("甲乙丙丁戊己庚辛壬", True), ("癸一二", False)]
    assert [part.text for part in other] == ["子丑", "甲乙丙丁戊己庚辛壬", "寅卯"]
    assert side_by_side("", "甲") == ([], [type(one[0])("甲", False)])

"""Certificates read back: text, fonts, page, QR code; what cannot be printed is refused."""

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from certificates.pages import Form, Overlay, Sheet, Unprintable, words_in
from certificates.render import render_batch

PROGRAMME = "2022年中小学幼儿园教师信息技术应用能力提升工程2.0"


def form(code: str = "A6", name: str = "技术支持的课堂讲授") -> Form:
    return Form(
        programme=PROGRAMME,
        catalogue_title="中小学教师信息技术应用能力微能力点",
        point_code=code,
        point_name=name,
        credits="5",
        issuer="泗县教育体育局",
        words=words_in("zh-hans", PROGRAMME),
        small_words=words_in("en"),
        point_name_small="Technology-supported explanation",
    )


def overlay(name: str = "李晓明", serial: int = 1, school: str = "泗县泗城镇实验小学") -> Overlay:
    return Overlay(
        name=name,
        school=school,
        grade="优秀",
        number=f"341324-2022-A06-{serial:06d}-X",
        issued_on="2022年12月20日",
        verify_url=f"http://localhost:8000/v/token-{serial}/",
    )


def text_of(content: bytes, folder: Path) -> str:
    path = folder / "certificate.pdf"
    path.write_bytes(content)
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout


def test_certificate_reads_back_with_fonts_and_code(tmp_path: Path) -> None:
    (content,) = render_batch([Sheet(form(), [overlay()])])
    text = "".join(text_of(content, tmp_path).split())
    for words in (
        "李晓明",
        "泗县泗城镇实验小学",
        "技术支持的课堂讲授",
        "341324-2022-A06-000001-X",
        "泗县教育体育局",
    ):
        assert words in text
    fonts = subprocess.run(
        ["pdffonts", tmp_path / "certificate.pdf"], capture_output=True, text=True, check=True
    )
    rows = fonts.stdout.splitlines()[2:]
    assert rows and all(row.split()[-5] == "yes" for row in rows)  # the column "emb"
    facts = subprocess.run(
        ["pdfinfo", tmp_path / "certificate.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "Pages:           1" in facts
    assert "841.89 x 595.276 pts (A4)" in facts
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", tmp_path / "certificate.pdf", tmp_path / "page"],
        check=True,
    )
    (code,) = zxingcpp.read_barcodes(Image.open(tmp_path / "page.png"))
    assert code.text == "http://localhost:8000/v/token-1/"


def test_batch_gives_each_holder_only_their_own_name(tmp_path: Path) -> None:
    names = [f"王{sign}梅" for sign in "一二三四五六七八九十"]
    sheets = [
        Sheet(form(), [overlay(name, number) for number, name in enumerate(names[:6])]),
        Sheet(form("C4", "支持学生创造性学习与表达"), [overlay(name, 9) for name in names[6:]]),
    ]
    texts = [text_of(content, tmp_path) for content in render_batch(sheets)]
    assert [[name for name in names if name in text] for text in texts] == [[name] for name in names]
    assert ["支持学生创造性学习与表达" in text for text in texts] == [False] * 6 + [True] * 4


def test_rare_signs_print(tmp_path: Path) -> None:
    name = "欧阳𬴊㛃𠮷·买买提"
    (content,) = render_batch([Sheet(form(), [overlay(name)])])
    assert name in text_of(content, tmp_path)


@pytest.mark.parametrize("name", ["བོད་", "李\ue000明"])
def test_sign_without_glyph_is_refused_with_the_name(name: str) -> None:
    with pytest.raises(Unprintable, match=name[0]):
        list(render_batch([Sheet(form(), [overlay(name)])]))


def test_text_beyond_its_place_is_refused() -> None:
    with pytest.raises(Unprintable):
        list(render_batch([Sheet(form(), [overlay("长" * 60)])]))

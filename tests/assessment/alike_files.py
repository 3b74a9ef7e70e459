"""Genuine files for the tests of likeness: documents, slides, PDFs and photos made on the fly."""

import io
import random

import docx
import pptx
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter
from weasyprint import HTML

SUBJECTS = ("学生", "教师", "小组", "同伴", "全班", "课代表", "每个孩子", "观察员")
ACTS = ("比较", "记录", "讨论", "展示", "修改", "预测", "验证", "归纳", "朗读", "测量", "描述", "评价")
THINGS = (
    *("两种解法", "实验数据", "课前问卷", "思维导图", "错题原因"),
    *("短片画面", "单元目标", "作业反馈", "学习单", "课堂实录"),
)
ENDS = (
    *("并说明理由", "再与原来的想法对照", "用自己的话写下来"),
    *("最后交给组长汇总", "随后在平台上互评", "然后重新试一次"),
)


def sentences(count: int, seed: int) -> list[str]:
    """Return so many sentences about the same kind of lesson, others for each seed."""
    rng = random.Random(seed)
    return [
        f"第{rng.randint(1, 40)}分钟，{rng.choice(SUBJECTS)}{rng.choice(ACTS)}{rng.choice(THINGS)}，"
        f"{rng.choice(ENDS)}；{rng.choice(SUBJECTS)}{rng.choice(ACTS)}{rng.choice(THINGS)}。"
        for _number in range(count)
    ]


def changed(lines: list[str], share: float, seed: int) -> list[str]:
    """Return the sentences with this share of them written anew, spread over the text."""
    rng, other = random.Random(seed), sentences(len(lines), seed + 1000)
    places = set(rng.sample(range(len(lines)), round(len(lines) * share)))
    return [other[at] if at in places else line for at, line in enumerate(lines)]


def document(lines: list[str], name: str = "lesson.docx") -> SimpleUploadedFile:
    written, stream = docx.Document(), io.BytesIO()
    for line in lines:
        written.add_paragraph(line)
    written.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def slides(lines: list[str], name: str = "lesson.pptx") -> SimpleUploadedFile:
    shown, stream = pptx.Presentation(), io.BytesIO()
    for at in range(0, len(lines), 5):
        slide = shown.slides.add_slide(shown.slide_layouts[1])
        slide.placeholders[1].text = "\n".join(lines[at : at + 5])
    shown.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def pdf(lines: list[str], name: str = "lesson.pdf") -> SimpleUploadedFile:
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = HTML(string=f"<meta charset='utf-8'><body style='font-family:Noto Sans CJK SC'>{body}</body>")
    return SimpleUploadedFile(name, page.write_pdf())


def scene(seed: int, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Return a picture with shapes and shades like a photo of a classroom, another for each seed."""
    rng = random.Random(seed)
    image = Image.new("RGB", size, tuple(rng.randrange(256) for _one in range(3)))
    draw = ImageDraw.Draw(image)
    for _number in range(25):
        left, top = rng.randrange(size[0]), rng.randrange(size[1])
        box = [left, top, left + rng.randrange(40, 300), top + rng.randrange(40, 300)]
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape(box, fill=tuple(rng.randrange(256) for _one in range(3)))
    return image.filter(ImageFilter.GaussianBlur(2))


def photo(image: Image.Image, name: str = "photo.jpg", quality: int = 92) -> SimpleUploadedFile:
    stream = io.BytesIO()
    image.save(stream, "PNG" if name.endswith("png") else "JPEG", quality=quality)
    return SimpleUploadedFile(name, stream.getvalue())

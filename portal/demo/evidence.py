"""Makes genuine evidence files: documents, slides, sheets, charts and short films of invented lessons."""

import hashlib
import math
import random
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import av
from docx import Document
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation

from portal.demo.lessons import GENRES, PHRASES, compose, lesson_of

ENDINGS = ("docx", "pdf", "pptx", "xlsx", "png", "jpg", "mp4")
ENDINGS_OF: dict[str, tuple[str, ...]] = {
    "D": ("docx", "docx", "docx", "pdf"),
    "V": ("mp4",),
    "R": ("pptx", "xlsx", "pptx", "docx"),
    "P": ("png", "jpg"),
}
FONT = "NotoSansCJK-Regular.ttc"
COLOURS = ("#2f6f9f", "#c8693c", "#4d8b57", "#8a5a9e", "#b59a2c")
UNSIGNED = "执教教师：（署名）"
FRAMES_PER_SECOND = 12
FILM = (320, 240)


class EvidenceMaker:
    """Makes files into one folder; the same words give the same file, which is then made only once."""

    def __init__(self, folder: Path, font: str = FONT) -> None:
        """`font` is a file name or path Pillow finds; it needs Chinese characters."""
        self.folder = folder
        self.font = font
        self.shelves: dict[str, list[Path]] = {ending: [] for ending in ENDINGS}
        folder.mkdir(parents=True, exist_ok=True)

    def make(
        self, letters: Iterable[str], subject: str, point_name: str, rng: random.Random, genre: str = ""
    ) -> Path:
        """A file fitting one of the letters (D, V, R, P) about a lesson of the subject under the point.

        `genre` (教学反思 …) names a document where the item asks for a certain one.
        """
        ending = rng.choice(ENDINGS_OF[rng.choice(sorted(letters))])
        return self._make(ending, subject, point_name, rng, genre)

    def stock(self, n_per_kind: int, rng: random.Random, point_name: str = "技术支持的课堂讲授") -> None:
        """Make `n_per_kind` varied files of every kind, for `pick` to choose from."""
        subjects = sorted(PHRASES)
        for ending, shelf in self.shelves.items():
            for number in range(n_per_kind):
                shelf.append(self._make(ending, subjects[number % len(subjects)], point_name, rng, ""))

    def pick(self, letters: Iterable[str], rng: random.Random) -> Path:
        """A stocked file fitting one of the letters. Raises IndexError before `stock`."""
        return rng.choice(self.shelves[rng.choice(ENDINGS_OF[rng.choice(sorted(letters))])])

    def sign(self, document: Path, signer: str) -> Path:
        """A copy of a .docx made here with the signer's name in it: its own hash for little work."""
        return self._once(document.stem[:-9], "docx", (document.name, signer), _signing(document, signer))

    def docx(self, title: str, paragraphs: Sequence[str]) -> Path:
        """A Word document with a heading, an unsigned line and the paragraphs."""

        def write(path: Path) -> None:
            document = Document()
            document.add_heading(title, level=1)
            for paragraph in (UNSIGNED, *paragraphs):
                document.add_paragraph(paragraph)
            document.save(str(path))

        return self._once(title, "docx", paragraphs, write)

    def pdf(self, title: str, paragraphs: Sequence[str]) -> Path:
        """A one-page scan-like PDF, A4 at 96 dots an inch."""

        def write(path: Path) -> None:
            page, top = Image.new("L", (794, 1123), "white"), 160
            draw = ImageDraw.Draw(page)
            draw.text((70, 80), title, fill=0, font=ImageFont.truetype(self.font, 26))
            letters = ImageFont.truetype(self.font, 17)
            for line in (line for paragraph in paragraphs for line in _lines(paragraph, 37)):
                draw.text((70, top), line, fill=30, font=letters)
                top += 27
            page.save(path, "PDF", resolution=96)

        return self._once(title, "pdf", paragraphs, write)

    def pptx(self, title: str, points: Sequence[str]) -> Path:
        """Three slides: the title, what is learnt, what is done."""

        def write(path: Path) -> None:
            slides = Presentation()
            opening = slides.slides.add_slide(slides.slide_layouts[0])
            opening.shapes.title.text = title
            opening.placeholders[1].text = points[0]
            for heading, text in (("学习目标", points[1:3]), ("学习活动", points[3:])):
                slide = slides.slides.add_slide(slides.slide_layouts[1])
                slide.shapes.title.text = heading
                slide.placeholders[1].text = "\n".join(line[:60] for line in text)
            slides.save(str(path))

        return self._once(title, "pptx", points, write)

    def xlsx(self, title: str, scores: Sequence[tuple[str, int, int]]) -> Path:
        """A class list with two test results and their averages; `scores` are (pupil, before, after)."""

        def write(path: Path) -> None:
            workbook = Workbook()
            sheet = workbook.active
            sheet.title = "课堂检测"
            sheet.append([title])
            sheet.append(["学号", "前测", "后测"])
            for row in scores:
                sheet.append(row)
            averages = (sum(column) / len(scores) for column in list(zip(*scores, strict=True))[1:])
            sheet.append(["平均分", *(round(average, 1) for average in averages)])
            workbook.save(path)

        return self._once(title, "xlsx", scores, write)

    def picture(self, title: str, values: Sequence[int], ending: str = "png") -> Path:
        """A bar chart of percentages, 640 × 420; `ending` is png or jpg."""

        def write(path: Path) -> None:
            image = Image.new("RGB", (640, 420), "white")
            draw = ImageDraw.Draw(image)
            draw.text((30, 16), title, fill="black", font=ImageFont.truetype(self.font, 22))
            small, step = ImageFont.truetype(self.font, 15), 560 // len(values)
            for number, value in enumerate(values):
                left, top = 50 + number * step, 370 - value * 3
                draw.rectangle((left, top, left + step * 2 // 3, 370), fill=COLOURS[number % len(COLOURS)])
                draw.text((left, top - 22), f"{value}%", fill="black", font=small)
                draw.text((left, 376), f"第{number + 1}组", fill="black", font=small)
            draw.line((40, 370, 610, 370), fill="black", width=2)
            image.save(path, quality=85)

        return self._once(title, ending, values, write)

    def mp4(self, title: str, seconds: int = 4) -> Path:
        """A film of a blackboard and moving pupils: H.264, 320 × 240, no sound, index first."""

        def write(path: Path) -> None:
            font = ImageFont.truetype(self.font, 17)
            with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as film:
                stream = film.add_stream("libx264", rate=FRAMES_PER_SECOND)
                stream.width, stream.height = FILM
                stream.pix_fmt = "yuv420p"
                stream.options = {"crf": "30", "preset": "veryfast", "threads": "1"}
                for number in range(seconds * FRAMES_PER_SECOND):
                    picture = _classroom(title, number / FRAMES_PER_SECOND, font)
                    film.mux(stream.encode(av.VideoFrame.from_image(picture)))
                film.mux(stream.encode(None))

        return self._once(title, "mp4", (seconds,), write)

    def _make(self, ending: str, subject: str, point_name: str, rng: random.Random, genre: str) -> Path:
        lesson = f"{subject}{lesson_of(subject, rng)}"
        if ending == "mp4":
            return self.mp4(f"{lesson}课堂实录片段", rng.randint(3, 5))
        if ending in ("png", "jpg"):
            values = [rng.randint(45, 96) for _group in range(rng.randint(4, 6))]
            return self.picture(f"{lesson}课堂检测正确率", values, ending)
        if ending == "xlsx":
            befores = [rng.randint(40, 85) for _pupil in range(rng.randint(32, 48))]
            scores = [
                (f"{pupil:02d}", at, at + rng.randint(0, 15)) for pupil, at in enumerate(befores, start=1)
            ]
            return self.xlsx(f"{lesson}前后测成绩", scores)
        title, paragraphs = compose(subject, point_name, rng, GENRES[0] if ending == "pptx" else genre)
        return {"docx": self.docx, "pdf": self.pdf, "pptx": self.pptx}[ending](title, paragraphs)

    def _once(self, title: str, ending: str, words: Sequence[object], write: Callable[[Path], None]) -> Path:
        digest = hashlib.sha256(repr((title, ending, list(words))).encode()).hexdigest()[:8]
        path = self.folder / f"{title.replace('/', '／')[:40]}-{digest}.{ending}"
        if not path.exists():
            unfinished = path.with_name(f".{digest}.part.{ending}")
            write(unfinished)
            unfinished.rename(path)
        return path


def _signing(document: Path, signer: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with (
            zipfile.ZipFile(document) as unsigned,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as signed,
        ):
            for entry in unsigned.infolist():
                content = unsigned.read(entry)
                if entry.filename == "word/document.xml":
                    content = content.replace(UNSIGNED.encode(), f"执教教师：{signer}".encode())
                signed.writestr(entry, content)

    return write


def _lines(paragraph: str, length: int) -> list[str]:
    return [paragraph[start : start + length] for start in range(0, len(paragraph), length)]


def _classroom(title: str, moment: float, font: ImageFont.FreeTypeFont) -> Image.Image:
    """One frame, `moment` seconds into the film; the title decides who moves how."""
    picture = Image.new("RGB", FILM, "#ece3d2")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 20, 290, 110), fill="#23513f")
    draw.text((40, 30), title[:13], fill="white", font=font)
    phase = sum(map(ord, title)) % 7
    teacher = 160 + 90 * math.sin(moment * 0.9 + phase)
    draw.ellipse((teacher - 9, 92, teacher + 9, 110), fill="#e4b48b")
    draw.rectangle((teacher - 13, 110, teacher + 13, 152), fill=COLOURS[phase % len(COLOURS)])
    for seat in range(6):
        left, lift = 20 + seat * 50, 12 * max(0.0, math.sin(moment * 2 + seat + phase))
        draw.ellipse((left + 8, 176 - lift, left + 26, 194 - lift), fill="#7a5a44")
        draw.rectangle((left, 200, left + 36, 226), fill="#b98f5f")
    return picture

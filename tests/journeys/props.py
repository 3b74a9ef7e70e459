"""What the people of the journey hold in their hands: a roster, evidence, and the printed certificate."""

import io
import random
import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import zxingcpp
from PIL import Image

from portal.demo.evidence import EvidenceMaker
from portal.demo.people import invent_people
from portal.demo.roster import write_roster
from portal.demo.schools import SCHOOLS

TEACHER = "陈静怡"
RATES = (62, 71, 88, 93)


def roster(path: Path, school: str) -> Path:
    """Write the roster of three new teachers of a school as the national system exports it."""
    people = invent_people(random.Random(20), 3)
    first = replace(people[0], name=TEACHER)
    write_roster(path, {replace(SCHOOLS[0], name=school): [first, *people[1:]]})
    return path


def evidence(folder: Path, rates: Sequence[int] = RATES) -> list[Path]:
    """Make a document, a picture and a film; their names give the teacher away. Other `rates`, other files."""
    maker = EvidenceMaker(folder)
    words = [
        "活动目标：学生能说出在网上引用他人作品的规则。",
        f"活动过程：讨论、练习、分享。正确率 {rates}。",
    ]
    made = [
        maker.docx("活动方案", words),
        maker.picture("课堂检测正确率", list(rates)),
        maker.mp4("学生体会", seconds=2 + (rates != RATES)),
    ]
    return [path.rename(path.with_name(f"{TEACHER}-{path.name}")) for path in made]


def text_of(certificate: Path) -> str:
    """Return all signs of a PDF, without the spaces between them."""
    read = subprocess.run(["pdftotext", certificate, "-"], capture_output=True, check=True, text=True)
    return re.sub(r"\s", "", read.stdout)


def address_in(certificate: Path) -> str:
    """Return what the one QR code on a PDF's page says, as a phone would read it."""
    page = subprocess.run(["pdftoppm", "-png", "-r", "150", certificate], capture_output=True, check=True)
    image = Image.open(io.BytesIO(page.stdout))
    image.save(certificate.with_suffix(".png"))
    [code] = zxingcpp.read_barcodes(image)
    return code.text

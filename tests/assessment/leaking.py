"""Somebody whose name stands in nothing else, planted everywhere, and the search for it in all that is answered."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any
from urllib.parse import quote

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from PIL import Image, UnidentifiedImageError

from schools.people.id_numbers import check_sign
from schools.people.models import Person, User
from schools.people.sealing import blind_index, seal
from tests.access.cells import HOME, SLUGS, Cell, Who, url_of
from tests.access.lines import ADDRESSES
from tests.access.stage import Stage
from tests.access.table_county import TABLE
from tests.schools.named_files import NAME, PHONE

ACCOUNT, TRAINING, MAIL, NUMBER = "oyjw-1987", "LEAKING77", "jw.ou@leak.example", "34132419870415777"
REMARK = "A-remark-of-another-reviewer"
NEEDLES = (
    NAME, "Ouyang Jingwen", "ouyangjingwen", "oyjw", ACCOUNT, PHONE, TRAINING, MAIL, NUMBER + check_sign(NUMBER),
)  # fmt: skip
SHORT = 4
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def plant(person: Person) -> None:
    """Give a person the name, account and numbers that are looked for."""
    number = NUMBER + check_sign(NUMBER)
    User.objects.filter(pk=person.user_id).update(username=ACCOUNT)
    person.name, person.phone, person.training_number, person.email = NAME, PHONE, TRAINING, MAIL
    person.id_number_sealed, person.id_number_index = seal(number), blind_index(number)
    person.save()


def named(content: bytes, ending: str) -> SimpleUploadedFile:
    """Return an upload whose file name tells everything."""
    return SimpleUploadedFile(f"{NAME} ouyangjingwen {PHONE}.{ending}", content)


def leaks(answer: HttpResponseBase, needles: Iterable[str] = NEEDLES) -> list[str]:
    """Return which needles stand in an answer: its content as far as it can be unpacked, headers, cookies."""
    content = b"".join(answer)  # type: ignore[arg-type]
    said = [*unpacked(content), repr(list(answer.items())).encode(), str(answer.cookies).encode()]
    return sorted(needle for needle in needles if any(stands_in(needle, one) for one in said))


def stands_in(needle: str, content: bytes) -> bool:
    """Say whether a text stands in bytes in any usual writing; a very short one only as a word of its own.

    Four letters in a row stand by chance in tokens and pictures, once in a few thousand answers.
    """
    found = [one for one in writings(needle) if one in content]
    if len(needle) > SHORT or any(len(one) > SHORT for one in found):
        return bool(found)
    return any(re.search(rb"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % re.escape(one), content) for one in found)


@cache
def writings(needle: str) -> frozenset[bytes]:
    """Return a text as addresses, pages, scripts and files of all sorts write it."""
    told = {needle, quote(needle), html.escape(needle), json.dumps(needle)[1:-1]}
    told.add(needle.encode("unicode_escape").decode())
    return frozenset(one.encode(coding) for one in told for coding in CODINGS)


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """Yield bytes, and what lies packed in them: parts of office documents, texts of PDFs, words of pictures."""
    yield content
    if depth > 3:
        return
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield package.comment
            for entry in package.infolist():
                yield entry.filename.encode() + entry.comment + entry.extra
                yield from unpacked(package.read(entry), depth + 1)
    elif content[:5] == b"%PDF-":
        with pikepdf.open(io.BytesIO(content)) as document:
            for thing in document.objects:
                yield thing.unparse(resolved=False)
                yield from strings_of(thing)
                if isinstance(thing, pikepdf.Stream):
                    yield thing.read_raw_bytes()
                    if "/Filter" not in thing or thing.Filter == pikepdf.Name.FlateDecode:
                        yield thing.read_bytes()
    else:
        try:
            with Image.open(io.BytesIO(content)) as picture:
                yield repr((picture.info, dict(picture.getexif()))).encode()
        except (UnidentifiedImageError, OSError):
            return


def strings_of(thing: Any) -> Iterator[bytes]:
    """Yield the texts of a PDF's dictionary as they read."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in list(thing.keys()):
            value = thing[key]
            if isinstance(value, pikepdf.String):
                yield str(value).encode()


def who(name: str) -> Who:
    key, _at, place = name.partition("@")
    return Who(key, place)


def table_addresses(stage: Stage, name: str, method: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every address of the access table with the thing of the stage, and what its form sends."""
    for line in TABLE:
        if line.method == method:
            cell = Cell(line, who(name), HOME.get(line.kind, ""))
            yield url_of(stage, cell), line.data(stage, cell.who.role)


def all_addresses(known: dict[str, list[Any]]) -> Iterator[tuple[str, str]]:
    """Yield every address of the house, by name, with every known value of its parts.

    Addresses with other parts are left out: the table asks for them.
    """
    for address in ADDRESSES.values():
        slugs = SLUGS[HOME[address.kind]] if address.kind in HOME else {}
        parts = sorted(address.kwargs - set(slugs))
        if not set(parts) <= set(known):
            continue
        for values in product(*(known[part] for part in parts)):
            kwargs = {name: slug for name, slug in slugs.items() if name in address.kwargs}
            yield address.name, reverse(address.name, kwargs=kwargs | dict(zip(parts, values, strict=True)))


def ask(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> HttpResponseBase:
    """Ask in a savepoint that is taken back."""
    with transaction.atomic():
        answer: HttpResponseBase = getattr(client, method)(url, data or {})
        if getattr(answer, "streaming", False):
            answer.streaming_content = [b"".join(answer)]  # type: ignore[attr-defined, arg-type]
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)
    return answer

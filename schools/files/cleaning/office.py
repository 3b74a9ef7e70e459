"""Office documents without authors and names: every part is written anew, what nobody needs is left out."""

import io
import posixpath
import re
import zipfile
from pathlib import Path

from lxml import etree

from schools.files.cleaning import parts
from schools.files.cleaning.hiding import Hiding
from schools.files.cleaning.pictures import bare_picture, empty_picture
from schools.files.cleaning.report import Report, Uncleaned

DROPPED = re.compile(
    r"docprops/|docmetadata/|customxml/|_xmlsignatures/|word/people\.xml$|ppt/revisioninfo\.xml$|"
    r".*/printersettings/|.*/revisions/|.*/changesinfos/|.*webextensions/"
)
RELATIONS, TYPES = ".rels", "[Content_Types].xml"
INSIDE = (".docx", ".pptx", ".xlsx")
DEEPEST = 3
MOST_BYTES = 500_000_000
WRITTEN = (2020, 1, 1, 0, 0, 0)
DRAWINGS = (".emf", ".wmf", ".gif", ".tif", ".tiff", ".bmp", ".png", ".jpg", ".jpeg")
FONTS = (".odttf", ".ttf", ".fntdata")


def clean(source: Path, target: Path, hiding: Hiding) -> Report:
    """Write the office document at `source` cleaned to `target`."""
    report = Report()
    try:
        target.write_bytes(Package(source.read_bytes(), hiding, report).written())
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, ValueError, KeyError, MemoryError) as error:
        raise Uncleaned("damaged") from error
    return report


class Package:
    """One package: its parts, those left out, and those whose names would tell."""

    def __init__(self, content: bytes, hiding: Hiding, report: Report, depth: int = 0) -> None:
        self.hiding, self.report, self.depth = hiding, report, depth
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [one for one in package.infolist() if not one.is_dir()]
            if sum(one.file_size for one in entries) > MOST_BYTES:
                raise ValueError("unpacks to far too much")
            self.parts = {one.filename: package.read(one) for one in entries}
        self.dropped = {name for name in self.parts if DROPPED.match(name.lower())}
        told = [name for name in self.parts if hiding.spans(name)]
        self.renamed = {
            name: posixpath.join(posixpath.dirname(name), f"part-{number}{posixpath.splitext(name)[1]}")
            for number, name in enumerate(told, start=1)
        }

    def written(self) -> bytes:
        """Return the package with its parts cleaned, dated alike, without a comment."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in self.parts.items():
                if name in self.dropped or self.is_lost_list(name):
                    continue
                entry = zipfile.ZipInfo(self.name_of(name), WRITTEN)
                entry.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(entry, self.part(name, content))
        return stream.getvalue()

    def is_lost_list(self, name: str) -> bool:
        """Say whether this is the list of relations of a part that is left out."""
        return name.endswith(RELATIONS) and self.owner_of(name) in self.dropped

    def name_of(self, name: str) -> str:
        """Return what a part is called in the copy."""
        if name.endswith(RELATIONS) and (owner := self.owner_of(name)) in self.renamed:
            folder, new = posixpath.split(self.renamed[owner])
            return posixpath.join(folder, "_rels", f"{new}{RELATIONS}")
        return self.renamed.get(name, name)

    def owner_of(self, relations: str) -> str:
        """Return the part whose relations a list holds; empty for the package itself."""
        folder, name = posixpath.split(relations)
        return posixpath.join(posixpath.dirname(folder), name.removesuffix(RELATIONS))

    def part(self, name: str, content: bytes) -> bytes:
        """Return one part as the copy has it."""
        ending = posixpath.splitext(name)[1].lower()
        if name == TYPES:
            return self.types(content)
        if name.endswith(RELATIONS):
            return self.relations(name, content)
        if ending in (".xml", ".vml", ".svg"):
            return parts.cleaned(content, self.hiding)
        if ending in INSIDE and self.depth < DEEPEST:
            return Package(content, self.hiding, self.report, self.depth + 1).written()
        return self.foreign(ending, content)

    def foreign(self, ending: str, content: bytes) -> bytes:
        """Return a picture cleaned; what else lies inside and cannot be cleaned is left out."""
        picture = bare_picture(content)
        if picture is not None:
            self.report.left.add("pictures")
            return picture
        if ending in (".emf", ".wmf", *FONTS) and not self.hiding.stands_in(content):
            return content
        self.report.left.add("taken-out")
        return empty_picture() if ending in DRAWINGS else b""

    def types(self, content: bytes) -> bytes:
        """Return the list of types without the parts that are left out."""
        root = etree.fromstring(content, etree.XMLParser(**parts.PARSER))
        for entry in list(root):
            name = (entry.get("PartName") or "").lstrip("/")
            if name in self.dropped:
                root.remove(entry)
            elif name in self.renamed:
                entry.set("PartName", f"/{self.renamed[name]}")
        return xml(root)

    def relations(self, name: str, content: bytes) -> bytes:
        """Return a list of relations that knows only what is in the copy; addresses outside are hidden."""
        root = etree.fromstring(content, etree.XMLParser(**parts.PARSER))
        folder = posixpath.dirname(self.owner_of(name))
        for entry in list(root):
            target = entry.get("Target") or ""
            if entry.get("TargetMode", "").lower() == "external":
                is_link = (entry.get("Type") or "").endswith("/hyperlink") and not target.startswith("file:")
                entry.set("Target", self.hiding.hide(target) if is_link else "nowhere")
                continue
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if whole in self.dropped:
                root.remove(entry)
            elif whole in self.renamed:
                entry.set("Target", f"/{self.renamed[whole]}")
        return xml(root)


def xml(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written

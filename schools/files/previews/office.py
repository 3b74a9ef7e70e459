"""Office documents as PDF by LibreOffice: a profile of its own for each run, macros off, links never followed."""

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

from schools.files.previews.outcome import Unseen

PROGRAM = "soffice"
SECONDS = 120
RELATIONS_MOST = 20_000_000
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ENDINGS = {"document": "docx", "slides": "pptx", "sheet": "xlsx"}
SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def is_there() -> bool:
    """Say whether this machine has LibreOffice."""
    return shutil.which(PROGRAM) is not None


def as_pdf(source: Path, workshop: Path, kind: str) -> Path:
    """Return an office document as a PDF in the folder `workshop`, which is made for it."""
    if not is_there():
        raise Unseen("no-office")
    workshop.mkdir()
    bare = workshop / f"document.{ENDINGS[kind]}"
    try:
        without_outside(source, bare)
    except (zipfile.BadZipFile, ElementTree.ParseError, OSError, ValueError, KeyError):
        raise Unseen("damaged") from None
    return printed(bare, workshop)


def without_outside(source: Path, target: Path) -> None:
    """Copy an office document without what it would fetch from elsewhere: files, addresses, templates."""
    with (
        zipfile.ZipFile(source) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bare,
    ):
        for entry in package.infolist():
            if entry.filename.lower().endswith(".rels"):
                if entry.file_size > RELATIONS_MOST:
                    raise ValueError("too long a list of relations")
                bare.writestr(entry.filename, own_relations(package.read(entry)))
            else:
                with package.open(entry) as parts, bare.open(entry.filename, "w", force_zip64=True) as copy:
                    shutil.copyfileobj(parts, copy)


def own_relations(content: bytes) -> bytes:
    """Return a list of relations in which nothing but plain hyperlinks leads out of the document."""
    ElementTree.register_namespace("", RELATIONS)  # LibreOffice reads no prefixes here
    relations = ElementTree.fromstring(content)
    for relation in relations.iter(f"{{{RELATIONS}}}Relationship"):
        leads_out = relation.get("TargetMode", "").lower() == "external"
        if leads_out and not relation.get("Type", "").endswith("/hyperlink"):
            relation.set("Target", "nowhere")
            relation.set("TargetMode", "Internal")
    return ElementTree.tostring(relations, encoding="UTF-8", xml_declaration=True)


def printed(document: Path, workshop: Path) -> Path:
    """Let LibreOffice write the document as PDF beside it."""
    profile = workshop / "profile"
    write_settings(profile)
    command = [
        PROGRAM,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "pdf", "--outdir", str(workshop), str(document)),
    ]
    try:
        subprocess.run(
            command,
            cwd=workshop,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise Unseen("too-slow") from None
    written = document.with_suffix(".pdf")
    if not written.exists() or not written.stat().st_size:
        raise Unseen("damaged")
    return written


def write_settings(profile: Path) -> None:
    """Write the profile that LibreOffice starts with."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )

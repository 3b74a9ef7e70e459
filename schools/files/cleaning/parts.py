"""One part of an office document, as XML: authors and names out of attributes, texts and paragraphs."""

from typing import Any

from lxml import etree

from schools.files.cleaning.hiding import BOXES, Hiding

AUTHORS = {
    "author", "initials", "lastModifiedBy", "userName", "displayName", "userId", "providerId", "clIdx",
    "lastEdited", "presenceInfo",
}  # fmt: skip
SAID = {"descr", "title", "alt", "name", "tooltip", "url", "path", "Target", "href", "location", "display"}
LINES = {"p", "si", "is", "text"}  # a paragraph of a document or of slides, a text of a sheet
TEXTS = {"t", "delText", "instrText"}
TOLD_AUTHORS = {"author", "creator", "lastModifiedBy", "manager", "company"}
WITH_NAME = {"author", "cmAuthor", "person", "userInfo"}
DROPPED = {"absPath", "presenceInfo", "printerSettings"}
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}


def cleaned(content: bytes, hiding: Hiding) -> bytes:
    """Return a part without authors, comments of XML and names; raises etree.XMLSyntaxError, ValueError."""
    root = etree.fromstring(content, etree.XMLParser(**PARSER))
    tree = root.getroottree()
    if tree.docinfo.doctype:
        raise ValueError("an office document declares no types of its own")
    for element in list(root.iter(etree.Element)):
        name = local(element.tag)
        if name in DROPPED and element.getparent() is not None:
            element.getparent().remove(element)
            continue
        if name in LINES:
            hide_in_line(element, hiding)
        hide_in_element(element, name, hiding)
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def local(name: Any) -> str:
    """Return a name without its namespace."""
    return str(name).rpartition("}")[2]


def hide_in_line(line: Any, hiding: Hiding) -> None:
    """Hide names in the runs of a paragraph, also where one runs on from run to run."""
    runs = [one for one in line.iter(etree.Element) if local(one.tag) in TEXTS and one.text]
    for run, text in zip(runs, hiding.hide_across([one.text for one in runs]), strict=True):
        run.text = text


def hide_in_element(element: Any, name: str, hiding: Hiding) -> None:
    """Hide names in the text of one element and in its attributes; an author's is emptied whoever it is."""
    if element.text and element.text.strip():
        text = BOXES if name in TOLD_AUTHORS else hiding.hide(element.text)
        if text != element.text and name == "v" and element.getparent() is not None:
            element.getparent().set("t", "str")  # a number that was somebody's is a text now
        element.text = text
    if element.tail and element.tail.strip():
        element.tail = hiding.hide(element.tail)
    for attribute, value in list(element.attrib.items()):
        known = local(attribute)
        if known == "id" and name == "pageSetup":
            del element.attrib[attribute]  # it leads to the printer's settings, which are left out
        elif known in AUTHORS or (known == "name" and name in WITH_NAME):
            element.set(attribute, BOXES if known not in ("userId", "providerId") else "None")
        else:
            element.set(attribute, hiding.hide(value, is_latin_too=known in SAID))

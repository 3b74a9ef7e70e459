"""Which kinds of file the catalogue's letters allow, and how a form says so."""

import pytest

from schools.files.kinds import Kind, Opened, accept_attribute, describe, fits


@pytest.mark.parametrize(
    ("letters", "kinds"),
    [
        ("D", {Kind.DOCUMENT, Kind.PDF}),
        ("V", {Kind.VIDEO}),
        ("P", {Kind.IMAGE, Kind.PDF}),
        ("R", set(Kind)),
        ("DV", {Kind.DOCUMENT, Kind.PDF, Kind.VIDEO}),
        ("", set()),
    ],
)
def test_fits_by_letters(letters: str, kinds: set[Kind]) -> None:
    assert {kind for kind in Kind if fits(Opened(kind, "", ""), letters)} == kinds


def test_accept_attribute_lists_endings_and_media_types() -> None:
    assert accept_attribute("D") == (
        ".docx,.pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/pdf"
    )
    assert accept_attribute("V") == ".mp4,.m4v,.mov,video/mp4,video/quicktime"


def test_describe_joins_letters() -> None:
    assert describe(["V"]) != describe(["D"])
    assert describe(["D", "V"]).startswith(describe(["D"]))

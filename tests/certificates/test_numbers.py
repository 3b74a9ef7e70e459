"""Certificate numbers: composed, checked, read as people type them."""

import pytest

from certificates.numbers import compose, is_well_formed, normalise


def test_number_pads_point_and_serial() -> None:
    assert compose("341324", 2022, "A6", 123).rsplit("-", 1)[0] == "341324-2022-A06-000123"
    assert compose("341324", 2022, "A13", 1).rsplit("-", 1)[0] == "341324-2022-A13-000001"


def test_check_sign_finds_every_single_wrong_digit() -> None:
    number = compose("341324", 2022, "A6", 123)
    assert is_well_formed(number)
    for place, sign in enumerate(number):
        if sign.isdigit():
            wrong = number[:place] + str((int(sign) + 1) % 10) + number[place + 1 :]
            assert not is_well_formed(wrong)


def test_number_is_read_as_people_type_it() -> None:
    number = compose("341324", 2022, "C7", 42)
    full_width = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in number.lower())
    assert normalise(f"  {full_width} ") == number


@pytest.mark.parametrize(
    ("region", "year", "point", "serial"), [("34", 2022, "A6", 1), ("341324", 2022, "Z6", 0)]
)
def test_number_refuses_what_is_none(region: str, year: int, point: str, serial: int) -> None:
    with pytest.raises(ValueError):
        compose(region, year, point, serial)

"""Finding candidates stays fast and asks the same number of questions however many fingerprints there are."""

import random
import struct
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from assessment.submitting.likeness.comparing import candidates, compare
from assessment.submitting.likeness.matching import HASHES, bands
from assessment.submitting.likeness.models import Band, Fingerprint
from assessment.submitting.likeness.running import CROWD, crowded, keep
from schools.files.models import StoredFile
from schools.organisations.models import County
from tests.cast import World

FEW, MANY, ROUNDS = 500, 5_000, 15


def signature(rng: random.Random) -> bytes:
    return struct.pack(f"={HASHES}I", *(rng.getrandbits(32) for _number in range(HASHES)))


def changed(of: bytes, share: float, rng: random.Random) -> bytes:
    """Return the signature with this share of its numbers drawn anew."""
    drawn = [one if rng.random() > share else rng.getrandbits(32) for one in struct.unpack(f"={HASHES}I", of)]
    return struct.pack(f"={HASHES}I", *drawn)


def stored(county: County, numbers: range) -> list[StoredFile]:
    return StoredFile.objects.bulk_create(
        StoredFile(county=county, key=f"k{n}", path=f"growth/{n}", name=f"{n}.docx", size=9, sha256=f"{n:064}",
                   kind="document", mime="x")
        for n in numbers
    )  # fmt: skip


def grow(county: County, numbers: range, rng: random.Random) -> list[Fingerprint]:
    """Write compared fingerprints of random texts with their slices."""
    rows = Fingerprint.objects.bulk_create(
        Fingerprint(county=county, file=file, status="done", signature=signature(rng))
        for file in stored(county, numbers)
    )
    slices = (
        Band(county=county, fingerprint=row, value=v) for row in rows for v in bands(row.signature, None)
    )
    Band.objects.bulk_create(slices, batch_size=5_000)
    return rows


def measured(county: County, like: Fingerprint, number: int, rng: random.Random) -> tuple[int, float]:
    """Return how many questions a new fingerprint asks, and the best of some times in seconds."""
    (file,) = stored(county, range(number, number + 1))
    row = Fingerprint(county=county, file=file, signature=changed(like.signature, 0.3, rng))
    row.save()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        found = candidates(row)
        times.append(time.perf_counter() - begun)
        assert like.pk in {one.pk for one in found}
    with CaptureQueriesContext(connection) as asked:
        candidates(row)
        compare(row)
    return len(asked), min(times)


@pytest.mark.scale
def test_candidates_of_five_thousand_cost_as_much_as_of_five_hundred(world: World) -> None:
    county, rng = world.alpha.county, random.Random(5)
    with scope(county=county, school=None):
        first = grow(county, range(FEW), rng)
        few, quick = measured(county, first[3], 100_001, rng)
        grow(county, range(FEW, MANY), rng)
        many, slow = measured(county, first[4], 100_002, rng)
    assert few == many
    assert slow < 4 * quick + 0.01, (quick, slow)


def test_slice_that_a_crowd_shares_is_written_no_more(world: World) -> None:
    county, rng = world.alpha.county, random.Random(6)
    with scope(county=county, school=None):
        form = signature(rng)
        for number, file in enumerate(stored(county, range(CROWD + 2))):
            row = Fingerprint.objects.create(county=county, file=file)
            keep(row, {"signature": form.hex()})
            assert Band.objects.filter(fingerprint=row).exists() == (number < CROWD)
        assert crowded(bands(form, None)) == set(bands(form, None))

"""The signed record of a draw: all that one needs to repeat it on another machine, as one JSON object."""

from collections.abc import Mapping
from typing import Any

from assessment.checking.cases.models import SpotCheckCase
from assessment.checking.drawing import sampling
from assessment.checking.drawing.models import Draw
from schools.signing import is_signed_with, public_keys, sign

FORMAT = "draw-record-1"


def record_of(draw: Draw) -> dict[str, Any]:
    """Return the record: before the draw the commitment alone, afterwards also seed, words and cases."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "draw": draw.pk,
        "county": draw.county.slug,
        "programme": draw.programme.name,
        "claim": draw.claim,
        "strata": draw.stratum_by,
        "tolerance_percent": draw.tolerance_percent,
        "confidence_percent": draw.confidence_percent,
        "frame": [list(row) for row in draw.frame],
        "frame_sha256": draw.frame_sha256,
        "sizes": draw.sizes,
        "seed_sha256": draw.seed_sha256,
        "planned_at": draw.planned_at.isoformat(),
    }
    if draw.drawn_at is not None:
        said |= {
            "seed": draw.seed,
            "words": draw.words,
            "drawn_at": draw.drawn_at.isoformat(),
            "enlarged": [row.sizes for row in draw.enlargements.order_by("pk")],
            "cases": cases_of(draw),
        }
    signature = sign(said)
    keys = {"key_id": signature.key_id, "public_key": public_keys()[signature.key_id]}
    return {"record": said, "signature": {**keys, "value": signature.value}}


def cases_of(draw: Draw) -> list[int]:
    """Return the drawn submissions in the order of their positions."""
    rows = SpotCheckCase.objects.filter(draw=draw).order_by("position")
    return list(rows.values_list("submission_id", flat=True))


def repeat(said: Mapping[str, Any]) -> list[int]:
    """Return the cases that frame, seed, words and sizes of a record give, those of enlargements behind."""
    frame = [(case, stratum) for case, stratum in said["frame"]]
    key = sampling.key_of(said["seed"], said["words"])
    return sampling.draw_on(frame, key, [said["sizes"], *said["enlarged"]])


def faults_of(record: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a record; nothing where it can be repeated to the same cases.

    Raises KeyError, TypeError or ValueError for something that is no record.
    """
    said, signature = record["record"], record["signature"]
    if said["format"] != FORMAT:
        raise ValueError("no record of a draw")
    faults = []
    if not is_signed_with(signature["public_key"], said, signature["value"]):
        faults.append("the signature is not one over this record")
    if sampling.frame_hash((case, stratum) for case, stratum in said["frame"]) != said["frame_sha256"]:
        faults.append("the frame is not the one that was frozen")
    if "seed" not in said:
        return faults
    if sampling.seed_hash(said["seed"]) != said["seed_sha256"]:
        faults.append("the seed is not the one that was committed")
    if repeat(said) != said["cases"]:
        faults.append("the cases are not those that seed and frame give")
    return faults

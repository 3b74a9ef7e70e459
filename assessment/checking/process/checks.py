"""Invariants of samples of the process."""

from assessment.checking.drawing import sampling
from assessment.checking.process.models import ProcessCheck, ProcessSample
from schools.invariants import Found, invariant


@invariant(11, "A spot-check sample is reproducible from its seed and frozen frame, drawn once.")
def process_samples_can_be_repeated() -> Found:
    samples = list(ProcessSample._base_manager.all())
    broken = []
    for row in samples:
        drawn = ProcessCheck._base_manager.filter(sample=row).order_by("position")
        if sampling.frame_hash(row.frame) != row.frame_sha256:
            broken.append(f"process sample {row.pk}: the frame is not the one that was frozen")
        if list(drawn.values_list("subject_id", flat=True)) != sampling.draw(
            row.frame, row.seed, {"": row.size}
        ):
            broken.append(f"process sample {row.pk}: the rows are not those that seed and frame give")
    return len(samples), broken

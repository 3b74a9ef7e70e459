"""Films without tags: the same pictures and the same sound in a new wrapping, and nothing else."""

from pathlib import Path

import av
from av.stream import Disposition

from schools.files.cleaning.hiding import Hiding
from schools.files.cleaning.report import Report, Uncleaned


def clean(source: Path, target: Path, hiding: Hiding) -> Report:
    """Write the film at `source` to `target` without tags, chapters, covers, places and other tracks."""
    wrapping = "mov" if target.suffix == ".mov" else "mp4"
    try:
        with (
            av.open(str(source), format="mov") as film,
            av.open(str(target), "w", format=wrapping, options={"movflags": "+faststart"}) as copy,
        ):
            kept = [one for one in film.streams if one.type in ("video", "audio") and not is_cover(one)]
            tracks = {one.index: copy.add_stream_from_template(one) for one in kept}
            for track in tracks.values():
                track.metadata.clear()
            copy.metadata.clear()
            for packet in film.demux(kept):
                if packet.dts is not None:
                    packet.stream = tracks[packet.stream.index]
                    copy.mux(packet)
    except (av.FFmpegError, ValueError, MemoryError, KeyError) as error:
        raise Uncleaned("damaged") from error
    return Report({"film"})


def is_cover(stream: object) -> bool:
    """Say whether a stream is a picture attached to the film."""
    return bool(getattr(stream, "disposition", 0) & Disposition.attached_pic)

"""Films: a poster that shows something, and a copy for browsers that could not play the original."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av.stream import Disposition
from PIL import Image, ImageStat

from schools.files.previews.outcome import Outcome, Unseen
from schools.files.previews.pictures import keep, shrunk, thumbnail
from schools.files.previews.recoding import copy_for_browsers

POSTER = 1280  # pixels of the long side
DARK = 24  # mean brightness of 255 below which another moment is tried
FRAMES_LOOKED_AT = 600


def show_film(source: Path, folder: Path) -> Outcome:
    """Make poster and thumbnail of the film at `source`, and an H.264 copy where browsers need one."""
    try:
        with open_film(source) as film:
            poster = poster_of(film, moving_of(film))
        made = [keep(shrunk(poster, POSTER), folder, "poster"), thumbnail(poster, folder)]
        with open_film(source) as film:
            copied = copy_for_browsers(film, moving_of(film), folder)
    except (av.FFmpegError, StopIteration, ValueError, MemoryError, ZeroDivisionError):
        raise Unseen("damaged") from None
    return Outcome([*made, copied] if copied else made)


def open_film(source: Path) -> Any:
    """Open the film by a named format, which keeps a disguised playlist from following its links."""
    return av.open(str(source), format="mov")


def moving_of(film: Any) -> Any:
    """Return the stream of moving pictures; a cover picture is none."""
    stream = next(one for one in film.streams.video if not one.disposition & Disposition.attached_pic)
    stream.thread_type, stream.codec_context.thread_count = "AUTO", 2
    return stream


def poster_of(film: Any, stream: Any) -> Image.Image:
    """Return the picture at about one second, or the brightest of some later ones where that is dark."""
    best, brightness = None, -1.0
    for moment in moments(film.duration / av.time_base if film.duration else 0.0):
        frame = frame_at(film, stream, moment)
        if frame is None:
            continue
        picture = frame.to_image().rotate(frame.rotation, expand=True)
        found = ImageStat.Stat(picture.convert("L")).mean[0]
        if found > brightness:
            best, brightness = picture, found
        if brightness >= DARK:
            break
    if best is None:
        raise Unseen("damaged")
    return best


def moments(seconds: float) -> Iterator[float]:
    """Yield where to look for a poster: a second in (a tenth of a short film), then further on, then the start."""
    yield 1.0 if seconds >= 2 else seconds / 10
    yield from (seconds * part for part in (0.1, 0.3, 0.5, 0.7))
    yield 0.0


def frame_at(film: Any, stream: Any, moment: float) -> Any:
    """Return the first picture at or after `moment`, or the last before it; None where nothing decodes."""
    last = None
    try:
        film.seek(int(moment * av.time_base))
        for number, frame in enumerate(film.decode(stream)):
            last = frame
            if frame.time is None or frame.time >= moment or number > FRAMES_LOOKED_AT:
                break
    except av.FFmpegError:
        pass
    return last

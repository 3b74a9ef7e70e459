"""Copies of films that every browser plays: H.264 and AAC in MP4, its index in front, frame by frame."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.filter import Graph

from schools.files.previews.outcome import Made

PLAYED_SHAPES, PLAYED_SOUNDS = ("yuv420p", "yuvj420p"), ("aac", "mp3")
LONG_SIDE, SHORT_SIDE, BITS_A_SECOND = 1920, 1080, 12_000_000  # larger films are copied too
COPY_LONG, COPY_SHORT, COPY_RATE = 1280, 720, 31
SPOILED_MOST = 200
CODING = {"preset": "veryfast", "crf": "24", "maxrate": "3M", "bufsize": "6M", "profile": "main"}
NAME, MIME = "video-1.mp4", "video/mp4"


def copy_for_browsers(film: Any, stream: Any, folder: Path) -> Made | None:
    """Write the copy that is needed and return it; None where browsers play the original."""
    sound = next(iter(film.streams.audio), None)
    if not is_played(film, stream, sound):
        width, height = recode(film, stream, sound, folder / NAME)
    elif film.metadata.get("major_brand", "qt").strip() == "qt":
        width, height = rewrap(film, stream, sound, folder / NAME)
    else:
        return None
    return Made("video", 1, NAME, MIME, width, height)


def is_played(film: Any, stream: Any, sound: Any) -> bool:
    """Say whether browsers play these pictures and this sound, and lines can carry them."""
    coding = stream.codec_context
    fits = max(coding.width, coding.height) <= LONG_SIDE and min(coding.width, coding.height) <= SHORT_SIDE
    is_plain = coding.name == "h264" and coding.pix_fmt in PLAYED_SHAPES
    is_heard = sound is None or sound.codec_context.name in PLAYED_SOUNDS
    return is_plain and is_heard and fits and (film.bit_rate or 0) <= BITS_A_SECOND


def written(path: Path) -> Any:
    """Open the copy for writing, its index in front so that it plays before it is whole."""
    return av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})


def rewrap(film: Any, stream: Any, sound: Any, path: Path) -> tuple[int, int]:
    """Put the same pictures and sound into another wrapping; returns the size they are shown in."""
    kept = [one for one in (stream, sound) if one is not None]
    with written(path) as copy:
        tracks = {one.index: copy.add_stream_from_template(one) for one in kept}
        for packet in film.demux(kept):
            if packet.dts is not None:
                packet.stream = tracks[packet.stream.index]
                copy.mux(packet)
    width, height = stream.codec_context.width, stream.codec_context.height
    return (height, width) if turn_of(path) % 180 else (width, height)


def turn_of(path: Path) -> int:
    """Return by how many degrees a film is turned when it is shown."""
    with av.open(str(path), format="mov") as film:
        return int(next(film.decode(video=0)).rotation)


def recode(film: Any, stream: Any, sound: Any, path: Path) -> tuple[int, int]:
    """Write pictures and sound anew; returns the size of the pictures."""
    rate = min(stream.average_rate or Fraction(25), Fraction(30))
    heard = [one for one in (stream, sound) if one is not None]
    with written(path) as copy:
        shaped = Shaping(stream, rate)
        track = copy.add_stream("libx264", rate=rate, options=CODING)
        track.width, track.height, track.pix_fmt = *shaped.size, "yuv420p"
        track.codec_context.time_base, track.codec_context.gop_size = 1 / rate, int(rate * 2)
        track.codec_context.thread_count = 2
        voice = None
        if sound is not None:
            voice = copy.add_stream("aac", rate=min(sound.codec_context.sample_rate or 48_000, 48_000))
            voice.layout, voice.bit_rate = "stereo", 96_000
        film.seek(0)
        for one, frame in frames(film, heard):
            if one is stream:
                copy.mux([packet for shape in shaped.put(frame) for packet in track.encode(shape)])
            elif voice is not None:
                copy.mux(voice.encode(frame))
        copy.mux([packet for shape in shaped.put(None) for packet in track.encode(shape)])
        copy.mux(track.encode())
        if voice is not None:
            copy.mux(voice.encode())
    return shaped.size


def frames(film: Any, streams: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield pictures and pieces of sound in their order; some spoiled ones are passed over."""
    spoiled = 0
    for packet in film.demux(streams):
        try:
            decoded = packet.decode()
        except av.InvalidDataError:
            spoiled += 1
            if spoiled > SPOILED_MOST:
                raise
            continue
        for frame in decoded:
            yield packet.stream, frame


class Shaping:
    """Turns pictures upright, makes them fit and evens their rhythm."""

    def __init__(self, stream: Any, rate: Fraction) -> None:
        self.stream, self.rate = stream, rate
        first = next(stream.container.decode(stream))
        self.turn = int(first.rotation) % 360
        width, height = first.width, first.height
        if self.turn % 180:
            width, height = height, width
        scale = min(1, COPY_LONG / max(width, height), COPY_SHORT / min(width, height))
        self.size = even(width * scale), even(height * scale)
        self.shape = (first.width, first.height, first.format.name)
        self.graph = self.built(first)

    def built(self, frame: Any) -> Graph:
        """Return the chain of filters for pictures like `frame`."""
        graph = Graph()
        steps = [graph.add_buffer(template=self.stream, time_base=self.stream.time_base)]
        turns = {90: ["cclock"], 180: ["clock", "clock"], 270: ["clock"]}.get(self.turn, [])
        steps += [graph.add("transpose", way) for way in turns]
        steps.append(graph.add("scale", f"{self.size[0]}:{self.size[1]}"))
        steps.append(graph.add("format", "yuv420p"))
        steps.append(graph.add("fps", str(self.rate)))
        steps.append(graph.add("buffersink"))
        graph.link_nodes(*steps).configure()
        return graph

    def put(self, frame: Any) -> Iterator[Any]:
        """Yield what comes of one more picture, or, with None, what is left."""
        self.graph.push(frame)
        while True:
            try:
                shaped: Any = self.graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            shaped.pict_type = 0
            yield shaped


def even(side: float) -> int:
    """Return a side as H.264 wants it: even, at least 2."""
    return max(2, round(side / 2) * 2)

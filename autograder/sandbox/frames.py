"""Frames from the student's kernel: 4 bytes length, then JSON. What sends them is not trusted."""

from __future__ import annotations

import json

from aics.language import noted, tr

TOO_LONG = noted("a frame of {size} bytes, at most {limit} are accepted")
NO_JSON = noted("a frame that is no JSON: {error}")
NO_OBJECT = noted("a frame that is a {kind}, not an object")


class FrameError(Exception):
    """The other side sent what no kernel of ours sends: a message, said in the language of whoever reads it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self._message, self._values = message, values

    def __str__(self) -> str:
        return tr(self._message, **self._values)


class FrameReader:
    """Cuts a byte stream into frames, holding no more than one frame of `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept = bytearray()

    def feed(self, data: bytes) -> list[dict[str, object]]:
        """Return the frames that are now complete. Raises FrameError for a bad one."""
        self.kept += data
        frames = []
        while len(self.kept) >= 4:
            size = int.from_bytes(self.kept[:4], "big")
            if size > self.limit:
                raise FrameError(TOO_LONG, size=size, limit=self.limit)
            if len(self.kept) < 4 + size:
                break
            frames.append(parse(bytes(self.kept[4 : 4 + size])))
            del self.kept[: 4 + size]
        return frames


def parse(text: bytes) -> dict[str, object]:
    """Read one frame's JSON object. Raises FrameError if it is none, or nested too deeply."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FrameError(NO_JSON, error=type(error).__name__) from error
    if not isinstance(frame, dict):
        raise FrameError(NO_OBJECT, kind=type(frame).__name__)
    return frame


def pack(frame: dict[str, object]) -> bytes:
    """Return the bytes of one frame."""
    text = json.dumps(frame).encode()
    return len(text).to_bytes(4, "big") + text

"""Download a file over HTTP, and continue where an earlier attempt ended.

The bytes so far are in NAME.part; NAME itself appears only when all of them are there. NAME.part.tag remembers which
version of the file the server was sending, so that the rest of another version is not put behind it. A server that
names no versions is asked for the rest all the same; then the checksum of the whole decides.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from aics.data.errors import NoSource
from aics.data.progress import Reporter
from aics.language import noted, tr

#: Seconds that a server may take to answer, and between two pieces.
CONNECT, READ = 5, 30
#: Bytes that are written at once; of a broken download, at most so many are fetched twice.
CHUNK = 1 << 14
#: Attempts at a download that breaks off; another one is made only if the last one brought something.
ATTEMPTS = 4
#: What is said where the server ends before it should.
ENDED = noted("ended after {size:,} of {total:,} bytes")


def download(url: str, folder: Path, reporter: Reporter) -> Path:
    """Download the file at `url` into `folder`, and return its path; what an earlier call brought is used.

    Raises NoSource if the server does not answer, refuses, or breaks off again and again.
    """
    import requests

    path = folder / unquote(PurePosixPath(urlsplit(url).path).name)
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    for _ in range(ATTEMPTS):
        before = _size(part)
        try:
            _resume(url, part, reporter)
            os.replace(part, path)
            part.with_name(part.name + ".tag").unlink(missing_ok=True)
            return path
        except requests.RequestException as error:
            broken = _reason(error)
        if _size(part) <= before:
            break
    if size := _size(part):
        said = {"reason": broken, "size": size}
        raise NoSource(tr("{reason}. {size:,} bytes are kept; the same command goes on from there.", **said))
    raise NoSource(tr("{reason}.", reason=broken))


def _resume(url: str, part: Path, reporter: Reporter) -> None:
    """Download what is missing of `part`, or all of it where the server cannot send only the rest."""
    import requests

    tag = part.with_name(part.name + ".tag")
    known = tag.read_text("utf-8") if tag.exists() else ""
    start = _size(part)
    # `identity`: a transfer compressed on the way has other byte positions, and a .gz file is wanted as it is.
    headers = {"Accept-Encoding": "identity"}
    if start:
        headers |= {"Range": f"bytes={start}-"} | ({"If-Range": known} if known else {})
    with requests.get(url, headers=headers, stream=True, timeout=(CONNECT, READ)) as response:
        if start and response.status_code == 416 and _length(response.headers) == start:
            return
        if response.status_code == 416:
            part.unlink(missing_ok=True)
        response.raise_for_status()
        if response.status_code != 206 or _range_start(response.headers) != start:
            start = 0
        response.raw.headers.pop("Content-Encoding", None)  # some servers call .gz files so; then they come unpacked
        tag.write_text(_version(response.headers), "utf-8")
        total = _length(response.headers)
        if start:
            reporter.say("  " + tr("goes on after {start:,} bytes that are already here", start=start))
        with part.open("r+b" if start else "wb") as file, reporter.bar(part.stem, total, start) as advance:
            file.seek(start)
            for chunk in response.iter_content(CHUNK):
                file.write(chunk)
                advance(len(chunk))
    if total is not None and _size(part) != total:
        raise requests.ConnectionError(tr(ENDED, size=_size(part), total=total), ENDED)


def _version(headers: Mapping[str, str]) -> str:
    """What names this version of the file; a weak ETag does not promise equal bytes."""
    etag = headers.get("ETag", "")
    return etag if etag.startswith('"') else headers.get("Last-Modified", "")


def _length(headers: Mapping[str, str]) -> int | None:
    """The length of the whole file, which a partial answer names too."""
    whole = re.fullmatch(r"bytes .*/(\d+)", headers.get("Content-Range", ""))
    length = whole[1] if whole else headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


def _range_start(headers: Mapping[str, str]) -> int:
    """The position in the file at which a partial answer starts."""
    found = re.match(r"bytes (\d+)-", headers.get("Content-Range", ""))
    return int(found[1]) if found else 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _reason(error: Exception) -> str:
    """Say in a few words what went wrong."""
    import requests

    if isinstance(error, requests.HTTPError) and error.response is not None:
        answer = f"{error.response.status_code} {error.response.reason}"
        return tr("the server answers {answer}", answer=answer)
    if isinstance(error, requests.ConnectTimeout):
        return tr("no answer within {seconds} seconds", seconds=CONNECT)
    if isinstance(error, requests.exceptions.SSLError):
        return tr("no secure connection (certificate refused)")
    if isinstance(error, requests.exceptions.ProxyError):
        return tr("the proxy lets nothing through")
    if isinstance(error, requests.Timeout):
        return tr("nothing came for {seconds} seconds", seconds=READ)
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        if ENDED in error.args:
            return str(error.args[0])
        return tr("cannot be reached") if "Max retries" in str(error) else tr("broke off")
    return f"{type(error).__name__}"

"""Downloads from a real server: whole, cut, resumed, refused."""

from __future__ import annotations

import socket

import pytest

from aics.data import download as module
from aics.data.download import download
from aics.data.errors import NoSource

BODY = bytes(range(256)) * 4000
CHUNK = module.CHUNK


@pytest.fixture
def get(server, reporter, tmp_path):
    server.files["/data.bin"] = BODY
    return lambda path="/data.bin": download(server.address + path, tmp_path / "work", reporter)


def left(tmp_path):
    return sorted(path.name for path in (tmp_path / "work").iterdir())


def test_a_whole_file_comes_in_one_call(get, server, tmp_path):
    assert get().read_bytes() == BODY
    assert server.asked == [("/data.bin", None)]
    assert left(tmp_path) == ["data.bin"]


def test_what_is_there_is_not_asked_for_again(get, server):
    get()
    get()
    assert len(server.asked) == 1


def test_a_cut_goes_on_by_itself_from_where_it_was(get, server, said):
    server.cuts = [20 * CHUNK, 30 * CHUNK]
    assert get().read_bytes() == BODY
    starts = [int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0 for _, asked in server.asked]
    assert starts == [0, 20 * CHUNK, 50 * CHUNK]
    assert "goes on after 327,680 bytes that are already here" in said.getvalue()


def test_after_too_many_cuts_the_next_call_goes_on(get, server, tmp_path):
    server.cuts = [CHUNK] * module.ATTEMPTS
    with pytest.raises(NoSource, match=r"broke off\. 65,536 bytes are kept; the same command goes on from there"):
        get()
    assert left(tmp_path) == ["data.bin.part", "data.bin.part.tag"]
    assert get().read_bytes() == BODY
    assert server.asked[-1] == ("/data.bin", "bytes=65536-")
    assert left(tmp_path) == ["data.bin"]


@pytest.mark.parametrize("versions", [{"ETag": '"one"'}, {"Last-Modified": "Thu, 04 Jun 2009 20:42:41 GMT"}, {}])
def test_a_killed_download_goes_on_whatever_names_the_version(get, server, versions):
    server.versions, server.cuts = versions, [CHUNK, 0]
    with pytest.raises(NoSource):
        get()
    assert get().read_bytes() == BODY
    assert server.asked[-1] == ("/data.bin", f"bytes={CHUNK}-")


def test_the_rest_of_another_version_is_not_put_behind(get, server):
    server.cuts = [CHUNK, 0]
    with pytest.raises(NoSource):
        get()
    server.files["/data.bin"], server.versions = BODY[::-1], {"ETag": '"two"'}
    assert get().read_bytes() == BODY[::-1]


def test_a_server_without_ranges_starts_again(get, server):
    server.ranges, server.cuts = False, [CHUNK]
    assert get().read_bytes() == BODY
    assert server.asked == [("/data.bin", None), ("/data.bin", f"bytes={CHUNK}-")]


@pytest.mark.usefixtures("server")
def test_a_part_that_is_already_whole_is_taken(get, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "data.bin.part").write_bytes(BODY)
    (tmp_path / "work" / "data.bin.part.tag").write_text('"one"')
    assert get().read_bytes() == BODY


@pytest.mark.usefixtures("server")
def test_a_part_longer_than_the_file_is_thrown_away(get, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "data.bin.part").write_bytes(BODY + b"too much")
    with pytest.raises(NoSource, match="416"):
        get()
    assert get().read_bytes() == BODY


def test_a_gz_file_stays_as_it_is_even_if_the_server_calls_it_an_encoding(get, server):
    server.encoding = "gzip"
    assert get().read_bytes() == BODY


def test_what_is_not_there_is_told(get, tmp_path):
    with pytest.raises(NoSource, match=r"^the server answers 404 Not Found\.$"):
        get("/other.bin")
    assert left(tmp_path) == []


def test_a_server_that_is_not_there_is_told_at_once(reporter, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/x"
    with pytest.raises(NoSource, match=r"^cannot be reached\.$"):
        download(address, tmp_path / "work", reporter)


def test_a_server_that_says_nothing_is_given_up(reporter, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "READ", 0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(NoSource, match=r"nothing came for 0\.2 seconds"),
    ):
        download(f"http://127.0.0.1:{silent.getsockname()[1]}/x", tmp_path / "work", reporter)

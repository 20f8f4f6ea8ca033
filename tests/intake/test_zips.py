"""Archives that were made to hurt, or are simply broken: said, bounded, survived."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.files import LAYERS_1, found, refused, write, write_zip
from tests.intake.release import as_bytes, solved


@pytest.mark.parametrize("name", ["../lab9_small.ipynb", "a/../../lab9_small.ipynb", "..\\lab9_small.ipynb"])
def test_zip_with_dots(tmp_path, name):
    write_zip(tmp_path / "alice.zip", {name: solved()})
    refused(tmp_path, "has `..` in its path")


@pytest.mark.parametrize("name", ["/etc/lab9_small.ipynb", "C:\\lab9_small.ipynb"])
def test_zip_with_absolute_path(tmp_path, name):
    write_zip(tmp_path / "alice.zip", {name: solved()})
    refused(tmp_path, "has an absolute path")


def test_zip_with_link(tmp_path):
    link = zipfile.ZipInfo("lab9_small.ipynb")
    link.external_attr = 0o120777 << 16
    write_zip(tmp_path / "alice.zip", {link: "/etc/passwd"})
    refused(tmp_path, "is a link in the zip")


def test_zip_with_password(tmp_path):
    path = write_zip(tmp_path / "alice.zip", {"lab9_small.ipynb": solved()})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    refused(tmp_path, "locked with a password")


@pytest.mark.parametrize("cut", [30, 200, -30])
def test_damaged_zip(tmp_path, cut):
    path = write_zip(tmp_path / "alice.zip", {"lab9_small.ipynb": solved()})
    path.write_bytes(path.read_bytes()[:cut])
    refused(tmp_path, "is not a zip that can be opened")


def test_zip_with_bad_checksum(tmp_path):
    path = write_zip(tmp_path / "alice.zip", {"lab9_small.ipynb": solved()})
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(data)
    refused(tmp_path, "cannot be unpacked")


def test_zip_in_zip_in_zip(tmp_path):
    path = write_zip(tmp_path / "0.zip", {"lab9_small.ipynb": solved()})
    path = write_zip(tmp_path / "1.zip", {"a.zip": path.read_bytes()})
    write_zip(tmp_path / "in" / "carol.zip", {"b.zip": (tmp_path / "0.zip").read_bytes()})
    write_zip(tmp_path / "in" / "alice.zip", {"b.zip": path.read_bytes()})
    write(tmp_path / "in" / "bob" / "lab9_small.ipynb")
    handins, (remark,) = found(tmp_path / "in")
    assert [handin.student for handin in handins] == ["bob", "carol"]
    assert remark.student == "alice"
    assert "zip in a zip in a zip" in remark.sentence


def test_zip_bombs(tmp_path):
    """A hundred zeros-files of 15 MB: reading stops at 100 MB, whatever the directory says."""
    zeros = b'{"cells":[]}' + b" " * 15_000_000
    write_zip(tmp_path / "alice.zip", {"x.ipynb": b" " * 200_000_000, "lab9_small.ipynb": solved()})
    write_zip(tmp_path / "mallory.zip", {f"{i}.ipynb": zeros for i in range(9)})
    refused_handins, remarks = found(tmp_path)
    assert [handin.student for handin in refused_handins] == ["alice"]
    assert "is larger than 20 MB" in remarks[0].sentence
    assert "unpacks to too much" in remarks[-1].sentence


def test_zip_that_lies_about_its_size(tmp_path):
    path = write_zip(tmp_path / "alice.zip", {"lab9_small.ipynb": b" " * 50_000_000})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    write(tmp_path / "bob" / "lab9_small.ipynb")
    handins, remarks = found(tmp_path)
    assert [handin.student for handin in handins] == ["bob"]
    assert remarks


def test_one_students_bomb_in_a_class_zip_costs_only_that_student(tmp_path):
    files: dict[str, object] = {f"class/alice/{i}.ipynb": b" " * 19_000_000 for i in range(7)}
    files |= {f"class/carol/{i}.txt": b"" for i in range(2500)}
    path = write_zip(tmp_path / "class.zip", files | {"class/zoe/lab9_small.ipynb": solved()})
    handins, remarks = found(path)
    assert [handin.student for handin in handins] == ["zoe"]
    assert any("more than 2000 files" in remark.sentence for remark in remarks)


@pytest.mark.parametrize("stuffing", [b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06"])
def test_what_a_file_holds_does_not_condemn_the_zip_it_lies_in(tmp_path, stuffing):
    """A stored file's bytes stand in the zip as they are, like those of its directory."""
    files = {name: solved() for name in ("alice/lab9_small.ipynb", "mallory/lab9_small.ipynb")}
    path = write_zip(tmp_path / "class.zip", files | {"mallory/z.bin": stuffing * 100_001}, zipfile.ZIP_STORED)
    handins, _ = found(path)
    assert [handin.student for handin in handins] == ["alice", "mallory"]


def test_zip_of_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.intake.zips.MAX_ENTRIES", 50)
    write_zip(tmp_path / "alice.zip", {f"{i}.txt": "" for i in range(51)})
    refused(tmp_path, "is a zip of more than 50 files")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=12))
def test_any_damage_to_a_zip_is_survived(tmp_path, damage):
    path = write_zip(tmp_path / "alice.zip", {"a/lab9_small.ipynb": solved(), "b/layers_1.py": LAYERS_1})
    data = bytearray(path.read_bytes())
    for place, byte in damage:
        data[place % len(data)] = byte
    path.write_bytes(data)
    found(tmp_path)


def write_unflagged(path, name: bytes, content: bytes):
    """Write a zip as Windows does: the name's bytes are the system's own, and no flag says so."""
    write_zip(path, {"n" * len(name): content})
    path.write_bytes(path.read_bytes().replace(b"n" * len(name), name))


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("张三/实验.ipynb", "gbk"),
        ("2021K8009-欧阳玥/实验九.ipynb", "gbk"),
        ("张三/实验.ipynb", "utf-8"),
        ("Zoë/lab9_small.ipynb", "cp437"),
        ("Åsa Öberg/lab9_small.ipynb", "cp437"),
    ],
)
def test_names_are_read_as_they_were_written(tmp_path, name, encoding):
    write_unflagged(tmp_path / "class.zip", name.encode(encoding), as_bytes(solved()))
    (handin,), remarks = found(tmp_path / "class.zip")
    assert handin.original.endswith(f"class.zip > {name}")
    assert not any("damaged" in remark.sentence for remark in remarks)

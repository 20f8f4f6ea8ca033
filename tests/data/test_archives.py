"""Pinned files out of folders, .gz files, zips and tars; what is cut, wrong or larger is refused."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest

from aics.data import archives
from aics.data.errors import WrongData
from aics.data.manifest import File

from .conftest import pinned

FILES = {"train-images-idx3-ubyte": bytes(range(256)) * 40, "b.bin": b"second" * 1000}
PINNED = [pinned(name, content) for name, content in FILES.items()]


def as_folder(path, files=FILES):
    for name, content in files.items():
        (path / "deep" / "er").mkdir(parents=True, exist_ok=True)
        (path / "deep" / "er" / name).write_bytes(content)
    return path


def as_zip(path, files=FILES):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        for name, content in files.items():
            archive.writestr(f"folder/{name}", content)
    return path


def as_tar(path, files=FILES):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/data/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def as_folder_of_gz(path, files=FILES):
    path.mkdir()
    for name, content in files.items():
        (path / f"{name}.gz").write_bytes(gzip.compress(content))
    return path


FORMS = {"folder": as_folder, "zip": as_zip, "tar.gz": as_tar, "gz": as_folder_of_gz}


def taken(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_gives_the_same_files(tmp_path, form):
    come = []
    archives.extract([form(tmp_path / "source")], PINNED, tmp_path / "out", come.append)
    assert taken(tmp_path / "out") == FILES
    assert sum(come) == sum(map(len, FILES.values()))


def test_several_sources_hold_one_item_together(tmp_path):
    parts = [as_zip(tmp_path / f"{i}.zip", {name: content}) for i, (name, content) in enumerate(FILES.items())]
    archives.extract(parts, PINNED, tmp_path / "out")
    assert taken(tmp_path / "out") == FILES


def test_mnists_other_spelling_is_known(tmp_path):
    (tmp_path / "train-images.idx3-ubyte").write_bytes(FILES["train-images-idx3-ubyte"])
    archives.extract([tmp_path / "train-images.idx3-ubyte"], PINNED[:1], tmp_path / "out")


def test_what_lay_in_the_folder_before_is_gone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "half").write_bytes(b"x")
    archives.extract([as_zip(tmp_path / "a.zip")], PINNED, tmp_path / "out")
    assert taken(tmp_path / "out") == FILES


def changed(content):
    return content[:100] + b"!" + content[101:]


WRONG = {
    "missing": (lambda f: {"b.bin": f["b.bin"]}, "source has no file train-images-idx3-ubyte"),
    "changed": (lambda f: f | {"b.bin": changed(f["b.bin"])}, r"b.bin in source has the sha256 \w{16}... and should"),
    "short": (lambda f: f | {"b.bin": f["b.bin"][:-1]}, r"b.bin in source has 5,999 bytes and should have 6,000"),
    "long": (lambda f: f | {"b.bin": f["b.bin"] + b"x"}, r"b.bin in source goes on after the 6,000 bytes"),
}


@pytest.mark.parametrize(("spoil", "said"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_is_not_the_pinned_file_is_refused(tmp_path, form, spoil, said):
    with pytest.raises(WrongData, match=said.replace("b.bin in source", r"b.bin( in \S+)?")):
        archives.extract([form(tmp_path / "source", spoil(FILES))], PINNED, tmp_path / "out")


@pytest.mark.parametrize("form", [as_zip, as_tar], ids=["zip", "tar.gz"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_cut_archive_is_refused(tmp_path, form, part):
    content = form(tmp_path / "source").read_bytes()
    (tmp_path / "source").write_bytes(content[: int(len(content) * part)])
    with pytest.raises(WrongData, match=r"source (is cut or damaged|has no file)"):
        archives.extract([tmp_path / "source"], PINNED, tmp_path / "out")


def test_a_cut_gz_is_refused(tmp_path):
    content = gzip.compress(FILES["b.bin"])
    (tmp_path / "b.bin.gz").write_bytes(content[:-9])
    with pytest.raises(WrongData, match=r"b.bin.gz is cut or damaged"):
        archives.extract([tmp_path / "b.bin.gz"], PINNED[1:], tmp_path / "out")


def test_a_decompression_bomb_ends_at_the_pinned_size(tmp_path):
    (tmp_path / "b.bin.gz").write_bytes(gzip.compress(b"x" * 50_000_000))
    come = []
    with pytest.raises(WrongData, match="goes on after the 6,000 bytes"):
        archives.extract([tmp_path / "b.bin.gz"], PINNED[1:], tmp_path / "out", come.append)
    assert come == []


def test_paths_in_an_archive_lead_nowhere(tmp_path):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name in ("../../b.bin", "/b.bin"):
            member = tarfile.TarInfo(name)
            member.size = 6000
            archive.addfile(member, io.BytesIO(FILES["b.bin"]))
        link = tarfile.TarInfo("x/train-images-idx3-ubyte")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    archives.extract([tmp_path / "a.tar"], PINNED[1:], tmp_path / "deep" / "out")
    assert taken(tmp_path / "deep" / "out") == {"b.bin": FILES["b.bin"]}
    assert not (tmp_path / "b.bin").exists()
    with pytest.raises(WrongData, match="has no file train-images-idx3-ubyte"):
        archives.extract([tmp_path / "a.tar"], PINNED, tmp_path / "deep" / "out")


def test_a_file_that_nobody_can_pin_is_taken_by_its_name(tmp_path):
    (tmp_path / "weights.mat").write_bytes(b"anything")
    archives.extract([tmp_path / "weights.mat"], [File("weights.mat")], tmp_path / "out")
    assert taken(tmp_path / "out") == {"weights.mat": b"anything"}


def test_a_lone_file_may_have_another_name(tmp_path):
    (tmp_path / "vgg19 (1).mat").write_bytes(b"anything")
    archives.extract([tmp_path / "vgg19 (1).mat"], [File("weights.mat")], tmp_path / "out")
    assert taken(tmp_path / "out") == {"weights.mat": b"anything"}

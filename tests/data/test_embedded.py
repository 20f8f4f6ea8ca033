"""What lies in data/: read through aics.data, documented, small, and there without cache and network."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import subprocess
import sys
import warnings

import numpy as np
import pytest
from PIL import Image

from aics import data
from aics.data import sprite_sheets
from autograder.course import LABS, ROOT
from autograder.sandbox import SandboxKernel, SandboxSpec, levels

DATA = ROOT / "data"
README = (DATA / "README.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `([^`]+)` \|.*\| (`[0-9a-f]{64}`|\(3\)) \|$", README, re.M))
LIMIT = 40_000_000


def embedded_files():
    """Every file but the README, what makes files, and the reference files that `autograder build` compares."""
    found = [path for path in DATA.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {
        str(path.relative_to(DATA))
        for path in found
        if path.name != "README.md" and path.relative_to(DATA).parts[0] not in ("make", "reference")
    }


# The README


def test_every_file_has_a_row_and_every_row_a_file():
    assert embedded_files() == ROWS.keys() - {"reference/*.npz"}


@pytest.mark.parametrize("name", sorted(ROWS.keys() - {"reference/*.npz"}))
def test_a_row_has_the_files_checksum_source_and_licence(name):
    assert ROWS[name].strip("`") == hashlib.sha256((DATA / name).read_bytes()).hexdigest()
    row = next(line for line in README.splitlines() if line.startswith(f"| `{name}` |"))
    assert all(cell.strip() for cell in row.strip("|").split("|"))


def test_all_of_data_is_small_enough_to_embed():
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) <= LIMIT


def test_what_is_fetched_is_listed_in_the_readme():
    from aics.data.manifest import ITEMS

    assert set(re.findall(r"^\| `([\w-]+)` \|", README, re.M)) == ITEMS.keys()


# Photos and paintings

SIZES = {
    "cat": ((451, 300), "RGB"),
    "astronaut": ((512, 512), "RGB"),
    "coffee": ((600, 400), "RGB"),
    "rocket": ((640, 427), "RGB"),
    "camera": ((512, 512), "L"),
    "horse": ((400, 328), "RGBA"),
}


def test_every_photo_opens_with_the_size_that_labs_count_on():
    assert SIZES.keys() == set(data.PHOTOS)
    for name, (size, mode) in SIZES.items():
        with Image.open(data.photo(name)) as photo:
            photo.load()
            assert (photo.size, photo.mode) == (size, mode)


@pytest.mark.parametrize("name", data.STYLES)
def test_a_painting_is_rgb_and_at_most_640_pixels(name):
    with Image.open(data.style(name)) as painting:
        painting.load()
        assert painting.mode == "RGB"
        assert max(painting.size) <= 640


# Samples


@pytest.mark.parametrize(("split", "each"), [("train", 200), ("test", 100)])
def test_cifar10_has_its_shape_and_each_class_equally_often(split, each):
    pictures, labels = data.cifar10(split)
    assert (pictures.shape, pictures.dtype, labels.dtype) == ((10 * each, 3, 32, 32), np.uint8, np.int64)
    assert pictures.flags.c_contiguous
    assert np.bincount(labels).tolist() == [each] * 10
    # The whole set's mean colours, as far as a sample has them: red above green above blue.
    np.testing.assert_allclose(pictures.mean(axis=(0, 2, 3)) / 255, [0.4914, 0.4822, 0.4465], atol=0.02)


@pytest.mark.parametrize(("split", "each"), [("train", 1000), ("test", 200)])
def test_mnist_has_its_shape_and_each_digit_equally_often(split, each):
    pictures, labels = data.mnist(split)
    assert (pictures.shape, pictures.dtype, labels.dtype) == ((10 * each, 28, 28), np.uint8, np.int64)
    assert np.bincount(labels).tolist() == [each] * 10
    assert pictures.mean() / 255 == pytest.approx(0.1307, abs=0.005)
    assert pictures.std() / 255 == pytest.approx(0.3081, abs=0.005)


def test_pictures_belong_to_their_labels():
    """The mean digit of each class, learnt on one split, finds the class of most of the other."""
    (pictures, labels), (tests, answers) = data.mnist("train"), data.mnist("test")
    means = np.stack([pictures[labels == d].mean(axis=0).ravel() for d in range(10)])
    nearest = ((tests.reshape(len(tests), 1, -1) - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == answers).mean() > 0.75


def test_a_sample_is_the_callers_own():
    first, _ = data.mnist("test")
    first[:] = 0
    assert data.mnist("test")[0].any()


@pytest.mark.parametrize("name", ["cifar10", "mnist"])
def test_the_sheets_are_what_the_whole_set_makes(name):
    if not data.has(name):
        pytest.skip(f"{name} is not in the cache: `aics fetch {name}` brings it")
    spec = importlib.util.spec_from_file_location("make_sheets", DATA / "make" / "sheets.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    for split in ("train", "test"):
        pictures, labels = make.sample(name, split)
        np.testing.assert_array_equal(sprite_sheets.read(DATA / name / f"{split}.png", pictures.shape[1]), pictures)
        np.testing.assert_array_equal(getattr(data, name)(split)[1], labels)


# What is not there

ASKED = {
    "photo": (lambda: data.photo("cats"), "There is no photo 'cats'. Did you mean 'cat'? There are: cat, astronaut"),
    "style": (lambda: data.style("night"), "There is no style 'night'. There are: scream, wave."),
    "split": (lambda: data.mnist("tests"), "There is no split 'tests'. Did you mean 'test'?"),
    "weights": (lambda: data.weights("vgg19"), "There are: mini, vgg16-int8, vgg16-conv, official."),
    "item": (lambda: data.has("cifar"), "Did you mean 'cifar10'?"),
}


@pytest.mark.parametrize(("ask", "said"), ASKED.values(), ids=ASKED)
def test_an_unknown_name_is_told_with_those_that_there_are(ask, said):
    with pytest.raises(data.UnknownName) as told:
        ask()
    assert said in str(told.value)


FETCHED = {
    "cifar10": lambda: data.cifar10("test", full=True),
    "mnist": lambda: data.mnist("train", full=True),
    "imagenet-classes": data.imagenet_classes,
    "vgg16-conv": lambda: data.weights("vgg16-conv"),
    "official": lambda: data.weights("official"),
}


@pytest.mark.parametrize("name", FETCHED)
@pytest.mark.usefixtures("empty_cache")
def test_what_is_not_fetched_is_told_with_the_command(name):
    assert not data.has(name)
    with pytest.raises(data.NotFetched, match=rf"In a terminal, once: aics fetch {name}$"):
        FETCHED[name]()


def test_a_file_of_another_size_does_not_count_as_fetched(empty_cache):
    (empty_cache / "mnist").mkdir(parents=True)
    for name in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"):
        (empty_cache / "mnist" / name).write_bytes(b"cut")
    assert not data.has("mnist")


# Where it is read

EVERYTHING = """
from aics import data
for name in data.PHOTOS: assert data.photo(name).is_file()
for name in data.STYLES: assert data.style(name).is_file()
for split in ("train", "test"): print(len(data.cifar10(split)[0]), len(data.mnist(split)[0]))
assert not any(map(data.has, ("mnist", "official")))
"""


def test_importing_it_is_cheap():
    heavy = ["requests", "scipy", "PIL", "rich", "platformdirs", "matplotlib"]
    command = f"import sys; from aics import data; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_works_in_the_sandbox_without_cache_home_and_network():
    python = levels.default_student_python(ROOT)
    if not python.exists():
        pytest.skip("no student environment: run `make install`")
    report = levels.probe(python)[0]
    if not report.holds:
        pytest.skip(f"strict isolation does not hold here: {report.why}")
    spec = SandboxSpec(student_python=python, aics_path=LABS / "aics", data_path=DATA, level="strict")
    with SandboxKernel(spec) as kernel:
        done = kernel.execute(EVERYTHING, timeout=60)
    printed = "".join(output.get("text", "") for output in done.outputs)
    assert printed.split() == ["2000", "10000", "1000", "2000"], done


def test_reading_pictures_warns_of_nothing():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        data.cifar10("test")
        data.mnist("test")
    assert [str(w.message) for w in caught] == []

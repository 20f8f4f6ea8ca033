"""What a lab starts from: files of earlier labs, the student's own or finished ones.

    start_from("layers", "network")
    from stu_upload.layers_1 import FullyConnectedLayer, ReLULayer, SoftmaxLossLayer

The original course kept a student's files in a folder `stu_upload`, and so do these labs: an earlier lab's last cell
writes them there. `start_from` looks for them beside the notebook and in the folders of the other labs. What is not
there, cannot be imported or still has an empty stub is replaced by the finished file of that name in `aics.layers`.
One sentence says which are in use.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType

from aics.language import noted, tr
from aics.notebook.export import unfinished

#: The folder of a student's files, and the package that it is imported as.
PACKAGE = "stu_upload"
#: Where the finished files lie.
FINISHED = Path(__file__).resolve().parents[1] / "layers"

OWN = noted("{part}: your own, from {folder}.")
BESIDE = noted("{part}: the files in {folder} beside this notebook.")
ABSENT = noted("{part}: finished ones (ONNX Runtime), since no lab beside this one has exported its own yet.")
BROKEN = noted("{part}: finished ones (ONNX Runtime), since {file} in {folder} cannot be imported ({error}).")
UNFINISHED = noted("{part}: finished ones (ONNX Runtime), since {name} in {folder} is not finished yet.")


@dataclass(frozen=True, kw_only=True)
class Part:
    """Files that come from one earlier lab, and what later labs use of them.

    Attributes
    ----------
    title : str
        What students call it.
    files : dict of str to dict
        File name without ``.py`` -> class -> methods that it must have.
    """

    title: str
    files: Mapping[str, Mapping[str, Sequence[str]]]


_BOTH = ("forward", "backward")
_LEARNING = (*_BOTH, "init_param", "load_param", "save_param", "update_param")
#: In the order in which they build on one another.
PARTS = {
    "layers": Part(
        title=noted("Layers"),
        files={
            "layers_1": {
                "FullyConnectedLayer": _LEARNING,
                "ReLULayer": _BOTH,
                "SoftmaxLossLayer": ("get_loss", *_BOTH),
            },
            "layers_2": {"ConvolutionalLayer": _LEARNING, "MaxPoolingLayer": _BOTH, "FlattenLayer": _BOTH},
        },
    ),
    "network": Part(
        title=noted("Network"),
        files={"vgg_cpu": {"VGG19": ("read_sizes", "build_model", "load_model", "load_image")}},
    ),
}


class _Unusable(Exception):
    """A student's file cannot be used; the message is the whole sentence for the student."""


def start_from(*parts: str) -> None:
    """Let ``from stu_upload... import ...`` find these parts, and print whose they are.

    parts : names of `PARTS`, such as "layers"
    """
    spec = PathFinder.find_spec(PACKAGE)
    beside = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    for sentence in prepare(parts, [*beside, *other_labs(Path.cwd())]):
        print(sentence)


def other_labs(lab: Path) -> list[Path]:
    """The folders that the labs beside this one exported their files to."""
    return [folder for folder in sorted(lab.parent.glob(f"lab*/{PACKAGE}")) if folder.parent != lab]


def prepare(parts: Sequence[str], folders: Sequence[Path]) -> list[str]:
    """Make the package `stu_upload` anew out of these folders, and return a sentence for each part.

    A folder before another comes first. What is no file of a part is imported from any of the folders as it is.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]
    package = sys.modules[PACKAGE] = ModuleType(PACKAGE)
    package.__path__ = [str(folder) for folder in folders]
    importlib.invalidate_caches()
    return [_prepare(PARTS[name], folders) for name in PARTS if name in parts]


def _prepare(part: Part, folders: Sequence[Path]) -> str:
    folder = next((folder for folder in folders if any((folder / f"{file}.py").exists() for file in part.files)), None)
    try:
        if folder is None:
            raise _Unusable(tr(ABSENT, part=tr(part.title)))
        _import_own(part, folder)
    except _Unusable as reason:
        for file in part.files:
            _import(file, FINISHED)
        return str(reason)
    beside = folder.parent == Path.cwd()
    return tr(BESIDE if beside else OWN, part=tr(part.title), folder=folder.name if beside else _shown(folder))


def _import_own(part: Part, folder: Path) -> None:
    """Import the student's files; _Unusable says which is unfinished or why one cannot be imported."""
    said = {"part": tr(part.title), "folder": _shown(folder)}
    for file, classes in part.files.items():
        if not (folder / f"{file}.py").exists():
            raise _Unusable(tr(UNFINISHED, name=f"{file}.py", **said))
        try:
            module = _import(file, folder)
        except (Exception, SystemExit) as error:
            what = f"{type(error).__name__}: {error}"
            raise _Unusable(tr(BROKEN, file=f"{file}.py", error=what, **said)) from error
        if missing := next(_missing(module, classes), ""):
            raise _Unusable(tr(UNFINISHED, name=missing, **said))


def _import(file: str, folder: Path) -> ModuleType:
    """Import a file as part of the package, whatever its folder is called."""
    spec = importlib.util.spec_from_file_location(f"{PACKAGE}.{file}", folder / f"{file}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    setattr(sys.modules[PACKAGE], file, module)
    return module


def _missing(module: ModuleType, classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Names of classes and methods that are not there, or whose stub is still empty."""
    for name, methods in classes.items():
        cls = getattr(module, name, None)
        if not isinstance(cls, type):
            yield name
            continue
        yield from (f"{name}.{method}" for method in methods if not hasattr(cls, method))
        yield from unfinished(cls)


def _shown(folder: Path) -> str:
    """A folder by the name of its lab."""
    return folder.parent.name if folder.name == PACKAGE else str(folder)

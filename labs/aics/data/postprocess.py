"""The last step of a fetch: make an item's files of what its source brought, or check them more closely."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from aics.data import official_vgg19, vgg16
from aics.data.errors import WrongData
from aics.data.manifest import Item
from aics.language import tr


def postprocess(item: Item, brought: Path, new: Path) -> None:
    """Fill the folder `new` with the files of `item`, made of the checked files in the folder `brought`."""
    source, target = brought / item.wanted_files[0].name, new / item.files[0].name
    if item.postprocess == "vgg16_conv":
        vgg16.convert(source, target)
    elif item.postprocess == "official":
        official_vgg19.check(source)
        shutil.move(source, target)
    elif item.postprocess == "class_names":
        target.write_text(json.dumps(class_names(source), ensure_ascii=False, indent=0) + "\n", "utf-8")
    else:
        for file in item.files:
            shutil.move(brought / file.name, new / file.name)


def class_names(path: Path) -> list[str]:
    """Read 1,000 names in order from a JSON object whose keys are "0" ... "999"."""
    try:
        names = json.loads(path.read_text("utf-8"))
        return [names[str(i)] for i in range(1000)]
    except (ValueError, KeyError, TypeError) as error:
        raise WrongData(tr('{file} is no JSON object with names for "0" to "999".', file=path.name)) from error

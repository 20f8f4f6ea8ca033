"""The last step of some items: make the cache's files out of what a source brought, or look at them closely."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from aics.data import official, vgg16
from aics.data.errors import WrongData
from aics.data.manifest import Item


def make(item: Item, brought: Path, new: Path) -> None:
    """Fill the folder `new` with the files of `item`, out of the checked files in `brought`."""
    source, target = brought / item.sought[0].name, new / item.files[0].name
    if item.maker == "vgg16_conv":
        vgg16.convert(source, target)
    elif item.maker == "official":
        official.check(source)
        shutil.move(source, target)
    elif item.maker == "class_names":
        target.write_text(json.dumps(class_names(source), ensure_ascii=False, indent=0) + "\n", "utf-8")
    else:
        for file in item.files:
            shutil.move(brought / file.name, new / file.name)


def class_names(path: Path) -> list[str]:
    """The 1,000 names in order, from a JSON object of "0" ... "999"."""
    try:
        names = json.loads(path.read_text("utf-8"))
        return [names[str(i)] for i in range(1000)]
    except (ValueError, KeyError, TypeError) as error:
        raise WrongData(f'{path.name} is no JSON object with names for "0" to "999".') from error

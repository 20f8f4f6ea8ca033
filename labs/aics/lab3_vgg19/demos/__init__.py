"""Lab 3's demos for the classroom."""

from __future__ import annotations

from collections.abc import Mapping

#: Name in the address -> module and class.
DEMOS: Mapping[str, str] = {"receptive": "aics.lab3_vgg19.demos.receptive:ReceptiveField"}

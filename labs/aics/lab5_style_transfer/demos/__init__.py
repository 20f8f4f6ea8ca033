"""What lab 5 brings to the classroom: the studio."""

from __future__ import annotations

from collections.abc import Mapping

#: Name in the page's address -> module and class.
DEMOS: Mapping[str, str] = {"style": "aics.lab5_style_transfer.demos.style:Style"}

"""Draw the house, docs/architecture.svg, from the code itself: ``python -m docs.make.architecture``.

Sides lie below one another, as the arrows of the design go: solutions, autograder, aics. Within a side a room
stands above those that it imports from. An arrow that longer ways already tell is left out; arrows from one
side to another are gathered in one sentence.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from autograder.course import ROOT
from docs.make.rooms import House, house

TO = ROOT / "docs" / "architecture.svg"
#: The sides from the top down, with the title of each.
TITLES = {
    "solutions": "solutions/ · what only instructors have, one folder a lab",
    "autograder": "autograder/ · builds, runs, judges, records; knows no lab by name",
    "aics": "labs/aics/ · what notebooks import; students get all of it",
}
WIDTH, MARGIN = 1180, 20
BOX, BETWEEN, GAP = 176, 12, 44
LINE, HEAD, CHARACTERS = 14, 26, 26
#: Every other row stands this far to the right, so that a long arrow is not hidden by the row between.
SHIFT = 64
STYLE = """
  text { font-family: system-ui, "DejaVu Sans", sans-serif; font-size: 11px; fill: #333 }
  .paper { fill: #fff } .side { fill: #f6f8fa; stroke: #d0d7de }
  .title { font-size: 14px; font-weight: 600; fill: #1f2328 } .note { fill: #57606a }
  .room { fill: #fff; stroke: #57606a } .name { font-size: 12.5px; font-weight: 600; fill: #0b4f8a }
  .arrow { fill: none; stroke: #8c959f; stroke-width: 1.4; marker-end: url(#tip) }
"""

TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0L8 4L0 8z" fill="#8c959f"/></marker>'
)


def levels(rooms: Sequence[str], arrows: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Rooms from the lowest level up: each above all that it imports from, but beside what imports it back."""
    below = {room: reach(room, rooms, arrows) for room in rooms}
    ahead = {room: {other for other in below[room] if room not in below[other]} for room in rooms}
    found: list[list[str]] = []
    while left := [room for room in rooms if not any(room in level for level in found)]:
        placed = {room for level in found for room in level}
        found.append([room for room in left if all(ahead[peer] <= placed for peer in peers(room, below))])
    return found


def reach(room: str, rooms: Iterable[str], arrows: Mapping[str, frozenset[str]]) -> set[str]:
    """All of the rooms that one comes to from this one."""
    found: set[str] = set()
    todo = [room]
    while todo:
        for there in (arrows[todo.pop()] & set(rooms)) - found:
            found.add(there)
            todo.append(there)
    return found


def peers(room: str, below: Mapping[str, set[str]]) -> set[str]:
    """This room, and those that import it and are imported by it, directly or not."""
    return {room} | {other for other in below[room] if room in below[other]}


def needed(rooms: Sequence[str], arrows: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """The arrows within a side that no longer way already tells."""
    below = {room: reach(room, rooms, arrows) for room in rooms}
    found = []
    for room in rooms:
        near = arrows[room] & set(rooms)
        ahead = {other for other in near if room not in below[other]}
        found += [(room, there) for there in sorted(near - ahead)]
        found += [
            (room, there)
            for there in sorted(ahead)
            if not any(there in below[other] for other in ahead - peers(there, below))
        ]
    return found


def ordered(rows: Sequence[Sequence[str]], arrows: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """The rows with each room near those below it that it imports from."""
    place: dict[str, float] = {}
    result = []
    for row in rows:
        below = {room: [place[there] for there in arrows[room] if there in place] or [0.5] for room in row}
        inner = sorted(row, key=lambda room: (sum(below[room]) / len(below[room]), room))
        place |= {room: (number + 0.5) / len(inner) for number, room in enumerate(inner)}
        result.append(inner)
    return result


class Sheet:
    """Elements of the drawing, gathered while the sides are laid out from the top down."""

    def __init__(self, drawn: House) -> None:
        """Start at the upper edge."""
        self._house = drawn
        self._top = MARGIN
        self._sides: list[str] = []
        self._arrows: list[str] = []
        self._front: list[str] = []

    def side(self, name: str, title: str) -> None:
        """Lay out one side: its title, its rows of rooms, its arrows, and what it takes from other sides."""
        rooms = [room for room in self._house.rooms if room.split("/")[0] == name]
        rows = ordered(levels(rooms, self._house.arrows), self._house.arrows)
        begin = self._top
        self._front.append(text(MARGIN + 14, begin + 24, title, "title"))
        self._top += 40
        boxes: dict[str, tuple[float, float, float]] = {}
        for number, row in reversed(list(enumerate(rows))):
            boxes |= self._row(row, SHIFT if number % 2 else 0)
        self._top -= GAP - 18
        for line in self._elsewhere(rooms):
            self._front.append(text(MARGIN + 14, self._top + 8, line, "note"))
            self._top += LINE + 2
        self._arrows += [arrow(boxes[here], boxes[there]) for here, there in needed(rooms, self._house.arrows)]
        self._sides.append(rectangle(MARGIN, begin, WIDTH - 2 * MARGIN, self._top - begin + 6, "side", 8))
        self._top += 24

    def _row(self, row: Sequence[str], shift: float) -> dict[str, tuple[float, float, float]]:
        """Draw one row; the middle, top and bottom of each box."""
        lines = {room: textwrap.wrap(self._house.rooms[room].replace("`", ""), CHARACTERS) for room in row}
        height = HEAD + LINE * max(len(told) for told in lines.values()) + 4
        left = (WIDTH - len(row) * BOX - (len(row) - 1) * BETWEEN) / 2 + shift
        boxes: dict[str, tuple[float, float, float]] = {}
        for number, room in enumerate(row):
            x = left + number * (BOX + BETWEEN)
            boxes[room] = (x + BOX / 2, self._top, self._top + height)
            self._front.append(rectangle(x, self._top, BOX, height, "room", 5))
            self._front.append(text(x + 9, self._top + 18, room.split("/", 1)[-1], "name"))
            self._front += [text(x + 9, self._top + HEAD + 8 + LINE * n, told) for n, told in enumerate(lines[room])]
        self._top += height + GAP
        return boxes

    def _elsewhere(self, rooms: Sequence[str]) -> list[str]:
        """What a side imports from the others, a line for each of them."""
        taken: dict[str, set[str]] = {}
        for there in {there for room in rooms for there in self._house.arrows[room]} - set(rooms):
            taken.setdefault(there.split("/")[0], set()).add(there.split("/", 1)[-1])
        return [f"imports from {side}/: {', '.join(sorted(names))}" for side, names in sorted(taken.items())]

    def svg(self) -> str:
        """The whole drawing."""
        size = f'width="{WIDTH}" height="{self._top:.0f}" viewBox="0 0 {WIDTH} {self._top:.0f}"'
        paper = rectangle(0, 0, WIDTH, self._top, "paper", 0)
        parts = [f"<style>{STYLE}</style>", f"<defs>{TIP}</defs>", paper, *self._sides, *self._arrows, *self._front]
        title = "<title>The rooms of the house, and which imports from which</title>"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n{title}\n' + "\n".join(parts) + "\n</svg>\n"
        )


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """A line of text."""
    return f'<text x="{x:.0f}" y="{y:.0f}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>{escape(words)}</text>'


def rectangle(x: float, y: float, width: float, height: float, kind: str, round_by: int) -> str:
    """A rectangle with round corners."""
    return f'<rect class="{kind}" x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="{round_by}"/>'


def arrow(here: tuple[float, float, float], there: tuple[float, float, float]) -> str:
    """A curve from a box down to another, or along a row above its boxes."""
    (x, top, bottom), (to, to_top, _) = here, there
    bend = (to_top - bottom) / 2
    if top == to_top:  # over the heads of the row
        bottom, bend = top, -26
    curve = f"{x:.0f} {bottom + bend:.0f} {to:.0f} {to_top - abs(bend):.0f} {to:.0f} {to_top:.0f}"
    return f'<path class="arrow" d="M{x:.0f} {bottom:.0f}C{curve}"/>'


def drawing() -> str:
    """The picture of the house as it stands."""
    sheet = Sheet(house())
    for name, title in TITLES.items():
        sheet.side(name, title)
    return sheet.svg()


if __name__ == "__main__":
    TO.write_text(drawing(), "utf-8")

"""Whether text can be read: its contrast with what lies behind it, as a browser has composed both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator

#: WCAG 2's least contrast of ordinary text.
ENOUGH = 4.5
#: All words of an element with their contrast; text in a picture counts where it lies on the page's own paper.
CONTRASTS = """card => {
  const parsed = text => {
    const found = text.match(/rgba?\\(([^)]+)\\)/)[1].split(/[,/ ]+/).map(Number);
    return found.length > 3 ? found : [...found, 1];
  };
  const over = (top, below) => below.map((value, i) => i < 3 ? top[i] * top[3] + value * (1 - top[3]) : 1);
  const paper = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(parsed(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = colour => colour.slice(0, 3)
    .map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT), seen = [];
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    const drawn = element.closest('svg');
    if (!words || !element.getClientRects().length || (drawn && !element.style.fill.includes('var('))) continue;
    const style = getComputedStyle(element), below = paper(element);
    const ink = over(parsed(drawn ? style.fill : style.color), below);
    const [dark, bright] = [light(ink), light(below)].sort((a, b) => a - b);
    seen.push([words, (bright + 0.05) / (dark + 0.05)]);
  }
  return seen;
}"""


def contrasts(card: Locator) -> dict[str, float]:
    """Each text of a card with its contrast."""
    return dict(card.evaluate(CONTRASTS))

"""Colours and fonts that follow the page: JupyterLab's theme or VS Code's, else dark on white.

Ink and paper are always set together, so that text can be read where a page knows neither.
"""

from __future__ import annotations

#: What stands for ink and paper in a drawing, until it is written for a page. Nearly white, so that white data stay so.
DRAWN_INK, DRAWN_PAPER, DRAWN_MUTED = "#222222", "#fefefe", "#616161"


def _of(jupyter: str, vscode: str, plain: str) -> str:
    """A page's own value: Notebook 7 and nbconvert have JupyterLab's variables, VS Code's webview has its own."""
    return f"var(--jp-{jupyter}, var(--vscode-{vscode}, {plain}))"


INK = _of("content-font-color1", "editor-foreground", DRAWN_INK)
MUTED = _of("content-font-color2", "descriptionForeground", DRAWN_MUTED)
#: Of the page itself, and of a card upon it.
PAGE = _of("layout-color0", "editor-background", "#fff")
PAPER = _of("layout-color1", "editor-background", "#fff")
#: Not every theme of VS Code knows these: half-transparent grey is seen on any paper.
TINT = "var(--jp-layout-color2, rgba(127, 127, 127, 0.12))"
LINE = _of("border-color2", "contrastBorder", "rgba(127, 127, 127, 0.35)")
STRONG_LINE = _of("border-color1", "contrastBorder", "rgba(127, 127, 127, 0.6)")
SANS = _of("ui-font-family", "font-family", "system-ui, sans-serif")
MONO = _of("code-font-family", "editor-font-family", "ui-monospace, monospace")

#: A drawing's colours on a page.
THEMED = {DRAWN_INK: INK, DRAWN_PAPER: PAGE, DRAWN_MUTED: MUTED}
#: The fraction of a colour in the ink of a word that has it: no more can be read both on white and on black.
WORD_COLOUR = 0.55


def word_ink(colour: str) -> str:
    """Return what a word in a colour is written with: the colour mixed with the page's ink, so that it can be read."""
    return f"color-mix(in srgb, {colour} {WORD_COLOUR:.0%}, {INK})"

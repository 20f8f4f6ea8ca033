"""Colours that follow the theme of the page: JupyterLab's and Notebook 7's, else VS Code's, else dark on white.

Ink and paper are always set together, so that text can be read where a page knows neither.
"""

from __future__ import annotations

#: What stands for ink and paper in a drawing, until it is written for a page. Nearly white, so that white data stay so.
DRAWN_INK, DRAWN_PAPER, DRAWN_MUTED = "#222222", "#fefefe", "#616161"

INK = f"var(--jp-content-font-color1, var(--vscode-editor-foreground, {DRAWN_INK}))"
MUTED = f"var(--jp-content-font-color2, var(--vscode-descriptionForeground, {DRAWN_MUTED}))"
#: Of the page itself, of a card upon it, of what is set apart on a card.
PAGE = "var(--jp-layout-color0, var(--vscode-editor-background, #fff))"
PAPER = "var(--jp-layout-color1, var(--vscode-editor-background, #fff))"
TINT = "var(--jp-layout-color2, var(--vscode-textCodeBlock-background, #f3f3f3))"
LINE = "var(--jp-border-color2, var(--vscode-panel-border, #ddd))"

#: A drawing's colours on a page.
THEMED = {DRAWN_INK: INK, DRAWN_PAPER: PAGE, DRAWN_MUTED: MUTED}

"""Colours and fonts of a card: those of the page that shows it, JupyterLab's or VS Code's, else dark on white."""

from __future__ import annotations

#: What a picture is drawn with where no page decides.
DARK, GREY = "#222222", "#616161"


def _of(jupyter: str, vscode: str, plain: str) -> str:
    """A page's own value: Notebook 7 and nbconvert have JupyterLab's variables, VS Code's webview has its own."""
    return f"var(--jp-{jupyter}, var(--vscode-{vscode}, {plain}))"


INK = _of("content-font-color1", "editor-foreground", DARK)
MUTED = _of("content-font-color2", "descriptionForeground", GREY)
PAPER = _of("layout-color1", "editor-background", "#fff")
#: Not every theme of VS Code knows these: half-transparent grey is seen on any paper.
TINT = "var(--jp-layout-color2, rgba(127, 127, 127, 0.12))"
LINE = _of("border-color2", "contrastBorder", "rgba(127, 127, 127, 0.35)")
STRONG_LINE = _of("border-color1", "contrastBorder", "rgba(127, 127, 127, 0.6)")
SANS = _of("ui-font-family", "font-family", "system-ui, sans-serif")
MONO = _of("code-font-family", "editor-font-family", "ui-monospace, monospace")

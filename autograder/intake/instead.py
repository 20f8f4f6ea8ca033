"""What to hand in instead of a file that cannot be graded, by its ending."""

from __future__ import annotations

from collections.abc import Iterable

_ITSELF = "hand in the notebook itself (.ipynb)"
_SAID = {
    "an archive of this kind is not opened: hand in a zip, or the notebook itself": (
        *(".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"),
    ),
    f"a web page or a print of the notebook is not the notebook: {_ITSELF}": (".html", ".htm", ".mhtml", ".pdf"),
    f"a document is not the notebook: {_ITSELF}": (".doc", ".docx", ".odt", ".pages", ".ppt", ".pptx", ".rtf", ".wps"),
    f"a script or text made of the notebook is not the notebook: {_ITSELF}": (".py", ".md", ".tex", ".txt"),
    f"a picture of the notebook is not the notebook: {_ITSELF}": (".heic", ".jpeg", ".jpg", ".png"),
    f"a link is not the file: {_ITSELF}": (".lnk", ".url", ".webloc"),
    "a download that was not finished: get the file again": (".crdownload", ".part", ".partial"),
}


def instead_of(names: Iterable[str]) -> str:
    """Return a clause on the first of these files whose ending says what it is; "" where none does."""
    endings = {ending: said for said, endings in _SAID.items() for ending in endings}
    found = (said for name in names for ending, said in endings.items() if name.lower().endswith(ending))
    return f"; {said}" if (said := next(found, "")) else ""

"""What to hand in instead of a file that cannot be graded, by its ending."""

from __future__ import annotations

from collections.abc import Iterable

from aics.language import noted, tr

_SAID = {
    noted("an archive of this kind is not opened: hand in a zip, or the notebook itself"): (
        *(".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"),
    ),
    noted("a web page or a print of the notebook is not the notebook: hand in the notebook itself (.ipynb)"): (
        *(".html", ".htm", ".mhtml", ".pdf"),
    ),
    noted("a document is not the notebook: hand in the notebook itself (.ipynb)"): (
        *(".doc", ".docx", ".odt", ".pages", ".ppt", ".pptx", ".rtf", ".wps"),
    ),
    noted("a script or text made of the notebook is not the notebook: hand in the notebook itself (.ipynb)"): (
        *(".py", ".md", ".tex", ".txt"),
    ),
    noted("a picture of the notebook is not the notebook: hand in the notebook itself (.ipynb)"): (
        *(".heic", ".jpeg", ".jpg", ".png"),
    ),
    noted("a link is not the file: hand in the notebook itself (.ipynb)"): (".lnk", ".url", ".webloc"),
    noted("a download that was not finished: get the file again"): (".crdownload", ".part", ".partial"),
}


def instead_of(names: Iterable[str]) -> str:
    """Return a clause on the first of these files whose ending says what it is; "" where none does."""
    endings = {ending: said for said, endings in _SAID.items() for ending in endings}
    found = (said for name in names for ending, said in endings.items() if name.lower().endswith(ending))
    return tr("; {what}", what=tr(said)) if (said := next(found, "")) else ""

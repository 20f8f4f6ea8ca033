"""The checkout's nbgrader configuration, which stock nbgrader, formgrader and the autograder all read."""

from __future__ import annotations

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.course import ROOT


def configuration(**sections: dict[str, object]) -> Config:
    """Return ``nbgrader_config.py``, with sections such as ``GradeInSandbox={"isolation": "none"}`` on top."""
    config = PyFileConfigLoader("nbgrader_config.py", str(ROOT)).load_config()
    for section, values in sections.items():
        config[section].update(values)
    return config

"""What the lab notebooks import.

`open_lab` gives a lab's `check`, `add_to_class` adds a method, `start_from` finds what a lab starts from.

check = open_lab("lab2_layers")
check("conv_forward")
"""

from aics.check import LabError, open_lab
from aics.notebook.earlier import start_from
from aics.notebook.methods import add_to_class

__all__ = ["LabError", "add_to_class", "open_lab", "start_from"]

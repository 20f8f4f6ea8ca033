"""pycnml, the programming interface of a deep learning processor (DLP), emulated on the CPU.

    from aics.pycnml import CnmlNet, QuantParam, QuantTool

Names, orders of arguments and arithmetic are those of the card of the original course; where the card prints a
line and exits, CnmlError is raised. Two things go beyond the card: `CnmlNet.layer_costs(machine)` estimates what each
layer would cost on an accelerator (a model, see `aics.pycnml.cost_model`), and `stand_in()` lets programs that say
``import pycnml``, or the second edition's ``import pycnnl``, run unchanged (as does
``python -m aics.pycnml script.py``).
"""

from aics.pycnml.cost_model import Machine
from aics.pycnml.errors import CnmlError
from aics.pycnml.net import CnmlNet
from aics.pycnml.quant import QuantParam, QuantTool
from aics.pycnml.standin import stand_in

__all__ = ["CnmlError", "CnmlNet", "Machine", "QuantParam", "QuantTool", "stand_in"]

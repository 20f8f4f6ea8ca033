"""Lab 4: its asks by name, the files that finished cells become, and the stand-ins of the student's speed check."""

from aics.lab4_dlp.device_asks import build_vgg19, int8_conv, load_params, quant_param, quantize, top5
from aics.lab4_dlp.graph_asks import (
    backend_agreement,
    kernel_dispatch,
    op_builder,
    session_run,
    swap_speed,
    swap_speed_yardstick,
)

__all__ = [
    "EXPORTS",
    "YARDSTICKS",
    "backend_agreement",
    "build_vgg19",
    "int8_conv",
    "kernel_dispatch",
    "load_params",
    "op_builder",
    "quant_param",
    "quantize",
    "session_run",
    "swap_speed",
    "top5",
]

#: Finished cells that become files of the course's `stu_upload/` folder.
EXPORTS = {"vgg19_demo.py": ("VGG19", "quant_param", "quantize", "int8_conv")}

#: What the student's own speed check divides by: a computation that costs about as much as the reference.
YARDSTICKS = {"swap_speed": swap_speed_yardstick}

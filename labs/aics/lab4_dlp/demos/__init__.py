"""Lab 4's demos: how few bits a network's weights need, and what its layers wait for on a machine of one's choice.

Numbers and drawing are apart: `weights_picture` and `answers_picture` draw what `mini`, `grids` and `measuring` tell,
and `roofline_plot`, `roof` and `time_bars` what `vgg19_costs` does.
"""

from collections.abc import Mapping

#: Name in the address -> where the demo is, in the start page's order.
DEMOS: Mapping[str, str] = {
    "bits": "aics.lab4_dlp.demos.bits:Bits",
    "roofline": "aics.lab4_dlp.demos.roofline:Roofline",
}

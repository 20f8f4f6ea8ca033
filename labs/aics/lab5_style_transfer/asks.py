"""Lab 5: its asks by name, the files that finished cells become, and the stand-in of the student's speed check."""

from aics.lab5_style_transfer.network_asks import (
    content_loss,
    content_loss_backward,
    gram,
    one_backward,
    one_backward_yardstick,
    style_loss,
    style_loss_backward,
    vgg_backward_from,
    vgg_forward_layers,
)
from aics.lab5_style_transfer.transfer_asks import adam, random_image, save_image, transfer, transfer_step

__all__ = [
    "EXPORTS",
    "YARDSTICKS",
    "adam",
    "content_loss",
    "content_loss_backward",
    "gram",
    "one_backward",
    "random_image",
    "save_image",
    "style_loss",
    "style_loss_backward",
    "transfer",
    "transfer_step",
    "vgg_backward_from",
    "vgg_forward_layers",
]

#: Finished cells that become files of the course's `stu_upload/` folder.
EXPORTS = {
    "layers_3.py": ("gram_matrix", "ContentLossLayer", "StyleLossLayer"),
    "exp_3_3_style_transfer.py": (
        *("VGG19", "get_random_img", "AdamOptimizer"),
        *("transfer_step", "begin_transfer", "transfer"),
    ),
}

#: What the student's own speed check divides by: a computation that costs about as much as the reference.
YARDSTICKS = {"one_backward": one_backward_yardstick}

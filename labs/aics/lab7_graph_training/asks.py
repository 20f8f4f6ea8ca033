"""Lab 7: its asks by name, the files that finished cells become, and the stand-ins of the student's speed check."""

from aics.lab7_graph_training.layers_asks import full_layer, mnist_cnn
from aics.lab7_graph_training.normalization_asks import batch_norm, lstm
from aics.lab7_graph_training.optimizers_asks import optimizers
from aics.lab7_graph_training.planning_asks import gradients, walk, walk_yardstick
from aics.lab7_graph_training.rules_asks import op_gradients
from aics.lab7_graph_training.saver_asks import saver
from aics.lab7_graph_training.state_asks import dropout, initializers, variables
from aics.lab7_graph_training.watching_asks import event_file, gradient_summary, graph_def

__all__ = [
    "EXPORTS",
    "YARDSTICKS",
    "batch_norm",
    "dropout",
    "event_file",
    "full_layer",
    "gradient_summary",
    "gradients",
    "graph_def",
    "initializers",
    "lstm",
    "mnist_cnn",
    "op_gradients",
    "optimizers",
    "saver",
    "variables",
    "walk",
]

#: What any training needs: a network of the course's own is written with all of it, so that its file runs alone.
TRAINING = (
    *("walk", "VariableStore", "matmul_gradient", "bias_add_gradient", "sigmoid_gradient", "relu_gradient"),
    *("square_gradient", "mean_gradient", "softmax_cross_entropy_gradient", "reshape_gradient", "conv2d_gradient"),
    *("max_pool_gradient", "gradients", "full_layer", "GradientDescent"),
)
#: Finished cells that become files of `stu_upload/`: the course's own MNIST_MLP, and the rest.
EXPORTS: dict[str, tuple[str, ...]] = {
    "mnist_mlp_cpu.py": (*TRAINING, "MNIST_MLP", "build_mnist_mlp"),
    "graph_training.py": (
        *TRAINING,
        *("constant", "fans", "truncated_normal", "xavier", "he", "filled", "softmax_regression", "Momentum", "Adam"),
        *("Adadelta", "batch_norm", "batch_norm_gradient", "dropout", "mnist_cnn", "safetensors_bytes"),
        *("read_safetensors", "Saver"),
    ),
    "event_file.py": (
        *("varint", "field", "masked_crc", "record", "version_event", "scalar_event", "histogram_event", "EventFile"),
        *("graph_def", "gradient_summary"),
    ),
    "lstm.py": ("lstm_step", "lstm_step_backward"),
}

#: What the student's own speed check divides by: a computation that costs about as much as the reference.
YARDSTICKS: dict[str, object] = {"walk": walk_yardstick}

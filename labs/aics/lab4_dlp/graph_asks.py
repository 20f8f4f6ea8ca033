"""Lab 4: how each question on graphs calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what came
back, name by name. It knows no right answer, and computes nothing of what came back: what is counted and compared is
in `aics.lab4_dlp.measures`. Graphs, operators and kernels are small doubles, so that one empty stub does not cost the
next question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from aics.check.returned import spelled, stacked
from aics.graph import REQUIRED, GraphError, OpDef
from aics.lab4_dlp.graph_doubles import NotingKernels, placed, planned, read_line, tensor

#: What an ask returns: name of each output -> what came back.
Outputs = dict[str, object]
#: A name that an error's message must hold; of several in a list, one is enough.
Named = str | Sequence[str]
#: A call of a builder's method: its name, then its arguments.
Step = Sequence[Any]
#: Values of a session's list that travel, at most.
MOST_FETCHED = 40
#: Behind the name of what was looked at once more, after the builder went on.
LATER = ", once the builder went on"


def _refused(error: GraphError, names: Sequence[Named]) -> Outputs:
    """What the refusal says; without names nothing was to be refused, and the error goes on, so that it is shown."""
    if not names:
        raise error
    return {"refusal": spelled([error])}


# Operators


def op_builder(
    OpBuilder: Any, *, about: str, steps: Sequence[Step], more: Sequence[Step], names: Sequence[Named]
) -> Outputs:
    """What the OpDef holds that a chain of `steps` defines, and what once its builder took `more` steps.

    The step set_shape_fn gets a function of this ask's. An operator to be refused has `names` for its refusal.
    """
    try:
        builder = OpBuilder("Op")
        for method, *arguments in steps:
            builder = getattr(builder, method)(*(arguments or [_two_shapes] * (method == "set_shape_fn")))
        definition = builder.finalize()
    except GraphError as error:
        return _refused(error, names)
    if names or not isinstance(definition, OpDef):
        return {}
    found = {"name": spelled([definition.name])} | _names(definition) | _defaults(definition)
    other = OpBuilder("Other")  # a second one, for lists that all builders might share
    for method, *arguments in more:
        builder = getattr(builder, method)(*arguments)
        other = getattr(other, method)(*arguments)
    found |= {f"{kind}{LATER}": names for kind, names in _names(definition).items()}
    shapes = definition.shape_function([(3, 4)], {"stride": 2})
    return found | {f"shape of output {number}": np.array(shape) for number, shape in enumerate(shapes)}


def _two_shapes(shapes: Sequence[tuple[int, ...]], attributes: Mapping[str, int]) -> list[tuple[int, ...]]:
    """A shape function for two outputs: the input's shape with the stride behind it, and without."""
    return [(*shapes[0], attributes["stride"]), shapes[0]]


def _names(definition: OpDef) -> Outputs:
    """The names that the definition has, of each kind."""
    return {kind: spelled(getattr(definition, kind)) for kind in ("inputs", "outputs", "attributes")}


def _defaults(definition: OpDef) -> Outputs:
    """Which attributes are required, which have None, and the default of each other."""
    by_name = definition.attributes.items()
    known = {"required": REQUIRED, "None by default": None}
    found: Outputs = {title: spelled(n for n, value in by_name if value is what) for title, what in known.items()}
    others = ((name, value) for name, value in by_name if value is not REQUIRED and value is not None)
    return found | {f"default of {name}": value for name, value in others}


# Kernels


def kernel_dispatch(
    KernelRegistry: Any,
    *,
    about: str,
    kernels: Sequence[tuple[str, str]],
    asked: tuple[str, str],
    names: Sequence[Named],
) -> Outputs:
    """Register a kernel for each (operator, device type) of `kernels`, and find one for a node (operator, device).

    Classes do not travel: what came back is told by its place among the kernels, -1 for anything else.
    A kernel to be refused has `names` for its refusal.
    """
    registry = KernelRegistry()
    classes = [type(f"{operator}On{kind.title()}", (), {}) for operator, kind in kernels]
    try:
        pairs = list(zip(kernels, classes, strict=True))
        kept = [registry.register(operator, kind)(kernel) for (operator, kind), kernel in pairs]
        found = registry.find(*placed([asked]))
    except GraphError as error:
        return _refused(error, names)
    places = [next((n for n, kernel in enumerate(classes) if kernel is each), -1) for each in (found, *kept)]
    return {"kernel from find": places[0], "kernels from the decorators": np.array(places[1:], np.int64)}


# Sessions


def session_run(
    Session: Any,
    *,
    about: str,
    plan: Sequence[str],
    fetches: Sequence[str],
    feeds: Sequence[str],
    values: NDArray[np.float64],
    names: Sequence[Named],
    counted: Callable[..., NDArray[np.float64]] | None = None,
) -> Outputs:
    """What the second of two runs fetches, and the nodes that ran in it, in order.

    `values` has a row for each variable and each feed. The first run gets other ones, in the same dict of feeds: a
    session may not remember them, nor keep anything in that dict. A run to be refused has `names` for its refusal.
    With `counted` for all operators, which the grader computes, there is no first run: each call counts.
    """
    lines = {name: operator for name, operator, _ in map(read_line, plan)}
    variables = [name for name, operator in lines.items() if operator == "variable"]
    rows = dict(zip([*variables, *feeds], values, strict=True))
    graph = planned(plan, {name: 1 - rows[name] for name in variables}, values.shape[1])
    kernels = NotingKernels(counted)
    session = Session(graph, kernels)
    wanted = [tensor(graph, name) for name in fetches]
    fed = {tensor(graph, name): 2 - rows[name] for name in feeds}
    try:
        if not counted:
            session.run(wanted, fed)
        for name in variables:
            graph.nodes[name].load(rows[name])
        kernels.ran.clear()
        fed |= {tensor(graph, name): rows[name] for name in feeds}
        got = session.run(wanted, fed)
    except GraphError as error:
        return _refused(error, names)
    if not (isinstance(got, list | tuple) or (isinstance(got, np.ndarray) and got.ndim > 1)):  # rows, one a fetch
        return {}
    titles = [f"fetch {place}, {name}" for place, name in enumerate(fetches, 1)]
    titles += [f"fetch {place}" for place in range(len(titles) + 1, MOST_FETCHED)]
    return {"nodes that ran": spelled(kernels.ran)} | dict(zip(titles, got, strict=False))


# Formats and speed


def backend_agreement(
    agreement_bound: Any,
    *,
    terms: int,
    input_max: float,
    weight_max: float,
    bias_max: float,
    input_step: float,
    weight_step: float,
    half_weight: bool,
) -> Outputs:
    """The bound, a number."""
    sizes = {"input_max": input_max, "weight_max": weight_max, "bias_max": bias_max}
    steps = {"input_step": input_step, "weight_step": weight_step, "half_weight": half_weight}
    return {"bound": agreement_bound(terms, **sizes, **steps)}


def swap_speed(
    OnnxConv: Any,
    *,
    x: NDArray[np.float32],
    weights: NDArray[np.float32],
    biases: NDArray[np.float32],
    stride: int,
    pad: int,
    rounds: int,
) -> Outputs:
    """What one kernel gives with the first weight and bias in each of several rounds, then with each other pair.

    From round to round the picture moves on by a channel, a row and a column, and never comes again.
    """
    kernel = OnnxConv(_conv_node([(None, *x.shape[1:]), weights.shape[1:], biases.shape[1:]], stride, pad))
    pairs = list(zip(weights, biases, strict=True))
    for array in (array for pair in pairs for array in pair):
        array.flags.writeable = False  # a graph's variables hand out the very same locked arrays run after run
    outputs = [kernel.compute(_moved_on(x, turn), *pairs[0]) for turn in range(rounds)]
    others = {f"output with weight {number}": kernel.compute(x[:1], *pair) for number, pair in enumerate(pairs[1:], 2)}
    return {"outputs of all rounds": stacked(outputs), **others}


def _moved_on(x: NDArray[np.float32], turn: int) -> NDArray[np.float32]:
    return np.roll(x, (turn, turn, turn), axis=(1, 2, 3))


def _conv_node(shapes: Sequence[tuple[int | None, ...]], stride: int, pad: int) -> SimpleNamespace:
    """As much of a convolution's node as its kernel looks at."""
    return SimpleNamespace(
        name="conv",
        device="onnxruntime:0",
        attributes={"stride": stride, "pad": pad, "input_quant": None, "weight_quant": None},
        inputs=tuple(SimpleNamespace(shape=shape) for shape in shapes),
    )


def swap_speed_yardstick(
    *,
    x: NDArray[np.float32],
    weights: NDArray[np.float32],
    biases: NDArray[np.float32],
    stride: int,
    pad: int,
    rounds: int,
) -> NDArray[np.float32]:
    """Pad, cut into windows and multiply in NumPy, round by round; it costs about what ONNX Runtime's way costs."""
    padded = np.zeros((*x.shape[:2], *(side + 2 * pad for side in x.shape[2:])), x.dtype)
    windows = sliding_window_view(padded, weights.shape[2:4], axis=(2, 3))[:, :, ::stride, ::stride]
    outputs = []
    for turn in range(rounds):
        padded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]] = _moved_on(x, turn)
        outputs.append(np.tensordot(windows, weights[0], axes=((1, 4, 5), (0, 1, 2))))
    return np.stack(outputs)

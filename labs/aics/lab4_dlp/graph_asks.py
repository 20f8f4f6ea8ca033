"""Lab 4: how each question on graphs calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what came
back, name by name. It knows no right answer. Graphs, operators and kernels are small doubles, so that one empty stub
does not cost the next question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from aics.graph import REQUIRED, GraphError, OpDef
from aics.lab4_dlp.graph_doubles import CountingKernels, placed, planned, read_line, tensor

#: What an ask returns: name of each output -> what came back.
Outputs = dict[str, object]
#: A name that an error's message must hold; of several in a list, one is enough.
Named = str | Sequence[str]
#: A call of a builder's method: its name, then its arguments.
Step = Sequence[Any]


def _refused(error: GraphError, names: Sequence[Named]) -> Outputs:
    """That it was refused, and which of `names` the message holds.

    Without names nothing was to be refused: the error goes on, so that its own words are shown.
    """
    if not names:
        raise error
    found: Outputs = {"refusal": True}
    for name in names:
        either = [name] if isinstance(name, str) else name
        found[f"mention of {' or '.join(either)}"] = any(each in str(error) for each in either)
    return found


# Operators


def op_builder(
    OpBuilder: Any, *, about: str, steps: Sequence[Step], more: Sequence[Step], names: Sequence[Named]
) -> Outputs:
    """What the OpDef holds that a chain of `steps` defines, and how much once its builder took `more` steps.

    The step set_shape_fn gets a function of this ask's. An operator to be refused has `names` for its refusal.
    """
    try:
        builder = OpBuilder("Op")
        for method, *arguments in steps:
            builder = getattr(builder, method)(*(arguments or [_two_shapes] * (method == "set_shape_fn")))
        definition = builder.finalize()
    except GraphError as error:
        return _refused(error, names)
    if names:
        return {"refusal": False}
    if not isinstance(definition, OpDef):
        return {"refusal": False, "OpDef from finalize": False}
    found: Outputs = {"refusal": False, "OpDef from finalize": True}
    found |= _sizes(definition) | _described(definition, steps)
    other = OpBuilder("Other")  # a second one, for lists that all builders might share
    for method, *arguments in more:
        builder = getattr(builder, method)(*arguments)
        other = getattr(other, method)(*arguments)
    found |= {f"{name}, once the builder went on": size for name, size in _sizes(definition).items()}
    shapes = definition.shape_function([(3, 4)], {"stride": 2})
    return found | {f"shape of output {number}": np.array(shape) for number, shape in enumerate(shapes)}


def _two_shapes(shapes: Sequence[tuple[int, ...]], attributes: Mapping[str, int]) -> list[tuple[int, ...]]:
    """A shape function for two outputs: the input's shape with the stride behind it, and without."""
    return [(*shapes[0], attributes["stride"]), shapes[0]]


def _sizes(definition: OpDef) -> dict[str, int]:
    """How many names the definition has of each kind."""
    return {f"number of {kind}": len(getattr(definition, kind)) for kind in ("inputs", "outputs", "attributes")}


def _described(definition: OpDef, steps: Sequence[Step]) -> Outputs:
    """The place of each name that the steps said, and each attribute's default."""
    found: Outputs = {}
    kinds = {
        "input": ("input", list(definition.inputs)),
        "output": ("output", list(definition.outputs)),
        "attr": ("attribute", list(definition.attributes)),
    }
    for step, name in [step[:2] for step in steps if step[0] in kinds]:
        kind, defined = kinds[step]
        if name in defined:
            found[f"place of {kind} {name}"] = defined.index(name)
    for name, default in definition.attributes.items():
        found[f"REQUIRED as default of {name}"] = default is REQUIRED
        found[f"None as default of {name}"] = default is None
        if default is not REQUIRED and default is not None:
            found[f"default of {name}"] = default
    return found


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

    A kernel to be refused has `names` for its refusal.
    """
    registry = KernelRegistry()
    classes = [type(f"{operator}On{kind.title()}", (), {}) for operator, kind in kernels]
    try:
        pairs = list(zip(kernels, classes, strict=True))
        kept = [registry.register(operator, kind)(kernel) is kernel for (operator, kind), kernel in pairs]
        found = registry.find(*placed([asked]))
    except GraphError as error:
        return _refused(error, names)
    told: Outputs = {"refusal": False, "class from find": any(found is kernel for kernel in classes)}
    for (operator, kind), kernel, same in zip(kernels, classes, kept, strict=True):
        told[f"kernel for {operator} on {kind}"] = found is kernel
        told[f"decorator of {operator} on {kind}"] = same
    return told


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
) -> Outputs:
    """What the second of two runs fetches, and how often each operator of the plan ran in it.

    `values` has a row for each variable and each feed. The first run gets other ones: a session may not remember
    them. A run to be refused has `names` for its refusal.
    """
    lines = {name: operator for name, operator, _ in map(read_line, plan)}
    variables = [name for name, operator in lines.items() if operator == "variable"]
    rows = dict(zip([*variables, *feeds], values, strict=True))
    graph = planned(plan, {name: 1 - rows[name] for name in variables}, values.shape[1])
    kernels = CountingKernels()
    session = Session(graph, kernels)
    wanted = [tensor(graph, name) for name in fetches]
    try:
        session.run(wanted, {tensor(graph, name): 2 - rows[name] for name in feeds})
        for name in variables:
            graph.nodes[name].load(rows[name])
        kernels.ran.clear()
        got = session.run(wanted, {tensor(graph, name): rows[name] for name in feeds})
    except GraphError as error:
        return _refused(error, names)
    if not isinstance(got, list | tuple):
        return {"refusal": False, "list from run": False}
    found: Outputs = {"refusal": False, "list from run": True, "length of the list": len(got)}
    found |= {f"fetch {place}, {name}": value for place, (name, value) in enumerate(zip(fetches, got, strict=False), 1)}
    return found | {f"times {name} ran": kernels.ran[name] for name, operator in lines.items() if operator[0].isupper()}


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

    From round to round the picture moves on by one column.
    """
    kernel = OnnxConv(_conv_node([(None, *x.shape[1:]), weights.shape[1:], biases.shape[1:]], stride, pad))
    pairs = list(zip(weights, biases, strict=True))
    for array in (array for pair in pairs for array in pair):
        array.flags.writeable = False  # a graph's variables hand out the very same locked arrays run after run
    outputs = [kernel.compute(np.roll(x, turn, axis=-1), *pairs[0]) for turn in range(rounds)]
    others = {f"output with weight {number}": kernel.compute(x[:1], *pair) for number, pair in enumerate(pairs[1:], 2)}
    return {"outputs of all rounds": _together(outputs), **others}


def _conv_node(shapes: Sequence[tuple[int | None, ...]], stride: int, pad: int) -> SimpleNamespace:
    """As much of a convolution's node as its kernel looks at."""
    return SimpleNamespace(
        name="conv",
        device="onnxruntime:0",
        attributes={"stride": stride, "pad": pad, "input_quant": None, "weight_quant": None},
        inputs=tuple(SimpleNamespace(shape=shape) for shape in shapes),
    )


def _together(outputs: Sequence[Any]) -> Any:
    """Arrays of one shape as one array; else the first of them that is none, or of another shape."""
    odd = [output for output in outputs if not isinstance(output, np.ndarray) or output.shape != np.shape(outputs[0])]
    return odd[0] if odd else np.stack(outputs)


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
        padded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]] = np.roll(x, turn, axis=-1)
        outputs.append(np.tensordot(windows, weights[0], axes=((1, 4, 5), (0, 1, 2))))
    return np.stack(outputs)

"""How each question on graphs calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer. Graphs, operators and kernels are small doubles,
so that one empty stub does not cost the next question.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from aics.graph import REQUIRED, GraphError, OpDef
from aics.lab4_dlp.graph_doubles import CountingKernels, placed, planned, read_line, tensor

#: Stands for REQUIRED and None among an operator's defaults, which are numbers.
_NO_DEFAULT, _NONE = -1000, -2000


# Operators


def op_builder(OpBuilder, *, about, steps, names, more):
    """What a chain of steps defines, as places in `names`; and what is left of it after `more` steps.

    A step is [method, argument ...]; set_shape_fn gets a function that this ask makes. Without `more` the
    operator is one to refuse, with `names` in the message.
    """

    def shape_function(shapes, attributes):
        return [(*shapes[0], attributes["stride"]), shapes[0]]

    try:
        builder = OpBuilder("Op")
        for method, *arguments in steps:
            builder = getattr(builder, method)(*(arguments or [shape_function] * (method == "set_shape_fn")))
        definition = builder.finalize()
    except GraphError as error:
        return _refusal(error, names if more is None else None)
    if not isinstance(definition, OpDef):
        return {"the OpDef": definition}
    first = _described(definition, names)
    other = OpBuilder("Other")
    for method, *arguments in more:
        builder = getattr(builder, method)(*arguments)
        other = getattr(other, method)(*arguments)
    later = _described(definition, names)
    made = definition.shape_function([(3, 4)], {"stride": 2})
    return {
        "refused": 0,
        **first,
        **{f"{name}, once the builder went on": value for name, value in later.items()},
        "sizes that the shape function gave": np.array([size for shape in made for size in shape]),
    }


def _described(definition, names):
    def places(some):
        return np.array([names.index(name) if name in names else -1 for name in some], np.int64)

    defaults = [{REQUIRED: _NO_DEFAULT, None: _NONE}.get(value, value) for value in definition.attributes.values()]
    return {
        "inputs": places(definition.inputs),
        "attributes": places(definition.attributes),
        "defaults": np.array(defaults, np.float64),
        "outputs": places(definition.outputs),
    }


def _refusal(error, names):
    """That it was refused, and which of `names` the message holds; of names in a list, one is enough.

    Where nothing was to be refused the error goes on, so that its own words are shown.
    """
    if not names:
        raise error
    said = str(error)
    held = [any(each in said for each in ([name] if isinstance(name, str) else name)) for name in names]
    return {"refused": 1, "names in the message": np.array(held, np.int64)}


# Kernels


def kernel_dispatch(KernelRegistry, *, about, kernels, asked, names):
    """Register kernels [operator, device type], and find one for a node [operator, device].

    Which kernel came, by its place in `kernels`; or that it was refused, and which of `names` the message holds.
    """
    registry, classes, given_back = KernelRegistry(), [], []
    try:
        for operator, kind in kernels:
            kernel = type(f"{operator}On{kind.title()}", (), {"__init__": lambda self, node: None})
            classes.append(kernel)
            given_back.append(int(registry.register(operator, kind)(kernel) is kernel))
        found = registry.find(*placed([asked]))
    except GraphError as error:
        return _refusal(error, names)
    place = next((i for i, kernel in enumerate(classes) if kernel is found), None)
    if place is None:
        return {"the kernel class": found}
    return {"refused": 0, "place of the kernel that was found": place, "register gives back": np.array(given_back)}


# Sessions


def session_run(Session, *, about, plan, fetches, feeds, values, names):
    """What a run fetches, and how often each operator of the plan ran; the second of two runs.

    `values` has a row for each variable and each feed. The first run gets other ones: a session may not
    remember them. Where it was refused: which of `names` the message holds.
    """
    lines = {name: operator for name, operator, _ in map(read_line, plan)}
    sources = [name for name, operator in lines.items() if operator == "variable"]
    rows = dict(zip([*sources, *feeds], values, strict=True))
    graph = planned(plan, {name: 1 - rows[name] for name in sources}, values.shape[1])
    kernels = CountingKernels()
    session = Session(graph, kernels)
    wanted = [tensor(graph, name) for name in fetches]
    try:
        session.run(wanted, {tensor(graph, name): 2 - rows[name] for name in feeds})
        for name in sources:
            graph.nodes[name].load(rows[name])
        kernels.ran.clear()
        got = session.run(wanted, {tensor(graph, name): rows[name] for name in feeds})
    except GraphError as error:
        return _refusal(error, names)
    if not isinstance(got, list | tuple) or len(got) != len(fetches):
        return {"the list of fetched values": got if not isinstance(got, list | tuple) else None}
    times = np.array([kernels.ran[name] for name, operator in lines.items() if operator[0].isupper()])
    fetched = {f"{place}. {name}": value for place, (name, value) in enumerate(zip(fetches, got, strict=True), 1)}
    return {"refused": 0, **fetched, "times each operator ran": times}


# Formats and speed


def backend_agreement(agreement_bound, *, terms, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    """The bound, a number."""
    sizes = {"input_max": input_max, "weight_max": weight_max, "bias_max": bias_max}
    steps = {"input_step": input_step, "weight_step": weight_step, "half_weight": half_weight}
    return {"bound": agreement_bound(terms, **sizes, **steps)}


def swap_speed(OnnxConv, *, x, weights, biases, stride, pad, rounds):
    """One kernel, used `rounds` times on inputs that differ, then once with each other weight: the sums, and those."""
    shapes = [(None, *x.shape[1:]), weights.shape[1:], biases.shape[1:]]
    node = SimpleNamespace(
        name="conv",
        device="onnxruntime:0",
        attributes={"stride": stride, "pad": pad, "input_quant": None, "weight_quant": None},
        inputs=tuple(SimpleNamespace(shape=shape) for shape in shapes),
    )
    kernel = OnnxConv(node)
    pairs = [(weight, bias) for weight, bias in zip(weights, biases, strict=True)]
    for array in (array for pair in pairs for array in pair):
        array.flags.writeable = False  # a graph's variables hand out the very same locked arrays run after run
    total = 0
    for turn in range(rounds):
        total = total + kernel.compute(np.roll(x, turn, axis=-1), *pairs[0])
    outputs = {"sum of the outputs": total}
    for number, pair in enumerate(pairs[1:], 2):
        outputs[f"output with weight {number}"] = kernel.compute(x[:1], *pair)
    return outputs


def _yardstick(*, x, weights, biases, stride, pad, rounds):
    """For each turn nine copies and a product, in the convolution's sizes; contents are meaningless."""
    inputs, size, _, outputs = weights.shape[1:]
    height, width = ((side + 2 * pad - size) // stride + 1 for side in x.shape[2:])
    weight = np.resize(weights, (outputs, inputs * size * size))
    copies = np.empty((inputs, size * size, height, width), x.dtype)
    total = 0
    for turn in range(rounds):
        padded = np.pad(np.roll(x, turn, axis=-1)[0], ((0, 0), (pad, pad), (pad, pad)))
        for place in range(size * size):
            row, column = divmod(place, size)
            copies[:, place] = padded[:, row : row + height, column : column + width]
        total = total + weight @ copies.reshape(weight.shape[1], -1)
    return total


YARDSTICKS = {"swap_speed": _yardstick}

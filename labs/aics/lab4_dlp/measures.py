"""Lab 4: what is compared, computed from what a student's functions returned and from what the doubles were told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.doubles.changes import OVERWRITTEN, overwritten
from aics.lab4_dlp import second_asks
from aics.lab4_dlp.device_asks import CALLS, LAYERS
from aics.lab4_dlp.graph_asks import LATER, Named, Step
from aics.lab4_dlp.graph_doubles import read_line

# The device


def quant_param(returned: Returned, **_: object) -> Outputs:
    """Whether a pair came back, and the pair."""
    return {"pair": "position" in returned, **returned}


def quantize(returned: Returned, *, x: NDArray[Any], **_: object) -> Outputs:
    """The whole numbers, and how many of the numbers that they stand for were changed."""
    return returned.beside() | {OVERWRITTEN: overwritten(returned, x=x)}


def int8_conv(returned: Returned, **_: object) -> Outputs:
    """The convolution, and whether FP16 could hold each of its entries."""
    output = returned["output"]
    if output.dtype.kind != "f":
        return {"output": output}
    return {"output": output, "output in FP16": np.array_equal(output, output.astype(np.float16), equal_nan=True)}


def build_vgg19(returned: Returned, *, edition: int = 1, **_: object) -> Outputs:
    """Whether the device was told anything; how many layers, what each is called, which call created it."""
    if edition == 2:
        return _told_the_second_card(returned)
    if "calls" not in returned:
        return {"CnmlNet in self.net": False}
    names, calls = returned.words("names"), returned.words("calls")
    found: dict[str, object] = {"CnmlNet in self.net": True, "net.size()": len(names)}
    found["names of the layers"] = np.array([one == other for one, other in zip(names, LAYERS, strict=False)])
    found |= _places_of(calls, [call for call, _kind, _sizes in CALLS])
    kept = returned.shaped("filter_quant_params: position", -1)
    return found | {"number of filter_quant_params": len(kept)} | returned.beside("names", "calls")


def _told_the_second_card(returned: Returned) -> Outputs:
    """Whether the second edition's card was told anything; how many layers, which call created each."""
    if "calls" not in returned:
        return {"CnnlNet in self.net": False}
    calls = returned.words("calls")
    counted = {"CnnlNet in self.net": True, "net.size()": len(calls)}
    return counted | _places_of(calls, list(second_asks.CALLS)) | returned.beside("calls")


def _places_of(calls: Sequence[str], kinds: Sequence[str]) -> Outputs:
    """How often each kind of call was made, and at which layers."""
    found: Outputs = {}
    for kind in kinds:
        places = np.array([place for place, each in enumerate(calls) if each == kind], np.int64)
        found |= {f"number of {kind} calls": len(places), f"{kind}: layer": places}
    return found


def load_params(returned: Returned, *, edition: int = 1, **_: object) -> Outputs:
    """How many layers were given parameters, whether each was given a QuantParam, and all that was given."""
    if edition == 2:
        return {"number of layers with parameters": len(returned.shaped("loadParams: layer_id", -1)), **returned}
    kinds = np.array([word == "QuantParam" for word in returned.words("classes")])
    number = len(returned.shaped("loadParams: layer_id", -1))
    counted = {"number of layers with parameters": number, "quant_param: type": kinds}
    return counted | returned.beside("classes")


def top5(returned: Returned, **_: object) -> Outputs:
    """Whether each call returned a pair, and the pairs."""
    return {"pair": "top1" in returned, **returned}


# Graphs


def _refusal(returned: Returned, names: Sequence[Named]) -> Outputs:
    """Whether something was refused, and which of `names` the refusal mentions."""
    if "refusal" not in returned:
        return {"refusal": False}
    said = "\n".join(returned.words("refusal"))
    either = [[name] if isinstance(name, str) else name for name in names]
    mentions: Outputs = {f"mention of {' or '.join(some)}": any(name in said for name in some) for some in either}
    return mentions | {"refusal": True}


def op_builder(returned: Returned, *, steps: Sequence[Step], names: Sequence[Named], **_: object) -> Outputs:
    """What the OpDef holds: how many names of each kind, the position of each, which defaults; or the refusal."""
    found = _refusal(returned, names)
    if names or found["refusal"] or "inputs" not in returned:
        return found | ({} if names else {"OpDef from finalize": False})
    for kind in ("inputs", "outputs", "attributes"):
        for title in (kind, f"{kind}{LATER}"):
            found[f"number of {title}"] = len(returned.words(title))
    found |= {"OpDef from finalize": True, "operator's name": returned.words("name") == ["Op"]}
    return found | _places(returned, steps) | _defaults(returned)


def _places(returned: Returned, steps: Sequence[Step]) -> Outputs:
    """The position of each name that the steps said, and the shapes that the shape function gave."""
    found: dict[str, Any] = {
        f"shape of output {n}": array for n, array in returned.beginning("shape of output ").items()
    }
    kinds = {"input": "input", "output": "output", "attr": "attribute"}
    for step, name in [step[:2] for step in steps if step[0] in kinds]:
        defined = returned.words(f"{kinds[step]}s")
        if name in defined:
            found[f"position of {kinds[step]} {name}"] = defined.index(name)
    return found


def _defaults(returned: Returned) -> Outputs:
    """Of each attribute whether it is required or None by default; what is neither as it is."""
    found: dict[str, Any] = {f"default of {name}": value for name, value in returned.beginning("default of ").items()}
    required, none = returned.words("required"), returned.words("None by default")
    for name in returned.words("attributes"):
        found |= {f"REQUIRED as default of {name}": name in required, f"None as default of {name}": name in none}
    return found


def kernel_dispatch(
    returned: Returned, *, kernels: Sequence[tuple[str, str]], names: Sequence[Named], **_: object
) -> Outputs:
    """Which kernel was found, and whether each decorator gave its class back; or the refusal."""
    told = _refusal(returned, names)
    if "kernel from find" not in returned:
        return told
    found = returned.shaped("kernel from find").item()
    kept = returned.shaped("kernels from the decorators", len(kernels)).tolist()
    told["class from find"] = 0 <= found < len(kernels)
    for place, (operator, kind) in enumerate(kernels):
        told[f"kernel for {operator} on {kind}"] = found == place
        told[f"decorator of {operator} on {kind}"] = kept[place] == place
    return told


def session_run(returned: Returned, *, plan: Sequence[str], names: Sequence[Named], **_: object) -> Outputs:
    """Whether a list came back, what it holds, and how often each operator of the plan ran; or the refusal."""
    found = _refusal(returned, names)
    if found["refusal"]:
        return found
    if "nodes that ran" not in returned:
        return found | {"list from run": False}
    ran, fetched = returned.words("nodes that ran"), returned.beside("nodes that ran")
    found |= {"list from run": True, "length of the list": len(fetched), **fetched}
    operators = {name: operator for name, operator, _ in map(read_line, plan)}
    return found | {f"times {name} ran": ran.count(name) for name, made in operators.items() if made[0].isupper()}

"""What a network costs on an accelerator: a model on paper, not a measurement.

Two things can limit a layer: arithmetic, and the transfers to and from memory. Each layer's work is counted and divided
by what the machine could do at best; the larger of the two times counts (a *roofline*: Williams, Waterman & Patterson
2009).
Real cards stay below it. Not in the model: the start of a kernel, channels padded to the array's width, traffic
between cores, memory that is slow for short accesses, and the overlap of one layer's memory with the next one's
arithmetic.

Bytes that a layer moves to and from off-chip memory: its input and output, two bytes a number (FP16); its weights,
one byte a number for a convolution (INT8) and two for a fully connected layer (FP16); nothing is fused, so every
layer fetches its input and brings its output back. **Tiling rule:** of input and weights one lies in on-chip memory,
in pieces that fill half of it, while the other streams past each piece. So with `n` pieces the streaming one is
fetched `n` times. The cheaper choice of the two counts; whatever fits in one piece costs nothing extra.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, prod

from aics.pycnml.layers import Layer

#: Bytes of a number of a feature map.
HALF_BYTES = 2


@dataclass(frozen=True, kw_only=True)
class Machine:
    """An accelerator, as a few numbers. The defaults are of the class of Cambricon's MLU270 card.

    Published for that card (product brief, 2019): 128 TOPS at INT8, 16 cores, memory of 102.4 GB/s. A multiply-add
    is two operations, so it makes 64 T of them a second, or 4,000 a core and cycle at 1 GHz. The card's maker
    publishes less about the rest; assumed here are 2 MB of on-chip memory a core (0.5 MB for features, 1 MB for
    weights, and its part of 2 MB that four cores share) and 64 vector lanes a core.

    Attributes
    ----------
    cores : int
    clock : float
        Cycles a second.
    macs : int
        INT8 multiply-adds a core and cycle.
    lanes : int
        Operations on single numbers (a comparison, an exponential) a core and cycle.
    on_chip_bytes : int
        On-chip memory of a core.
    bandwidth : float
        Bytes a second to and from off-chip memory, for all cores together.
    """

    cores: int = 16
    clock: float = 1e9
    macs: int = 4000
    lanes: int = 64
    on_chip_bytes: int = 2 * 2**20
    bandwidth: float = 102.4e9

    @property
    def peak(self) -> float:
        """Return the multiply-adds a second, at best."""
        return self.cores * self.macs * self.clock

    @property
    def ridge(self) -> float:
        """Return the multiply-adds for each byte moved from which on arithmetic is the limit."""
        return self.peak / self.bandwidth


@dataclass(frozen=True, kw_only=True)
class LayerCost:
    """What one layer costs. Modelled, not measured.

    Attributes
    ----------
    name : str
    multiply_adds : int
    bytes_moved : int
        To and from off-chip memory, with what tiling adds.
    extra_bytes : int
        Of these, what is fetched again since it does not fit on chip.
    compute_cycles, memory_cycles : int
        What arithmetic and what memory would take alone.
    seconds : float
        The larger of the two, at the machine's clock.
    utilization : float
        Share of the multiply-adds that could have been made in that time, 0 to 1.
    """

    name: str
    multiply_adds: int
    bytes_moved: int
    extra_bytes: int
    compute_cycles: int
    memory_cycles: int
    seconds: float
    utilization: float

    @property
    def cycles(self) -> int:
        """Return the larger of the two counts of cycles."""
        return max(self.compute_cycles, self.memory_cycles)

    @property
    def limit(self) -> str:
        """Return what limits the layer: ``"memory"`` or ``"arithmetic"``."""
        return "memory" if self.memory_cycles > self.compute_cycles else "arithmetic"

    @property
    def intensity(self) -> float:
        """Return the multiply-adds for each byte moved."""
        return self.multiply_adds / self.bytes_moved


def layer_costs(layers: Iterable[Layer], machine: Machine, core_num: int | None = None) -> list[LayerCost]:
    """Estimate what each layer costs on a machine.

    core_num : cores that work; all that the machine has, if not given
    """
    cores = min(machine.cores, core_num or machine.cores)
    return [_layer_cost(layer, machine, cores) for layer in layers]


def _layer_cost(layer: Layer, machine: Machine, cores: int) -> LayerCost:
    multiply_adds, weight_bytes, single = layer.cost()
    input_bytes, output_bytes = (HALF_BYTES * prod(shape) for shape in (layer.input_shape, layer.output_shape()))
    extra = tiling(input_bytes, weight_bytes, cores * machine.on_chip_bytes)
    moved = input_bytes + weight_bytes + output_bytes + extra
    compute = ceil(multiply_adds / (cores * machine.macs)) + ceil(single / (cores * machine.lanes))
    memory = ceil(moved * machine.clock / machine.bandwidth)
    cycles = max(compute, memory)
    return LayerCost(
        name=layer.name,
        multiply_adds=multiply_adds,
        bytes_moved=moved,
        extra_bytes=extra,
        compute_cycles=compute,
        memory_cycles=memory,
        seconds=cycles / machine.clock,
        utilization=multiply_adds / (cycles * cores * machine.macs),
    )


def tiling(input_bytes: int, weight_bytes: int, on_chip_bytes: int) -> int:
    """Return the bytes that are fetched again, by the module's tiling rule."""
    if not weight_bytes:
        return 0
    piece = on_chip_bytes / 2
    weights_stay = (ceil(weight_bytes / piece) - 1) * input_bytes
    input_stays = (ceil(input_bytes / piece) - 1) * weight_bytes
    return min(weights_stay, input_stays)

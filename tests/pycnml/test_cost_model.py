"""The cost of layers: counted by hand, and what does not fit on chip costs traffic."""

from __future__ import annotations

import pytest

from aics.pycnml import CnmlNet, Machine, QuantParam
from aics.pycnml.cost_model import tiling

ONE = QuantParam(0, 1.0)
KB = 2**10


def net(cores=16, batch=1):
    card = CnmlNet(cores)
    card.setInputShape(batch, 3, 10, 12)
    card.createConvLayer("conv1", 8, 3, 1, 1, 1, ONE)
    card.createReLuLayer("relu1")
    card.createPoolingLayer("pool1", 2, 2)
    card.createFlattenLayer("flatten", [batch, 240, 1, 1])
    card.createMlpLayer("fc6", 5, ONE)
    card.createSoftmaxLayer("softmax", 1)
    return card


def rows(machine=None, **sizes):
    return {row.name: row for row in net(**sizes).layer_costs(machine)}


def test_the_machine_is_of_the_published_class():
    assert 2 * Machine().peak == 128e12
    assert Machine().ridge == 625


def test_multiply_adds_and_bytes_of_each_layer():
    found = rows()
    assert {name: row.multiply_adds for name, row in found.items() if row.multiply_adds} == {
        "conv1": 10 * 12 * 8 * 27,
        "fc6": 5 * 240,
    }
    assert found["conv1"].bytes_moved == 2 * 360 + (8 * 27 + 2 * 8) + 2 * 960
    assert found["relu1"].bytes_moved == 2 * (960 + 960)
    assert found["pool1"].bytes_moved == 2 * (960 + 240)
    assert found["flatten"].bytes_moved == 2 * (240 + 240)
    assert found["fc6"].bytes_moved == 2 * (240 + 5 * 240 + 5 + 5)


def test_cycles_are_the_larger_of_the_two():
    slow = Machine(cores=1, macs=100, lanes=10, clock=1e6, bandwidth=1e9)
    conv = rows(slow)["conv1"]
    assert (conv.compute_cycles, conv.memory_cycles, conv.limit) == (260, 3, "arithmetic")
    assert conv.cycles == 260
    assert conv.seconds == 260e-6
    assert conv.utilization == pytest.approx(25920 / 26000)
    assert rows(slow)["relu1"].compute_cycles == 96
    far = Machine(cores=1, macs=100, bandwidth=1e6, clock=1e6)
    conv = rows(far)["conv1"]
    assert (conv.cycles, conv.limit) == (2872, "memory")
    assert conv.intensity == 25920 / 2872


def test_the_networks_cores_limit_the_machines():
    one, sixteen = rows(Machine(), cores=1)["conv1"], rows(Machine(), cores=16)["conv1"]
    assert (one.compute_cycles, sixteen.compute_cycles) == (7, 1)
    assert rows(Machine(cores=2), cores=16)["conv1"].compute_cycles == 4
    assert all(0 <= row.utilization <= 1 for row in rows(Machine(), cores=1).values())


def test_a_batch_uses_fetched_weights_more_often():
    one, eight = rows()["fc6"], rows(batch=8)["fc6"]
    assert eight.multiply_adds == 8 * one.multiply_adds
    assert eight.bytes_moved == one.bytes_moved + 7 * 2 * (240 + 5)


@pytest.mark.parametrize(
    ("inputs", "weights", "on_chip", "extra"),
    [
        (100 * KB, 3 * KB, 8 * KB, 0),  # the weights stay, in one piece
        (3 * KB, 100 * KB, 8 * KB, 0),  # the input stays
        (10 * KB, 12 * KB, 8 * KB, 2 * 10 * KB),  # weights in 3 pieces: the input 2 times more
        (9 * KB, 40 * KB, 8 * KB, 2 * 40 * KB),  # input in 3 pieces is cheaper than weights in 10
        (100 * KB, 0, 8 * KB, 0),  # nothing to hold
    ],
)
def test_what_does_not_fit_is_fetched_again(inputs, weights, on_chip, extra):
    assert tiling(inputs, weights, on_chip) == extra


def test_less_memory_on_chip_never_costs_less():
    before = None
    for size in (2**20, 2**10, 2**8, 2**6, 2**4):
        moved = rows(Machine(on_chip_bytes=size), cores=1)["fc6"].bytes_moved
        assert before is None or moved >= before
        before = moved
    assert rows(Machine(on_chip_bytes=2**6), cores=1)["fc6"].extra_bytes > 0

"""Lab 3's oracles against SciPy, Pillow, PyTorch, published numbers, and the course's own way to read the file."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.io
from PIL import Image
from scipy import signal, special

from aics.doubles.files import mat_file
from aics.lab3_vgg19.doubles import image_in_mode
from autograder.course import Lab

LAB = Lab("lab3_vgg19")
SEEDS = [0, 1, 2]
CONVOLUTIONS = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34)


def drawn(question, seeds=SEEDS):
    """(case, expected) of several draws."""
    for seed in seeds:
        for case in LAB.questions[question].cases(np.random.default_rng(seed)):
            yield case, LAB.questions[question].expected(**case)


def assert_equal(got, expected):
    assert np.shape(got) == np.shape(expected)
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)


# The network and its file


def test_build_model_lists_vgg19s_layers_in_order():
    for case, expected in drawn("build_model"):
        kinds = expected.pop("layers of the kind that their names say")
        assert (kinds.shape, kinds.all()) == ((44,), True)
        assert expected.pop("these 44 layers in this order, no other")
        assert "".join(name[0] for name in expected) == "ccp ccp ccccp ccccp ccccp ffff".replace(" ", "")
        channels = [row[2] for name, row in expected.items() if name.startswith("conv")]
        a, b, c, d, e = channels[0], channels[2], channels[4], channels[8], channels[12]
        assert channels == [a] * 2 + [b] * 2 + [c] * 4 + [d] * 4 + [e] * 4
        inputs = [row[1] for name, row in expected.items() if name.startswith("conv")]
        assert inputs == [3, *channels[:-1]]
        side = case["image_size"] // 32
        (flatten,) = [row for name, row in expected.items() if name.startswith("flatten")]
        assert flatten.tolist() == [e, side, side, e * side * side]


def test_load_model_finds_what_the_courses_own_indexing_finds():
    for case, expected in drawn("load_model"):
        with mat_file(case["shapes"], case["numbers"], case["mean"], case["image_size"]) as path:
            params = scipy.io.loadmat(path)
        assert len(params["layers"][0]) == 43
        entries = iter(expected.values())
        for index in CONVOLUTIONS:
            weight, bias = params["layers"][0][index][0][0][0][0]
            assert_equal(np.transpose(weight, [2, 0, 1, 3]), next(entries))
            assert_equal(bias.reshape(-1), next(entries))
        for index in (37, 39, 41):
            weight, bias = params["layers"][0][index][0][0][0][0]
            assert_equal(weight.reshape(weight.shape[0] * weight.shape[1] * weight.shape[2], -1), next(entries))
            assert_equal(bias, next(entries))
        assert_equal(params["normalization"][0][0][0].mean(axis=(0, 1)), next(entries))


def test_load_image_is_pillows_bilinear_but_for_its_rounding():
    largest = 0
    for case, expected in drawn("load_image", range(10)):
        size = (case["image_size"],) * 2
        image = image_in_mode(case["picture"], case["mode"])
        assert image.mode == case["mode"]
        small = np.asarray(image.convert("RGB").resize(size, Image.Resampling.BILINEAR), np.float64)
        got = (small - case["mean"]).transpose(2, 0, 1)[None]
        largest = max(largest, np.max(np.abs(got - expected["input_image"])))
    assert 0.5 < largest < LAB.rule("load_image").output("input_image").tolerance.atol


def test_load_image_equals_pillow_in_floating_point():
    for case, expected in drawn("load_image"):
        size = (case["image_size"],) * 2
        channels = image_in_mode(case["picture"], case["mode"]).convert("RGB").split()
        got = [np.asarray(c.convert("F").resize(size, Image.Resampling.BILINEAR)) for c in channels]
        np.testing.assert_allclose(
            np.stack(got)[None] - case["mean"][:, None, None], expected["input_image"], atol=1e-3
        )


# Forward


def test_features_are_scipys_correlations_maxima_and_softmax():
    for case, found in drawn("forward_features", [0]):
        names = [row[0] for row in case["plan"]]
        before, place = {n: (found[names[i - 1]] if i else case["x"]) for i, n in enumerate(names)}, 0
        for name, *sizes in case["plan"]:
            x = before[name].astype(np.float64)
            if name.startswith("conv"):
                size, inputs, outputs = sizes[:3]
                count = inputs * size * size * outputs
                weight = case["numbers"][place : place + count].reshape(inputs, size, size, outputs).astype(np.float64)
                bias = case["numbers"][place + count : place + count + outputs]
                place += count + outputs
                for n, o in np.ndindex(len(x), outputs):
                    planes = [signal.correlate2d(x[n, c], weight[c, ..., o], "same") for c in range(inputs)]
                    assert_equal(sum(planes) + bias[o], found[name][n, o])
            elif name.startswith("fc"):
                weight = case["numbers"][place : place + sizes[0] * sizes[1]].reshape(sizes)
                place += sizes[0] * sizes[1] + sizes[1]
                assert_equal(x @ weight + case["numbers"][place - sizes[1] : place], found[name])
            elif name.startswith("relu"):
                assert_equal((x + np.abs(x)) / 2, found[name])
            elif name.startswith("pool"):
                for h, w in np.ndindex(found[name].shape[2:]):
                    assert_equal(
                        x[:, :, 2 * h : 2 * h + 2, 2 * w : 2 * w + 2].max(axis=(2, 3)), found[name][:, :, h, w]
                    )
            elif name == "flatten":
                assert_equal(x.transpose(0, 2, 3, 1).reshape(len(x), -1), found[name])
            else:
                assert_equal(special.softmax(x, axis=1), found[name])
        assert place == len(case["numbers"])
        assert_equal(found["softmax"], found["what forward returns"])


def test_forward_speedup_tells_pictures_and_classes_apart_on_every_draw():
    for case, expected in drawn("forward_speedup", range(20)):
        prob = expected["prob"]
        assert_equal(prob.sum(axis=1), np.ones(len(prob)))
        assert prob.std(axis=1).min() > 0.02
        assert len(case["images"]) == 1 or np.abs(prob[0] - prob[1]).max() > 0.1


def test_fc_order_gives_both_flattens_the_same_output():
    for case, expected in drawn("fc_order"):
        channels, height, width = case["shape"]
        features = np.random.default_rng(0).standard_normal((2, channels, height, width))
        file_order = features.transpose(0, 2, 3, 1).reshape(2, -1)
        assert_equal(features.reshape(2, -1) @ expected["weight"], file_order @ case["weight"])


# Classes, accuracy, cost


def test_classify_sorts_each_row():
    for case, expected in drawn("classify"):
        assert np.diff(np.sort(case["prob"], axis=1)).min() > 1e-4  # no ties
        for row, classes, values in zip(case["prob"], *expected.values(), strict=True):
            assert_equal(values, np.sort(row)[::-1][: case["top"]])
            assert_equal(row[classes], values)


def test_evaluate_counts_by_hand():
    for case, expected in drawn("evaluate"):
        right = sum(int(label) == int(answer) for label, answer in zip(case["labels"], case["answers"], strict=True))
        assert float(expected["accuracy"]) == pytest.approx(right / len(case["labels"]))
        sizes = expected["sizes of the batches"]
        assert sizes.sum() == len(case["labels"])
        assert all(sizes[:-1] == case["batch"])
        assert 0 < sizes[-1] <= case["batch"]


def test_cost_of_vgg19_is_what_is_published():
    """143.67 M parameters: Simonyan & Zisserman 2015, table 2, configuration E (144 M); 19.6 G multiply-adds."""
    for case, expected in drawn("cost"):
        if case["input_shape"] == [3, 224, 224]:
            multiply_adds, parameters = np.sum(list(expected.values()), axis=0)
            assert parameters == 143_667_240
            assert multiply_adds == 19_632_062_464
            assert expected["conv1_1 (multiply-adds, parameters)"].tolist() == [224 * 224 * 27 * 64, 27 * 64 + 64]
            assert expected["fc6 (multiply-adds, parameters)"].tolist() == [25088 * 4096, 25088 * 4096 + 4096]


# Speed


def test_timed_case_fits_the_cache_and_the_pace_runs_on_it():
    case = LAB.questions["forward_speedup"].speed.case(np.random.default_rng(0))
    assert sum(v.nbytes for v in case.values() if isinstance(v, np.ndarray)) < 2**20
    LAB.asks.YARDSTICKS["forward_speedup"](**case)
    LAB.questions["forward_speedup"].expected(**case)


# PyTorch, where it is installed


def sequential(torch, case):
    """The case's network in PyTorch, float64, flattening in C, H, W order with reordered rows."""
    layers, rest, shape = [], case["numbers"].astype(np.float64), None
    for name, *sizes in case["plan"]:
        if name.startswith("conv"):
            size, inputs, outputs = sizes[:3]
            weight, bias, rest = np.split(rest, np.cumsum([inputs * size * size * outputs, outputs]))
            layer = torch.nn.Conv2d(inputs, outputs, size, padding=sizes[3], stride=sizes[4])
            weight = weight.reshape(inputs, size, size, outputs).transpose(3, 0, 1, 2)
        elif name.startswith("fc"):
            weight, bias, rest = np.split(rest, np.cumsum([sizes[0] * sizes[1], sizes[1]]))
            weight = weight.reshape(sizes)
            if name == "fc6":
                weight = LAB.questions["fc_order"].expected(weight=weight, shape=shape)["weight"]
            layer, weight = torch.nn.Linear(*sizes), weight.T
        else:
            shape = sizes[0] if name == "flatten" else shape
            kinds = {"relu": torch.nn.ReLU, "pool": lambda: torch.nn.MaxPool2d(2), "flatten": torch.nn.Flatten}
            kinds["softmax"] = lambda: torch.nn.Softmax(dim=1)
            layers.append(next(make for kind, make in kinds.items() if name.startswith(kind))())
            continue
        layer.weight.data, layer.bias.data = torch.tensor(weight.copy()), torch.tensor(bias.copy())
        layers.append(layer)
    return torch.nn.Sequential(*layers).double()


def test_the_whole_network_is_pytorchs(torch):
    for case, expected in drawn("forward_features"):
        x = torch.tensor(case["x"], dtype=torch.float64)
        with torch.no_grad():
            for layer, (name, *_) in zip(sequential(torch, case), case["plan"], strict=True):
                x = layer(x)
                if name not in ("flatten",):  # PyTorch's order is another
                    assert_equal(x.numpy(), expected[name])


def test_parameters_are_pytorchs(torch):
    for case, expected in drawn("cost", [0]):
        with torch.device("meta"):
            learned = sum(
                sum(p.numel() for p in layer.parameters())
                for name, *sizes in case["plan"]
                for layer in [
                    torch.nn.Conv2d(sizes[1], sizes[2], sizes[0])
                    if name.startswith("conv")
                    else torch.nn.Linear(*sizes)
                    if name.startswith("fc")
                    else torch.nn.Identity()
                ]
            )
        assert learned == sum(row[1] for row in expected.values())


def test_load_image_is_pytorchs_antialiased_bilinear(torch):
    for case, expected in drawn("load_image"):
        x = torch.tensor(case["picture"].transpose(2, 0, 1)[None].astype(np.float64))
        size = (case["image_size"],) * 2
        small = torch.nn.functional.interpolate(x, size, mode="bilinear", antialias=True).numpy()
        np.testing.assert_allclose(small - case["mean"][:, None, None], expected["input_image"], atol=1e-6)

"""Lab 5's oracles against numeric gradients, numbers computed by hand, Pillow, SciPy and PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from scipy import signal

from autograder.course import Lab

LAB = Lab("lab5_style_transfer")
SEEDS = [0, 1, 2]
LOSSES = {
    "content_loss": lambda x, y: expected("content_loss", x=x, y=y)["loss"],
    "style_loss": lambda x, y: expected("style_loss", x=x, y=y, gram_x=None, gram_y=None)["loss"],
}


def expected(question, **case):
    return LAB.questions[question].expected(**case)


def drawn(question, seeds=SEEDS):
    """(case, expected) of several draws."""
    for seed in seeds:
        for case in LAB.questions[question].cases(np.random.default_rng(seed)):
            yield case, LAB.questions[question].expected(**case)


def assert_equal(got, wanted, rtol=1e-9):
    assert np.shape(got) == np.shape(wanted)
    np.testing.assert_allclose(got, wanted, rtol=rtol, atol=rtol * max(float(np.abs(wanted).max()), 1e-30))


def numeric(loss, x, places, step=1e-6):
    """Central differences of loss(x) in some of x's numbers."""
    found = []
    for place in places:
        up, down = x.copy(), x.copy()
        up.flat[place] += step
        down.flat[place] -= step
        found.append((loss(up) - loss(down)) / (2 * step))
    return np.array(found)


# Losses


def test_losses_of_numbers_that_fit_on_a_page():
    x, y = np.array([[[[1.0, 2.0]], [[0.0, 1.0]]]]), np.array([[[[1.0, 0.0]], [[2.0, 1.0]]]])
    assert expected("content_loss", x=x, y=y)["loss"] == (4 + 4) / (2 * 4)
    assert expected("content_loss_backward", x=x, y=y)["bottom_diff"].tolist() == [[[[0, 0.5]], [[-0.5, 0]]]]
    assert expected("gram", features=x)["gram"].tolist() == [[[5, 2], [2, 1]]]
    assert expected("gram", features=y)["gram"].tolist() == [[[1, 2], [2, 5]]]
    # G - A = [[4, 0], [0, -4]]; N C^2 (HW)^2 = 16
    assert LOSSES["style_loss"](x, y) == 32 / 64
    down = expected("style_loss_backward", x=x, y=y, gram_x=None, gram_y=None)["bottom_diff"]
    assert down.tolist() == [[[[4 / 16, 8 / 16]], [[0, -4 / 16]]]]


@pytest.mark.parametrize("loss", LOSSES)
def test_gradients_are_the_slopes_of_the_losses(loss):
    for case, wanted in drawn(f"{loss}_backward"):
        x, y = case["x"].astype(np.float64), case["y"].astype(np.float64)
        slopes = numeric(lambda moved, y=y: LOSSES[loss](moved, y), x, range(x.size))
        assert_equal(wanted["bottom_diff"].ravel(), slopes, rtol=1e-6)


def test_gram_of_a_shuffled_picture_is_the_same():
    rng = np.random.default_rng(0)
    for case, wanted in drawn("gram"):
        n, channels, height, width = case["features"].shape
        shuffled = case["features"].reshape(n, channels, -1)[:, :, rng.permutation(height * width)]
        assert_equal(expected("gram", features=shuffled.reshape(case["features"].shape))["gram"], wanted["gram"])


def test_written_down_gram_matrices_are_right():
    for case, _ in drawn("style_loss"):
        for kind in "xy":
            assert_equal(case[f"gram_{kind}"], expected("gram", features=case[kind])["gram"], rtol=1e-6)


# The network


def test_features_are_scipys_correlations_and_maxima():
    for case, wanted in drawn("vgg_forward_layers", [0]):
        current, place, seen = case["x"].astype(np.float64), 0, {}
        for name, *sizes in case["plan"]:
            if name.startswith("conv"):
                size, inputs, outputs = sizes[:3]
                count = inputs * size * size * outputs
                weight = case["numbers"][place : place + count].reshape(inputs, size, size, outputs).astype(np.float64)
                bias = case["numbers"][place + count : place + count + outputs]
                place += count + outputs
                planes = np.zeros((len(current), outputs, *current.shape[2:]))
                for n, o, c in np.ndindex(len(current), outputs, inputs):
                    planes[n, o] += signal.correlate2d(current[n, c], weight[c, ..., o], "same")
                current = planes + bias[:, None, None]
            elif name.startswith("relu"):
                current = (current + np.abs(current)) / 2
            else:
                height, width = (side // 2 for side in current.shape[2:])
                current = np.stack(
                    [current[:, :, i : 2 * height : 2, j : 2 * width : 2] for i in range(2) for j in range(2)]
                ).max(axis=0)
            seen[name] = current
        assert place == len(case["numbers"])
        for name in case["names"]:
            assert_equal(seen[name], wanted[name])
        order = list(seen)
        deepest = max(order.index(name) for name in case["names"])
        assert wanted["layers that ran"] == deepest + 1
        assert case["names"][0] != order[deepest] != case["names"][-1]


def cut(case, shapes):
    """The row of gradients, layer by layer."""
    place, found = 0, {}
    for name in case["names"]:
        size = int(np.prod(shapes[name]))
        found[name] = case["diffs"][place : place + size].reshape(shapes[name]).astype(np.float64)
        place += size
    assert place == len(case["diffs"])
    return found


@pytest.mark.parametrize("question", ["vgg_backward_from", "one_backward"])
def test_gradients_of_the_picture_are_slopes_through_the_network(question):
    for case, wanted in drawn(question, [0]):
        x = case["x"].astype(np.float64)

        def features(moved, case=case):
            found = expected(
                "vgg_forward_layers", x=moved, plan=case["plan"], numbers=case["numbers"], names=case["names"]
            )
            return {name: found[name] for name in case["names"]}

        diffs = cut(case, {name: maps.shape for name, maps in features(x).items()})
        places = np.random.default_rng(1).choice(x.size, 12, replace=False)
        if question == "one_backward":
            parts = {"gradient of call 1": case["names"]}
        else:
            parts = {f"gradient from {name}": [name] for name in case["names"]}
        for title, names in parts.items():
            slopes = numeric(
                lambda moved, names=names, diffs=diffs: sum(np.sum(features(moved)[n] * diffs[n]) for n in names),
                x,
                places,
                step=1e-7,
            )
            np.testing.assert_allclose(wanted[title].ravel()[places], slopes, rtol=1e-4, atol=1e-5)


def test_one_walk_is_the_sum_of_several():
    for case, wanted in drawn("one_backward"):
        several = expected("vgg_backward_from", **case)
        assert_equal(sum(several[f"gradient from {name}"] for name in case["names"]), wanted["gradient of call 1"])


def test_each_call_sends_down_what_has_moved_on():
    case, wanted = next(drawn("one_backward", [0]))
    shapes = {n: a.shape for n, a in expected("vgg_forward_layers", **_without(case, "diffs")).items()}
    rolled = [np.roll(diff, 3).ravel() for diff in cut(case, shapes).values()]
    moved = expected("one_backward", **case | {"diffs": np.concatenate(rolled)})
    assert_equal(moved["gradient of call 1"], wanted["gradient of call 4"])


def _without(case, name):
    return {key: value for key, value in case.items() if key != name}


def test_each_layer_counts_alike_in_what_is_sent_down():
    for case, wanted in drawn("vgg_backward_from"):
        strengths = [np.sqrt(np.mean(wanted[f"gradient from {name}"] ** 2)) for name in case["names"]]
        np.testing.assert_allclose(strengths, 1, rtol=1e-4)


# Picture, optimizer, file


def test_adam_by_hand():
    """Gradients 2, then -1: m = 0.2, 0.08; v = 0.004, 0.004996; corrected 2, 0.421053; 4, 2.499250."""
    gradients = np.array([[2.0], [-1.0]])
    found = expected("adam", start=np.array([10.0]), gradients=gradients, lr=0.5)["pictures"]
    first = 10 - 0.5 * 2 / (2 + 1e-8)
    second = first - 0.5 * (0.08 / 0.19) / (np.sqrt(0.004996 / 0.001999) + 1e-8)
    assert_equal(found, [[first], [second]])
    assert found[0, 0] == pytest.approx(9.5)
    assert found[1, 0] == pytest.approx(9.5 - 0.5 * 0.4210526 / 1.5809015, abs=1e-6)


def test_adams_first_step_has_its_length_whatever_the_gradient():
    start = np.zeros(3)
    found = expected("adam", start=start, gradients=np.array([[1e-5, -3.0, 700.0]]), lr=0.5)["pictures"]
    np.testing.assert_allclose(found[0], [-0.5, 0.5, -0.5], rtol=2e-3)


def test_random_pictures_reach_the_bounds_that_are_asked_for():
    """A right mixture stays far inside the tolerance on 50 draws."""
    allowed = LAB.rule("random_image").output("fraction of the photo in it").tolerance.atol
    worst, few = 0.0, "noise of a few values only"
    for case, wanted in drawn("random_image", range(12)):
        rng = np.random.default_rng(5)

        def mixed(content, noise, rng=rng):
            return rng.uniform(-20, 20, content.shape) * noise + content * (1 - noise)

        found = LAB.answer("random_image", {"get_random_img": mixed}, case).values
        worst = max(worst, *(float(np.abs(found[name] - wanted[name]).max()) for name in wanted if name != few))
        assert found[few] == wanted[few]
    assert worst < 0.8 * allowed


def test_a_saved_picture_is_what_pillow_makes_of_the_patches():
    for case, wanted in drawn("save_image"):
        big = np.kron(case["patches"].astype(np.float64) + case["mean"], np.ones((6, 6, 1)))
        height, width = wanted["height and width of the file"].tolist()
        image = Image.fromarray(np.clip(np.rint(big), 0, 255).astype(np.uint8))
        saved = np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
        rows, columns = case["patches"].shape[:2]
        for (r, c), colour in zip(
            np.ndindex(rows, columns), wanted["colours of the patches"].reshape(-1, 3), strict=True
        ):
            middle = saved[int((r + 0.5) * height / rows), int((c + 0.5) * width / columns)]
            assert middle.tolist() == colour.tolist()


def test_no_colour_lies_half_way_between_two_levels_and_some_lie_beyond():
    for case, _ in drawn("save_image"):
        colours = case["patches"].astype(np.float64) + case["mean"]
        assert np.abs(colours - np.floor(colours) - 0.5).min() > 0.1 or (colours > 255).any()
        assert (colours < 0).any()
        assert (colours > 255).any()


# The transfer


def test_a_step_weighs_what_was_written_down():
    for case, wanted in drawn("transfer_step"):
        total, content, style = wanted["total, content and style loss"]
        assert_equal(total, case["alpha"] * content + case["beta"] * style)
        seen = dict(zip(case["names"], case["features"], strict=True))
        for kind in ("content", "style"):
            for k, name in enumerate(case[f"{kind}_names"]):
                pair = {"x": seen[name], "y": case[f"{kind}_targets"][k]}
                assert_equal(case[f"{kind}_losses"][k], LOSSES[f"{kind}_loss"](**pair), rtol=1e-6)
                extra = {"gram_x": None, "gram_y": None} if kind == "style" else {}
                slope = expected(f"{kind}_loss_backward", **pair, **extra)["bottom_diff"]
                assert_equal(case[f"{kind}_diffs"][k], slope, rtol=1e-6)


def test_both_kinds_matter_to_the_step():
    for case, wanted in drawn("transfer_step"):
        for alpha, beta in ((0.0, case["beta"]), (case["alpha"], 0.0)):
            other = expected("transfer_step", **{**case, "alpha": alpha, "beta": beta})["image"]
            step = np.abs(wanted["image"] - case["image"]).max()
            assert np.abs(other - wanted["image"]).max() > 0.02 * step


def test_a_transfer_begins_near_the_photo_and_ends_nearer_to_the_painting():
    for case, wanted in drawn("transfer", [0, 1]):
        (*_, first), (*_, last) = (wanted[f"losses of the {step} step"] for step in ("first", "last"))
        assert last < first
        assert wanted["distance from the photo"] < 2 * case["lr"] * case["steps"]


# Speed


def test_timed_case_fits_the_cache_and_the_pace_runs_on_it():
    case = LAB.questions["one_backward"].speed.case(np.random.default_rng(0))
    assert sum(v.nbytes for v in case.values() if isinstance(v, np.ndarray)) < 2**20
    LAB.asks.YARDSTICKS["one_backward"](**case)
    expected("one_backward", **case)


# PyTorch, where it is installed


def test_all_gradients_are_pytorchs(torch):
    for case, wanted in drawn("one_backward"):
        x = torch.tensor(case["x"], dtype=torch.float64, requires_grad=True)
        rest, current, seen = case["numbers"].astype(np.float64), x, {}
        for name, *sizes in case["plan"]:
            if name.startswith("conv"):
                size, inputs, outputs = sizes[:3]
                weight, bias, rest = np.split(rest, np.cumsum([inputs * size * size * outputs, outputs]))
                weight = torch.tensor(weight.reshape(inputs, size, size, outputs).transpose(3, 0, 1, 2).copy())
                current = torch.nn.functional.conv2d(current, weight, torch.tensor(bias.copy()), padding=1)
            elif name.startswith("relu"):
                current = torch.relu(current)
            else:
                current = torch.nn.functional.max_pool2d(current, 2)
            seen[name] = current
        diffs = cut(case, {name: tuple(seen[name].shape) for name in case["names"]})
        sum((seen[name] * torch.tensor(diff)).sum() for name, diff in diffs.items()).backward()
        assert_equal(wanted["gradient of call 1"], x.grad.numpy())


def test_adam_is_pytorchs(torch):
    for case, wanted in drawn("adam"):
        picture = torch.tensor(case["start"], dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.Adam([picture], lr=case["lr"], betas=(0.9, 0.999), eps=1e-8)
        for gradient, after in zip(case["gradients"], wanted["pictures"], strict=True):
            picture.grad = torch.tensor(gradient, dtype=torch.float64)
            optimizer.step()
            assert_equal(picture.detach().numpy(), after)

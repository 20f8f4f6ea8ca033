"""Lab 1's oracles against Pillow, SciPy, Matplotlib and PyTorch."""

from __future__ import annotations

import io
import math
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from matplotlib import colors
from PIL import Image, ImageEnhance, ImageOps
from scipy import ndimage

from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab

LAB = Lab("lab1_preprocessing")
SEEDS = [0, 1, 2]


def drawn(question):
    """(case, expected) of three draws."""
    for seed in SEEDS:
        for case in LAB.questions[question].cases(np.random.default_rng(seed)):
            yield case, LAB.questions[question].expected(**case)


def assert_equal(got, expected):
    assert np.shape(got) == np.shape(expected)
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)


def opened(case):
    return Image.open(io.BytesIO(case["file"].tobytes()))


# Every question


@pytest.mark.parametrize("question", LAB.questions)
def test_draws_are_small_and_of_the_labs_types(question):
    first = LAB.questions[question].cases(np.random.default_rng(0))
    for name, array in ((k, v) for case in first for k, v in case.items() if isinstance(v, np.ndarray)):
        assert array.dtype in (np.float32, np.uint8)
        assert array.size <= (70_000 if name == "file" else 4000)


# Files


def test_read_image_is_pillows_but_for_16_bit():
    kinds = set()
    for case, expected in drawn("read_image"):
        image = ImageOps.exif_transpose(opened(case))
        kinds.add(image.mode)
        if image.mode.startswith("I"):
            picture = np.repeat((np.asarray(image) // 256)[..., None], 3, axis=-1)
        else:
            picture = np.asarray(image.convert("RGB"))
        assert picture.shape == expected["picture"].shape
        assert np.abs(picture.astype(int) - expected["picture"]).max() <= (image.mode == "CMYK")
    assert kinds >= {"1", "L", "LA", "P", "RGB", "RGBA", "CMYK"}
    assert any(kind.startswith("I") for kind in kinds)


def test_every_orientation_gives_another_picture():
    for seed in SEEDS:
        cases = LAB.questions["read_image"].cases(np.random.default_rng(seed))
        tags = [opened(case).getexif().get(274) for case in cases]
        assert sorted(tag for tag in tags if tag) == [1, 2, 3, 4, 5, 6, 7, 8]
        for case, tag in zip(cases, tags, strict=True):
            stored = np.asarray(opened(case).convert("RGB"))
            turned = LAB.questions["read_image"].expected(**case)["picture"]
            assert tag in (None, 1) or stored.shape != turned.shape or not np.array_equal(stored, turned)


def test_vgg_input_is_pillows_bilinear_within_its_rounding():
    worst = 0
    for case, expected in drawn("vgg_input"):
        resized = ImageOps.exif_transpose(opened(case)).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
        values = (np.asarray(resized, np.float64) - [123.68, 116.779, 103.939]).transpose(2, 0, 1)[None]
        assert expected["shape"].tolist() == list(values.shape)
        worst = max(worst, np.abs(values[..., ::8, ::8] - expected["sample"]).max())
    assert 0.5 < worst <= 1.0, worst
    assert worst < LAB.rule("vgg_input").output("sample").tolerance.atol


def test_vgg_input_is_pillows_bilinear_of_floats():
    for case, expected in drawn("vgg_input"):
        planes = [plane.convert("F") for plane in ImageOps.exif_transpose(opened(case)).convert("RGB").split()]
        values = np.stack([np.asarray(p.resize((224, 224), Image.Resampling.BILINEAR), np.float64) for p in planes])
        values -= np.array([123.68, 116.779, 103.939])[:, None, None]
        np.testing.assert_allclose(values[None, :, ::8, ::8], expected["sample"], atol=1e-3)


# Size


def test_resize_is_scipys_linear_interpolation():
    for case, expected in drawn("resize"):
        H, W, _ = case["image"].shape
        rows = (np.arange(case["height"]) + 0.5) * H / case["height"] - 0.5
        columns = (np.arange(case["width"]) + 0.5) * W / case["width"] - 0.5
        places = np.meshgrid(rows, columns, indexing="ij")
        planes = case["image"].astype(np.float64).transpose(2, 0, 1)
        resized = [ndimage.map_coordinates(plane, places, order=1, mode="nearest") for plane in planes]
        assert_equal(np.stack(resized, axis=-1), expected["picture"])


def test_enlarging_is_also_pillows():
    for case, expected in drawn("resize"):
        H, W, _ = case["image"].shape
        if case["height"] < H or case["width"] < W:
            continue
        size = (case["width"], case["height"])
        planes = [Image.fromarray(plane.astype(np.float32)) for plane in case["image"].transpose(2, 0, 1)]
        resized = [np.asarray(p.resize(size, Image.Resampling.BILINEAR)) for p in planes]
        np.testing.assert_allclose(np.stack(resized, axis=-1), expected["picture"], atol=1e-4)


def test_center_crop_leaves_margins_that_differ_by_at_most_one():
    refused = 0
    for case, expected in drawn("center_crop"):
        image, height, width = case.values()
        if expected["raises ValueError"]:
            refused += 1
            assert height > image.shape[0] or width > image.shape[1]
            continue
        numbered = np.arange(image.size // 3).reshape(*image.shape[:2], 1)
        crop = LAB.questions["center_crop"].expected(image=numbered, height=height, width=width)["crop"]
        (top, left), (bottom, right) = (np.argwhere(numbered[..., 0] == crop[i, i, 0])[0] for i in (0, -1))
        assert 0 <= (image.shape[0] - 1 - bottom) - top <= 1
        assert 0 <= (image.shape[1] - 1 - right) - left <= 1
        assert expected["crop"].shape == (height, width, 3)
        assert (expected["crop"].dtype == np.uint8) == (image.dtype == np.uint8)
    assert refused == 3 * len(SEEDS)


def half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def test_recipes_are_their_two_steps():
    pick, peel = LAB.asks._pick, LAB.asks._peel
    for case, expected in drawn("resize_then_crop"):
        image, shorter, size = case.values()
        H, W, _ = image.shape
        height, width = (half_up(Decimal(side * shorter) / min(H, W)) for side in (H, W))
        assert min(height, width) == shorter
        assert_equal(peel(pick(image, height, width), size, size), expected["picture"])
    for case, expected in drawn("crop_then_resize"):
        image, share, size = case.values()
        height, width = (half_up(Decimal(side) * Decimal(share)) for side in image.shape[:2])
        assert_equal(pick(peel(image, height, width), size, size), expected["picture"])


# Values and layout


def test_normalize_is_mean_and_std_channel_by_channel():
    dark = 0
    for case, expected in drawn("normalize"):
        images, mean, std = case.values()
        assert len(set(mean)) == len(set(std)) == 3
        dark += images.dtype == np.uint8 and images.max() <= 1
        scaled = images / 255 if images.dtype == np.uint8 else images.astype(np.float64)
        back = expected["output"] * std.astype(np.float64) + mean.astype(np.float64)
        np.testing.assert_allclose(back, scaled, atol=1e-12)
    assert dark == len(SEEDS)


def test_whiten_is_scipys_zscore_above_the_floor():
    from scipy.stats import zscore  # half a second, not for every process that collects this file

    floored = 0
    for case, expected in drawn("whiten"):
        values, count = case["image"].astype(np.float64), case["image"].size
        if values.std() > 1 / math.sqrt(count):
            assert_equal(zscore(values, axis=None), expected["output"])
        else:
            floored += 1
            assert_equal((values - values.mean()) * math.sqrt(count), expected["output"])
    assert floored == 3 * len(SEEDS)


def test_layout_is_numpys_einsum():
    for case, expected in drawn("layout"):
        assert_equal(np.einsum("...hwc->...chw", case["last"]), expected["channels_first"])
        assert_equal(np.einsum("...chw->...hwc", case["first"]), expected["channels_last"])


# Chance


@pytest.mark.parametrize("least", [0.1, 0.15, 0.2])
def test_random_boxes_have_the_stated_areas_and_ratios(least):
    from scipy.stats import kstest

    box = LAB.questions["random_resized_crop"].expected.__globals__["_random_box"]
    H, W = 200, 300
    boxes = np.array([box(np.random.default_rng(seed), H, W, least) for seed in range(2000)])
    top, left, height, width = boxes.T
    assert (top >= 0).all()
    assert (left >= 0).all()
    assert (top + height <= H).all()
    assert (left + width <= W).all()
    share, ratio = height * width / (H * W), width / height
    assert 0.9 * least < share.min() < 1.2 * least
    assert share.max() > 0.9
    assert 0.49 < ratio.min() < 0.52
    assert 1.95 < ratio.max() < 2.05
    # Small pieces always fit: their ratios are those that were drawn, evenly in the logarithm.
    small = np.log2(ratio[share < 0.3])
    assert kstest((small + 1) / 2, "uniform").pvalue > 1e-6


def test_random_crops_retry_and_fall_back():
    box = LAB.questions["random_resized_crop"].expected.__globals__["_random_box"]
    assert {box(np.random.default_rng(seed), 2, 80) for seed in range(50)} == {(0, 39, 2, 2)}
    first_misses = 0
    for seed in range(50):
        area, turn = np.random.default_rng(seed).random(2)
        first_misses += round(math.sqrt((0.1 + 0.9 * area) * 400 / 2 ** (2 * turn - 1))) > 10
    assert first_misses > 10


def only(**strength):
    return {"brightness": 0, "contrast": 0, "saturation": 0, "hue": 0} | strength


ENHANCE = {"brightness": ImageEnhance.Brightness, "contrast": ImageEnhance.Contrast, "saturation": ImageEnhance.Color}


@pytest.mark.parametrize("name", ENHANCE)
def test_each_factor_is_pillows_enhancement_within_its_rounding(name):
    position, enhance = list(ENHANCE).index(name), ENHANCE[name]
    image = np.random.default_rng(0).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    for seed in SEEDS:
        case = {"image": (image / 255).astype(np.float32), "seed": seed} | only(**{name: 0.4})
        got = LAB.questions["color_jitter"].expected(**case)["pictures"][0]
        factor = 1 + 0.4 * (2 * np.random.default_rng(seed).random(4)[position] - 1)
        theirs = np.asarray(enhance(Image.fromarray(image)).enhance(factor), np.float64)
        assert np.abs(255 * got - theirs).max() < 2.5


def test_hue_is_matplotlibs():
    for case, _ in drawn("color_jitter"):
        case = case | only(hue=case["hue"])
        expected = LAB.questions["color_jitter"].expected(**case)["pictures"]
        rng = np.random.default_rng(case["seed"])
        for picture in expected:
            hsv = colors.rgb_to_hsv(case["image"].astype(np.float64))
            turn = case["hue"] * (2 * rng.random(4)[3] - 1)
            hsv[..., 0] = (hsv[..., 0] + turn) % 1
            np.testing.assert_allclose(colors.hsv_to_rgb(hsv), picture, atol=1e-9)


def test_the_notebooks_hsv_is_matplotlibs():
    namespace = run_cells(solution_cells(LAB))
    values = np.random.default_rng(0).random((50, 40, 3))
    values[0, :4] = [[0, 0, 0], [1, 1, 1], [0.5, 0.5, 0.5], [1, 0, 0]]
    hsv = colors.rgb_to_hsv(values)
    np.testing.assert_allclose(namespace["rgb_to_hsv"](values), hsv, atol=1e-12)
    np.testing.assert_allclose(namespace["hsv_to_rgb"](hsv), values, atol=1e-12)


def test_compose_draws_one_number_a_run():
    for case, expected in drawn("compose"):
        image, seed, factor, offset = case.values()
        rng = np.random.default_rng(seed)
        for name in ("picture", "again"):
            assert_equal(expected[name] - rng.random(), image.astype(np.float64) * factor + offset)
        assert expected["next_draw"] == rng.random()


# Speed


def test_timed_case_fits_the_cache_and_the_pace_runs_on_it():
    case = LAB.questions["resize"].speed.case(np.random.default_rng(0))
    assert sum(v.nbytes for v in case.values() if isinstance(v, np.ndarray)) < 2**20
    assert LAB.asks.YARDSTICKS["resize"](**case).shape == (case["height"], case["width"], 3)
    LAB.questions["resize"].expected(**case)


# PyTorch, where it is installed


def channels_first(torch, image):
    return torch.tensor(image.astype(np.float64)).permute(2, 0, 1)[None]


def test_resize_is_pytorchs(torch):
    for case, expected in drawn("resize"):
        size = (case["height"], case["width"])
        values = channels_first(torch, case["image"])
        resized = torch.nn.functional.interpolate(values, size, mode="bilinear", align_corners=False, antialias=False)
        np.testing.assert_allclose(resized[0].permute(1, 2, 0).numpy(), expected["picture"], atol=1e-9)


def test_vgg_input_is_pytorchs_with_antialias(torch):
    for case, expected in drawn("vgg_input"):
        values = channels_first(torch, np.asarray(ImageOps.exif_transpose(opened(case)).convert("RGB")))
        resized = torch.nn.functional.interpolate(
            values, (224, 224), mode="bilinear", align_corners=False, antialias=True
        ).numpy() - np.array([123.68, 116.779, 103.939]).reshape(1, 3, 1, 1)
        np.testing.assert_allclose(resized[..., ::8, ::8], expected["sample"], atol=1e-6)


def test_layout_is_pytorchs_permute(torch):
    for case, expected in drawn("layout"):
        last, first = torch.tensor(case["last"]), torch.tensor(case["first"])
        assert_equal(last.movedim(-1, -3).numpy(), expected["channels_first"])
        assert_equal(first.movedim(-3, -1).numpy(), expected["channels_last"])

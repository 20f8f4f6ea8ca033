"""A right answer in another form costs nothing where no later code minds; a wrong one in that form earns nothing."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from aics.check.judge import judge
from aics.check.verdict import Verdict
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

#: Lab, question, alternative; what is said of its form, if anything; a line of it, and the same line with a mistake.
FORMS = [
    ("lab2_layers", "relu", "no_gradient_at_zero", "", "(self.input > 0)", "(self.input > 0.2)"),
    ("lab2_layers", "relu", "no_gradient_at_zero", "", "(self.input > 0)", "(self.input > 0) / 2"),
    ("lab2_layers", "relu", "no_gradient_at_zero", "", "(self.input > 0)", "np.heaviside(self.input, top_diff > 0)"),
    (
        *("lab2_layers", "fully_connected_backward", "d_bias_as_a_row_of_numbers", "d_bias has shape ["),
        *("top_diff.sum(axis=0)", "top_diff.sum(axis=0) / len(top_diff)"),
    ),
    (
        *("lab2_layers", "fully_connected_backward", "d_bias_as_a_row_of_numbers", "d_bias has shape ["),
        *("top_diff.sum(axis=0)", "top_diff.sum(axis=0)[:, None]"),
    ),
    ("lab2_layers", "conv_output_size", "array_without_axes", "", "np.array(", "np.float64("),
    ("lab2_layers", "conv_output_size", "array_without_axes", "", "stride + 1)", "stride)"),
    ("lab2_layers", "softmax_loss", "loss_in_an_array", "", ".mean())", ".sum())"),
    (
        *("lab3_vgg19", "load_model", "mean_keeps_its_axes", "image_mean has shape [1, 1, 3]"),
        *("keepdims=True)", "keepdims=True)[..., ::-1]"),
    ),
    (
        *("lab3_vgg19", "load_model", "mean_keeps_its_axes", "image_mean has shape [1, 1, 3]"),
        *("keepdims=True)", "keepdims=True)[..., None]"),
    ),
    (
        *("lab3_vgg19", "cost", "counted_in_floats", "(multiply-adds, parameters) came as float64"),
        *("counts[name] = (0.0, 0.0)", "counts[name] = (0.25, 0.0)"),
    ),
    ("lab3_vgg19", "evaluate", "array_without_axes", "", "np.array(right /", "np.array(right //"),
    ("lab4_dlp", "load_params", "mean_in_a_list", "", "range(3)]", "(2, 1, 0)]"),
    ("lab4_dlp", "quant_param", "whole_scale", "", "[np.array(0), 1]", "[np.array(0), 0]"),
    ("lab4_dlp", "quant_param", "whole_scale", "", "np.int64(np.clip", "np.float64(np.clip"),
    ("lab4_dlp", "top5", "ones_and_zeros", "top1 came as int64", "place < 5", "place < 4"),
    ("lab4_dlp", "session_run", "values_in_an_array", "", "for tensor in fetches]", "for tensor in fetches[::-1]]"),
    ("lab4_dlp", "int8_conv", "kept_in_half", "output came as float16", "return output", "return 1.01 * output"),
    ("lab5_style_transfer", "content_loss", "array_without_axes", "", "0.5 * np.mean", "np.mean"),
    (
        *("lab6_mixed_sparse", "dynamic_loss_scaling", "numbers_of_other_kinds", "clean came as float64"),
        *('scaler["clean"] + 1.0', 'scaler["clean"] + 0.5'),
    ),
    ("lab6_mixed_sparse", "memory", "bytes_in_floats", "came as float64", "bits * kept / 8", "bits * kept / 7.99"),
    (
        *("lab6_mixed_sparse", "loss_scaling", "in_double_precision", "came as float64"),
        *("astype(np.float64) / scale", "astype(np.float16)"),
    ),
    (
        *("lab6_mixed_sparse", "master_weights", "in_double_precision", "master came as float64"),
        *("return master,", "return master.astype(np.float16),"),
    ),
    ("lab6_mixed_sparse", "sparse_inference", "lists", "", "indices += places", "indices += (places + 0.0)"),
    ("lab6_mixed_sparse", "layer_importance", "arrays_without_axes", "", "np.array(share)", "np.array(share / 2)"),
]


def verdict(lab: Lab, question: str, source: str) -> Verdict:
    asked, cases = lab.questions[question], public_cases(lab.questions[question])
    with working_folder(lab) as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        namespace = run_cells(solution_cells(lab), {f"{question}_code": source}, folder)
        answers = [lab.answer(question, namespace, case) for case in cases]
    expected: list[dict[str, np.ndarray]] = [asked.expected(**case) for case in cases]
    return judge(lab.rule(question), cases, expected, answers)


@pytest.mark.parametrize(("name", "question", "way", "said", "line", "wrong"), FORMS)
def test_another_form_costs_nothing_and_hides_no_wrong_value(
    name: str, question: str, way: str, said: str, line: str, wrong: str
) -> None:
    lab = Lab(name)
    (source,) = (v.source for v in lab.alternatives if (v.question, v.name) == (question, way))
    assert line in source
    right = verdict(lab, question, source)
    assert right.passed
    assert said in " ".join(right.notes)
    assert bool(said) == bool(right.notes)
    assert verdict(lab, question, source.replace(line, wrong)).score == 0

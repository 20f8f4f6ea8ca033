"""Small programs in ONNX's own language, run on arrays.

>>> run("(float[n,m] x) => (float[n,m] y, float[m,n] z) {y = Neg(x) z = Transpose(y)}", x=np.array([[1.0, 2.0]]))
[array([[-1., -2.]], dtype=float32), array([[-1.],
       [-2.]], dtype=float32)]

A program is text, as ``onnx.parser`` reads it: what goes in, what comes out, and a line for each step. It is made ready
once for each number of threads, whatever the sizes of the arrays, and then kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from aics.kernels.onnxruntime import FORMAT, open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Array = NDArray[Any]

#: The version of ONNX's operators that programs are written in.
OPSET = 18
_BLAS = ThreadpoolController().select(user_api="blas").lib_controllers


def run(program: str, **inputs: Array) -> list[Array]:
    """Run a program on arrays, and return what it gives.

    Floats go in as float32, whatever they were, whole numbers as int64; what comes out is float32.
    """
    outputs: list[Array] = _ready(program, threads()).run(None, {n: _as_onnx(array) for n, array in inputs.items()})
    return outputs


def threads() -> int:
    """As many threads as NumPy's matrix products may use at this moment.

    So ``threadpoolctl.threadpool_limits`` and variables such as OMP_NUM_THREADS hold here too.
    """
    return max((library.num_threads for library in _BLAS), default=1)


@lru_cache(maxsize=256)
def _ready(program: str, threads: int) -> InferenceSession:
    from onnx import parser

    text = f'<ir_version: {FORMAT}, opset_import: ["": {OPSET}]> program {program}'
    return open_session(parser.parse_model(text), threads)


def _as_onnx(array: Array) -> Array:
    kind = np.int64 if np.asarray(array).dtype.kind in "iub" else np.float32
    return np.ascontiguousarray(array, kind)

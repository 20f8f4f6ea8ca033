"""Return objects that lie about their class, or whose conversion to an array has effects of its own."""

READER = "objects"

import itertools

import numpy as np

import aics


class Liar:
    __class__ = np.ndarray
    dtype, shape, ndim = np.dtype("f4"), (), 0

    def __array__(self, *args, **kwargs):
        return np.array([None], dtype=object)

    def __reduce__(self):
        return print, ("marker: code of a hand-in runs here",)


class Bottomless(list):
    def __len__(self):
        return 1 << 40

    def __iter__(self):
        return iter(self, None)


class Raiser(np.ndarray):
    def __array_finalize__(self, other):
        raise KeyboardInterrupt

    @property
    def dtype(self):
        raise GeneratorExit


wide = np.zeros(3, np.longdouble)
deep = np.zeros((1,) * 30)
record = np.zeros(2, [("a", "f4"), ("b", "O")])
things = itertools.cycle((Liar(), Bottomless(), Raiser, wide, deep, record, np.array([{}], object), 10**400, "100.0"))


def add_to_class(cls):
    def put(function):
        def give(self, x=None, *args):
            thing = next(things)
            return np.zeros(2).view(thing) if thing is Raiser else thing

        setattr(cls, function.__name__, give)
        return function

    return put


aics.add_to_class = add_to_class

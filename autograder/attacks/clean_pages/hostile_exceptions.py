"""Raise exceptions whose name is markup and whose message cannot be had: it raises, or has half a character."""

import itertools

import aics


class Unspeakable(Exception):
    def __str__(self):
        raise SystemExit("no message")

    __repr__ = __str__


class HalfACharacter(Exception):
    def __str__(self):
        return "\ud800\x00\x1b[2J<script>intrude()</script>" * 1000


Markup = type("[/red]</td><script>intrude()</script>" + "x" * 5000, (BaseException,), {})
kinds = itertools.cycle(
    (Markup, Unspeakable, HalfACharacter, KeyboardInterrupt, GeneratorExit, SystemExit, StopIteration)
)


def add_to_class(cls):
    def put(function):
        def fail(self, *args):
            raise next(kinds)()

        setattr(cls, function.__name__, fail)
        return function

    return put


aics.add_to_class = add_to_class

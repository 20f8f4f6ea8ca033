"""Raise an exception whose message has half a character, which no file can hold."""

ASKED = ("relu",)

import aics


def add_to_class(cls):
    def put(function):
        def fail(self, *args):
            raise ValueError("half of it: \ud800")

        setattr(cls, function.__name__, fail)
        return function

    return put


aics.add_to_class = add_to_class

"""Raise an exception whose message takes for ever."""

ASKED = ("relu",)

import aics


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def add_to_class(cls):
    def put(function):
        def fail(self, *args):
            raise Endless

        setattr(cls, function.__name__, fail)
        return function

    return put


aics.add_to_class = add_to_class

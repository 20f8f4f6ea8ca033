"""Never come back from a layer's method."""

ASKED = ("relu",)

import aics


def add_to_class(cls):
    def put(function):
        def wait(self, *args):
            while True:
                pass

        setattr(cls, function.__name__, wait)
        return function

    return put


aics.add_to_class = add_to_class

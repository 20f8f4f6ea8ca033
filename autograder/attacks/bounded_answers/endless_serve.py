"""Serve as one should, but never come back from it, so that no later cell can be run."""

ASKED = ("relu",)

import aics.check.serve

properly = aics.check.serve.serve


def serve(*args):
    properly(*args)
    while True:
        pass


aics.check.serve.serve = serve
